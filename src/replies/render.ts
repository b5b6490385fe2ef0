/** Acts → LINE message objects, within every limit of the platform. */
import type { messagingApi } from '@line/bot-sdk';
import type { Act } from '../dialogue/says.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { quickItem } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { MESSAGES, QUICK_REPLIES, split } from './limits.ts';
import type { Piece } from './piece.ts';
import { pieceOf } from './pieces.ts';

/** What words need besides the acts. `tap` writes postback data (`writeTap` bound to talk and customer). */
export type Wording = {
  now: Instant;
  stores: readonly Store[];
  customerName: string | null;
  tap: TapWriter;
};

/**
 * One reply: 0 to 5 messages, empty only for no acts. Sentences that follow each other share a bubble; the buttons
 * are those of the last act that has any, on the last message, where LINE shows them.
 */
export function render(acts: readonly Act[], wording: Wording): messagingApi.Message[] {
  const pieces = acts.map((act) => pieceOf(act, wording, wording.tap));
  const messages = bubbles(pieces);
  const last = messages.at(-1);
  const items = buttonsOf(pieces).map((b) => quickItem(b, wording.tap));
  return last && items.length > 0 ? [...messages.slice(0, -1), { ...last, quickReply: { items } }] : messages;
}

function bubbles(pieces: readonly Piece[]): messagingApi.Message[] {
  const out: messagingApi.Message[] = [];
  let lines: string[] = [];
  const flush = () => {
    for (const text of split(lines.join('\n').trim())) if (text.trim() !== '') out.push({ type: 'text', text });
    lines = [];
  };
  for (const [n, piece] of pieces.entries()) {
    if (piece.heading && piece.heading !== pieces[n - 1]?.heading) lines.push(piece.heading);
    if (piece.text) lines.push(piece.text);
    if (!piece.card) continue;
    flush();
    out.push(piece.card);
  }
  flush();
  return out.length <= MESSAGES ? out : [...out.slice(0, MESSAGES - 1), out.at(-1)!];
}

/** The buttons of the question come last; a reason before it may add its own. At most 13, each once. */
function buttonsOf(pieces: readonly Piece[]): Button[] {
  const asking = pieces.findLastIndex((p) => p.quick);
  if (asking < 0) return [];
  const reason = pieces[asking - 1]?.quick?.filter((b) => b.verb === 'staff') ?? [];
  const all = [...reason, ...pieces[asking]!.quick!];
  const key = (b: Button) => `${b.verb} ${b.value ?? ''}${b.picker ? ' picker' : ''}`;
  return all.filter((b, i) => b.label !== '' && all.findIndex((x) => key(x) === key(b)) === i).slice(0, QUICK_REPLIES);
}
