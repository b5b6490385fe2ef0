/** A conversation as a chat, and beside each turn what the bot made of it. */
import type { Said, Speaker, Turn } from '../../chatlog/turns.ts';
import type { HeardRow } from '../../chatlog/words/heard.ts';
import { columns, padded } from '../../chatlog/words/columns.ts';
import { visible, visibleLine } from '../../chatlog/words/visible.ts';
import { clock } from '../../chatlog/words/names.ts';
import { dayOf } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import { dayWords } from '../../replies/when.ts';
import { hanging } from './paint.ts';
import type { Paint } from './paint.ts';

export const WHO: { readonly [by in Speaker]: string } = { customer: 'お客様', bot: 'ボット', job: 'お知らせ', staff: 'お店の人' };
const WIDEST = Math.max(...Object.values(WHO).map(columns));
const NOTES = ' '.repeat(9);
const PARTS: { readonly [part: string]: string } = { understand: '理解', decide: '判断', render: '文面' };
const ORDER = Object.keys(PARTS);

export type Look = { width: number; paint: Paint };

/** The head of a conversation: whose, which day, what else it is known by. */
export function headLines(name: string, began: Instant, facts: readonly string[], now: Instant, { paint }: Look): string[] {
  return [paint('title', `── ${dayWords(dayOf(began), now)} ${visibleLine(name)} ──`), ...(facts.length > 0 ? [paint('note', `   ${facts.map(visibleLine).join('  ')}`)] : [])];
}

export function turnLines(turn: Turn, look: Look): string[] {
  const customer = turn.said.filter((it) => it.by === 'customer');
  const others = turn.said.filter((it) => it.by !== 'customer');
  const before = [...note('聞いた', rows(turn.heard), look), ...note('推定', rows(turn.assumed), look), ...note('お断り', rows(turn.refused), look)];
  const decided = [...note('した', turn.done, look), ...note('決めた', turn.decided, look)];
  const after = note('送信', [[turn.delivery, durations(turn), turn.build && `版 ${turn.build}`].filter(Boolean).join(' · ')].filter(Boolean), look);
  const missing = turn.missing.length === 0 ? [] : note('記録', [`残っていない部分: ${turn.missing.join('、')}`], look);
  return [...customer.flatMap((it) => bubble(it, look)), ...before, ...decided, ...others.flatMap((it) => bubble(it, look)), ...after, ...missing];
}

function bubble({ at, by, words }: Said, { width, paint }: Look): string[] {
  const label = `${(Number.isFinite(at) ? clock(at) : '--:--').padStart(5)}  ${padded(WHO[by], WIDEST)}  `;
  const [first = '', ...rest] = hanging(label, visible(words), width, '');
  return [first.replace(WHO[by], paint(by === 'customer' ? 'who' : 'bot', WHO[by])), ...rest];
}

const LABEL = 8;

function note(label: string, all: readonly string[], { width, paint }: Look): string[] {
  return all.flatMap((text, i) => hanging(padded(i === 0 ? label : '', LABEL), visibleLine(text), width, NOTES)).map((line) => paint('note', line));
}

/** All in one, as long as they are few words each: `意図 予約「予約」 · 日時 2026-11-28 (土)「土曜」`. */
const rows = (all: readonly HeardRow[]): string[] =>
  all.length === 0 ? [] : [all.map(({ label, value, words }) => `${[label, value].filter(Boolean).join(' ')}${words}`).join(' · ')];

const durations = ({ durations: parts }: Turn): string =>
  parts.length === 0 ? '' : `${parts.toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b)).map(([part, ms]) => `${PARTS[part] ?? part} ${ms < 10 ? ms.toFixed(1) : Math.round(ms)}`).join(' ')} ミリ秒`;
