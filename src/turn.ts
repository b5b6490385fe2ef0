/**
 * The spine: one event of one customer becomes one committed turn (docs/architecture.md). Everything decided here
 * leaves the house through the outbox, after COMMIT.
 */
import type { DeskDeps } from './booking/desk/deps.ts';
import type { DeskAnswer, DeskEffect, DeskReader } from './booking/desk/ports.ts';
import type { Answer, BookingReader, Effect } from './booking/ports.ts';
import type { BookingDeps } from './booking/deps.ts';
import { READS, perform } from './booking/perform.ts';
import type { SlotSource } from './booking/slots.ts';
import { composeTurn } from './chatlog/compose.ts';
import type { Around } from './chatlog/record.ts';
import type { ShopKeeper } from './chatlog/shops.ts';
import { shownTap } from './chatlog/tapped.ts';
import type { DeskAct } from './desk/says.ts';
import { reviveDesk } from './desk/talk.ts';
import type { DeskTalk } from './desk/talk.ts';
import type { StepContext } from './dialogue/hop.ts';
import type { Act } from './dialogue/says.ts';
import { reviveTalk } from './dialogue/talk.ts';
import { writeTap } from './dialogue/tap.ts';
import type { Claim, EndedTurn, Inbox, WaitingEvent } from './jobs/ports.ts';
import { isForDesk, memberOf } from './middle-desk.ts';
import { isForUs, think } from './middle.ts';
import type { Do } from './middle.ts';
import { laneKey } from './jobs/ports.ts';
import { owedToOthers } from './jobs/tell.ts';
import { readEvent } from './model/incoming.ts';
import type { IncomingEvent, Json } from './model/incoming.ts';
import type { Store } from './model/store.ts';
import type { Now } from './model/time.ts';
import { owedBy } from './owed.ts';
import { deskTurn } from './turn-desk.ts';
import type { OpenTransaction, Scene, Taken } from './turn-desk.ts';
import { render } from './replies/render.ts';
import type { Heard } from './understanding/heard.ts';

/** What a turn is given. Time, ids and every reach outside are arguments, so that a turn can be played again. */
export type TurnHouse = {
  now: Now;
  /** Milliseconds of a clock that only runs forward, for durations. */
  ticks: () => number;
  /** A new id; ids sort by the time they were made (uuid v7). */
  newId: () => string;
  /** The shops of a channel, as of a version of them or newer. */
  stores: (channel: string, version?: number) => Promise<readonly Store[]>;
  /** Keeps the shops as they are for replays; gives the key of them. */
  shops: ShopKeeper;
  inbox: Pick<Inbox, 'begin' | 'finish'>;
  booking: BookingReader;
  desk: DeskReader;
  slots: SlotSource;
  /** The name a customer goes by at LINE, or null. */
  displayName: (channel: string, lineId: string) => Promise<string | null>;
  build: string;
  /** As in BookingDeps. */
  payLink?: BookingDeps['payLink'];
  /** 128 random bits. */
  newSecret: () => string;
  /** As in DeskDeps. */
  calendarLink?: DeskDeps['calendarLink'];
  /** Answers instead of booking: what was recorded, of a conversation played again. Nothing is written then. */
  answers?: Do;
};

export type TurnOutcome = {
  ended: EndedTurn;
  incoming: IncomingEvent;
  heard: Heard | null;
  acts: (Act | DeskAct)[];
  effects: { effect: Effect | DeskEffect; answer: Answer | DeskAnswer }[];
  /** What is free, or who waits, is not what it was. */
  changed: boolean;
  /** Asked of `answers`, which had none; the turn ended there. */
  unanswered?: Effect;
};

/** Takes the turn of one event and commits it. Throws when nothing was kept. */
export async function takeTurn(claim: Claim, event: WaitingEvent, storedTalk: unknown, house: TurnHouse): Promise<TurnOutcome> {
  const now = house.now();
  const incoming = readEvent(event.payload as Json, event.receivedAt);
  const stores = await house.stores(event.channel, claim.storesVersion);
  const { customer, patch } = await acquainted(claim, incoming, isForUs(incoming), house);
  const shops = await house.shops(stores);
  const tx: OpenTransaction = { open: null };
  try {
    const scene: Scene = { claim, incoming, stores, customer, me: memberOf(stores, claim.lane.lineId), at: event.time, now, tx, house };
    const { desk: storedDesk, ...stored } = (storedTalk ?? {}) as { desk?: unknown };
    const desk = reviveDesk(storedDesk, event.time);
    const taken = isForDesk(incoming, scene.me, desk, event.time) ? await deskTurn(scene, desk, stored) : await customerTurn(scene, desk, stored, patch);

    const { heard, acts, effects, messages, talk, record, shown } = taken;
    const log = composeTurn({
      userId: customer.id, account: event.channel, speaker: taken.speaker, events: [{ id: event.id, timestamp: event.time, raw: event.payload, heard, shown }], said: messages,
      record: { ...record, acts, effects, now, shops, build: house.build },
    });
    const others = await owedToOthers(taken, laneKey(claim.lane), { now, stores, reader: tx.open?.booking ?? house.booking, newId: house.newId });
    const outbox = owedBy({ claim, event, incoming, speaks: messages.length > 0, log, others, now, newId: house.newId, ...(taken.secret === undefined ? {} : { secret: taken.secret }) });
    const ended: EndedTurn = { lane: claim.lane, customer, rows: [event.row], talk, at: now, outbox, patch };
    if (tx.open) await tx.open.commit(ended);
    else await house.inbox.finish(ended);
    return { ended, incoming, heard, acts, effects, changed: taken.changed.length > 0, ...(taken.unanswered ? { unanswered: taken.unanswered } : {}) };
  } catch (error) {
    await tx.open?.rollback();
    throw error;
  }
}

/** A customer's turn, who may be one of the shop's people. */
async function customerTurn(scene: Scene, desk: DeskTalk, stored: unknown, patch: { name?: string; phone?: string }): Promise<Taken> {
  const { claim, incoming, stores, customer, me, at, now, house } = scene;
  const before = reviveTalk(Object.keys(stored as object).length > 0 ? stored : null, at);
  const { id, name, phone } = customer;
  const here = ({ storeId }: { storeId: string }) => stores.some((store) => store.id === storeId);
  const handedBack = before.goal === 'human' && claim.handedBack !== null && claim.handedBack >= (before.human?.since ?? before.touched);
  const around: Around = { customer: { id, name, phone }, offers: claim.offers.filter(here), ...(claim.reminded && here(claim.reminded.visit) ? { reminded: claim.reminded } : {}), ...(handedBack ? { handedBack } : {}) };
  const ctx: StepContext = { now: at, stores, ...around };
  const { heard, talk, says, effects, changed, news, jobs, messages, ms, unanswered } = await think({ incoming, before, ctx, now }, house.answers ?? ((effect) => act(effect, scene)), house.ticks);
  if (talk.known.name && talk.known.name !== name) patch.name = talk.known.name;
  if (talk.known.phone && talk.known.phone !== phone) patch.phone = talk.known.phone;
  return {
    heard, acts: says, effects, changed, news, jobs, messages, ...(unanswered ? { unanswered } : {}), speaker: 'user', shown: incoming.what.kind === 'postback' ? shownTap(incoming.what.data, { customerId: id, stores, now }) : null,
    talk: me ? { ...talk, desk: { ...desk, asCustomer: true, touched: at } } : talk,
    record: { talkBefore: before, talkAfter: talk, around, storeId: talk.known.storeId ?? stores[0]?.id ?? null, durations: ms },
  };
}

/** What an event that no turn could handle ends with: a polite sentence, the talk as it was, and the log of both. */
export function apologise(claim: Claim, event: WaitingEvent, storedTalk: unknown, house: Pick<TurnHouse, 'now' | 'newId' | 'build'>): EndedTurn {
  const now = house.now();
  const incoming = readEvent(event.payload as Json, event.receivedAt);
  const talk = reviveTalk(storedTalk, event.time);
  const { id, name, phone } = claim.customer;
  const acts: Act[] = [{ say: 'trouble' }];
  const words = { now, stores: [], customerName: null, tap: (verb: Parameters<typeof writeTap>[2], value?: string) => writeTap(talk, claim.customer.id, verb, value) };
  const messages = isForUs(incoming) ? render(acts, words) : [];
  const record = { talkBefore: talk, talkAfter: talk, acts, effects: [], now, around: { customer: { id, name, phone }, offers: claim.offers }, build: house.build, storeId: talk.known.storeId ?? null, durations: {} };
  const log = composeTurn({ userId: claim.customer.id, account: event.channel, events: [{ id: event.id, timestamp: event.time, raw: event.payload, heard: null }], said: messages, record });
  const outbox = owedBy({ claim, event, incoming, speaks: messages.length > 0, log, others: [], now, newId: house.newId });
  return { lane: claim.lane, customer: claim.customer, rows: [event.row], talk, at: now, outbox };
}

/** Who it is: blocked or not since this event, and by which name. */
async function acquainted(claim: Claim, { what }: IncomingEvent, forUs: boolean, house: TurnHouse) {
  const customer = { ...claim.customer };
  const patch: { name?: string; phone?: string } = {};
  if (what.kind === 'follow') customer.blocked = false;
  if (what.kind === 'unfollow') customer.blocked = true;
  if (forUs && customer.name === null) {
    const name = await house.displayName(claim.lane.channel, claim.lane.lineId);
    if (name !== null) customer.name = patch.name = name;
  }
  return { customer, patch };
}

/** Performs an effect: reads outside of a transaction until the first write opens one. */
async function act(effect: Effect, { tx, now, claim, stores, house }: Scene) {
  if (!READS.has(effect.do)) tx.open ??= await house.inbox.begin();
  const slots: SlotSource = { starts: (store, at) => house.slots.starts(store, at, claim.store?.id === store.id ? claim.store.slotsVersion : at) };
  return perform(effect, { now, userId: claim.customer.id, stores, reader: tx.open?.booking ?? house.booking, writer: tx.open?.booking ?? null, slots, offers: claim.offers, newId: house.newId, payLink: house.payLink });
}
