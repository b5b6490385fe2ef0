/** What is left of an entry when the customer takes a message back (`unsend`). LINE asks that it cannot be seen or used again. */
import type { Around, LogEntry, TurnRecord } from '../chatlog/record.ts';

/** Stands where the words were. */
const PLACEHOLDER = '[送信取消されたメッセージ]';

/** The entry without the words of that message, wherever they are in it; null where there are none (any more). */
export function forgotten(entry: LogEntry, messageId: string): LogEntry | null {
  if (entry.forgotten?.includes(messageId)) return null;
  const own = entry.messageId === messageId;
  const turn = entry.turn && forgottenTurn(entry.turn, messageId);
  if (!own && !turn) return null;
  return { ...entry, ...(own ? { message: PLACEHOLDER } : {}), ...(turn ? { turn } : {}), forgotten: [...(entry.forgotten ?? []), messageId] };
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The event keeps its ids and its kind; what was understood of it goes, and with it every copy of its words in the turn. */
function forgottenTurn(turn: TurnRecord, messageId: string): TurnRecord | null {
  const said = turn.events.flatMap((event, i) => {
    const message = isJson(event) && isJson(event['message']) ? event['message'] : {};
    return message['id'] === messageId ? [{ i, message }] : [];
  });
  if (said.length === 0) return null;
  const words = said.flatMap(({ i, message }) => [message['text'], ...named(turn.heard[i])]).filter((w): w is string => typeof w === 'string' && w !== '');
  const gone = new Map(said.map(({ i, message }) => [i, message]));
  const rest = (value: unknown) => without(value, words);
  return {
    ...turn,
    events: turn.events.map((event, i) => (gone.has(i) ? { ...(event as Json), message: emptied(gone.get(i)!) } : event)),
    heard: turn.heard.map((heard, i) => (gone.has(i) ? null : rest(heard))),
    talkBefore: rest(turn.talkBefore),
    talkAfter: rest(turn.talkAfter),
    ...(turn.around ? { around: rest(turn.around) as Around } : {}),
    acts: rest(turn.acts) as unknown[],
    effects: rest(turn.effects) as TurnRecord['effects'],
  };
}

const emptied = (message: Json): Json => ({ id: message['id'], type: message['type'], ...('text' in message ? { text: '' } : {}), unsent: true });
const named = (heard: unknown): unknown[] => (isJson(heard) ? [heard['name'], heard['phone']] : []);

/** Below this a text is too common to be looked for inside other texts; it is only removed where it stands alone. */
const TELLING = 4;

function without(value: unknown, words: readonly string[]): unknown {
  if (typeof value === 'string') return words.some((w) => value === w || (w.length >= TELLING && value.includes(w))) ? '' : value;
  if (Array.isArray(value)) return value.map((one) => without(one, words));
  if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one, words)]));
  return value;
}
