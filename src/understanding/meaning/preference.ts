import type { Item, PlacedSignal } from '../reading/item.ts';
import type { WhenReading } from '../when.ts';

/** 「早めに」 alone asks for an early date; before these it asks for something else to be quick. */
const NO_DATE = /^(終|着|仕上|返|連絡|治|済|何分|教え|知り|切|は何時|なんじ|何時|っ?て何|つて何)/;

/** いつでも, 最短, 一番遅い: which of the free times is wanted. */
export function preference(text: string, signals: readonly PlacedSignal[], items: readonly Item[]): WhenReading['prefer'] {
  for (const wish of ['earliest', 'latest', 'any'] as const) {
    const signal = signals.find((c) => c.signal === wish && !NO_DATE.test(text.slice(c.to, c.to + 4)));
    if (signal && !items.some((item) => signal.from >= item.from && signal.to <= item.to)) return wish;
  }
  return null;
}
