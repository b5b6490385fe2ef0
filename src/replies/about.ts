/** What a shop says about itself when asked. */
import { isDeepStrictEqual } from 'node:util';
import type { Act } from '../dialogue/says.ts';
import { openSpans, openingsOn } from '../model/hours.ts';
import type { Opening } from '../model/hours.ts';
import { worksOn } from '../model/shifts.ts';
import { joined } from '../model/span.ts';
import { activeMenus, activeStaff, isOff, menusOf, staffWhoDo } from '../model/store.ts';
import type { Staff, Store } from '../model/store.ts';
import { MINUTE, WEEKDAYS, at, dayOf, daysBetween, toClock } from '../model/time.ts';
import type { Day, Instant, Weekday } from '../model/time.ts';
import { depositRule } from './deposit-pieces.ts';
import { ja } from './ja.ts';
import { nameWords } from './limits.ts';
import { deadlineWords, durationWords, priceWords } from './names.ts';
import { WEEKDAY, dayWords, listWords, minuteWords, spanWords, yen } from './when.ts';

type Info = Extract<Act, { say: 'info' }>;

/** The answer to one topic; null = the shop did not say. */
export function aboutShop(info: Info, store: Store, now: Instant): string | null {
  const said = store.info;
  const deposit = depositRule(store);
  switch (info.topic) {
    case 'hours': return info.days.length > 0 ? info.days.map((day) => hoursOn(store, day, now)).join('\n') : [ja.hours(weekHours(store)), closingWords(store, now)].join('\n');
    case 'closing_day': return info.days.length > 0 ? info.days.map((day) => hoursOn(store, day, now)).join('\n') : closingWords(store, now);
    case 'address': return [ja.address(store.address), ...(said.access ? [ja.access(said.access)] : [])].join('\n');
    case 'access': return said.access ? [ja.access(said.access), ja.address(store.address)].join('\n') : ja.address(store.address);
    case 'parking': return said.parking ? ja.parking(said.parking) : null;
    case 'phone': return store.phone ? ja.phone(store.phone) : null;
    case 'menus': return ja.menus(activeMenus(store).slice(0, 40).map((m) => ja.menuLine(nameWords(m.name), minuteWords(m.duration), yen(m.price))).join('\n'));
    case 'price': return prices(info, store);
    case 'duration': return info.menuIds.length > 0 ? durations(info.menuIds, store) : aboutShop({ ...info, topic: 'menus' }, store, now);
    case 'staff': return aboutStaff(info, store, now);
    case 'payment': return said.payment ? ja.payment(said.payment) : null;
    case 'prepay': return [...(said.prepay ? [ja.prepay(said.prepay)] : []), ...(deposit ? [deposit.prepay] : [])].join('\n') || null;
    case 'belongings': return said.belongings ? ja.belongings(said.belongings) : null;
    case 'nomination': return ja.nomination(said.nominationFee ?? 0);
    case 'cancel_policy': return [ja.cancelPolicy(deadlineWords(store.hours, 'cancel'), deadlineWords(store.hours, 'move')), ...(deposit ? [deposit.rule] : [])].join('\n');
    case 'waitlist_state': return null;
  }
}

const openingWords = (openings: readonly Opening[]): string => openings.map(([from, to]) => spanWords({ from, to })).join('、');

const hoursOn = (store: Store, day: Day, now: Instant): string => {
  const openings = openingsOn(store.hours, day);
  return openings.length > 0 ? ja.hoursOn(dayWords(day, now), openingWords(openings)) : ja.closedOn(dayWords(day, now));
};

/** Weekdays of the same hours side by side: 「火〜金 10:00〜20:00」. */
function weekHours({ hours }: Store): string {
  const groups: { days: Weekday[]; openings: Opening[] }[] = [];
  for (const day of WEEKDAYS) {
    const openings = hours.weekly[day];
    if (openings.length === 0) continue;
    const group = groups.find((g) => JSON.stringify(g.openings) === JSON.stringify(openings));
    if (group) group.days.push(day);
    else groups.push({ days: [day], openings });
  }
  return groups.map((g) => `${weekdaysWords(g.days)} ${openingWords(g.openings)}`).join('\n');
}

/** 「火〜金」 where they follow each other, else 「土・日」. */
function weekdaysWords(days: readonly Weekday[]): string {
  const places = days.map((d) => WEEKDAYS.indexOf(d));
  const run = days.length > 2 && places.every((p, i) => i === 0 || p === places[i - 1]! + 1);
  return run ? `${WEEKDAY[days[0]!]}〜${WEEKDAY[days.at(-1)!]}` : days.map((d) => WEEKDAY[d]).join('・');
}

function closingWords({ hours }: Store, now: Instant): string {
  const closed = WEEKDAYS.filter((d) => hours.weekly[d].length === 0);
  const today = dayOf(now);
  const ahead = hours.exceptions.filter((e) => e.openings.length === 0 && e.day >= today && daysBetween(today, e.day) <= hours.windowDays).slice(0, 6);
  return [
    closed.length > 0 ? ja.closingDay(closed.map((d) => `${WEEKDAY[d]}曜日`).join('と')) : ja.noClosingDay,
    ...(hours.holidays === 'closed' ? [ja.holidaysClosed] : []),
    ...(ahead.length > 0 ? [ja.otherClosed(ahead.map((e) => dayWords(e.day, now)).join('、'))] : []),
  ].join('\n');
}

function prices({ menuIds }: Info, store: Store): string {
  const menus = menusOf(store, menuIds.length > 0 ? menuIds : activeMenus(store).map((m) => m.id)).slice(0, 40);
  const lines = menus.map((m) => ja.menuLine(nameWords(m.name), minuteWords(m.duration), yen(m.price))).join('\n');
  if (menuIds.length === 0) return ja.menus(lines);
  const [only] = menus;
  return menus.length === 1 && only ? ja.price(nameWords(only.name), yen(only.price)) : ja.priceSum(lines, priceWords(store, menuIds), durationWords(store, menuIds));
}

const durations = (menuIds: readonly string[], store: Store): string =>
  ja.duration(listWords(menusOf(store, menuIds).map((m) => nameWords(m.name))), durationWords(store, menuIds));

const offWords = (staff: Staff): string | null => (staff.daysOff.length > 0 ? staff.daysOff.map((d) => `${WEEKDAY[d]}曜日`).join('と') : null);

const isAway = (store: Store, staff: Staff, day: Day): boolean => openingsOn(store.hours, day).length === 0 || isOff(staff, day);

/** Whether somebody is there on a day, and when, where it is not as long as the shop is open. */
function staffDay(store: Store, who: Staff, day: Day, now: Instant): string {
  if (isAway(store, who, day)) return ja.staffNotOn(nameWords(who.name), dayWords(day, now));
  const open = joined(openSpans(store.hours, day));
  const there = worksOn(who, open, day);
  const clock = (moment: number) => toClock((moment - at(day, 0)) / MINUTE);
  const hours = isDeepStrictEqual(there, open) ? null : there.map((span) => spanWords({ from: clock(span.start), to: clock(span.end) })).join('、');
  return ja.staffOn(nameWords(who.name), dayWords(day, now), hours);
}

/** Own hours by weekday, and the days ahead that are not as always. */
function shiftLines({ hours }: Store, who: Staff, now: Instant): string[] {
  const weekly = WEEKDAYS.flatMap((day) => (who.shifts?.[day]?.length && hours.weekly[day].length > 0 ? [ja.dayHours(WEEKDAY[day], openingWords(who.shifts[day]))] : []));
  const today = dayOf(now);
  const dated = [...who.absences.map((day) => ({ day, openings: [] as Opening[] })), ...who.exceptions]
    .filter(({ day }) => day >= today && daysBetween(today, day) <= hours.windowDays).sort((a, b) => (a.day < b.day ? -1 : 1)).slice(0, 6)
    .map(({ day, openings }) => ja.dayHours(dayWords(day, now), openings.length > 0 ? openingWords(openings) : null));
  return [...(weekly.length > 0 ? [ja.staffShifts(weekly.join('、'))] : []), ...(dated.length > 0 ? [ja.staffDated(dated.join('、'))] : [])];
}

function aboutStaff({ staffId, menuIds, days }: Info, store: Store, now: Instant): string {
  const who = activeStaff(store).find((s) => s.id === staffId);
  if (who && days.length > 0) return days.map((day) => staffDay(store, who, day, now)).join('\n');
  if (who) return [offWords(who) === null ? ja.staffAlways(nameWords(who.name)) : ja.staffWeek(nameWords(who.name), offWords(who)!), ...shiftLines(store, who, now), closingWords(store, now)].join('\n');
  const there = activeStaff(store).filter((s) => days.length === 0 || days.some((d) => !isAway(store, s, d)));
  const able = menuIds.length > 0 ? staffWhoDo(store, menuIds) : [];
  const lines = there.slice(0, 30).map((s) => ja.staffLine(nameWords(s.name), nameWords(s.role), offWords(s))).join('\n');
  const list = lines === '' ? days.map((d) => ja.closedOn(dayWords(d, now))).join('\n') : ja.staffList(lines);
  return able.length > 0 ? `${list}\n${ja.staffCanDo(listWords(able.map((s) => nameWords(s.name)), 6), listWords(menusOf(store, menuIds).map((m) => nameWords(m.name)), 6))}` : list;
}
