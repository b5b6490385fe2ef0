/** Which of the things on offer is meant: by number, by description, by its time, or because there is only one. */
import { menusOf } from '../model/store.ts';
import { addDays, dayOf, daysBetween, minuteOf, toMinute, weekdayOf } from '../model/time.ts';
import type { Day, Minute } from '../model/time.ts';
import type { Days, Heard } from '../understanding/heard.ts';
import { isPoint, within } from './days.ts';
import type { StepContext } from './hop.ts';
import type { Offered, Talk } from './talk.ts';

/**
 * A bare weekday (「日曜の方で」) is that weekday among the days on offer, among those wished for or just asked about, not the
 * next one on the calendar; of several on offer the nearest to the first, which is the day the customer had named. Where none
 * fits, the message stays as it was heard.
 */
export function amongOffered(talk: Talk, heard: Heard): Heard {
  const bare = heard.assumed.some((a) => a.part === 'date' && (a.why === 'nearest_weekday' || a.why === 'next_weekday'));
  const [wish] = heard.when;
  if (!bare || heard.when.length !== 1 || !Array.isArray(wish?.dates) || wish.dates.length !== 1) return heard;
  const said = wish.dates[0]!;
  const offered = (talk.pending?.offered ?? []).flatMap((o) =>
    o.kind === 'time' || o.kind === 'day' ? [o.day] : o.kind === 'reservation' ? [dayOf(o.start)] : o.kind === 'wait' ? [dayOf(o.from)] : []);
  const wished = daysOf(talk.known.dates);
  const spoken = Array.isArray(talk.spoken?.dates) ? talk.spoken.dates : [];
  const days = [...new Set([...offered, ...wished, ...spoken])];
  const fitting = days.filter((day) => weekdayOf(day) === weekdayOf(said));
  const meant = only(fitting) ?? (talk.pending?.about === 'day' && fitting.every((day) => offered.includes(day)) ? nearestTo(offered[0], fitting) : null);
  return meant === null || meant === said ? heard : { ...heard, when: [{ ...wish, dates: [meant] }] };
}

const nearestTo = (day: Day | undefined, days: readonly Day[]): Day | null =>
  day === undefined ? null : (days.toSorted((a, b) => Math.abs(daysBetween(day, a)) - Math.abs(daysBetween(day, b)))[0] ?? null);

/** The days of a wish for several; a range with an open end names none. */
function daysOf(dates: Days | undefined): Day[] {
  if (!dates || Array.isArray(dates)) return dates && dates.length > 1 ? dates : [];
  const { from, to } = dates;
  return from && to ? Array.from({ length: Math.min(Math.max(daysBetween(from, to) + 1, 0), 31) }, (_, i) => addDays(from, i)) : [];
}

/** What an ordinal or a description picks out of the offers; null where it picks none, or several. */
export function chosen(talk: Talk, heard: Heard, ctx: StepContext): Offered | null {
  const offered = talk.pending?.offered ?? [];
  const { choice } = heard;
  if (choice && 'nth' in choice) return offered.at(choice.nth > 0 ? choice.nth - 1 : choice.nth) ?? null;
  if (choice) {
    // Only what has a time is earlier or later than something.
    const sorted = offered.filter((o) => order(o) > 0).sort((a, b) => order(a) - order(b));
    const { by } = choice;
    switch (by) {
      case 'that': return only(offered);
      case 'earlier': return sorted[0] ?? null;
      case 'later': return sorted.at(-1) ?? null;
      default: return only(offered.filter((o) => inPart(o, PARTS[by])));
    }
  }
  return talk.pending?.about === 'which' ? described(offered, heard, ctx) : byItsTime(offered, talk, heard);
}

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? list[0]! : null);

const order = (o: Offered): number => {
  if (o.kind === 'reservation') return o.start;
  if (o.kind === 'wait') return o.from;
  if (o.kind === 'time') return Number(o.day.replaceAll('-', '')) * 10_000 + toMinute(o.time);
  return o.kind === 'day' ? Number(o.day.replaceAll('-', '')) * 10_000 : 0;
};

const minute = (o: Offered): Minute | null =>
  o.kind === 'time' ? toMinute(o.time) : o.kind === 'reservation' ? minuteOf(o.start) : null;

/** When the parts of a day begin and end, as people say them when choosing between times. */
const PARTS = { morning: [0, 720], afternoon: [720, 1080], evening: [1020, 1800] } as const;
const inPart = (o: Offered, [from, until]: readonly [Minute, Minute]): boolean => {
  const m = minute(o);
  return m !== null && from <= m && m < until;
};

/** One of the customer's visits or waits by its day, time, menu or person. */
function described(offered: readonly Offered[], heard: Heard, ctx: StepContext): Offered | null {
  const words = [...(heard.menus?.set ?? []), ...(heard.menus?.add ?? []), ...(heard.staff && 'name' in heard.staff && heard.staff.name ? [heard.staff.name] : [])];
  const whens = [...(heard.of ? [heard.of] : []), ...heard.when];
  if (words.length === 0 && whens.length === 0) return null;
  return only(
    offered.filter((o) => {
      const start = o.kind === 'reservation' ? o.start : o.kind === 'wait' ? o.from : null;
      if (start === null) return false;
      const named = o.kind === 'reservation' ? ctx.stores.flatMap((s) => [...menusOf(s, o.menuIds), ...s.staff.filter((x) => x.id === o.staffId)]).map((x) => x.name) : words;
      const dated = whens.length === 0 || whens.some((w) =>
        (w.dates === null || (Array.isArray(w.dates) && w.dates.includes(dayOf(start)))) && (w.time === null || within(w.time, minuteOf(start))));
      return dated && words.every((word) => named.includes(word));
    }),
  );
}

/** A bare 「16時で」 that is on offer on one day only means that day, whatever day was asked for first. */
function byItsTime(offered: readonly Offered[], talk: Talk, heard: Heard): Offered | null {
  const [wish] = heard.when;
  if (heard.when.length !== 1 || !wish || wish.dates !== null || !isPoint(wish.time)) return null;
  const { from } = wish.time;
  const same = offered.filter((o) => o.kind === 'time' && o.time === from && !o.staffId);
  const dates = talk.known.dates;
  const ofTheDay = same.filter((o) => o.kind === 'time' && Array.isArray(dates) && dates.includes(o.day));
  return ofTheDay.length > 0 ? only(ofTheDay) : only(same);
}
