/** いつもの, 前回と同じ: what of the last visit a new one is to have. What this message said itself wins, what is no more is said. */
import type { Reservation } from '../model/reservation.ts';
import { activeMenus, activeStaff } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { addDays, dayOf, minuteOf, toClock, weekdayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Heard } from '../understanding/heard.ts';
import { lastDay, listDays } from './days.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act } from './says.ts';
import { askChange } from './resume.ts';
import { askShop } from './shops.ts';
import { readAll, setSlot, toShop } from './slots.ts';
import { first, shopOf } from './stepped.ts';
import type { During, Known, SlotName, Talk } from './talk.ts';

/** Whether a message leaves something to the last visit; `spoken` = 「同じ時間」 was that of what is under way. */
export function leftToLast(heard: Heard, spoken: boolean): Pick<During, 'for' | 'usual' | 'heard'> | null {
  const usual = spoken || !heard.usual?.length ? undefined : heard.usual;
  const same = heard.staff !== null && 'same' in heard.staff;
  return same || usual ? { for: same ? 'same' : 'usual', heard, ...(usual ? { usual } : {}) } : null;
}

/** Goes on with the last visit at the shop, null where there was none. */
export function asLast(talk: Talk, during: During, last: Reservation | null, ctx: StepContext): Stepped {
  const heard = during.heard!;
  if (!last) {
    const anew = { ...heard, intent: 'book' as const, staff: heard.staff && 'same' in heard.staff ? null : heard.staff, usual: [] };
    if (talk.goal === 'move' && talk.visit && !during.noted?.length) return first([{ say: 'no_last' }], askChange(talk));
    return first([{ say: 'no_last' }], shopOf(talk, ctx) ? proceed(talk, ctx, { noted: during.noted ?? [], changed: during.changed ?? [] }) : askShop(talk, ctx, anew));
  }
  // Where it was not said which shop, it is the one of the last visit; what was said is read once more as said of it.
  const here = shopOf(talk, ctx) ? { known: talk.known, noted: during.noted ?? [], changed: during.changed ?? [] } : readAll(heard, toShop(talk.known, last.storeId, ctx).known, ctx);
  const said = here.noted;
  const store = shopOf({ ...talk, known: here.known }, ctx);
  if (!store) return proceed(talk, ctx);

  let { known } = here;
  const noted: SlotName[] = [...said];
  const changed: SlotName[] = [...here.changed];
  const set = (slot: SlotName, patch: Partial<Known>) => {
    const reading = setSlot(known, slot, patch);
    known = reading.known;
    noted.push(...reading.noted.filter((s) => !noted.includes(s)));
    changed.push(...reading.changed.filter((s) => !changed.includes(s)));
  };
  const repeat = during.for === 'repeat';
  const menuIds = repeat && !heard.menus?.set ? last.menuIds : [];
  const left = menuIds.filter((id) => activeMenus(store).some((m) => m.id === id));
  if (menuIds.length > 0) {
    const { remove = [], add = [] } = heard.menus ?? {};
    const named = (names: readonly string[]) => activeMenus(store).filter((m) => names.includes(m.name)).map((m) => m.id);
    const all = [...new Set([...left, ...named(add)])].filter((id) => !named(remove).includes(id));
    if (all.length > 0) set('menu', { menuIds: all });
  }
  const same = heard.staff !== null && 'same' in heard.staff;
  const staffId = same || (repeat && last.nominated && !said.includes('staff')) ? last.staffId : null;
  const there = activeStaff(store).some((s) => s.id === staffId);
  if (staffId !== null && there) set('staff', { staff: staffId });
  else if (repeat && !last.nominated && !said.includes('staff')) set('staff', { staff: 'anyone' });
  const gone: Act[] = left.length < menuIds.length || (staffId !== null && !there)
    ? [{ say: 'no_more', storeId: store.id, menuIds: menuIds.filter((id) => !left.includes(id)), staffId: there ? null : staffId }] : [];
  const time = toClock(minuteOf(last.start));
  if (during.usual?.includes('time') && !said.includes('time')) set('time', { time: { from: time, to: time } });
  const day = during.usual?.includes('weekday') ? usualDay(known, last, store, ctx) : null;
  if (day) set('day', { dates: [day] });
  return first(gone, proceed({ ...talk, known }, ctx, { noted, changed }));
}

/** The next day of the last visit's weekday, of those wished for where some were; null = one day was named, and it stands. */
function usualDay(known: Known, last: Reservation, store: Store, ctx: StepContext): Day | null {
  const weekday = weekdayOf(dayOf(last.start));
  if (Array.isArray(known.dates) && known.dates.length === 1) return null;
  const days = known.dates ? listDays(known.dates, ctx.now, store.hours) : Array.from({ length: 7 }, (_, n) => addDays(dayOf(ctx.now), n + 1));
  return days.find((day) => weekdayOf(day) === weekday && day <= lastDay(store.hours, ctx.now)) ?? null;
}
