/** What a customer can do, as few kinds of it as still reach everything. */
import type { StepEvent } from '../../dialogue/hop.ts';
import type { Talk } from '../../dialogue/talk.ts';
import type { Verb } from '../../dialogue/tap.ts';
import type { Heard, Intent } from '../../understanding/heard.ts';
import { CLOSED_DAY, OPEN_DAY } from './world.ts';

/** A message of this intent and nothing else but what is given. */
export const heardOf = (intent: Intent, more: Partial<Heard> = {}): Heard => ({
  text: '', intent, when: [], exclude: null, refuse: null, prefer: null, shift: null, menus: null, staff: null, store: null, people: null, name: null, phone: null,
  choice: null, answer: null, topics: [], datePhrase: null, question: false, assumed: [], evidence: [], ...more,
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
  then: more.then ?? [],
});

const says = (intent: Intent, more: Partial<Heard> = {}) => (): StepEvent => ({ type: 'heard', heard: heardOf(intent, more) });
const taps = (verb: Verb, value = '') => (talk: Talk): StepEvent => ({ type: 'tapped', tap: { verb, value, seq: talk.seq } });
const at = (clock: string) => ({ from: clock, to: clock });
const day = (d: string) => [{ dates: [d], time: null }];

/** `anywhere` = legal in every talk, so the map leaves its arrows out. */
/** `offered` = a freed slot was just offered. */
export type Deed = { name: string; event: (talk: Talk) => StepEvent; anywhere?: true; pause?: true; offered?: true };

export const DEEDS: readonly Deed[] = [
  { name: 'book', event: says('book') },
  { name: 'all details', event: says('book', { menus: { set: ['cut'] }, staff: { name: null }, when: [{ dates: [OPEN_DAY], time: at('10:00') }] }) },
  { name: 'is that day free', event: says('check_availability', { when: day(OPEN_DAY) }) },
  { name: 'soonest', event: says('earliest', { prefer: 'earliest' }) },
  { name: 'menu', event: says('choose', { menus: { set: ['perm'] } }) },
  { name: 'person', event: says('choose', { staff: { name: 'sato' } }) },
  { name: 'anyone', event: says('choose', { staff: { name: null } }) },
  { name: 'day', event: says('choose', { when: day(OPEN_DAY) }) },
  { name: 'closing day', event: says('choose', { when: day(CLOSED_DAY) }) },
  { name: 'time', event: says('choose', { when: [{ dates: null, time: at('11:00') }] }) },
  { name: 'yes', event: says('affirm', { answer: 'yes', consent: 'any' }) },
  { name: 'no', event: says('deny', { answer: 'no' }) },
  { name: 'give up', event: says('deny', { answer: 'no', stop: true }), anywhere: true },
  { name: 'first one', event: says('choose', { choice: { nth: 1 } }) },
  { name: 'cancel', event: says('cancel'), anywhere: true },
  { name: 'move', event: says('reschedule'), anywhere: true },
  { name: 'my bookings', event: says('list_reservations'), anywhere: true },
  { name: 'wait', event: says('join_waitlist') },
  { name: 'stop waiting', event: says('leave_waitlist'), anywhere: true },
  { name: 'as last time', event: says('repeat_last') },
  { name: 'price', event: says('price_info', { topics: ['price'] }), anywhere: true },
  { name: 'a human', event: says('talk_to_human'), anywhere: true },
  { name: 'start over', event: says('start_over'), anywhere: true },
  { name: 'nonsense', event: says('out_of_scope') },
  { name: 'nonsense after an hour', event: says('out_of_scope'), anywhere: true, pause: true },
  { name: 'sticker', event: () => ({ type: 'sent', what: 'sticker' }), anywhere: true },
  { name: 'tap: old button', event: (talk) => ({ type: 'tapped', tap: { verb: 'yes', value: '', seq: talk.seq + 1 } }), anywhere: true },
  { name: 'yes to an offer', event: says('affirm', { answer: 'yes', consent: 'any' }), anywhere: true, offered: true },
  { name: 'no to an offer', event: says('deny', { answer: 'no' }), anywhere: true, offered: true },
  { name: 'a question before an offer is answered', event: says('price_info', { topics: ['price'] }), anywhere: true, offered: true },
  { name: 'tap: take an offer', event: taps('accept', 'offer'), anywhere: true },
  { name: 'tap: decline an offer', event: taps('decline', 'offer'), anywhere: true },
  { name: 'tap: back to the bot', event: taps('bot'), anywhere: true },
];
