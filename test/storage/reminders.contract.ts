/** What every store of reminders keeps to. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BookingWriter, NewReservation } from '../../src/booking/ports.ts';
import type { ReminderWriter } from '../../src/jobs/reminders.ts';
import type { Store } from '../../src/model/store.ts';
import { DAY, HOUR, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';

export const NOW = fromLocal('2026-11-24T09:00');
export type RemindersHouse = {
  clock: { at: Instant };
  plant(store: Store): Promise<void>;
  customers(count: number): Promise<string[]>;
  /** A transaction: committed, or taken back when `work` throws. */
  turn<T>(work: (tx: { booking: BookingWriter; reminders: ReminderWriter }) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export function remindersContract(open: () => Promise<RemindersHouse>): void {
  let house: RemindersHouse;
  beforeAll(async () => {
    house = await open();
  });
  afterAll(() => house.close());

  const fresh = async () => {
    house.clock.at = NOW;
    const { store, tanaka, cut } = salon();
    await house.plant(store);
    const [me = ''] = await house.customers(1);
    const visit = (change: Partial<NewReservation> = {}): NewReservation => {
      const start = change.start ?? NOW + 2 * DAY;
      return { id: randomUUID(), userId: me, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null, ...change };
    };
    const put = async (r: NewReservation) => {
      expect(await house.turn(({ booking }) => booking.insertReservation(r))).toBe('ok');
      return r;
    };
    /** Of this shop only: others share the tables. */
    const due = async (until: Instant) => (await house.turn(({ reminders }) => reminders.due(until, 1_000))).filter(({ visit: v }) => v.storeId === store.id);
    return { me, store, tanaka, visit, put, due };
  };

  test('a visit is looked at soon after it was made, and then when it was said to be; one that is over is not', async () => {
    const { put, visit, due } = await fresh();
    const [later, soon] = [await put(visit()), await put(visit({ start: NOW + 3 * DAY }))];
    const never = await put(visit({ start: NOW + 4 * DAY }));
    await put(visit({ start: NOW - DAY }));
    expect(await due(NOW - 1)).toEqual([]);
    expect(await due(NOW)).toHaveLength(3);
    await house.turn(({ reminders }) => reminders.note([], [{ reservationId: later.id, at: NOW + DAY }, { reservationId: never.id, at: null }], NOW));
    expect(await due(NOW)).toMatchObject([{ visit: { id: soon.id, status: 'confirmed' }, agreed: NOW, noted: [] }]);
    expect((await due(NOW + DAY)).map((d) => d.visit.id)).toEqual([soon.id, later.id]);
  });

  test('what was noted is known the next time, and it is looked at again when it was said', async () => {
    const { put, visit, due } = await fresh();
    const r = await put(visit());
    const [looked] = await due(NOW);
    await house.turn(({ reminders }) => reminders.note([{ visit: looked!.visit, kind: 'day_before', outcome: 'sent', saidId: randomUUID() }], [{ reservationId: r.id, at: NOW + HOUR }], NOW));
    expect(await due(NOW + HOUR - 1)).toEqual([]);
    expect(await due(NOW + HOUR)).toMatchObject([{ visit: { id: r.id }, noted: [{ kind: 'day_before', outcome: 'sent' }] }]);
    await house.turn(({ reminders }) => reminders.note([], [{ reservationId: r.id, at: null }], NOW));
    expect(await due(NOW + 30 * DAY)).toEqual([]);
  });

  test('a reminder of one kind and start is noted once, and not at all where its transaction is given up', async () => {
    const { put, visit, due } = await fresh();
    await put(visit());
    const [looked] = await due(NOW);
    const note = { visit: looked!.visit, kind: 'day_before' as const, outcome: 'blocked' as const, saidId: null };
    await expect(house.turn(async ({ reminders }) => {
      await reminders.note([note], [{ reservationId: looked!.visit.id, at: null }], NOW);
      throw new Error('given up');
    })).rejects.toThrow('given up');
    expect(await due(NOW)).toMatchObject([{ noted: [] }]);
    await house.turn(({ reminders }) => reminders.note([note], [], NOW));
    await expect(house.turn(({ reminders }) => reminders.note([note], [], NOW))).rejects.toThrow();
    await house.turn(({ reminders }) => reminders.note([{ ...note, kind: 'hours_before' }], [], NOW));
    expect((await due(NOW))[0]!.noted.map((n) => n.kind).sort()).toEqual(['day_before', 'hours_before']);
  });

  test('a visit that is moved begins anew; a cancelled one and a hold are not looked at; a hold that becomes a visit is', async () => {
    const { me, put, visit, due, tanaka } = await fresh();
    const r = await put(visit());
    const [looked] = await due(NOW);
    await house.turn(({ reminders }) => reminders.note([{ visit: looked!.visit, kind: 'day_before', outcome: 'sent', saidId: randomUUID() }], [{ reservationId: r.id, at: null }], NOW));
    house.clock.at = NOW + HOUR;
    const start = NOW + 5 * DAY;
    const to = { staffId: tanaka.id, menuIds: r.menuIds, start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true };
    expect(await house.turn(({ booking }) => booking.moveReservation(r.id, me, to))).toBe('ok');
    expect(await due(NOW + HOUR)).toMatchObject([{ visit: { id: r.id, start }, agreed: NOW + HOUR, noted: [] }]);
    await house.turn(({ booking }) => booking.cancelReservation(r.id, me));
    const held = await put(visit({ start: NOW + 6 * DAY, hold: { for: 'approval', until: NOW + 3 * HOUR } }));
    expect(await due(NOW + 30 * DAY)).toEqual([]);
    house.clock.at = NOW + 2 * HOUR;
    await house.turn(({ booking }) => booking.confirmHold(held.id));
    expect(await due(NOW + 2 * HOUR)).toMatchObject([{ visit: { id: held.id }, agreed: NOW + 2 * HOUR }]);
  });

  test('a push that was not sent after all is told once', async () => {
    const { put, visit, due } = await fresh();
    const r = await put(visit());
    const [looked] = await due(NOW);
    const saidId = randomUUID();
    await house.turn(({ reminders }) => reminders.note([{ visit: looked!.visit, kind: 'day_before', outcome: 'sent', saidId }], [], NOW));
    expect(await house.turn(({ reminders }) => reminders.unsent(saidId, 'refused'))).toMatchObject({ id: r.id });
    expect(await house.turn(({ reminders }) => reminders.unsent(saidId, 'refused'))).toBeNull();
    expect(await house.turn(({ reminders }) => reminders.unsent(randomUUID(), 'quota'))).toBeNull();
    expect((await due(NOW))[0]!.noted).toEqual([{ kind: 'day_before', outcome: 'refused' }]);
  });
}
