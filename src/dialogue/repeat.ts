/** いつもの, 前回と同じ: what of the last visit a new one is to have. What this message said itself wins, what is no more is said. */
import type { Reservation } from '../model/reservation.ts';
import { activeMenus, activeStaff } from '../model/store.ts';
import { addDays, dayOf, minuteOf, toClock, weekdayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { lastDay, listDays } from './days.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act } from './says.ts';
import { setSlot } from './slots.ts';
import { first, shopOf } from './stepped.ts';
import type { During, Known, SlotName, Talk } from './talk.ts';

/** Goes on with the last visit at the shop, null where there was none. */
export function asLast(talk: Talk, during: During, last: Reservation | null, ctx: StepContext): Stepped {
  const said = during.noted ?? [];
  if (!last) return first([{ say: 'no_last' }], proceed(talk, ctx, { noted: said, changed: during.changed ?? [] }));
  const store = shopOf(talk, ctx);
  const menus = store ? last.menuIds.filter((id) => activeMenus(store).some((m) => m.id === id)) : last.menuIds;
  const there = !store || activeStaff(store).some((s) => s.id === last.staffId);
  const wantsMenu = during.for === 'repeat' && !said.includes('menu');
  const wantsStaff = (during.for === 'same' || (during.for === 'repeat' && last.nominated)) && !said.includes('staff');
  const gone: Act[] = store && ((wantsMenu && menus.length < last.menuIds.length) || (wantsStaff && !there))
    ? [{ say: 'no_more', storeId: store.id, menuIds: wantsMenu ? last.menuIds.filter((id) => !menus.includes(id)) : [], staffId: wantsStaff && !there ? last.staffId : null }] : [];

  const noted: SlotName[] = [...said];
  const changed: SlotName[] = [...(during.changed ?? [])];
  let { known } = talk;
  const set = (slot: SlotName, patch: Partial<Known>) => {
    const reading = setSlot(known, slot, patch);
    known = reading.known;
    noted.push(...reading.noted.filter((s) => !noted.includes(s)));
    changed.push(...reading.changed.filter((s) => !changed.includes(s)));
  };
  if (wantsMenu && menus.length > 0) set('menu', { menuIds: menus });
  if (wantsStaff && there) set('staff', { staff: last.staffId });
  else if (during.for === 'repeat' && !last.nominated && !said.includes('staff')) set('staff', { staff: 'anyone' });
  const time = toClock(minuteOf(last.start));
  if (during.usual?.includes('time') && !said.includes('time')) set('time', { time: { from: time, to: time } });
  const day = during.usual?.includes('weekday') ? usualDay(known, last, ctx, talk) : null;
  if (day) set('day', { dates: [day] });
  return first(gone, proceed({ ...talk, known }, ctx, { noted, changed }));
}

/** The next day of the last visit's weekday, of those wished for where some were; null = one day was named, and it stands. */
function usualDay(known: Known, last: Reservation, ctx: StepContext, talk: Talk): Day | null {
  const store = shopOf(talk, ctx);
  const weekday = weekdayOf(dayOf(last.start));
  if (!store || (Array.isArray(known.dates) && known.dates.length === 1)) return null;
  const days = known.dates ? listDays(known.dates, ctx.now, store.hours) : Array.from({ length: 7 }, (_, n) => addDays(dayOf(ctx.now), n + 1));
  return days.find((day) => weekdayOf(day) === weekday && day <= lastDay(store.hours, ctx.now)) ?? null;
}
