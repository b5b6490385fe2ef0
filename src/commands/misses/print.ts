/** What was not understood, for an operator to read. */
import { MISS_KINDS } from '../../chatlog/misses/missed.ts';
import type { Missed, MissKind } from '../../chatlog/misses/missed.ts';
import { ABOUT_WORDS } from '../../chatlog/words/acts.ts';
import { cut, wrapped } from '../../chatlog/words/columns.ts';
import { visibleLine } from '../../chatlog/words/visible.ts';
import type { Instant } from '../../model/time.ts';
import { momentWords } from '../../replies/when.ts';
import type { Paint } from '../logs/paint.ts';
import type { Suggested } from './run.ts';

export type Look = { width: number; paint: Paint; now: Instant };

const KIND: { readonly [kind in MissKind]: string } = { miss: '聞き返し', again: '同じ質問の繰り返し', unanswered: '答えられなかった質問', passed: '知らない言葉' };
const EXAMPLES = 3;

export function headLine(days: number, turns: number, missed: readonly Missed[], { paint }: Look): string {
  const kinds = MISS_KINDS.map((kind) => ({ kind, n: missed.filter((it) => it.kind === kind).length })).filter(({ n }) => n > 0);
  const share = turns === 0 ? '' : `（${((missed.length / turns) * 100).toFixed(1)}%）`;
  return `${paint('title', `この${days}日 お客様の発話 ${turns} 件のうち、読み取れなかったもの ${missed.length} 件`)}${share}${kinds.length > 0 ? `: ${kinds.map(({ kind, n }) => `${KIND[kind]} ${n}`).join('、')}` : ''}`;
}

export function groupLines({ name, missed, shop, suggestion }: Suggested, { width, paint, now, manyShops }: Look & { manyShops: boolean }): string[] {
  const customers = new Set(missed.map((it) => it.userId)).size;
  const indented = (text: string): string[] => wrapped(text, width - 8).map((line) => `        ${line}`);
  return [
    [`${String(missed.length).padStart(4)}件  ${paint('who', `「${cut(visibleLine(name), 40)}」`)}`, `お客様${customers}人`, ...(manyShops ? [visibleLine(shop?.name ?? '')] : []), contextOf(missed)].filter(Boolean).join('  '),
    ...examplesOf(missed, name).flatMap(({ said, at }) => indented(`例 ${momentWords(at, now)}  「${visibleLine(said)}」`)).map((line) => paint('note', line)),
    ...(suggestion ? indented(helpful(suggestion)).map((line) => paint('good', line)) : []),
    ...(suggestion ? indented(`試す: npm run misses -- --try 'alias: ${visibleLine(suggestion.alias.word)} = ${visibleLine(suggestion.alias.name)}'`).map((line) => paint('note', line)) : []),
  ];
}

/** What was asked, most often first. */
function contextOf(missed: readonly Missed[]): string {
  const times = new Map<string, number>();
  for (const { about } of missed) if (about !== null) times.set(about, (times.get(about) ?? 0) + 1);
  const [most] = [...times].toSorted(([, a], [, b]) => b - a);
  return most ? `${ABOUT_WORDS[most[0]] ?? most[0]}を聞いたとき${most[1] < missed.length ? `（${most[1]}件）` : ''}` : '';
}

/** Different ones, the newest of each. */
function examplesOf(missed: readonly Missed[], name: string): Missed[] {
  const newest = new Map(missed.toSorted((a, b) => a.at - b.at).map((it) => [it.said, it]));
  const all = [...newest.values()].toSorted((a, b) => b.at - a.at);
  // The name of the group says it already.
  return all.filter(({ said }) => all.length === 1 || said !== name).slice(0, EXAMPLES);
}

function helpful({ alias, what, caught, chosen }: NonNullable<Suggested['suggestion']>): string {
  const where = what === 'menu' ? 'メニュー' : '担当';
  const why = chosen > 0 ? `（お客様${chosen}人がそのあと「${visibleLine(alias.name)}」を選んでいます）` : '（書き方が似ています）';
  return `→ お店のファイルの${where}「${visibleLine(alias.name)}」の aliases に「${visibleLine(alias.word)}」を足すと、${caught}件が読み取れます${why}`;
}
