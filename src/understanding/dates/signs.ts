import { WEEKDAYS } from '../../model/time.ts';
import type { Weekday } from '../../model/time.ts';
import type { Lexed, Placed } from '../reading/lexeme.ts';
import { weekdayOfKanji } from './weekdays.ts';

/** 第2, 第1・3, 第2第4: at most as many as a month has weeks. */
const ORDINAL = /第\s?([1-5])(?:(?:[・、,と]|か)?\s?第?([1-5]))?(?:(?:[・、,と]|か)?\s?第?([1-5]))?(週目|週)?/y;

export function ordinalAt(text: string, from: number): Lexed | null {
  if (text[from] !== '第') return null;
  ORDINAL.lastIndex = from;
  const found = ORDINAL.exec(text);
  if (!found) return null;
  const nth = [found[1], found[2], found[3]].filter((n) => n !== undefined).map(Number);
  return { lexeme: { is: 'date', atom: { kind: 'nth', nth, ...(found[4] !== undefined && { week: true }) } }, to: ORDINAL.lastIndex };
}

/** 「ここ2、3日」 is within so many days. */
const WITHIN = /ここ\s?(?:\d{1,2}\s?[、,~-]\s?)?(\d{1,2})\s?(日|週間)(?:以内|のうち|中)?/y;
export function withinAt(text: string, from: number): Lexed | null {
  if (text[from] !== 'こ') return null;
  WITHIN.lastIndex = from;
  const found = WITHIN.exec(text);
  return found && { lexeme: { is: 'date', atom: { kind: 'offset', counts: [+found[1]!], unit: found[2] === '日' ? 'day' : 'week', within: true } }, to: WITHIN.lastIndex };
}

/** (土), (月・祝), (木曜), (祝): a weekday in brackets. */
const BRACKETED = /[([【<]\s?([月火水木金土日])(?:曜日?)?(?:[・,、/]?祝日?)?\s?[)\]】>]/y;
/** げつ・すい・きん: weekdays by their kana, only with dots between. */
const KANA_ROW = /(?:げつ|か|すい|もく|きん|ど|にち)(?:[・/](?:げつ|か|すい|もく|きん|どよう|ど|にち)){1,6}(?![ぁ-んー]*[・/])(?:よう日?|ようび)?/y;
const OF_KANA: Record<string, Weekday> = { げつ: 'mon', か: 'tue', すい: 'wed', もく: 'thu', きん: 'fri', ど: 'sat', にち: 'sun' };
export function kanaWeekdaysAt(text: string, from: number): Lexed | null {
  if (from > 0 && /[ぁ-ん]/.test(text[from - 1]!) && text[from - 1] !== 'の') return null;
  KANA_ROW.lastIndex = from;
  const row = KANA_ROW.exec(text)?.[0];
  return row === undefined ? null
    : { lexeme: { is: 'date', atom: { kind: 'weekday', weekdays: row.split(/[・/]/).map((day) => OF_KANA[day.replace(/よう(?:日|び)?$/, '')]!) } }, to: KANA_ROW.lastIndex };
}

/** Two or more weekdays by their kanji, with or without marks between: 月水金, 月・水, 火か木曜. */
const ROW = /[月火水木金土日](?:(?:[・、,/]|か|と|や|or|~|-)?[月火水木金土日]){1,6}(?:曜日?|祝)?/y;
const SINGLE = /[月火水木金土]/y;
/** What may follow a weekday that is only its kanji. */
const END = /(?:$|[\s、。,.!?~()・/-]|[でのはがになかともをだ]|以外|限定|希望|午前|午後|夕方|夜|朝|昼|\d)/y;
/** After a week or a date, or in a row of three, any kana will do: 「今週の木金どちらか」. */
const LOOSE_END = /(?:$|[^一-鿿])/y;
const isIdeograph = (char: string | undefined): boolean => char !== undefined && char >= '一' && char <= '鿿';

const ends = (text: string, at: number, loose = false): boolean => {
  END.lastIndex = LOOSE_END.lastIndex = at;
  return (END.test(text) || (loose && LOOSE_END.test(text))) && !/^(さん|様|先生|ちゃん|くん|君)/.test(text.slice(at, at + 3));
};

function upTo(first: Weekday, last: Weekday): Weekday[] {
  const from = WEEKDAYS.indexOf(first);
  return WEEKDAYS.slice(from, WEEKDAYS.indexOf(last) < from ? 7 : WEEKDAYS.indexOf(last));
}

function weekdays(text: string, from: number, to: number): Lexed {
  const found = new Set<Weekday>();
  let run = false;
  for (let at = from; at < to; at++) {
    const day = text[at] === '日' && text[at - 1] === '曜' ? null : weekdayOfKanji(text[at]!);
    if (day === null) continue;
    // 月〜金 is every day from the one to the other.
    const joins = '~-'.includes(text[at - 1] ?? ' ') && at - 1 > from;
    run ||= joins;
    if (joins) for (const between of upTo([...found].at(-1)!, day)) found.add(between);
    found.add(day);
  }
  return { lexeme: { is: 'date', atom: { kind: 'weekday', weekdays: [...found], ...(run && { run }) } }, to };
}

/** Weekdays without 曜: in brackets, in a row, or alone right after a week or a date; any other 土 or 水 is a word. */
export function bareWeekdaysAt(text: string, from: number, before: Placed | undefined): Lexed | null {
  const char = text[from]!;
  if ('([【<'.includes(char)) {
    BRACKETED.lastIndex = from;
    return BRACKETED.test(text) ? weekdays(text, from, BRACKETED.lastIndex) : null;
  }
  if (weekdayOfKanji(char) === null) return null;
  const dated = (before?.is === 'date' || (before?.is === 'number' && before.to === from && before.value >= 1 && before.value <= 31)) && (before.to === from || (before.to === from - 1 && ' の'.includes(text[from - 1]!)));
  if (isIdeograph(text[from - 1]) && !dated) return null;
  ROW.lastIndex = from;
  if (ROW.test(text)) {
    const to = ROW.lastIndex;
    const row = text.slice(from, to);
    const kanji = [...row.replace(/曜日?$|祝$/, '')].filter((c) => weekdayOfKanji(c) !== null);
    if (kanji.length === new Set(kanji).size && row !== '月日' && (ends(text, to, dated || kanji.length > 2) || row.endsWith('曜') || row.endsWith('曜日'))) return weekdays(text, from, to);
  }
  SINGLE.lastIndex = from;
  const alone = dated || (/^\s?\d{1,2}(時|:)/.test(text.slice(from + 1, from + 6)) && (from === 0 || ' \n'.includes(text[from - 1]!)));
  return alone && SINGLE.test(text) && ends(text, from + 1, dated) ? weekdays(text, from, from + 1) : null;
}
