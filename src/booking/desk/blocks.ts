/** ブロック: time of one's own within a day. */
import { overlaps } from '../../model/span.ts';
import { mayTouch } from '../../model/store.ts';
import { DAY, MINUTE, at, minuteOf, toMinute } from '../../model/time.ts';
import { nothingCame } from '../deps.ts';
import { businessDayOf } from '../working.ts';
import { member } from './deps.ts';
import type { DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { DeskEffect, TimeKept } from './ports.ts';

/** How far ahead a block is looked for that is told by nothing. */
const AHEAD = 90 * DAY;

/** Nobody is sent away for it: where somebody has a visit then, it is said who. */
export async function block({ staffId, start, end }: Extract<DeskEffect, { do: 'block' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (!mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  if (end <= deps.now) return nothingCame({ to: 'block', past: true });
  await deps.desk.lockPerson(staffId, deps.now);
  const there = (await deps.desk.visits(store.id, store.channel, { start, end }, deps.now)).filter((visit) => visit.staffId === staffId && visit.end > deps.now);
  if (there.length > 0) return nothingCame({ to: 'block', visits: there });
  const time: TimeKept = { id: deps.newId(), staffId, kind: 'block', start, end };
  await deps.desk.keepTime({ ...time, storeId: store.id }, deps.now);
  return {
    result: { to: 'block', done: time },
    changed: [{ storeId: store.id, slotsVersion: await deps.writer.bumpSlots(store.id), waitlistUserId: null }], freed: [], news: [], jobs: [],
  };
}

/** The time can be booked again. */
export async function unblock({ staffId, days, time }: Extract<DeskEffect, { do: 'unblock' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (!mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  const ahead = (await deps.desk.timeKept(store.id, { start: deps.now, end: deps.now + AHEAD })).filter((kept) => kept.staffId === staffId && kept.kind === 'block');
  const fitting = ahead.filter((kept) => {
    const day = businessDayOf(store.hours, kept.start);
    if (days !== null && !days.includes(day)) return false;
    if (time === null) return true;
    const [from, to] = [toMinute(time.from ?? '00:00'), toMinute(time.to ?? '48:00')];
    const begins = at(day, 0);
    return from === to ? minuteOf(kept.start) === from || overlaps(kept, { start: begins + from * MINUTE, end: begins + from * MINUTE + 1 }) : overlaps(kept, { start: begins + from * MINUTE, end: begins + to * MINUTE });
  });
  const [only, more] = fitting;
  if (!only) return nothingCame({ to: 'unblock', done: null });
  if (more) return nothingCame({ to: 'unblock', which: fitting });
  await deps.writer.lockDays(store.id, [businessDayOf(store.hours, only.start)]);
  await deps.desk.dropTime([only.id]);
  return {
    result: { to: 'unblock', done: only },
    changed: [{ storeId: store.id, slotsVersion: await deps.writer.bumpSlots(store.id), waitlistUserId: null }],
    freed: [{ storeId: store.id, staffId, start: only.start, end: only.end }], news: [], jobs: [],
  };
}
