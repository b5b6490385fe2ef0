import type { Lexed } from '../reading/lexeme.ts';
import type { Clocked } from './atoms.ts';

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const MERIDIEM = /\s?(a|p)\.?m\.?(?![a-z])/y;

/** Hours up to 29 are the small hours after a day (25時 is 1:00); an hour above twelve leaves no doubt about the half. */
function clock(hour: number, minute: number, said: { padded?: boolean; half?: 'a' | 'p' | null }, to: number): Lexed {
  if (hour > 29 || minute > 59) return { lexeme: { is: 'time', atom: { kind: 'clock', clock: { minute: 0, exact: true }, impossible: true } }, to };
  const exact = hour > 12 || hour === 0 || said.padded === true;
  const at: Clocked = { minute: hour * 60 + minute, exact };
  if (said.half) Object.assign(at, { period: said.half === 'a' ? 'am' : 'pm', exact: false });
  return { lexeme: { is: 'time', atom: { kind: 'clock', clock: at } }, to };
}

function meridiem(text: string, at: number): { half: 'a' | 'p'; to: number } | null {
  MERIDIEM.lastIndex = at;
  const found = MERIDIEM.exec(text);
  return found ? { half: found[1] as 'a' | 'p', to: MERIDIEM.lastIndex } : null;
}

/** 14:00, 9:30, 3:30pm, 14:00:00. One digit after the colon is a ratio. */
export function clockAt(text: string, numbers: readonly number[], widths: readonly number[], ends: readonly number[]): Lexed {
  const seconds = widths.length >= 3 && widths[2] === 2 && text[ends[1]!] === ':';
  const to = ends[seconds ? 2 : 1]!;
  if (widths[0]! > 2 || widths[1] !== 2) return { lexeme: { is: 'mask' }, to };
  const half = meridiem(text, to);
  return clock(numbers[0]!, numbers[1]!, { padded: text[ends[0]! - 2] === '0', half: half?.half ?? null }, half?.to ?? to);
}

/** What makes 「30分」 after an hour a length and no minutes: 「15時30分コース」. */
const LENGTH = /こーす|間|くらいで終|ぐらいで終|かか/y;

/** A number with 時, 分, 時間 or am/pm behind it; `to` is behind the sign. */
export function clockOfDigits(text: string, value: number, width: number, sign: 'hour' | 'minutes' | 'hours' | 'meridiem', to: number): Lexed {
  if (width > 3 || value > 600) return { lexeme: { is: 'mask' }, to };
  if (sign === 'meridiem') return clock(value, 0, { half: text.startsWith('p', text.lastIndexOf('m', to) - 1) || /p\.?m\.?$/.test(text.slice(to - 4, to)) ? 'p' : 'a' }, to);
  if (sign === 'minutes') return later(text, { minutes: value }, to);
  if (sign === 'hours') {
    const half = text[to] === '半' ? 1 : 0;
    return later(text, { minutes: value * 60 + 30 * half }, to + half);
  }
  if (width > 2) return { lexeme: { is: 'mask' }, to };
  return clock(value, 0, {}, to).lexeme.is === 'time' ? withMinutes(text, value, to) : { lexeme: { is: 'mask' }, to };
}

/** 15時半, 15時30分, 15時30. */
function withMinutes(text: string, hour: number, after: number): Lexed {
  if ((text[after] === '半' && !'年月額'.includes(text[after + 1] ?? ' ')) || text.startsWith('はん', after)) {
    return clock(hour, 30, {}, text[after] === '半' ? after + 1 : after + 2);
  }
  const from = text[after] === ' ' ? after + 1 : after;
  let end = from;
  while (isDigit(text[end])) end++;
  if (end === from || end - from > 2) return clock(hour, 0, {}, after);
  const minute = +text.slice(from, end);
  if (text[end] === '分' || text.startsWith('ふん', end) || text.startsWith('ぷん', end)) {
    const to = text[end] === '分' ? end + 1 : end + 2;
    LENGTH.lastIndex = to;
    // 「15時15分前」 is a quarter to three.
    if (text[to] === '前' && text[to + 1] !== '後' && minute > 0 && hour > 0) return clock(hour - 1, 60 - minute, {}, to + 1);
    return LENGTH.test(text) ? clock(hour, 0, {}, after) : clock(hour, minute, {}, to);
  }
  const bare = from === after && end - from === 2 && !isSign(text[end]);
  return bare ? clock(hour, minute, {}, end) : clock(hour, 0, {}, after);
}

/** Whether a character after two digits makes them something of their own: 15時2名, 15時 16日. */
const isSign = (char: string | undefined): boolean => char !== undefined && /[/:\-.,年月日時分名人回歳才円個本枚番]/.test(char);

/** 「1時間後」 is a time from now; any other length is a length. */
function later(text: string, duration: { minutes: number }, to: number): Lexed {
  const about = /(くらい|ぐらい|ほど)/y;
  about.lastIndex = to;
  const at = about.test(text) ? about.lastIndex : to;
  if (text[at] === '後' && text[at + 1] !== 'ろ' && text[at + 1] !== '倒') return { lexeme: { is: 'time', atom: { kind: 'later', minutes: duration.minutes } }, to: at + 1 };
  return { lexeme: { is: 'duration', duration }, to };
}
