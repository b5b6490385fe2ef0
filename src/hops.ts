/** The middle of a turn: an event as the dialogue takes it, stepped until only words are left. */
import type { Answer, Changed, Effect } from './booking/ports.ts';
import type { Performed } from './booking/deps.ts';
import { MAX_HOPS } from './dialogue/hop.ts';
import type { StepContext, StepEvent, Stepped } from './dialogue/hop.ts';
import type { Act } from './dialogue/says.ts';
import { step } from './dialogue/step.ts';
import type { Talk } from './dialogue/talk.ts';
import { readTap } from './dialogue/tap.ts';
import type { IncomingEvent } from './line/incoming.ts';
import type { Heard } from './understanding/heard.ts';

/** Kinds of events that are answered; the others are kept in the log and passed over. */
const ANSWERED: ReadonlySet<IncomingEvent['what']['kind']> = new Set([
  'text', 'sticker', 'image', 'video', 'audio', 'file', 'location', 'postback', 'follow', 'unsend',
]);

/** Whether the bot may answer: nobody else has the chat (standby), and it is a chat of two. */
export const isForUs = ({ mode, source, what }: IncomingEvent): boolean => mode === 'active' && source === 'user' && ANSWERED.has(what.kind);

/** What the dialogue is told; null = nothing. */
export function asStepEvent({ what }: IncomingEvent, heard: Heard | null, customerId: string): StepEvent | null {
  switch (what.kind) {
    case 'text': return heard && { type: 'heard', heard };
    case 'postback': return { type: 'tapped', tap: readTap(what.data, customerId), picked: what.params };
    case 'follow': return { type: 'followed', again: what.isUnblocked };
    case 'unsend': return { type: 'unsent' };
    case 'unfollow': case 'other': return null;
    default: return { type: 'sent', what: what.kind };
  }
}

export type Hops = { talk: Talk; says: Act[]; effects: { effect: Effect; answer: Answer }[]; changed: Changed[]; handover: boolean };

/** Steps from an event until only words are left; `act` performs each effect. */
export async function hop(talk: Talk, first: StepEvent | null, ctx: StepContext, act: (effect: Effect) => Promise<Performed>): Promise<Hops> {
  const hops: Hops = { talk, says: [], effects: [], changed: [], handover: false };
  let event = first;
  for (let n = 0; event !== null && n < MAX_HOPS; n++) {
    const stepped: Stepped = step(hops.talk, event, ctx);
    hops.talk = stepped.talk;
    hops.says.push(...stepped.says);
    hops.handover ||= stepped.handover !== undefined;
    if (!stepped.effect) return hops;
    const { answer, changed } = await act(stepped.effect);
    hops.effects.push({ effect: stepped.effect, answer });
    hops.changed.push(...changed);
    event = { type: 'answered', effect: stepped.effect, answer };
  }
  if (event !== null) throw new Error(`a turn of more than ${MAX_HOPS} hops`);
  return hops;
}
