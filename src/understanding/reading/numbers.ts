import type { DateAtom, Unit } from '../dates/atoms.ts';
import type { Lexed } from './lexeme.ts';
import { lexicon } from './lexicon.ts';
import type { Words } from './lexicon.ts';
import { counterWords } from './mask.ts';
import { clockAt, clockOfDigits } from '../times/clock.ts';

/** Signs right after a number that make it a day, a time or a length of time. */
type Sign = 'year' | 'month' | 'day' | 'hour' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'meridiem' | 'counter' | 'none';
const signWords: readonly Words<Sign>[] = [
  ['年', 'year'], ['月 がつ', 'month'], ['日 にち', 'day'], ['時 じ 字 次 h', 'hour'], ['分 ふん ぷん 分間 分ほど', 'minutes'],
  ['時間 じかん 時かん', 'hours'], ['日間 にちかん', 'days'], ['週間 週 しゅうかん', 'weeks'], ['ヶ月 か月 カ月 ヵ月 ケ月 箇月 個月 かげつ ヶ月間', 'months'],
  ['pm am p.m. a.m.', 'meridiem'],
  ['って つて 次会 次元 次第 次回 じゃ ころ ごろ じつは じつに じつさ じょう 字架 時短 ことし こと これ ここ これから このへん えん段', 'none'],
];
const SIGNS = lexicon<Sign>([signWords, counterWords as readonly Words<Sign>[]], true);

/** What follows a number of days, weeks or months and makes it a day from now. */
type Turn = 'after' | 'within' | 'past';
const TURNS = lexicon<Turn>([[
  ['後 先 のち あと くらい後 ぐらい後 ほど後 くらい先 ぐらい先 ほど先 たった頃 経った頃', 'after'],
  ['以内 のうち うち 内に 以内くらい', 'within'],
  ['前 まえ', 'past'],
]], true);

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

type Cluster = { numbers: number[]; widths: number[]; ends: number[]; signs: string[]; to: number };

/** More numbers in a row than any date or phone number has are read piece by piece. */
const MOST_NUMBERS = 8;

/** Digits with / - . : , between them, spaces around / and : forgiven. */
function cluster(text: string, from: number): Cluster {
  const c: Cluster = { numbers: [], widths: [], ends: [], signs: [], to: from };
  for (let at = from; ; ) {
    const start = at;
    while (isDigit(text[at])) at++;
    c.numbers.push(at - start > 9 ? NaN : +text.slice(start, at));
    c.widths.push(at - start);
    c.ends.push(at);
    c.to = at;
    let sign = at;
    if (text[sign] === ' ' && (text[sign + 1] === '/' || text[sign + 1] === ':')) sign++;
    const mark = text[sign];
    if (mark === undefined || c.numbers.length >= MOST_NUMBERS || !'/-.:;,'.includes(mark)) return c;
    let next = sign + 1;
    if (text[next] === ' ' && (mark === '/' || mark === ':')) next++;
    if (!isDigit(text[next])) return c;
    c.signs.push(mark === ';' ? ':' : mark);
    at = next;
  }
}

const dated = (atom: DateAtom, to: number): Lexed => ({ lexeme: { is: 'date', atom }, to });
const masked = (to: number): Lexed => ({ lexeme: { is: 'mask' }, to });

/** Reads what begins with a digit at `from`. Always takes at least the digits. */
export function numberAt(text: string, from: number): Lexed {
  const c = cluster(text, from);
  const digits = c.widths.reduce((sum, w) => sum + w, 0);
  if (isIdentifier(c, digits)) return masked(c.to);
  const [first, second, third] = c.numbers;
  switch (c.signs[0]) {
    case '/': return c.signs[1] === '/' ? threeParts(c, text) : slashed(text, from, first!, second!, c);
    case ':': return clockAt(text, c.numbers, c.widths, c.ends);
    case '.': return c.signs.length === 2 && c.signs[1] === '.' ? threeParts(c, text) : pointed(text, from, c);
    case '-':
      if (c.widths[0] === 4 && c.signs.length >= 2 && c.signs[1] === '-') return dated({ kind: 'calendar', year: first!, month: second!, day: third! }, c.ends[2]!);
      return dashed(text, from, c);
    case ',':
      if (c.widths[1] === 3 && c.widths[0]! <= 3) return masked(SIGNS.at(text, c.to)?.to ?? c.to);
      return plain(text, c);
    default: return plain(text, c);
  }
}

/** Phone numbers, postal codes, card numbers: too many digits, or dashes that make no date. */
function isIdentifier(c: Cluster, digits: number): boolean {
  if (c.widths[0]! > 8 || (digits >= 9 && c.signs.every((s) => s === '-'))) return true;
  const dashes = c.signs.filter((s) => s === '-').length;
  const iso = c.widths[0] === 4 && c.widths[1]! <= 2;
  if (dashes >= 2 && !iso && dashes === c.signs.length) return true;
  if (dashes >= 1 && c.signs[0] === '-' && !iso && (c.widths[0]! >= 3 || c.widths[1]! >= 3)) return true;
  return c.widths[0]! >= 3 && c.widths[0] !== 4 && c.widths[0] !== 8;
}

/** 2025/3/16, 25/4/3, 2025.3.18, 3/16/2025. */
function threeParts(c: Cluster, text: string): Lexed {
  const [a, b, d] = c.numbers as [number, number, number];
  const to = afterDay(text, c.ends[2]!);
  if (c.signs.length > 2 && c.signs[2] !== '-') return masked(c.to);
  if (c.widths[0] === 4) return dated({ kind: 'calendar', year: a, month: b, day: d }, to);
  if (c.widths[2] === 4) return dated({ kind: 'calendar', year: d, month: a, day: b }, to);
  if (c.signs[0] === '/' && a >= 20) return dated({ kind: 'calendar', year: 2000 + a, month: b, day: d }, to);
  return masked(c.to);
}

/** Both 「3/16」 and 「3/16日」. */
const afterDay = (text: string, at: number): number => (text[at] === '日' && text[at + 1] !== '曜' && text[at + 1] !== '本' ? at + 1 : at);

const FRACTION_WORDS = ['くらい', 'ぐらい', 'ほど', '程', 'の量', '量', 'に減', 'に梳', 'にすい', 'ずつ', '以下', '以上', 'ぶん', '減', '残', 'の長さ', 'の厚さ', 'まで減', '梳', 'すい', '丈'];
const FRACTION_OF = ['量', '長さ', '髪', '毛', '厚み', '全体', '半分', '残り', '約', '丈', '厚さ'];

/** 「量を1/3くらい」 is a share, not the 3rd of January. */
function isFraction(text: string, from: number, to: number, over: number, under: number): boolean {
  if (over >= under || under > 5) return false;
  const before = text.slice(Math.max(0, from - 5), from);
  if (SIGNS.at(text, to)?.meaning === 'counter') return true;
  return FRACTION_WORDS.some((w) => text.startsWith(w, to)) || (FRACTION_OF.some((w) => before.includes(w)) && !before.includes('、'));
}

/** M/D. Numbers no calendar comes near (120/80) are something else. */
function slashed(text: string, from: number, month: number, day: number, c: Cluster): Lexed {
  const to = afterDay(text, c.ends[1]!);
  if (c.widths[0]! > 2 || c.widths[1]! > 2 || month > 19 || (c.signs.length > 1 && c.signs[1] === '/')) return masked(to);
  if (isFraction(text, from, to, month, day)) return masked(to);
  return dated({ kind: 'calendar', month, day }, to);
}

const isIdeograph = (char: string | undefined): boolean => char !== undefined && char >= '一' && char <= '鿿';

/** M-D, or the first number of a range whose unit comes later (14-16時). */
function dashed(text: string, from: number, c: Cluster): Lexed {
  const [month, day] = c.numbers as [number, number];
  const only = { lexeme: { is: 'number', value: month, width: c.widths[0]! } as const, to: c.ends[0]! };
  const sign = c.signs.length > 1 ? 'hour' : SIGNS.at(text, c.ends[1]!)?.meaning;
  if (sign === 'counter' || sign === 'hours' || sign === 'minutes') return masked(SIGNS.at(text, c.ends[1]!)?.to ?? c.to);
  if (sign !== undefined && sign !== 'none') return only;
  const address = isIdeograph(text[from - 1]) && !'日曜月火水木金土)週'.includes(text[from - 1]!);
  if (address || /[a-z#]/.test(text[from - 1] ?? '') || month < 1 || month > 12 || day < 1 || day > 31) return masked(c.to);
  return dated({ kind: 'calendar', month, day }, c.ends[1]!);
}

/** M.D (3.28); a number with one decimal (1.5センチ, 3.5) is none. */
function pointed(text: string, from: number, c: Cluster): Lexed {
  const [month, day] = c.numbers as [number, number];
  const sign = SIGNS.at(text, c.ends[1]!)?.meaning;
  const plausible = month >= 1 && month <= 12 && day >= 1 && day <= 31 && c.widths[0]! <= 2 && c.signs.length === 1;
  const said = c.widths[1] === 2 || text[c.to] === '(' || text.startsWith('の', c.to);
  if (sign !== undefined && sign !== 'none' && sign !== 'day') return masked(SIGNS.at(text, c.to)?.to ?? c.to);
  if (!plausible || !said || /[a-z.]/.test(text[from - 1] ?? '') || /^(くらい|ぐらい|ほど)/.test(text.slice(c.to, c.to + 3))) return masked(c.to);
  return dated({ kind: 'calendar', month, day }, afterDay(text, c.ends[1]!));
}

/** A number and its sign. */
function plain(text: string, c: Cluster): Lexed {
  const value = c.numbers[0]!;
  const width = c.widths[0]!;
  const end = c.ends[0]!;
  const signAt = text[end] === ' ' ? end + 1 : end;
  const sign = SIGNS.at(text, signAt);
  switch (sign?.meaning) {
    case 'year': return yearOf(text, value, width, sign.to);
    case 'month': return width > 2 || value > 19 ? masked(sign.to) : monthOf(text, value, sign.to);
    case 'day': return width > 2 ? masked(sign.to) : dayOf(text, value, sign.to);
    case 'days': return turned(text, value, 'day', sign.to) ?? dated({ kind: 'span', days: value }, sign.to);
    case 'weeks': return turned(text, value, 'week', sign.to) ?? { lexeme: { is: 'duration', duration: { days: 7 * value } }, to: sign.to };
    case 'months': return turned(text, value, 'month', sign.to) ?? masked(sign.to);
    case 'hour': case 'minutes': case 'hours': case 'meridiem': return clockOfDigits(text, value, width, sign.meaning, sign.to);
    case 'counter': return masked(stay(text, sign.to));
    default:
      if (width === 8) return compactDay(text, value, end);
      return { lexeme: { is: 'number', value, width }, to: end };
  }
}

function yearOf(text: string, value: number, width: number, to: number): Lexed {
  if (width === 4) return value >= 1900 && value <= 2100 ? dated({ kind: 'calendar', year: value }, to) : masked(to);
  const turn = turned(text, value, 'year', to);
  if (turn) return turn;
  return width === 2 && value >= 20 && isDigit(text[to]) ? dated({ kind: 'calendar', year: 2000 + value }, to) : masked(to);
}

/** 「4泊5日」 is a length, its days too. */
function stay(text: string, to: number): number {
  const days = /(?<=泊)\d{1,2}日/y;
  days.lastIndex = to;
  return days.test(text) ? days.lastIndex : to;
}

/** 「3月」, and 「3月16」 where the day has no sign of its own. */
function monthOf(text: string, month: number, to: number): Lexed {
  const dayAt = /の?\s?(\d{1,2})\s?日(?!間|曜|後|以内|前(?!後))/y;
  dayAt.lastIndex = to;
  const named = dayAt.exec(text);
  if (named) return dated({ kind: 'calendar', month, day: +named[1]! }, dayAt.lastIndex);
  let end = to;
  while (isDigit(text[end])) end++;
  const bare = end > to && end - to <= 2 && SIGNS.at(text, end) === null && !'/:-.,'.includes(text[end] ?? ' ');
  return bare ? dated({ kind: 'calendar', month, day: +text.slice(to, end) }, end) : dated({ kind: 'calendar', month }, to);
}

/** 「16日」, 「3日後」, 「1日2回」 (how often, not when). */
function dayOf(text: string, value: number, to: number): Lexed {
  const turn = turned(text, value, 'day', to);
  if (turn) return turn;
  if (isDigit(text[to])) {
    let end = to;
    while (isDigit(text[end])) end++;
    if (SIGNS.at(text, end)?.meaning === 'counter') return masked(end);
  }
  return dated({ kind: 'calendar', day: value }, to);
}

function turned(text: string, value: number, unit: Unit, at: number): Lexed | null {
  const turn = TURNS.at(text, at);
  if (turn === null || value > 400) return null;
  // 「1週間後ろに」 is a direction.
  if (text[turn.to - 1] === '後' && (text[turn.to] === 'ろ' || text[turn.to] === '倒')) return null;
  if (turn.meaning === 'past') return unit === 'day' && !text.startsWith('前後', at) ? masked(turn.to) : null;
  return dated({ kind: 'offset', counts: [value], unit, ...(turn.meaning === 'within' && { within: true }) }, turn.to);
}

/** 20250316, unless something calls it a number. */
function compactDay(text: string, value: number, to: number): Lexed {
  const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  const before = text.slice(Math.max(0, to - 20), to - 8);
  const named = /番号|号|id|no|コ-ド|こ-ど|こーど|会員|かーど|電話|tel/.test(before);
  if (named || year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) return masked(to);
  return dated({ kind: 'calendar', year, month, day }, to);
}
