import { describe, expect, test } from '@jest/globals';
import type { DeskWriter } from '../../src/booking/desk/ports.ts';
import type { Job } from '../../src/booking/news.ts';
import type { NoticeWriter } from '../../src/jobs/notices.ts';
import { Reminding } from '../../src/jobs/remind.ts';
import type { OutboxRow } from '../../src/jobs/ports.ts';
import type { Policy } from '../../src/model/policy.ts';
import { DAY, HOUR, MINUTE, fromLocal, toLocal } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { MemoryInbox, MemoryQueues } from '../../src/storage/memory/queues.ts';
import { MemoryReminders } from '../../src/storage/memory/reminders.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { salon } from '../support/salon.ts';

/** 11/24 (Tue). */
const NOW = fromLocal('2026-11-24T12:00');

/** A salon with customers on LINE, and everything its reminders bring about. */
function house({ reminders = {}, quiet, allowed = Infinity }: { reminders?: Partial<Policy['reminders']>; quiet?: Policy['quiet']; allowed?: number } = {}) {
  const { store, tanaka, cut } = salon();
  store.policy = { ...store.policy, reminders: { ...store.policy.reminders, ...reminders }, ...(quiet === undefined ? {} : { quiet }) };
  const clock = { at: NOW };
  const kept = noBookings();
  const customers = new Map<string, { blocked: boolean; lineId: string }>();
  const booking = () => new MemoryBooking(kept, () => clock.at, () => [...customers].map(([id, c]) => ({ id, name: null, phone: null, channel: 'default', ...c })));
  const inbox = new MemoryInbox(new MemoryQueues(), 'me', () => {
    const writers = { booking: booking(), reminders: new MemoryReminders(kept, () => clock.at) };
    return {
      ...writers, desk: {} as DeskWriter, notices: {} as NoticeWriter,
      undo: () => {
        for (const writer of Object.values(writers)) writer.undo();
      },
    };
  }, () => clock.at);
  const out: OutboxRow[] = [];
  const jobs: Job[] = [];
  const line = { allowed, asked: 0, putOff: 0, paused: [] as number[], batches: [] as number[], during: async (): Promise<void> => undefined };
  let ids = 0;
  const reminding = new Reminding({
    inbox, now: () => clock.at, newId: () => `id-${String(++ids).padStart(5, '0')}`, stores: async () => [store],
    jobs: { add: async (job) => void jobs.push(job) },
    deliver: async (rows) => {
      out.push(...rows);
      line.batches.push(rows.filter((row) => row.kind === 'say').length);
      line.allowed -= line.batches.at(-1)!;
      await line.during();
      return line.putOff-- <= 0;
    },
    allowance: async () => {
      line.asked++;
      return Math.max(0, line.allowed);
    },
    pause: async (ms) => void line.paused.push(ms),
  });
  let people = 0;
  return {
    store, clock, kept, reminding, line, customers,
    /** A visit of a customer nobody knows yet, or of this one; agreed long ago. */
    book: (at: string, userId = `customer-${++people}`) => {
      const id = `${userId} ${at}`;
      if (!customers.has(userId)) customers.set(userId, { blocked: false, lineId: `U-${userId}` });
      const start = fromLocal(at);
      kept.reservations.push({ id, userId, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, status: 'confirmed', nominated: true, notes: null, holdExpiresAt: null, agreedAt: NOW - 10 * DAY, remindAt: NOW - HOUR });
      return id;
    },
    change: (work: (writer: MemoryBooking) => Promise<unknown>) => work(booking()),
    /** The moment comes; the jobs of visits ask. */
    at: async (moment: string) => {
      clock.at = fromLocal(moment);
      await reminding.due();
    },
    /** What was said since this was asked last. */
    told: () => out.splice(0).flatMap((row): string[] => {
      if (row.kind === 'staff') return [`staff: ${row.payload.news.kind}${'why' in row.payload.news ? ` ${row.payload.news.why}` : ''}`];
      if (row.kind !== 'say') return [row.kind];
      const act = row.payload.log[0]!.entry.acts![0] as { kind: string; visit: { start: number } };
      return [`${row.payload.to}: ${act.kind} ${toLocal(act.visit.start).slice(5)}`];
    }),
    planned: () => jobs.splice(0).map((job) => `${job.key} ${toLocal(job.at).slice(5)}`),
    notes: () => kept.reminders.map(({ kind, outcome }) => `${kind} ${outcome}`),
  };
}

describe('reminders', () => {
  test('a visit that nobody has planned is looked at, said when it is due, and planned until then', async () => {
    const { book, at, told, planned, line } = house();
    const id = book('2026-11-25T15:00');
    await at('2026-11-24T12:00');
    expect(planned()).toEqual([`remind:${id} 11-24T18:00`]);
    expect(told()).toEqual([]);
    expect(line.asked).toBe(0);
    await at('2026-11-24T17:59');
    expect(told()).toEqual([]);
    await at('2026-11-24T18:00');
    expect(told()).toEqual(['U-customer-1: day_before 11-25T15:00']);
    await at('2026-11-24T18:01');
    await at('2026-11-25T13:00');
    expect(told()).toEqual([]);
  });

  test('a second one some hours before is planned with the first', async () => {
    const { book, at, told, planned } = house({ reminders: { hoursBefore: 2 } });
    const id = book('2026-11-25T15:00');
    await at('2026-11-24T18:00');
    expect(planned()).toEqual([`remind:${id} 11-25T13:00`]);
    expect(told()).toEqual(['U-customer-1: day_before 11-25T15:00']);
    await at('2026-11-25T13:00');
    expect(told()).toEqual(['U-customer-1: hours_before 11-25T15:00']);
  });

  test('none of a visit that was cancelled or is held; one that was moved is told of its new time only', async () => {
    const { book, at, told, change, kept, store } = house();
    const [cancelled, moved, held] = [book('2026-11-25T15:00'), book('2026-11-25T16:00'), book('2026-11-25T17:00')];
    await at('2026-11-24T12:00');
    await change((writer) => writer.cancelReservation(cancelled, 'customer-1'));
    const start = fromLocal('2026-11-27T16:00');
    await change((writer) => writer.moveReservation(moved, 'customer-2', { staffId: store.staff[0]!.id, menuIds: [store.menus[0]!.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true }));
    await at('2026-11-24T12:01');
    Object.assign(kept.reservations.find((r) => r.id === held)!, { status: 'pending', hold: { for: 'approval', until: NOW + DAY }, holdExpiresAt: NOW + DAY });
    await at('2026-11-24T18:00');
    expect(told()).toEqual([]);
    await at('2026-11-26T18:00');
    expect(told()).toEqual(['U-customer-2: day_before 11-27T16:00']);
  });

  test('who blocked the account is not pushed to; staff hear of it once a visit', async () => {
    const { book, at, told, customers, notes } = house({ reminders: { hoursBefore: 2 } });
    book('2026-11-25T15:00');
    customers.get('customer-1')!.blocked = true;
    await at('2026-11-24T18:00');
    expect(told()).toEqual(['staff: unreachable blocked']);
    await at('2026-11-25T13:00');
    expect(told()).toEqual([]);
    expect(notes()).toEqual(['day_before blocked', 'hours_before blocked']);
  });

  test('who is not on LINE is left in peace, and so are the staff', async () => {
    const { book, at, told, customers, notes } = house();
    book('2026-11-25T15:00');
    customers.delete('customer-1');
    await at('2026-11-24T18:00');
    expect([told(), notes()]).toEqual([[], ['day_before no_line']]);
  });

  test('of a month that is nearly used up as many are said as it allows, the first due first', async () => {
    const { book, at, told, notes } = house({ allowed: 2 });
    for (const clock of ['15:00', '16:00', '17:00']) book(`2026-11-25T${clock}`);
    await at('2026-11-24T18:00');
    expect(told()).toEqual(['U-customer-1: day_before 11-25T15:00', 'U-customer-2: day_before 11-25T16:00']);
    expect(notes()).toEqual(['day_before sent', 'day_before sent', 'day_before quota']);
  });

  test('LINE would not have one: staff hear of it once; one that was kept back only counts', async () => {
    const { book, at, told, notes, reminding, kept } = house();
    book('2026-11-25T15:00');
    book('2026-11-25T16:00');
    await at('2026-11-24T18:00');
    told();
    const [refused, keptBack] = kept.reminders.map((r) => r.saidId!);
    await reminding.unsent({ turnId: refused! }, 'refused');
    await reminding.unsent({ turnId: refused! }, 'refused');
    await reminding.unsent({ turnId: keptBack! }, 'quota');
    expect(told()).toEqual(['staff: unreachable refused']);
    expect(notes()).toEqual(['day_before refused', 'day_before quota']);
  });

  test('in quiet hours nothing is said; when they are over it is, where the visit is still ahead', async () => {
    const { book, at, told, planned } = house();
    const [early, late] = [book('2026-11-25T09:00'), book('2026-11-25T15:00')];
    await at('2026-11-24T22:00');
    expect(planned()).toEqual([`remind:${late} 11-25T09:00`]);
    expect(told()).toEqual([]);
    await at('2026-11-25T09:00');
    expect(told()).toEqual(['U-customer-2: day_before 11-25T15:00']);
    expect(early).toBeDefined();
  });
});

describe('many reminders', () => {
  const many = (of: ReturnType<typeof house>, count: number) => {
    for (let n = 0; n < count; n++) of.book('2026-11-25T15:00', `customer-${n}`);
  };

  test('are said once each, in batches, however many jobs ask; no job waits for the round of another', async () => {
    const it = house();
    many(it, 180);
    it.clock.at = fromLocal('2026-11-24T18:00');
    let others = 0;
    it.line.during = async () => {
      await it.reminding.due();
      others++;
    };
    await Promise.all([it.reminding.due(), it.reminding.due(), it.reminding.due()]);
    expect(it.line.batches.filter((n) => n > 0)).toEqual([50, 50, 50, 30]);
    expect(others).toBe(it.line.batches.length);
    expect(new Set(it.told()).size).toBe(180);
  });

  test('wait longer and longer while LINE puts some off', async () => {
    const it = house();
    many(it, 400);
    it.line.putOff = 7;
    await it.at('2026-11-24T18:00');
    expect(it.line.paused).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(new Set(it.told()).size).toBe(400);
  });

  test('a stop leaves the rest to others: nothing is said twice, nothing is forgotten', async () => {
    const it = house();
    many(it, 120);
    it.clock.at = fromLocal('2026-11-24T18:00');
    it.line.during = async () => void it.reminding.stop();
    await it.reminding.due();
    const first = it.told().length;
    expect(first).toBeLessThan(120);
    expect(it.kept.reservations.filter((r) => (r.remindAt ?? Infinity) <= it.clock.at)).toHaveLength(120 - first);
  });

  test('the sweep says what no job came for, after a minute, and counts it; it stays out of a round under way', async () => {
    const it = house();
    many(it, 3);
    it.clock.at = fromLocal('2026-11-24T12:00');
    await it.reminding.due();
    it.clock.at = fromLocal('2026-11-24T18:00');
    expect(await it.reminding.mend.mend()).toBe(0);
    it.clock.at += MINUTE;
    expect(await it.reminding.mend.mend()).toBe(3);
    expect(await it.reminding.mend.mend()).toBe(0);
    for (const n of [7, 8, 9]) it.book('2026-11-25T15:00', `customer-${n}`);
    it.line.during = async () => expect(await it.reminding.mend.mend()).toBe(0);
    await it.reminding.due();
  });
});
