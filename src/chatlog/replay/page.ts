/** A replay as one self-contained page: nothing is fetched, no script runs, and nothing a customer wrote is markup. */
import { stringify } from 'yaml';
import { visible } from '../words/visible.ts';
import { STYLE_SHEET } from './page-style.ts';
import type { Report, Turns } from './tally.ts';
import { VERDICTS, VERDICT_WORDS } from './turn.ts';
import { viewOf } from './view.ts';
import type { SideView, TurnView } from './view.ts';
import { lineDiff } from './lines.ts';
import { DETAILS, facts, PART, STOPPED, STYLE } from './words.ts';

/** Text that stands for itself: no tag, no attribute's end, no turn of the direction of reading. */
const text = (value: string): string => visible(value).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** `what` = what was replayed, in a line. `all`: every turn where they are few, else only those that differ are shown. */
export function replayPage(what: string, report: Report, all: readonly TurnView[] | null): string {
  const worst = report.worst.filter(({ verdict }) => verdict !== 'off script').map(viewOf);
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>再現: ${text(what)}</title>
<style>${STYLE_SHEET}</style>
</head>
<body><main>
<h1>再現 <span class="note">${text(what)}</span></h1>
<p class="note">${amount(report.conversations)}会話 ${amount(report.turns)}発話 · 版 ${text(report.builds.then.join(', ') || '不明')} → ${text(report.builds.now)}</p>
${verdicts(report)}
${understanding(report)}
${numbers(report)}
${diverged(report)}
${changed(report)}
<h2>違った発話（悪い順）</h2>
${worst.length === 0 ? '<p class="good">ありません。再現できた発話はすべて当時と同じです。</p>' : worst.map((turn) => turnDetails(turn, `w-${idOf(turn)}`)).join('\n')}
${notShown(report, worst.length)}
${all === null ? '' : `<h2>すべての発話</h2>\n${all.map((turn) => turnDetails(turn, idOf(turn))).join('\n')}`}
</main></body>
</html>
`;
}

const idOf = ({ conversation, nth }: { conversation: string; nth: number }): string => text(`${conversation}-${nth}`.replaceAll(/[^\w./-]+/g, '-'));

function verdicts({ verdicts: counts, turns, todays, reasons }: Report): string {
  const present = VERDICTS.filter((v) => counts[v] > 0);
  const why = Object.entries(reasons).toSorted(([, a], [, b]) => b - a).map(([reason, n]) => `<li>${n}件 ${text(reason)}</li>`);
  return `<div class="bar">${present.map((v) => `<i class="${STYLE[v]}" style="flex:${counts[v]}" title="${VERDICT_WORDS[v]}"></i>`).join('')}</div>
<ul class="counts">${present.map((v) => `<li class="${STYLE[v]}"><b>${amount(counts[v])}</b>${v} <span class="note">${VERDICT_WORDS[v]} ${((100 * counts[v]) / Math.max(1, turns)).toFixed(1)} %</span></li>`).join('')}</ul>
${why.length > 0 ? `<h3>再現できない理由</h3><ul>${why.join('')}</ul>` : ''}
${todays > 0 ? `<p class="note">${amount(todays)}発話は今のお店で再現しました（当時のお店の記録がありません）。</p>` : ''}`;
}

function understanding({ better, worse }: Report): string {
  const list = (turns: readonly { said: string; conversation: string; nth: number }[]): string => turns.slice(0, 20).map((turn) => `<li>${text(turn.said)}</li>`).join('');
  const part = ({ count, turns }: Report['better'], kind: string, what: string): string => (count === 0 ? '' : `<h2 class="${kind}">${what}: ${count}</h2><ul>${list(turns)}</ul>`);
  return part(better, 'good', '分からなかったが、今は分かる') + part(worse, 'bad', '分かったが、今は分からない');
}

function numbers({ misses, handoffs, corrections, toBooking, slots }: Report): string {
  const row = (what: string, then: string | number, now: string | number): string => `<tr><td>${what}</td><td class="n">${then}</td><td class="n">${now}</td></tr>`;
  const of = (turns: Turns, which: 'bookings' | 'median' | 'p90'): string | number => turns?.[which] ?? (which === 'bookings' ? 0 : '–');
  const details = Object.entries({ won: slots.won, lost: slots.lost }).filter(([, counts]) => Object.keys(counts).length > 0)
    .map(([what, counts]) => `<p class="${what === 'won' ? 'good' : 'bad'}">${what === 'won' ? '聞き取れるようになった' : '聞き取れなくなった'}: ${Object.entries(counts).map(([slot, n]) => `${DETAILS[slot] ?? slot} ${n}`).join('、')}</p>`);
  return `<h2>当時と今</h2><table><thead><tr><th></th><th class="n">当時</th><th class="n">今</th></tr></thead><tbody>
${row('予約', of(toBooking.then, 'bookings'), of(toBooking.now, 'bookings'))}
${row('予約までの発話（中央値）', of(toBooking.then, 'median'), of(toBooking.now, 'median'))}
${row('予約までの発話（9割がこの数以内）', of(toBooking.then, 'p90'), of(toBooking.now, 'p90'))}
${row('分からなかった', misses.then, misses.now)}
${row('担当者への引き継ぎ', handoffs.then, handoffs.now)}
${row('言い直し', corrections.then, corrections.now)}
</tbody></table>${details.join('')}`;
}

function diverged({ diverged: { count, turns } }: Report): string {
  if (count === 0) return '';
  return `<h2>会話ごとに最初に違ったところ</h2><ul>${turns.slice(0, 50).map((turn) =>
    `<li><a href="#w-${idOf(turn)}">${text(turn.conversation)} ${turn.nth}番目</a> ${text(turn.said)} <span class="${STYLE[turn.verdict]}">${turn.verdict}</span></li>`).join('')}${count > 50 ? `<li class="note">ほか ${amount(count - 50)}会話</li>` : ''}</ul>`;
}

function changed({ changed: sayings, turns }: Report): string {
  if (sayings.length === 0 || turns < 2) return '';
  return `<h2>違いの多い言葉</h2><table><tbody>${sayings.map(({ said, times }) => `<tr><td class="n">${amount(times)}回</td><td>${text(said)}</td></tr>`).join('')}</tbody></table>`;
}

const notShown = ({ verdicts: counts }: Report, shown: number): string => {
  const all = VERDICTS.filter((v) => v !== 'same' && v !== 'off script').reduce((sum, v) => sum + counts[v], 0);
  return all > shown ? `<p class="note">ほか ${amount(all - shown)}件。期間を短くすると見られます。</p>` : '';
};

function turnDetails(turn: TurnView, id: string): string {
  const { verdict, conversation, nth, line, at, said, then, now } = turn;
  return `<details class="${STYLE[verdict]}" id="${id}"><summary><span class="said">${text(said)}</span><span class="verdict ${STYLE[verdict]}">${verdict}</span><span class="where">${text(conversation)} · ${line ? `${line}行目` : `${nth}番目`} · ${text(at.replace('T', ' '))}</span></summary>
<div class="inside"><div class="bubble user">${text(said)}</div>
${then && now ? '' : `<ul>${turn.because.map((why) => `<li>${text(why)}</li>`).join('')}</ul>`}
${changes(turn)}
${then || now ? `<div class="sides">${side('当時', then, now)}${side('今', now, then)}</div>` : ''}
${turn.before ? folded('会話（前）', turn.before) : ''}</div></details>`;
}

function changes(turn: TurnView): string {
  const shown = facts(turn);
  if (shown.length === 0) return '';
  const cell = (of: string, value: string | null): string => `<td data-of="${of}">${value === null ? '<span class="note">なし</span>' : text(value)}</td>`;
  return `<table class="changes"><thead><tr><th>違うところ</th><th>当時</th><th>今</th></tr></thead><tbody>${shown.map(({ part, fact, then, now }) =>
    `<tr><td>${text([PART[part], fact].filter(Boolean).join(' '))}</td>${cell('当時', then)}${cell('今', now)}</tr>`).join('')}</tbody></table>`;
}

function side(when: string, it: SideView | null, other: SideView | null): string {
  if (!it) return `<section><h3>${when}</h3><p class="note">再現していません</p></section>`;
  const block = (what: string, value: unknown): string => (value === null || (Array.isArray(value) && value.length === 0) ? '' : `<h3>${what}</h3><pre>${text(yaml(value))}</pre>`);
  return `<section><h3>${when}${it.ms === null ? '' : ` <span class="note">${it.ms.toFixed(2)} ms</span>`}</h3>
<div class="bubble">${answer(it, other)}</div>
${block('聞き取り', it.heard)}${block('予約', it.does)}
${it.says.length > 0 ? folded(`伝える内容: ${it.says.map(({ say }) => say).join(', ')}`, it.says) : ''}${it.asks.length > 0 ? folded('予定表への問い合わせ', it.asks) : ''}${folded('会話（後）', it.talk)}</section>`;
}

/** Lines that the other side does not have stand out. */
function answer({ text: said, stopped }: SideView, other: SideView | null): string {
  const lines = said === '' && !stopped ? ['<span class="note">（返信なし）</span>']
    : said === '' ? [] : lineDiff(said, other?.text ?? said).flatMap(({ of, text: line }) => (of === 'now' ? [] : of === 'then' ? [`<mark>${text(line)}</mark>`] : [text(line)]));
  return [...lines, ...(stopped ? [`<span class="note">${STOPPED}</span>`] : [])].join('\n');
}

const folded = (what: string, value: unknown): string => `<details><summary>${text(what)}</summary><pre>${text(yaml(value))}</pre></details>`;
const yaml = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();
const amount = (n: number): string => n.toLocaleString('en');
