import { addDays, weekdayOf } from '../../model/time.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { calendarDay } from './calendar.ts';
import { consecutive, festival, holiday, season } from './holidays.ts';
import { firstOf } from './days.ts';
import { month, part, year } from './months.ts';
import { offset, span } from './offsets.ts';
import { dayOfWeekNamed, following, openDay, relative } from './relative.ts';
import { dayClass, nthWeek, weekday } from './weekdays.ts';
import { week, weekend } from './weeks.ts';

/**
 * What a phrase means with one more atom: the atom alone when `found` is null, otherwise narrowed by it; null when the
 * two do not make one phrase (明日 + 明後日), so that a new phrase begins.
 */
export function narrow(found: Found | null, atom: DateAtom, calendar: Calendar): Found | null {
  switch (atom.kind) {
    case 'weekday': return weekday(atom, found, calendar);
    case 'calendar': return calendarDay(atom, found, calendar);
    case 'class': return dayClass(atom, found, calendar);
    case 'part': return part(atom, found, calendar);
    case 'holiday': return holiday(atom, found, calendar);
    case 'festival': return festival(atom, found, calendar);
    case 'season': return season(atom, found, calendar);
    case 'consecutive': return consecutive(atom, found, calendar);
    case 'openDay': return openDay(found, calendar);
    case 'weekend': return found?.nth ? nthWeekend(found, calendar) : found === null || found.grain === 'prefix' ? weekend(atom, found, calendar) : weekendOf(found);
    case 'nth': return counted(atom, found, calendar);
    case 'span': return found === null ? null : span(atom.days, found);
    case 'relative': return found === null ? relative(atom, calendar) : dayOfWeekNamed(found, atom.days, calendar);
    case 'following': return found === null ? following(atom, calendar) : found.grain === 'day' ? following(atom, { ...calendar, spoken: firstOf(found.days) }) : null;
    case 'same': return atom.weekday ? sameWeekday(found, calendar) : same(found, calendar);
    default: return found === null ? alone(atom, calendar) : null;
  }
}

/** Atoms that always begin a phrase. */
function alone(atom: DateAtom, calendar: Calendar): Found | null {
  switch (atom.kind) {
    case 'week': return week(atom, calendar);
    case 'month': return month(atom, calendar);
    case 'year': return year(atom, calendar);
    case 'offset': return offset(atom, calendar);
    case 'next': {
      const from = atom.thence && calendar.spoken !== null ? calendar.spoken : calendar.today;
      return { days: [], grain: 'prefix', scope: {}, next: { more: atom.more, from } };
    }
    default: return null;
  }
}

/** 第2 waits for its weekday; 第2週 is a week already. */
function counted(atom: Extract<DateAtom, { kind: 'nth' }>, found: Found | null, calendar: Calendar): Found | null {
  const stretch = found !== null && (['season', 'open', 'year'].includes(found.grain) || (found.grain === 'part' && found.scope.month === undefined));
  if (stretch && !atom.week) return { ...found, base: found.days, grain: 'prefix', nth: atom.nth };
  if (found !== null && found.grain !== 'month' && found.grain !== 'part') return null;
  const prefix: Found = { days: found?.days ?? [], grain: 'prefix', scope: found?.scope ?? calendar.scope, nth: atom.nth };
  return atom.week ? nthWeek(prefix, calendar) : prefix;
}

/** 「11月最後の週末」 begins with the last Saturday of the month. */
function nthWeekend(found: Found, calendar: Calendar): Found | null {
  const saturday = weekday({ kind: 'weekday', weekdays: ['sat'] }, found, calendar);
  const from = saturday && firstOf(saturday.days);
  return from === null ? null : { ...saturday!, days: [from, addDays(from, 1)], grain: 'weekend' };
}

function weekendOf(found: Found): Found | null {
  const monday = found.grain === 'week' ? firstOf(found.days) : null;
  return monday === null ? null : { ...found, days: [addDays(monday, 5), addDays(monday, 6)], grain: 'weekend' };
}

/** 「来週の同じ曜日」: the weekday of the day the talk is about. */
function sameWeekday(found: Found | null, calendar: Calendar): Found | null {
  if (found === null || calendar.spoken === null) return null;
  const read = weekday({ kind: 'weekday', weekdays: [weekdayOf(calendar.spoken)] }, found, calendar);
  return read && { ...read, assumed: [...(read.assumed ?? []), 'shifted'] };
}

/** 「8/4当日」 adds nothing to a day; alone it is the day the talk is about. */
function same(found: Found | null, calendar: Calendar): Found | null {
  if (found !== null) return found.grain === 'day' || found.grain === 'weekday' ? found : null;
  return calendar.spoken === null ? null : { days: [calendar.spoken], grain: 'day', scope: {} };
}
