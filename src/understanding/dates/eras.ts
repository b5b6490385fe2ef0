import type { Lexed } from '../reading/lexeme.ts';

/** The year before the first of an era: 令和7年 is 2025. */
const ERAS: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925, r: 2018, h: 1988, s: 1925 };
/** 令和7年, 令和元年, R7年; R7.3.20 and R7/4/5 with the day. */
const YEAR = /(令和|平成|昭和|[rhs](?=\d))\s?(\d{1,2}|元)(?:年度?|[./-](\d{1,2})[./-](\d{1,2})(?!\d))/y;

/** A year (or a whole date) by era, or null. */
export function eraAt(text: string, from: number): Lexed | null {
  const first = text[from]!;
  if (!'令平昭rhs'.includes(first)) return null;
  if ('rhs'.includes(first) && /[a-z0-9]/.test(text[from - 1] ?? '')) return null;
  YEAR.lastIndex = from;
  const found = YEAR.exec(text);
  if (!found) return null;
  const year = ERAS[found[1]!]! + (found[2] === '元' ? 1 : +found[2]!);
  const day = found[3] === undefined ? {} : { month: +found[3], day: +found[4]! };
  return { lexeme: { is: 'date', atom: { kind: 'calendar', year, ...day } }, to: YEAR.lastIndex };
}
