const DIGITS = '〇一二三四五六七八九';
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const OLD: Record<string, string> = { 零: '〇', 壱: '一', 弐: '二', 参: '三' };

export const isKanjiNumeral = (char: string): boolean => DIGITS.includes(char) || char in PLACES || char in OLD;

/** 「二十三」 → 23, 「二〇二六」 → 2026; NaN when the characters make no number. `run` holds kanji numerals only. */
export function kanjiNumber(run: string): number {
  let total = 0;
  let digits = '';
  for (const raw of run) {
    const char = OLD[raw] ?? raw;
    const place = PLACES[char];
    if (place === undefined) digits += DIGITS.indexOf(char);
    else {
      if (digits.length > 1) return NaN;
      total += (digits === '' ? 1 : +digits) * place;
      digits = '';
    }
  }
  if (total > 0 && digits.length > 1) return NaN;
  return digits.length > 4 ? NaN : total + +digits;
}

/** What a kanji number must stand in front of (or 第 before it) to be one: 「一番」「三浦」「一緒」 stay words. */
const UNITS = '月日時分秒週年ヶヵケ箇連名人回歳才円個泊件枚階丁';
/** 「二三日後」 is two or three days from now, 「二三日」 by itself the 23rd. */
const ABOUT = ['後', '中', '以内', '間', 'うち', 'のうち', 'ほど', 'くらい', 'ぐらい', '先'];
/** 「十分」 is ten minutes only where something counts it; otherwise it means "enough". */
const MINUTES_COUNTED = ['後', '前', '間', '遅', '早', '延', 'くらい', 'ぐらい', 'ほど', '程', 'ずら', 'から', 'まで', 'に', 'コ', 'の'];

const follows = (chars: readonly string[], at: number, words: readonly string[]): boolean =>
  words.some((word) => [...word].every((char, i) => chars[at + i] === char));

/**
 * The digits to put in place of the kanji numerals chars[from..to), or null where they are part of a word.
 * `chars` is the whole text, a character each.
 */
export function digitsFor(chars: readonly string[], from: number, to: number): string | null {
  const unit = chars[to] ?? '';
  const counted = UNITS.includes(unit) || ('かカ'.includes(unit) && chars[to + 1] === '月');
  if (unit === '' || !counted) {
    if (chars[from - 1] !== '第') return null;
  }
  const run = chars.slice(from, to).join('');
  if (run === '十' && unit === '分' && chars[from - 1] !== '時' && !follows(chars, to + 1, MINUTES_COUNTED)) return null;
  const value = kanjiNumber(run);
  if (Number.isNaN(value)) return null;
  if (run.length === 2 && value % 10 === Math.floor(value / 10) + 1 && !run.includes('十')) {
    const after = chars[to + 1] === '間' || chars[to + 1] === '月' ? to + 2 : to + 1;
    if (follows(chars, to + 1, ABOUT) || follows(chars, after, ABOUT)) return `${Math.floor(value / 10)},${value % 10}`;
  }
  return String(value);
}
