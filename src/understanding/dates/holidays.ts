import { holidayName } from '../../model/holidays.ts';
import { addDays, daysBetween, weekdayOf } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { dayOfCalendar, firstOf, firstOfMonth, isDayOff, nextDay, nextWeekday, yearOf } from './days.ts';

type Of<K extends DateAtom['kind']> = Extract<DateAtom, { kind: K }>;

/** Public holidays by the name the calendar gives them. */
export const holidayWords: readonly Words<DateAtom>[] = [
  ['成人の日 成人式 せいじんのひ', { kind: 'holiday', name: '成人の日' }],
  ['建国記念の日 建国記念日', { kind: 'holiday', name: '建国記念の日' }],
  ['天皇誕生日', { kind: 'holiday', name: '天皇誕生日' }],
  ['春分の日 春分 しゅんぶんのひ', { kind: 'holiday', name: '春分の日' }],
  ['昭和の日', { kind: 'holiday', name: '昭和の日' }],
  ['憲法記念日', { kind: 'holiday', name: '憲法記念日' }],
  ['みどりの日 緑の日', { kind: 'holiday', name: 'みどりの日' }],
  ['こどもの日 子どもの日 子供の日', { kind: 'holiday', name: 'こどもの日' }],
  ['海の日 うみのひ', { kind: 'holiday', name: '海の日' }],
  ['山の日 やまのひ', { kind: 'holiday', name: '山の日' }],
  ['敬老の日 けいろうのひ', { kind: 'holiday', name: '敬老の日' }],
  ['秋分の日 秋分 しゅうぶんのひ', { kind: 'holiday', name: '秋分の日' }],
  ['スポーツの日 体育の日', { kind: 'holiday', name: 'スポーツの日' }],
  ['文化の日 ぶんかのひ', { kind: 'holiday', name: '文化の日' }],
  ['勤労感謝の日', { kind: 'holiday', name: '勤労感謝の日' }],
  ['国民の休日', { kind: 'holiday', name: '休日' }],
  ['振替休日 振り替え休日 振替の休日', { kind: 'holiday', name: '振替休日' }],
];
/** Days everybody knows that are no public holidays. */
export const festivalWords: readonly Words<DateAtom>[] = [
  ['元日 元旦 がんたん', { kind: 'festival', month: 1, day: 1 }],
  ['節分', { kind: 'festival', month: 2, day: 3 }],
  ['バレンタイン バレンタインデー', { kind: 'festival', month: 2, day: 14 }],
  ['ひな祭り 雛祭り', { kind: 'festival', month: 3, day: 3 }],
  ['ホワイトデー', { kind: 'festival', month: 3, day: 14 }],
  ['母の日', { kind: 'festival', month: 5, day: 0, nth: { weekday: 'sun', nth: 2 } }],
  ['父の日', { kind: 'festival', month: 6, day: 0, nth: { weekday: 'sun', nth: 3 } }],
  ['七夕', { kind: 'festival', month: 7, day: 7 }],
  ['ハロウィン ハロウィーン', { kind: 'festival', month: 10, day: 31 }],
  ['クリスマスイブ クリスマスイヴ イブの日', { kind: 'festival', month: 12, day: 24 }],
  ['クリスマス クリスマス当日', { kind: 'festival', month: 12, day: 25 }],
  ['大晦日 大みそか おおみそか', { kind: 'festival', month: 12, day: 31 }],
];
/** Convention 11: long holidays and seasons, as month-day of their ends; an end before its start is in the next year. */
export const seasonWords: readonly Words<DateAtom>[] = [
  ['GW ゴールデンウィーク ゴールデンウイーク ゴールデン・ウィーク 黄金週間', { kind: 'season', from: '04-29', to: '05-06' }],
  ['お盆 お盆休み おぼん 盆休み おぼん休み', { kind: 'season', from: '08-13', to: '08-16' }],
  ['年末年始 ねんまつねんし 年末年始休み', { kind: 'season', from: '12-29', to: '01-03' }],
  ['正月 お正月 三が日 三ヶ日 正月休み お正月休み しょうがつ おしょうがつ', { kind: 'season', from: '01-01', to: '01-03' }],
  ['年末 ねんまつ 年の瀬', { kind: 'season', from: '12-25', to: '12-31' }],
  ['年始 年初', { kind: 'season', from: '01-01', to: '01-07' }],
  ['年明け 年あけ としあけ 年が明けて 年が明けたら 新年', { kind: 'season', from: '01-01', to: '01-01', after: true }],
  ['年度末', { kind: 'season', from: '03-25', to: '03-31' }],
  ['夏休み', { kind: 'season', from: '07-20', to: '08-31' }],
  ['冬休み', { kind: 'season', from: '12-25', to: '01-07' }],
  ['春休み', { kind: 'season', from: '03-25', to: '04-05' }],
  ['シルバーウィーク シルバーウイーク SW', { kind: 'season', from: 'sw', to: 'sw' }],
];
export const consecutiveWords: readonly Words<DateAtom>[] = [
  ['連休 れんきゅう', { kind: 'consecutive', days: 3 }],
  ['三連休 3連休 さんれんきゅう', { kind: 'consecutive', days: 3 }],
  ['四連休 4連休', { kind: 'consecutive', days: 4 }],
  ['五連休 5連休', { kind: 'consecutive', days: 5 }],
];

const day = (date: Day): Found => ({ days: [date], grain: 'day', scope: { month: firstOfMonth(date) } });

/** The year that was named before, if any. */
const statedYear = (found: Found | null): number | null => (found?.grain === 'year' ? yearOf(firstOf(found.days)!) : null);

/** A substitute is named with its holiday (「春分の日 振替休日」). */
const named = (day: Day, name: string): boolean => holidayName(day) === name || (name === '振替休日' && (holidayName(day)?.endsWith(name) ?? false));

export function holiday(atom: Of<'holiday'>, found: Found | null, calendar: Calendar): Found | null {
  if (found?.grain === 'day' && Array.isArray(found.days)) return holidayName(found.days[0]!)?.includes(atom.name) ? found : null;
  const year = statedYear(found);
  const date = nextDay(year === null ? calendar.today : `${year}-01-01`, (d) => named(d, atom.name));
  return date === null ? null : day(date);
}

export function festival(atom: Of<'festival'>, found: Found | null, calendar: Calendar): Found | null {
  if (found !== null && found.grain !== 'year' && found.grain !== 'prefix') return null;
  const on = (year: number): Day => {
    if (atom.nth) return addDays(nextWeekday(`${year}-${String(atom.month).padStart(2, '0')}-01`, atom.nth.weekday), 7 * (atom.nth.nth - 1));
    return dayOfCalendar(year, atom.month, atom.day)!;
  };
  const stated = statedYear(found);
  const year = yearOf(calendar.today);
  return day(stated !== null ? on(stated) : on(year) >= calendar.today ? on(year) : on(year + 1));
}

/** The season that is on, or else the next. 年明け is open: from New Year's Day. */
export function season(atom: Of<'season'>, found: Found | null, calendar: Calendar): Found | null {
  if (found !== null && found.grain !== 'year' && found.grain !== 'prefix') return null;
  const in_ = (year: number): { from: Day; to: Day } | null =>
    atom.from === 'sw' ? silverWeek(year) : { from: `${year}-${atom.from}`, to: `${atom.to < atom.from ? year + 1 : year}-${atom.to}` };
  const stated = statedYear(found);
  const year = yearOf(calendar.today);
  const spans = (stated !== null ? [stated] : [year - 1, year, year + 1]).map(in_);
  const days = spans.find((s) => s !== null && (stated !== null || (s.to >= calendar.today && !(atom.after && s.from <= calendar.today))));
  if (!days) return null;
  const open = atom.after ? { from: days.from, to: null } : days;
  return { days: open, grain: atom.after ? 'open' : 'season', scope: {}, assumed: ['fuzzy'] };
}

/** The days off in a row around 敬老の日 and 秋分の日; where they do not touch, from the one to the other. */
function silverWeek(year: number): { from: Day; to: Day } | null {
  const respect = nextDay(`${year}-09-01`, (d) => holidayName(d) === '敬老の日');
  const autumn = nextDay(`${year}-09-01`, (d) => holidayName(d) === '秋分の日');
  if (respect === null || autumn === null) return null;
  return { from: addDays(respect, weekdayOf(respect) === 'mon' ? -2 : 0), to: autumn > respect ? autumn : respect };
}

/**
 * The next row of so many days off: Saturdays, Sundays and public holidays; of the month or with the holiday named before
 * it. New Year's days are no 三連休 to anybody.
 */
export function consecutive(atom: Of<'consecutive'>, found: Found | null, calendar: Calendar): Found | null {
  let skip = found?.next?.more ?? 0;
  if (found !== null && !['prefix', 'month', 'day'].includes(found.grain)) return null;
  const holds = found?.grain === 'day' ? firstOf(found.days) : null;
  const within = holds ?? (found?.grain === 'month' ? firstOf(found.days)! : calendar.today);
  for (let from = addDays(within, -6), n = 0; n < 400; n++, from = addDays(from, 1)) {
    if (!isDayOff(from) || isDayOff(addDays(from, -1))) continue;
    const to = addDays(nextDay(from, (d) => !isDayOff(d)) ?? from, -1);
    if (to < calendar.today || daysBetween(from, to) + 1 < atom.days) continue;
    if (holds !== null && (from > holds || to < holds)) return null;
    if (holds === null && from.slice(5) <= '01-03' && from.slice(5) >= '01-01') continue;
    if (skip-- > 0) continue;
    return { days: { from, to }, grain: 'season', scope: {} };
  }
  return null;
}
