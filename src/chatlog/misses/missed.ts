/** What the bot did not take in, found in the turns of a conversation. */
import type { Known, Pending } from '../../dialogue/talk.ts';
import type { Instant } from '../../model/time.ts';
import { isJson, listAt, objectAt, textAt } from '../json.ts';
import { readTurn } from '../replay/given.ts';
import type { GivenTurn } from '../replay/given.ts';
import type { LoggedTurn } from '../replay/logged.ts';
import { stable } from '../replay/stable.ts';
import { coreOf } from './core.ts';

/**
 * `miss`: the bot said so. `again`: what was asked was asked once more and nothing was noted. `unanswered`: a question the
 * shop's file has no answer to. `passed`: the bot went on without a word that it did not know, and the customer then
 * chose a menu or a person.
 */
export const MISS_KINDS = ['miss', 'again', 'unanswered', 'passed'] as const;
export type MissKind = (typeof MISS_KINDS)[number];

export type Missed = {
  kind: MissKind;
  said: string;
  at: Instant;
  userId: string;
  storeId: string | null;
  /** What our question had been about. */
  about: Pending['about'] | null;
  /** What is left of the message without what was understood and what is only polite. */
  core: string;
  /** What the customer chose within the next turns, where that was asked for. */
  chose: Pick<Known, 'menuIds' | 'staff'>;
  /** The turn to be heard again; null where the record of it does not do. */
  given: GivenTurn | null;
};

type Talked = { known: Known; about: Pending['about'] | null };

/** Turns within which an answer to the question still tells what was meant. */
const SOON = 3;
const QUESTION = /^(ask_|need_name|confirm|go_on|near$)/;

/** Null = it was taken in. `acts` are what was said to it. */
export function missKind(acts: readonly { say?: unknown }[], before: Talked, after: Talked): Exclude<MissKind, 'passed'> | null {
  const names = acts.map((act) => String(act.say));
  if (names.includes('miss') || acts.some((act) => act.say === 'handover' && 'reason' in act && act.reason === 'misses')) return 'miss';
  if (names.includes('info_unknown')) return 'unanswered';
  const asksAgain = before.about !== null && before.about === after.about && names.length > 0 && names.every((name) => QUESTION.test(name));
  return asksAgain && stable(before.known) === stable(after.known) ? 'again' : null;
}

export const talked = (talk: unknown): Talked => ({ known: objectAt(talk, 'known') as Known, about: (textAt(objectAt(talk, 'pending'), 'about') || null) as Talked['about'] });

/** One of each message of the customer: what was missed in it, or null. In the order of the conversation. */
export async function* missedIn(turns: AsyncIterable<LoggedTurn>): AsyncGenerator<Missed | null> {
  const waiting: { missed: Missed | null; since: number }[] = [];
  let nth = 0;
  for await (const turn of turns) {
    nth++;
    const record: unknown = turn.heard.turn;
    const [before, after] = [talked(isJson(record) ? record['talkBefore'] : null), talked(isJson(record) ? record['talkAfter'] : null)];
    for (const { missed } of waiting) if (missed) learn(missed, before, after);
    while (waiting[0] && (waiting[0].missed === null || nth - waiting[0].since > SOON)) yield told(waiting.shift()!.missed);
    const text = listAt(record, 'events').map((event) => textAt(objectAt(event, 'message'), 'text')).find(Boolean);
    if (text !== undefined && !turn.heard.forgotten?.length) waiting.push({ since: nth, missed: missedOf(turn, text, before, after) });
  }
  for (const { missed } of waiting) yield told(missed);
}

/** What was gone past was missed only if it is known what was meant. */
const told = (missed: Missed | null): Missed | null => (missed?.kind === 'passed' && !missed.chose.menuIds && !missed.chose.staff ? null : missed);

function missedOf(turn: LoggedTurn, said: string, before: Talked, after: Talked): Missed | null {
  const record: unknown = turn.heard.turn;
  const heard = isJson(record) && Array.isArray(record['heard']) ? record['heard'][0] : null;
  const missed = missKind(listAt(record, 'acts'), before, after);
  const core = missed === null ? unknownWords(said, heard) : coreOf(said, heard);
  const kind = missed ?? (core === '' ? null : 'passed');
  if (kind === null) return null;
  const read = readTurn(turn);
  return { kind, said, at: turn.heard.timestamp, userId: turn.userId, storeId: textAt(record, 'storeId') || null, about: before.about, core, chose: {}, given: 'given' in read ? read.given : null };
}

/** Words left over that look like a name of something, where neither a menu nor a person was heard. */
function unknownWords(text: string, heard: unknown): string {
  const said = isJson(heard) && heard['menus'] === null && heard['staff'] === null && WISHES.has(textAt(heard, 'intent'));
  return said ? coreOf(text, heard).split(' ').filter((word) => NAMELY.test(word)).join(' ') : '';
}
const WISHES = new Set<string>(['check_availability', 'book', 'earliest', 'correct', 'choose', 'menu_info', 'price_info', 'out_of_scope']);
const NAMELY = /^[\p{Script=Katakana}\p{Script=Han}ーa-z0-9]{3,}$/u;

/** The first menu or person chosen after it. */
function learn({ chose }: Missed, before: Talked, after: Talked): void {
  if (!chose.menuIds && after.known.menuIds?.length && stable(before.known.menuIds) !== stable(after.known.menuIds)) chose.menuIds = after.known.menuIds;
  if (!chose.staff && after.known.staff && after.known.staff !== 'anyone' && before.known.staff !== after.known.staff) chose.staff = after.known.staff;
}
