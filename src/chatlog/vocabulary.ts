/**
 * The words a script may use for what was heard, said and done. The tables are typed by what exists: an act, a fact or
 * a part of a wish that is added or renamed there fails to compile here.
 */
import type { StaffNews } from '../booking/news.ts';
import type { DeskAct } from '../desk/says.ts';
import type { Act } from '../dialogue/says.ts';
import type { Goal, Known, Talk } from '../dialogue/talk.ts';
import type { Reservation, WaitlistEntry } from '../model/reservation.ts';
import { ALWAYS_TOLD } from '../booking/news.ts';
import { NOTICES } from '../model/policy.ts';
import { nearest } from '../nearest.ts';
import { INTENTS, REFUSALS } from '../understanding/heard.ts';
import { SHORT } from './view.ts';
import type { HeardView } from './view.ts';

type Words<T> = { readonly [key in keyof Required<T>]: true };
type Said = Act | DeskAct;
/** Every fact of any variant of an act. */
type FactOf<A> = A extends unknown ? Exclude<keyof A, 'say'> : never;
type Facts = { readonly [name in Said['say']]: { readonly [fact in FactOf<Extract<Said, { say: name }>>]: true } };

const about = { storeId: true } as const;
const near = { near: true } as const;
const visit = { visit: true } as const;

/** Every act and its facts. */
const ACTS: Facts = {
  welcome: { again: true }, hello: {}, help: {}, thanked: {}, bye: {}, stopped: { kept: true }, miss: { nth: true, about: true, ...about }, started_over: {},
  handover: { reason: true }, still_human: about, bot_again: {}, bot_back: { why: true, ...about }, go_on: { known: true }, received: { what: true }, stale: {}, trouble: {},
  recap: { known: true, goal: true }, noted: { slots: true, changed: true, known: true }, one_each: { people: true, ...about },
  refused: { refuse: true, ...about }, cannot: { problem: true, ...about },
  ask_store: { storeIds: true }, at_store: about, ask_menu: { menuIds: true, ...about }, ask_staff: { staffIds: true, ...about }, ask_day: { days: true, first: true, last: true, waiting: true, ...about },
  ask_time: { looked: true, days: true, offers: true }, ask_name: { first: true }, need_name: {}, ask_phone: {}, need_phone: {}, ask_notes: {}, ask_change: { slots: true, goal: true, ...visit }, ask_which: { for: true, visits: true }, ask_which_wait: { entries: true },
  confirm: { proposal: true, assumed: true, changed: true, free: true, name: true, approval: true, told: true }, confirm_move: { from: true, proposal: true, assumed: true, approval: true }, confirm_cancel: { deposit: true, ...visit }, confirm_leave: { entry: true },
  open: { looked: true, days: true, exact: true, picked: true }, full: { looked: true, waitable: true, taken: true, lacks: true, ...near }, overlap: { clash: true, ...near }, near,
  booked: visit, provisional: { moved: true, ...visit }, approved: visit, reminder: { kind: true, ...visit }, see_you: visit, declined: { deposit: true, ...visit, ...near }, lapsed: { deposit: true, ...visit, ...near }, cancelled_by_shop: { deposit: true, ...visit, ...near }, moved_by_shop: { was: true, ...visit }, deposit_asked: { approved: true, ...visit }, deposit_owed: visit, deposit_paid: visit, deposit_lapsed: { why: true, ...visit }, deposit_unneeded: { yen: true, ...visit }, already_booked: visit, moved: visit, cancelled: { deposit: true, ...visit }, too_late: { for: true, ...visit }, barred: { why: true, visits: true, most: true, ...about }, gone: { for: true }, kept: visit,
  still_waiting: {}, no_last: {}, no_more: { menuIds: true, staffId: true, ...about }, other_shop: visit, waiting: { entry: true, position: true, already: true }, wait_not_needed: { offers: true }, left: { entry: true }, mine: { visits: true, waits: true },
  no_such_visit: {}, no_visits: { for: true }, no_waits: {},
  info: { topic: true, menuIds: true, staffId: true, days: true, ...about }, info_unknown: about,
  waited: { entries: true }, offer: { offer: true }, offer_revoked: { offer: true, waits: true }, wait_closed: { entry: true }, offer_again: { offer: true },
  offer_lost: { offer: true, why: true, entry: true }, offer_overlap: { offer: true, clash: true }, offer_declined: { offer: true, entry: true }, offer_unknown: {},
  // ---- to the shop's people
  linked: { staffId: true }, not_linked: { why: true, staffId: true }, unlinked: { staffId: true }, as_customer: {}, as_staff: {}, desk_help: { unknown: true }, desk_hello: {},
  agenda: { days: true, staffId: true, more: true }, next_visit: visit, found: { visits: true, more: true, for: true },
  confirm_booking: { customer: true, phone: true, menuIds: true, start: true, staffId: true, ...about }, ask_booking: {}, visit_booked: visit,
  ask_visit: { for: true, visits: true, more: true }, confirm_visit_cancel: visit, confirm_visit_move: { start: true, staffId: true, ...visit }, confirm_no_show: visit, confirm_decline: visit, confirm_paid: visit, ask_new_time: visit,
  visit_cancelled: { deposit: true, ...visit }, visit_approved: { deposit: true, ...visit }, visit_declined: { deposit: true, ...visit }, visit_paid: { yen: true, ...visit }, visit_not_paid: { why: true }, visit_moved: { was: true, ...visit }, visit_marked: { came: true, ...visit }, too_early: {}, visit_gone: {}, visit_cannot_move: { why: true }, not_yours: { staffId: true }, left_as_is: {},
  handoffs: { chats: true, ask: true }, no_handoff: {}, calendar_made: { url: true }, confirm_calendar: {}, calendar_dropped: { done: true }, no_calendar: {}, handed_back: { chat: true },
  confirm_off: { staffId: true, days: true, part: true, visits: true }, off_taken: { staffId: true, days: true, part: true, moved: true, left: true }, off_over: {}, ask_off_day: {}, off_undone: { staffId: true, days: true, fixed: true }, which_off: { days: true }, weekly_off: {},
  blocked: { time: true }, unblocked: { time: true }, block_clash: { visits: true }, block_over: {}, ask_block_time: {}, no_block: {}, which_block: { times: true }, stale_tap: {},
};
const HEARD: Words<HeardView> = {
  intent: true, when: true, of: true, except: true, refuse: true, prefer: true, shift: true, menu: true, add: true, remove: true, staff: true, store: true, people: true, name: true,
  phone: true, choice: true, usual: true, answer: true, stop: true, detail: true, topics: true, assumed: true, then: true, order: true, customer: true, to: true,
};
const VISIT: Words<Reservation> = { id: true, userId: true, storeId: true, staffId: true, menuIds: true, start: true, end: true, status: true, nominated: true, hold: true, came: true, deposit: true };
const ENTRY: Words<WaitlistEntry> = { id: true, userId: true, storeId: true, staffId: true, menuIds: true, from: true, until: true, status: true };
const NOTICE: Words<Omit<StaffNews, 'kind'>> = { customer: true, visit: true, was: true, why: true, words: true, level: true, used: true, limit: true, month: true, yen: true, what: true };
const KNOWN: Words<Known> = { storeId: true, menuIds: true, staff: true, dates: true, time: true, or: true, exclude: true, prefer: true, name: true, phone: true, notes: true, people: true };
const TALK: Words<Talk> = { v: true, seq: true, goal: true, known: true, pending: true, misses: true, visit: true, later: true, assumed: true, spoken: true, during: true, human: true, touched: true };
const GOALS: { readonly [goal in Goal]: true } = { idle: true, look: true, book: true, move: true, cancel: true, wait: true, human: true };

/** The keys as a script writes them: `menu` for `menuIds`. */
const written = (table: object): string[] => Object.keys(table).map((key) => SHORT[key] ?? key);

/** What is wrong with one of the words, null when nothing is. */
function unknownWord(what: string, word: string, words: readonly string[]): string | null {
  if (words.includes(word)) return null;
  const meant = nearest(word, words);
  return `${what} “${word}”${meant ? `; did you mean “${meant}”?` : words.length === 0 ? '; it has none' : `; there are: ${words.join(', ')}`}`;
}

const keysOf = (value: unknown): string[] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []);
const unknownKeys = (what: string, value: unknown, table: object, more: readonly string[] = []): string[] =>
  keysOf(value).flatMap((key) => unknownWord(what, key, [...written(table), ...more]) ?? []);

/** What is wrong with an item of `say`: an act that does not exist, a fact it does not have. */
export function actMistakes(item: string | { readonly [act: string]: unknown }): string[] {
  const names = typeof item === 'string' ? [item] : Object.keys(item);
  if (names.length !== 1) return [`one act an item; this one has ${names.join(' and ') || 'none'}`];
  const [name = ''] = names;
  const unknown = unknownWord('no act', name, Object.keys(ACTS));
  if (unknown) return [unknown];
  const facts = typeof item === 'string' ? {} : item[name];
  if (keysOf(facts).length === 0 && typeof item !== 'string' && (typeof facts !== 'object' || facts === null)) return [`${name}: expected its facts as a map, such as { ${name}: { … } }`];
  return unknownKeys(`${name} has no fact`, facts, ACTS[name as Said['say']]);
}

/** What is wrong with an item of `notices`: a kind that does not exist, a fact it does not have. */
export function noticeMistakes(item: string | { readonly [kind: string]: unknown }): string[] {
  const names = typeof item === 'string' ? [item] : Object.keys(item);
  if (names.length !== 1) return [`one notice an item; this one has ${names.join(' and ') || 'none'}`];
  const unknown = unknownWord('no notice', names[0]!, [...NOTICES, ...ALWAYS_TOLD]);
  return unknown ? [unknown] : unknownKeys(`${names[0]} has no fact`, typeof item === 'string' ? {} : item[names[0]!], NOTICE);
}

/** What is wrong with `heard`. */
export function heardMistakes(heard: { readonly [key: string]: unknown }): string[] {
  const { intent, refuse, phone } = heard;
  return [
    ...(typeof phone === 'number' ? [`phone: write it in quotes, or YAML takes the 0 in front away`] : []),
    ...unknownKeys('nothing heard is called', heard, HEARD),
    ...(intent === undefined ? [] : [unknownWord('no intent', String(intent), INTENTS) ?? []].flat()),
    ...(refuse === undefined ? [] : [unknownWord('nothing is refused for', String(refuse), REFUSALS) ?? []].flat()),
  ];
}

/** What is wrong with `book`, `move`, `cancel`, `wait` or `leave`. */
export const effectMistakes = (does: string, wanted: unknown): string[] =>
  unknownKeys(`${does} has no`, wanted, does === 'wait' || does === 'leave' ? ENTRY : VISIT, ['when']);

export const talkMistakes = (talk: unknown): string[] => unknownKeys('a talk has no', talk, TALK);
export const knownMistakes = (known: unknown): string[] => unknownKeys('nothing known is called', known, KNOWN, Object.keys(KNOWN));
export const goalMistakes = (goal: string): string[] => [unknownWord('no goal', goal, Object.keys(GOALS)) ?? []].flat();
