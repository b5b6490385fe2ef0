/** A turn at the desk, and what every turn is made of. */
import { DESK_READS, performAtDesk } from './booking/desk/perform.ts';
import type { Member } from './booking/desk/deps.ts';
import type { DeskAnswer, DeskEffect } from './booking/desk/ports.ts';
import type { Answer, Effect } from './booking/ports.ts';
import type { Around, TurnRecord } from './chatlog/record.ts';
import type { DeskAct } from './desk/says.ts';
import { readDeskTap } from './desk/tap.ts';
import type { DeskTalk } from './desk/talk.ts';
import type { Act } from './dialogue/says.ts';
import { freshTalk } from './dialogue/talk.ts';
import type { Claim, TurnTransaction } from './jobs/ports.ts';
import type { Consequences } from './jobs/tell.ts';
import { thinkAtDesk } from './middle-desk.ts';
import type { IncomingEvent } from './model/incoming.ts';
import type { Customer } from './model/reservation.ts';
import type { Store } from './model/store.ts';
import type { Instant } from './model/time.ts';
import type { TurnHouse } from './turn.ts';
import type { Heard } from './understanding/heard.ts';

/** Null until something is written. */
export type OpenTransaction = { open: TurnTransaction | null };

/** What a turn starts from. `at` = when it was written; `me` = whose of the shop's people the account is. */
export type Scene = {
  claim: Claim; incoming: IncomingEvent; stores: readonly Store[]; customer: Customer; me: Member | null; at: Instant; now: Instant; tx: OpenTransaction; house: TurnHouse;
};

/** What it came to. `talk` is what is stored, `shown` what the chat shows for a tap. */
export type Taken = Consequences & {
  heard: Heard | null;
  acts: (Act | DeskAct)[];
  effects: { effect: Effect | DeskEffect; answer: Answer | DeskAnswer }[];
  /** As in TurnOutcome. */
  unanswered?: Effect;
  messages: unknown[];
  speaker: 'user' | 'staff';
  talk: unknown;
  shown: string | null;
  /** What the messages only have a mark for. */
  secret?: string;
  record: Pick<TurnRecord, 'talkBefore' | 'talkAfter' | 'around' | 'storeId' | 'durations'>;
};

/** A turn of one of the shop's people; `stored` = the customer's talk of the lane, which it leaves alone. */
export async function deskTurn(scene: Scene, before: DeskTalk, stored: object): Promise<Taken> {
  const { claim, incoming, stores, customer, me, at, now, tx, house } = scene;
  const act = async (effect: DeskEffect) => {
    if (!DESK_READS.has(effect.do)) tx.open ??= await house.inbox.begin();
    const deps = { now, account: claim.lane, me, stores, reader: tx.open?.booking ?? house.booking, desk: tx.open?.desk ?? house.desk, calendarLink: house.calendarLink };
    return performAtDesk(effect, deps, tx.open && { writer: tx.open.booking, desk: tx.open.desk, newId: house.newId, newSecret: house.newSecret, payLink: house.payLink });
  };
  const { heard, talk, says, effects, changed, news, jobs, messages, ms, secret } = await thinkAtDesk({ incoming, before, ctx: { now: at, me, stores }, now }, act, house.ticks);
  const { id, name, phone } = customer;
  const around: Around = { customer: { id, name, phone }, offers: [], desk: { staffId: me?.staff.id ?? null } };
  const tap = incoming.what.kind === 'postback' ? readDeskTap(incoming.what.data) : null;
  return {
    heard, acts: says, effects, changed, news, jobs, messages, ...(secret === undefined ? {} : { secret }), speaker: me ? 'staff' : 'user', shown: tap?.verb === 'order' ? tap.value : null,
    talk: { ...freshTalk(at), ...stored, desk: talk },
    record: { talkBefore: before, talkAfter: talk, around, storeId: me?.store.id ?? stores[0]?.id ?? null, durations: ms },
  };
}
