/** A logged turn as a replay takes it, or why it cannot be replayed. */
import type { Answer, Effect } from '../../booking/ports.ts';
import type { Act } from '../../dialogue/says.ts';
import { reviveTalk } from '../../dialogue/talk.ts';
import type { Talk } from '../../dialogue/talk.ts';
import { readEvent } from '../../model/incoming.ts';
import type { IncomingEvent } from '../../model/incoming.ts';
import type { Reminded, SlotOffer } from '../../model/reservation.ts';
import type { Instant } from '../../model/time.ts';
import type { Heard } from '../../understanding/heard.ts';
import { isJson, textAt } from '../json.ts';
import type { Json } from '../json.ts';
import { isSilent } from './logged.ts';
import type { LoggedTurn } from './logged.ts';
import type { Side } from './turn.ts';

/** `now` = the clock the turn ran by, `at` = when it was written. `shops` = the key of the shops there were. */
export type GivenTurn = {
  incoming: IncomingEvent;
  at: Instant;
  now: Instant;
  before: Talk;
  customer: { id: string; name: string | null; phone: string | null };
  offers: SlotOffer[];
  reminded?: Reminded;
  handedBack?: true;
  shops: string | null;
  account: string | null;
  /** As `then` has them. */
  effects: { effect: Effect; answer: Answer }[];
  then: Side;
};

/** Parts without which nothing can be replayed, or nothing compared. */
const NEEDED = ['turn.events', 'turn.heard', 'turn.talkBefore', 'turn.talkAfter', 'turn.acts', 'turn.effects', 'messages'];

/** Never throws, whatever the log holds. */
export function readTurn({ heard, said }: LoggedTurn): { given: GivenTurn } | { cannot: string } {
  const record: unknown = heard.turn;
  if (!isJson(record)) return { cannot: '再現に必要な記録がありません（古い版が書いたか、書き終わっていません）' };
  if (record['v'] !== 1) return { cannot: `記録の形式が違います（この版が読めるのは 1、記録は ${JSON.stringify(record['v'])}）` };
  const left = [...(heard.trimmed ?? []), ...(said?.trimmed ?? [])].filter((part) => NEEDED.includes(part));
  if (left.length > 0) return { cannot: `大きすぎて一部しか記録されていません（ないもの: ${left.join(', ')}）` };
  if (heard.forgotten?.length) return { cannot: 'お客様が送信を取り消したため、言葉が残っていません' };
  const { events, heard: understood, acts, effects, around, now } = record;
  if (isList(understood) && !understood.every(isHeard)) return { cannot: `聞き取りの記録が古い形式です（版 ${textAt(record, 'build') || '不明'}）` };
  if (!isList(events) || !isList(understood) || !isListOf(acts, 'say') || !isListOf(effects, 'effect')) return { cannot: '記録が途中で終わっています' };
  if (events.length !== 1 || !isJson(events[0])) return { cannot: `1回の発話に記録が ${events.length} 件あります（1件のはずです）` };
  const customer = isJson(around) && isJson(around['customer']) ? around['customer'] : null;
  if (!customer || typeof customer['id'] !== 'string') return { cannot: `古い版（${textAt(record, 'build') || '不明'}）の記録で、どのお客様の発話だったかが残っていません` };
  if (!isJson(record['talkAfter']) || typeof now !== 'number') return { cannot: '記録が途中で終わっています' };
  if (!said && !isSilent(heard)) return { cannot: '返信の記録がありません（書き終わっていません）' };
  if (isJson(around) && 'desk' in around) return { cannot: 'スタッフの操作です' };
  const incoming = readEvent(events[0], heard.timestamp);
  const answered = effects as unknown as { effect: Effect; answer: Answer }[];
  return { given: {
    incoming, now, at: heard.timestamp, before: reviveTalk(record['talkBefore'], heard.timestamp),
    customer: { id: customer['id'], name: textOr(customer['name']), phone: textOr(customer['phone']) },
    offers: isJson(around) && isList(around['offers']) ? (around['offers'] as SlotOffer[]) : [],
    ...(isJson(around) && isJson(around['reminded']) ? { reminded: around['reminded'] as unknown as Reminded } : {}), ...(isJson(around) && around['handedBack'] === true ? { handedBack: true } : {}),
    shops: textOr(record['shops']), account: heard.account ?? null, effects: answered,
    then: {
      heard: isJson(understood[0]) ? (understood[0] as unknown as Heard) : null, acts: acts as Act[],
      effects: answered, messages: said?.messages ?? [], talk: record['talkAfter'] as unknown as Talk,
      ms: isJson(record['durations']) ? Object.values(record['durations']).reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0) : null,
    },
  } };
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isListOf = (value: unknown, key: string): value is Json[] => isList(value) && value.every((one) => isJson(one) && key in one);
const isHeard = (value: unknown): boolean => value === null || (isJson(value) && ['when', 'assumed', 'topics', 'then'].every((part) => isList(value[part])));
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
