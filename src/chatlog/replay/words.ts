/** A replay as an operator reads it in a terminal or a pipe. */
import { padded, cut, wrapped } from '../words/columns.ts';
import { visible, visibleLine } from '../words/visible.ts';
import type { Pair, Report, Turns } from './tally.ts';
import { VERDICTS, VERDICT_WORDS } from './turn.ts';
import type { Verdict } from './turn.ts';
import { lineDiff } from './lines.ts';
import { inWords, viewOf } from './view.ts';
import type { Change, SideView, TurnView } from './view.ts';

export type Style = 'title' | 'note' | 'good' | 'bad' | 'doubt';
/** Columns at most, and how to colour a text, or not. */
export type Paper = { width: number; paint: (style: Style, text: string) => string };

/** How bad a verdict is. */
export const STYLE: Record<Verdict, Style> = {
  'booked differently': 'bad', 'decided differently': 'bad', 'heard differently': 'bad', 'worded differently': 'doubt', same: 'good', 'off script': 'note', 'cannot replay': 'doubt',
};
/** What a changed fact is of. */
export const PART: Record<Change['part'], string> = { heard: '聞き取り', says: '伝える内容', asks: '予定表へ', does: '予約', remembers: '覚えている内容' };

/** A turn: what was said, the verdict, and where it differs what changed, with both answers. */
export function turnLines(turn: TurnView, { width, paint }: Paper): string[] {
  const room = Math.max(20, width - 36);
  const [first = '', ...more] = wrapped(visible(turn.said), room);
  const head = `${padded(String(turn.line ?? turn.nth), 4)} ${turn.at.slice(11)}  ▶ ${padded(first, room)}  ${paint(STYLE[turn.verdict], turn.verdict)}`;
  return [head.trimEnd(), ...more.map((line) => `${' '.repeat(14)}${line}`), ...(turn.verdict === 'same' ? [] : why(turn, { width, paint }))];
}

function why(turn: TurnView, paper: Paper): string[] {
  const { then, now, because } = turn;
  if (!then || !now) return [...because.flatMap((reason) => indented(reason, paper)), ...(now ? bubble('今', now, paper) : [])];
  return [...facts(turn).flatMap(({ part, fact, then: was, now: is }) => indented(`${[PART[part], fact].filter(Boolean).join(' ')}: ${was ?? 'なし'} → ${is ?? 'なし'}`, paper)),
    ...bubbles(then, now, paper)];
}

/** What is remembered follows from the rest; by itself it is worth a line. */
export const facts = ({ changes }: TurnView): Change[] => changes.filter(({ part }) => part !== 'remembers' || changes.every((change) => change.part === 'remembers'));

const indented = (text: string, { width, paint }: Paper): string[] => wrapped(visible(text), width - 8).map((line) => paint('note', `      ${line}`));

/** Both answers, as the one that came then and what is another now. Long runs that stay are left out. */
function bubbles(then: SideView, now: SideView, paper: Paper): string[] {
  if (then.text === now.text || now.stopped || then.text === '' || now.text === '') return [...bubble('当時', then, paper), ...(then.text === now.text && !now.stopped ? [] : bubble('今', now, paper))];
  const lines = lineDiff(then.text, now.text);
  const near = (nth: number): boolean => lines.slice(Math.max(0, nth - 1), nth + 2).some(({ of }) => of !== 'both');
  return lines.flatMap(({ of, text }, nth) => {
    if (of === 'both' && !near(nth)) return near(nth - 1) || nth === 0 ? [`      ${MARK.both} …`] : [];
    const line = wrapped(visible(text), paper.width - 16).map((part) => `      ${MARK[of]} ${part}`);
    return of === 'both' ? line : line.map((part) => paper.paint(of === 'now' ? 'good' : 'bad', part));
  });
}
const MARK = { both: '       ', then: '当時  −', now: '今    ＋' } as const;

function bubble(when: '当時' | '今', { text, stopped }: SideView, { width, paint }: Paper): string[] {
  const lines = [...(text === '' && !stopped ? ['（返信なし）'] : text === '' ? [] : wrapped(visible(text), width - 16)), ...(stopped ? [STOPPED] : [])];
  return lines.map((line, nth) => `      ${paint(when === '今' ? 'title' : 'note', padded(nth === 0 ? when : '', 5))} ◀ ${line}`);
}
/** Stands where an answer would go on. */
export const STOPPED = '（当時なかった問い合わせのため、ここから先は分かりません）';

/** One turn with the talk before and after it, and all that was heard, asked and done. */
export function wholeTurn(turn: TurnView, paper: Paper): string[] {
  const { paint, width } = paper;
  const lines = (value: unknown): string[] => outline(value).flatMap((line) => hung(visibleLine(line), width - 4)).map((line) => `    ${line}`);
  const part = (name: string, value: unknown): string[] => (value === null || (Array.isArray(value) && value.length === 0) ? [] : [`  ${paint('title', name)}`, ...lines(value)]);
  const side = (name: string, it: SideView | null): string[] => (it === null ? [] : [
    '', paint('title', `── ${name}${it.ms === null ? '' : ` ${it.ms.toFixed(2)} ms`}`), ...part('聞き取り', it.heard), ...part('予定表へ', it.asks), ...part('予約', it.does), ...part('伝える内容', it.says),
    ...part('会話（後）', it.talk), ...(it.text === '' ? [] : ['  ' + paint('title', '返信'), ...wrapped(visible(it.text), width - 8).map((line) => `    ◀ ${line}`)]),
  ]);
  return [...turnLines(turn, paper), '', ...part('会話（前）', turn.before), ...side('当時', turn.then), ...side('今', turn.now)];
}

/** What goes on in a further line stands under where it began. */
function hung(line: string, width: number): string[] {
  const indent = /^[ -]*/.exec(line)![0].length;
  return wrapped(line.slice(indent), width - indent).map((part, nth) => (nth === 0 ? line.slice(0, indent) : ' '.repeat(indent)) + part);
}

/** A value in lines: small things in one, long lists by their beginning and their length. */
function outline(value: unknown): string[] {
  const line = inWords(value)?.replace(/^\{ (.*) \}$/, '$1') ?? '–';
  if (typeof value !== 'object' || value === null || line.length <= LINE) return [line];
  if (Array.isArray(value)) {
    const more = value.length > LIST ? [`… ほか${value.length - LIST}`] : [];
    return [...value.slice(0, LIST).flatMap((one) => outline(one).map((it, nth) => `${nth === 0 ? '- ' : '  '}${it}`)), ...more];
  }
  return Object.entries(value).filter(([, one]) => one !== undefined).flatMap(([key, one]) => {
    const lines = outline(one);
    return lines.length === 1 ? [`${key}: ${lines[0]}`] : [`${key}:`, ...lines.map((it) => `  ${it}`)];
  });
}
const LIST = 6;
const LINE = 70;

/** How many lines of a kind are told. */
const SHOWN = 10;

/** The numbers of a run. */
export function reportLines(report: Report, paper: Paper): string[] {
  const { paint, width } = paper;
  const { verdicts, better, worse, diverged, changed, reasons, builds } = report;
  const title = (text: string): string[] => ['', paint('title', text)];
  return [
    `${paint('title', `${amount(report.conversations)}会話 ${amount(report.turns)}発話`)}  版 ${builds.then.join(', ') || '不明'} → ${builds.now}`,
    ...VERDICTS.filter((v) => verdicts[v] > 0).map((v) => paint(STYLE[v], `  ${padded(v, 20)}${amount(verdicts[v]).padStart(9)}  ${share(verdicts[v], report.turns).padStart(7)}  ${VERDICT_WORDS[v]}`)),
    ...Object.entries(reasons).toSorted(([, a], [, b]) => b - a).slice(0, SHOWN).flatMap(([reason, n]) => wrapped(visible(`再現できない ${n}件: ${reason}`), width - 4).map((line) => paint('note', `    ${line}`))),
    ...(report.todays > 0 ? [paint('note', `  ${amount(report.todays)}発話は今のお店で再現しました（当時のお店の記録がありません）`)] : []),
    ...(better.count > 0 ? [...title(`分からなかったが、今は分かる: ${better.count}`), ...sayings(better.turns, 'good', paper)] : []),
    ...(worse.count > 0 ? [...title(`分かったが、今は分からない: ${worse.count}`), ...sayings(worse.turns, 'bad', paper)] : []),
    ...(diverged.count > 0 ? [...title('会話ごとに最初に違ったところ'), ...diverged.turns.slice(0, SHOWN).flatMap((turn) => diversion(turn, paper)), ...moreThan(diverged.count)] : []),
    ...(changed.length > 0 && report.turns > 1 ? [...title('違いの多い言葉'), ...changed.slice(0, SHOWN).map(({ said, times }) => cut(`  ${amount(times).padStart(6)}回 ${visibleLine(said)}`, width))] : []),
    ...title('当時 → 今'), ...numbers(report, paper),
  ];
}

function numbers({ toBooking, misses, handoffs, corrections, slots }: Report, { paint }: Paper): string[] {
  return [
    `  予約 ${toBooking.then?.bookings ?? 0} → ${toBooking.now?.bookings ?? 0}   予約までの発話 中央値 ${steps(toBooking.then, 'median')} → ${steps(toBooking.now, 'median')}、9割が ${steps(toBooking.then, 'p90')} → ${steps(toBooking.now, 'p90')} 以内`,
    `  分からない ${pair(misses)}   担当者へ ${pair(handoffs)}   言い直し ${pair(corrections)}`,
    ...(Object.keys(slots.won).length > 0 ? [paint('good', `  聞き取れるようになった: ${counts(slots.won)}`)] : []),
    ...(Object.keys(slots.lost).length > 0 ? [paint('bad', `  聞き取れなくなった: ${counts(slots.lost)}`)] : []),
  ];
}

const diversion = ({ conversation, nth, line, verdict, said }: Report['worst'][number], { width, paint }: Paper): string[] => [
  cut(`  ${visibleLine(conversation)} ${line ? `${line}行目` : `${nth}番目`}`, width), `    ${paint(STYLE[verdict], verdict)}  ${cut(visibleLine(said), width - 26)}`,
];
const moreThan = (count: number): string[] => (count > SHOWN ? [`  ほか ${amount(count - SHOWN)}会話`] : []);

/** The turns that differ, worst first, each under its conversation. */
export function worstLines({ worst }: Report, most: number, paper: Paper): string[] {
  return worst.filter(({ verdict }) => verdict !== 'off script').slice(0, most).flatMap((turn) => ['', paper.paint('note', visibleLine(turn.conversation)), ...turnLines(viewOf(turn), paper)]);
}

const amount = (n: number): string => n.toLocaleString('en');
const share = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`;
const pair = ({ then, now }: Pair): string => `${then} → ${now}`;
const steps = (turns: Turns, which: 'median' | 'p90'): string => (turns === null ? '–' : String(turns[which]));
/** The details of a visit, as operators call them. */
export const DETAILS: { readonly [detail: string]: string } = { store: 'お店', menu: 'メニュー', staff: '担当', day: '日', time: '時刻', name: '名前', phone: '電話', people: '人数' };
const counts = (of: Record<string, number>): string => Object.entries(of).toSorted(([, a], [, b]) => b - a).map(([detail, n]) => `${DETAILS[detail] ?? detail} ${n}`).join('、');
const sayings = (turns: { said: string }[], style: Style, { width, paint }: Paper): string[] => turns.slice(0, SHOWN).map(({ said }) => paint(style, cut(`  「${visibleLine(said)}」`, width)));
