import { signalWords } from './signals.ts';
import { festivalWords, consecutiveWords, holidayWords, seasonWords } from '../dates/holidays.ts';
import { monthPartWords, monthWords, partWords } from '../dates/months.ts';
import { offsetWords } from '../dates/offsets.ts';
import { relativeWords } from '../dates/relative.ts';
import { dayClassWords, nthWords, weekdayWords } from '../dates/weekdays.ts';
import { weekWords } from '../dates/weeks.ts';
import { eraAt } from '../dates/eras.ts';
import { bareWeekdaysAt, kanaWeekdaysAt, ordinalAt, withinAt } from '../dates/signs.ts';
import { kanaDays, kanaHours } from './kana-numbers.ts';
import { MOST_PHRASES } from './lexeme.ts';
import type { Lexeme, Placed } from './lexeme.ts';
import { lexicon } from './lexicon.ts';
import type { Words } from './lexicon.ts';
import { maskWords } from './mask.ts';
import type { Normalised } from '../normalise.ts';
import { numberAt } from './numbers.ts';
import { dayAndPeriodWords, momentWords, periodWords } from '../times/periods.ts';

const mapped = <T>(table: readonly Words<T>[], to: (meaning: T) => Lexeme[]): Words<Lexeme[]>[] =>
  table.map(([spellings, meaning]) => [spellings, to(meaning)]);

const DATES = [
  relativeWords, weekWords, monthWords, monthPartWords, partWords, weekdayWords, dayClassWords, nthWords, offsetWords, holidayWords,
  festivalWords, seasonWords, consecutiveWords, kanaDays,
];
const TIMES = [periodWords, momentWords, kanaHours];
const period = (name: string) => periodWords.find(([spellings]) => spellings.split(' ').includes(name))![1];

/** Every word understanding knows about days and times. The longest wins, so a word that only looks like one wins too. */
const WORDS = lexicon<Lexeme[]>([
  mapped(maskWords, () => [{ is: 'mask' }]),
  ...DATES.map((table) => mapped(table, (atom) => [{ is: 'date', atom }])),
  ...TIMES.map((table) => mapped(table, (atom) => [{ is: 'time', atom }])),
  mapped(dayAndPeriodWords, (of) => [{ is: 'date', atom: { kind: 'relative', days: of.days } }, { is: 'time', atom: period(of.period) }]),
  mapped(signalWords, (signal) => [{ is: 'signal', signal }]),
]);

const isDigit = (char: string): boolean => char >= '0' && char <= '9';
const isKana = (char: string): boolean => char >= 'ぁ' && char <= 'ー';
const isIdeograph = (char: string | undefined): boolean => char !== undefined && char >= '一' && char <= '鿿';
/** Kanji a one-kanji word (朝, 夜) may directly follow without being the end of another word. */
const BEFORE_KANJI = '日曜週月末休盆祝旬頭中後半土金木水火今明翌年夕';

const standsFree = (text: string, from: number, to: number): boolean =>
  // 次の日 + 曜 is 次の + 日曜, 最後の週 + 末 is 最後の + 週末.
  (text[to] !== '末' || text[to - 1] !== '週') &&
  (text[to] !== '曜' || !'日月火水木金土'.includes(text[to - 1]!)) && (to - from > 1 || !isIdeograph(text[from]) || !isIdeograph(text[from - 1]) || BEFORE_KANJI.includes(text[from - 1]!));

const isKatakana = (char: string | undefined): boolean => char !== undefined && char >= 'ァ' && char <= 'ー';

/** A word must not be cut out of a longer one in katakana: アスティル holds no あす, アウトレット no アウト. */
const cutsKatakana = (text: string, from: number, to: number): boolean =>
  (isKatakana(text[from - 1]) && isKatakana(text[from])) || (isKatakana(text[to - 1]) && isKatakana(text[to]));

/** What is sold for a day or at its price is no wish for it: 「クリスマス限定メニュー」「土曜料金」「成人式のヘアセット」. */
const SOLD = /^(の)?(料金|割増|価格|割引|割|限定くーぽん|限定めにゆー|限定ぷらん|限定こーす|くーぽん|ぷらん)/;
const SOLD_FOR_FEAST = /^(の)?(限定|へあ|せつと|ぎふと|飾|らし|用|風|ねいる|めいく|ぱーてい|ぷれぜんと|いべんと|きやんぺーん|めにゆー|着付|前撮|袴|髪|からー)/;
const isSold = (text: string, to: number, lexeme: Lexeme): boolean =>
  lexeme.is === 'date' && (SOLD.test(text.slice(to, to + 8)) || (['festival', 'holiday', 'season'].includes(lexeme.atom.kind) && SOLD_FOR_FEAST.test(text.slice(to, to + 9))));

/** 「昼間さん」「夜久さん」 are people; a teacher or a doctor may follow a day (明日先生いますか) but no part of one. */
const isName = (text: string, to: number, lexeme: Lexeme): boolean =>
  (lexeme.is === 'date' || lexeme.is === 'time') && (/^(さん(?!じ|\d)|ちやん|くん|様(?!子))/.test(text.slice(to, to + 3)) || (lexeme.is === 'time' && text.startsWith('先生', to)));

/** Reads a folded text from left to right, once: words, numbers, signs; what is none of them is passed over. */
export function lex(normalised: Normalised): Placed[] {
  const text = normalised.folded;
  const out: Placed[] = [];
  let said = 0;
  const put = (lexeme: Lexeme, from: number, to: number): void => {
    if (lexeme.is === 'date' || lexeme.is === 'time' || lexeme.is === 'number') said++;
    out.push({ ...lexeme, from, to });
  };
  for (let at = 0; at < text.length && said <= MOST_PHRASES; ) {
    const stands = (to: number) => standsFree(text, at, to) && !cutsKatakana(normalised.text, at, to);
    const word = WORDS.at(text, at, out.at(-1)?.to === at && out.at(-1)?.is !== 'signal', stands);
    if (word !== null && !isName(text, word.to, word.meaning[0]!) && !isSold(text, word.to, word.meaning[0]!)) {
      for (const lexeme of word.meaning) put(lexeme, at, word.to);
      at = word.to;
      continue;
    }
    const other = isDigit(text[at]!) ? numberAt(text, at) : isKana(text[at]!) ? (withinAt(text, at) ?? kanaWeekdaysAt(text, at)) : (ordinalAt(text, at) ?? eraAt(text, at) ?? bareWeekdaysAt(text, at, out.at(-1)));
    if (other !== null) put(other.lexeme, at, other.to);
    at = other === null ? at + 1 : Math.max(other.to, at + 1);
  }
  return out;
}
