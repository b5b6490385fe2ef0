/** What a script holds of the log it comes from, in the ids of the house it is played in. */
import type { Answer, Effect } from '../booking/ports.ts';
import { readerOf } from '../chatlog/export/tokens.ts';
import { recordedAnswers } from '../chatlog/replay/answers.ts';
import type { ScriptTurn } from '../chatlog/script.ts';
import { VERBS, writeTap } from '../dialogue/tap.ts';
import type { Claim } from '../jobs/ports.ts';
import type { Do } from '../middle.ts';
import type { Reminded, SlotOffer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';

/** `answers` and `around` stand for the calendar and for what is known around the talk; `postback` is what a button carries. */
export type Recorded = { answers?: Do; around?: Pick<Claim, 'offers' | 'reminded' | 'handedBack'>; postback?: string };

/** Nothing of it for a turn that was written by hand. */
export function recordedIn({ recorded, postback }: ScriptTurn, stores: readonly Store[], customerId: string): Recorded {
  const read = readerOf(stores, customerId);
  return {
    ...(recorded?.effects ? {
      answers: recordedAnswers(read(recorded.effects) as { effect: Effect; answer: Answer }[], OWN_TIME),
      around: { offers: read(recorded.offers ?? []) as SlotOffer[], handedBack: recorded.handed_back ? Infinity : null, ...(recorded.reminded ? { reminded: read(recorded.reminded) as Reminded } : {}) },
    } : {}),
    ...(postback === undefined ? {} : { postback: buttonOf(postback, customerId, read) }),
  };
}

/** From when the first free time is looked for is the message's own time, which a script has by the second. */
const OWN_TIME: ReadonlySet<string> = new Set(['after']);

/** `1.12.me.menu.『カット』` is a button of this customer; anything else is what it is. */
function buttonOf(written: string, customerId: string, read: (value: unknown) => unknown): string {
  const [, seq, owner, verb, ...value] = written.split('.');
  const known = VERBS.find((one) => one === verb);
  return owner === 'me' && known ? writeTap({ seq: Number(seq) }, customerId, known, read(value.join('.')) as string) : written;
}
