import { conversationsIn, entriesIn } from '../../chatlog/conversations.ts';
import type { Conversation } from '../../chatlog/record.ts';
import { turnsIn } from '../../chatlog/replay/logged.ts';
import { replayConversation } from '../../chatlog/replay/replay.ts';
import type { ReplayOptions } from '../../chatlog/replay/replay.ts';
import type { ReplayedTurn } from '../../chatlog/replay/turn.ts';
import { conversationSpan } from '../../model/conversation-day.ts';
import { MINUTE } from '../../model/time.ts';
import { realNow } from '../../main.ts';
import { askedOf } from '../logs/collect.ts';
import type { Asked } from '../logs/collect.ts';
import { personMeant, withRecord } from '../logs/record.ts';
import type { Record } from '../logs/record.ts';
import { momentOf } from './moment.ts';
import type { ReplayFlags } from './flags.ts';
import { shopSource } from './shops.ts';

/** Answers that came after the day was over still belong to it. */
const LATE = 60 * MINUTE;

/** Replays what the flags name while the record is open. */
export async function withReplayedLog(flags: ReplayFlags, use: (turns: AsyncIterable<ReplayedTurn>, what: string) => Promise<number>): Promise<number> {
  const asOf = momentOf(flags.now);
  return withRecord(async (record) => {
    const person = flags.user === undefined ? null : await personMeant(record, flags.user);
    const asked = askedOf(flags, person?.userId ?? null, record, realNow());
    const options: ReplayOptions = {
      shops: shopSource(record, flags.shops), world: flags.world ? 'memory' : 'log', run: flags.free || asOf !== null ? 'free' : 'turn by turn',
      ticks: () => performance.now(), ...(asOf === null ? {} : { asOf }),
    };
    const called = calledBy(record);
    const what = [person && (person.name || person.userId), flags.from && `${flags.from} から`, flags.to && `${flags.to} まで`, flags.find, flags.shop, flags.what].filter(Boolean).join(' ');
    return use(replayed(record, asked, called, options), what);
  });
}

async function* replayed({ log, search }: Record, { query, within: { from = -Infinity, to = Infinity } }: Asked, called: (conversation: Conversation) => Promise<string>, options: ReplayOptions): AsyncGenerator<ReplayedTurn> {
  // One customer's are read as they came; of everybody's, which may be very many, the newest first.
  for await (const conversation of query.userId === undefined ? conversationsIn(search, query) : oldestFirst(conversationsIn(search, query))) {
    const { start, end } = conversationSpan(conversation.day);
    const begin = Math.max(start, from);
    const until = Math.min(end, to);
    if (begin >= until) continue;
    const entries = entriesIn(log, conversation.userId, { from: begin, to: until + LATE });
    yield* replayConversation(await called(conversation), turnsIn(conversation.userId, entries, until), options);
  }
}

async function* oldestFirst(conversations: AsyncIterable<Conversation>): AsyncGenerator<Conversation> {
  const all: Conversation[] = [];
  for await (const conversation of conversations) all.unshift(conversation);
  yield* all;
}

/** `山田花子（018f2c3a） 2026-11-24` */
const calledBy = ({ people }: Record) => async ({ userId, day }: Conversation): Promise<string> => {
  const name = (await people.byId([userId]))[0]?.name;
  return `${name ? `${name}（${userId.slice(0, 8)}）` : userId} ${day}`;
};
