/** Why a wish cannot be, in words, with the way on that comes with the reason. */
import type { Act, Problem } from '../dialogue/says.ts';
import { WEEKDAYS, weekdayOf } from '../model/time.ts';
import type { Store } from '../model/store.ts';
import { ja } from './ja.ts';
import { durationWords, menuWords, staffListWords, staffWords, timeWords } from './names.ts';
import type { Words } from './names.ts';
import { WEEKDAY, clockWords, dayWords, leadWords, minuteWords, spanWords } from './when.ts';
import { shortened } from './limits.ts';

export function problemWords(problem: Problem, store: Store | null, { now }: Words): string {
  const when = (day: string, time?: string) => `${dayWords(day, now)}${time ? ` ${clockWords(time)}` : ''}`;
  switch (problem.why) {
    case 'past': return ja.past(when(problem.day, problem.time));
    case 'too_soon': return ja.tooSoon(when(problem.day, problem.time), leadWords(problem.noticeMinutes));
    case 'beyond_window': return ja.beyond(dayWords(problem.day, now), dayWords(problem.last, now));
    case 'closed': return ja.closed[problem.because](dayWords(problem.day, now));
    case 'outside_hours': {
      const openings = uniqueSpans(problem.openings).join('、');
      return ja.outsideHours(timeWords(problem.time), problem.day && dayWords(problem.day, now), openings);
    }
    case 'too_long':
      return ja.tooLong(clockWords(problem.time), menuWords(store, problem.menuIds), durationWords(store, problem.menuIds), clockWords(problem.until), problem.latest && clockWords(problem.latest));
    case 'off_grid': return ja.offGrid(clockWords(problem.time), minuteWords(problem.gridMinutes));
    case 'staff_off':
      return ja.staffOff(staffWords(store, problem.staffId), dayWords(problem.day, now)) + (problem.others.length > 0 ? ja.staffOffOthers(staffListWords(store, problem.others)) : '');
    case 'staff_hours': {
      const openings = uniqueSpans(problem.openings).join('、');
      const who = problem.staffId === null ? ja.nobodyThere(timeWords(problem.time), dayWords(problem.day, now), openings) : ja.staffHours(staffWords(store, problem.staffId), dayWords(problem.day, now), openings);
      return who + (problem.others.length > 0 ? ja.staffOthersThen(staffListWords(store, problem.others)) : '');
    }
    case 'staff_cannot':
      return ja.staffCannot(staffWords(store, problem.staffId), menuWords(store, problem.menuIds)) + (problem.can.length > 0 ? ja.staffCan(staffListWords(store, problem.can)) : '');
    case 'no_phone': return ja.noPhone(shortened(problem.phone, 20));
    case 'nobody_can': return ja.nobodyCan(menuWords(store, problem.menuIds));
    case 'unknown_menu': case 'unknown_staff': return ja.unknownMenu;
  }
}

const uniqueSpans = (openings: readonly [string, string][]): string[] => [...new Set(openings.map(([from, to]) => spanWords({ from, to })))];

/** What understanding refused. 「11/23は月曜日です。日曜日なら11/22か11/29ですが、どちらでしょうか？」 */
export function refusedWords({ refuse }: Extract<Act, { say: 'refused' }>, { now }: Words): string {
  const words = shortened(refuse.words, 40);
  const bare = (day: string) => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;
  switch (refuse.reason) {
    case 'weekday_mismatch': {
      if (!refuse.day) return ja.refused.impossibleDate(words);
      const real = WEEKDAY[weekdayOf(refuse.day)];
      const [instead] = refuse.instead ?? [];
      const said = refuse.weekday ?? (instead === undefined ? WEEKDAYS[0] : weekdayOf(instead));
      return refuse.instead?.length ? ja.refused.mismatch(bare(refuse.day), real, WEEKDAY[said], refuse.instead.map(bare).join('か')) : ja.refused.mismatchAlone(bare(refuse.day), real);
    }
    case 'impossible_date': return ja.refused.impossibleDate(words);
    case 'impossible_time': return ja.refused.impossibleTime(words);
    case 'past': return refuse.day ? ja.past(dayWords(refuse.day, now)) : ja.refused.past(words);
    case 'beyond_window': return refuse.day ? ja.closed.beyond_window(dayWords(refuse.day, now)) : ja.refused.beyond(words);
    case 'out_of_hours': return ja.refused.hours(words);
  }
}
