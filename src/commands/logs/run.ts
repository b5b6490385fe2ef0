import { readTurn, turnsOf } from '../../chatlog/turns.ts';
import { visibleJson, visibleLine } from '../../chatlog/words/visible.ts';
import { realNow } from '../../main.ts';
import type { Instant } from '../../model/time.ts';
import { headLines, turnLines } from './chat.ts';
import { askedOf, collected } from './collect.ts';
import type { Filters, Found } from './collect.ts';
import { listLines, nameOf } from './list.ts';
import { paintFor } from './paint.ts';
import { personMeant, withRecord } from './record.ts';
import type { Record } from './record.ts';

export type LogsOptions = Filters & { user?: string; limit?: number; list?: boolean; json?: boolean };

/** Conversations as lines, and turn by turn; of these fewer where they are long. */
const LISTED = 20;
const READ = 10;
const READ_ENTRIES = 400;
/** What a program asks for is not for a screen. */
const FOR_PROGRAMS = 1_000;
/** In a pipe. */
const WIDTH = 110;

export async function runLogs(options: LogsOptions): Promise<void> {
  const now = realNow();
  await withRecord(async (record) => {
    const person = options.user === undefined ? null : await personMeant(record, options.user);
    const chat = person !== null && options.list !== true;
    const limit = options.limit ?? (chat ? READ : options.json ? FOR_PROGRAMS : LISTED);
    const { found, more } = await collected(record, askedOf(options, person?.userId ?? null, record, now), limit);
    if (options.json) return console.log(visibleJson(found.map((it) => asJson(it, chat)), 2));
    if (found.length === 0) return console.log(person ? `${visibleLine(person.name || person.userId)}: 当てはまる会話はありません。` : '当てはまる会話はありません。');
    const shown = chat && options.limit === undefined ? found.slice(0, shortEnough(found)) : found;
    if (chat) await printChat(shown, record, now);
    else for (const line of listLines(shown, { now, manyShops: record.stores.length > 1, width: lineWidth(), paint: paintFor(process.stdout) })) console.log(line);
    if (more || shown.length < found.length) console.error(`\n… ${chat ? '前の会話' : 'ほかの会話'}もあります: --limit ${limit * 2}${chat ? '、--from、--list' : '、--from、--to、--find、--what'} で。`);
  });
}

const width = (): number => process.stdout.columns ?? WIDTH;
/** A line stays whole in a pipe: something may be looked for in it. */
const lineWidth = (): number => process.stdout.columns ?? Infinity;

/** The newest, and further ones as long as they are not too much to read. */
function shortEnough(found: readonly Found[]): number {
  let entries = 0;
  const tooMany = found.findIndex((it, i) => (entries += it.entries.length) > READ_ENTRIES && i > 0);
  return tooMany === -1 ? found.length : tooMany;
}

/** The oldest first, as one reads a chat. */
async function printChat(found: readonly Found[], { shopsAt }: Record, now: Instant): Promise<void> {
  const look = { width: width(), paint: paintFor(process.stdout) };
  for (const it of found.toReversed()) {
    const facts = [it.person?.lineId, it.userId, it.shops.join('・'), it.happened.outcome.length > 0 && `→ ${it.happened.outcome.join('、')}`].filter((fact) => typeof fact === 'string' && fact !== '');
    console.log(headLines(nameOf(it), it.began, facts as string[], now, look).join('\n'));
    for (const entries of turnsOf(it.entries)) console.log(`\n${turnLines(await readTurn(entries, shopsAt), look).join('\n')}`);
    console.log('');
  }
}

/** `entries` as the record holds them, with moments in ISO 8601. */
function asJson({ userId, day, began, person, shops, hit, happened: { turns, opened, outcome, acts }, entries }: Found, whole: boolean): unknown {
  const iso = (at: unknown): unknown => (typeof at === 'number' && Number.isFinite(at) ? new Date(at).toISOString() : at);
  return {
    userId, lineId: person?.lineId ?? null, name: person?.name ?? null, day, began: iso(began), shops, turns, opened, outcome, acts, ...(hit ? { hit } : {}),
    ...(whole ? { entries: entries.map((entry) => ({ ...entry, timestamp: iso(entry.timestamp), ...(entry.delivery ? { delivery: { ...entry.delivery, at: iso(entry.delivery.at) } } : {}) })) } : {}),
  };
}
