import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { buildId } from '../../build.ts';
import { conversationsIn, entriesIn } from '../../chatlog/conversations.ts';
import { exportScript, shopFileOf, sinceShopsChanged } from '../../chatlog/export/script.ts';
import type { Exported } from '../../chatlog/export/script.ts';
import { readTurn } from '../../chatlog/replay/given.ts';
import { turnsIn } from '../../chatlog/replay/logged.ts';
import { stable } from '../../chatlog/replay/stable.ts';
import { readScript, shopsOf } from '../../chatlog/script.ts';
import { realNow } from '../../main.ts';
import { conversationSpan } from '../../model/conversation-day.ts';
import { readShop } from '../../model/shop-file.ts';
import { MINUTE } from '../../model/time.ts';
import type { Store } from '../../model/store.ts';
import { PlainError } from '../../plain-error.ts';
import { replayScript } from '../../play/replay.ts';
import { ROOT } from '../../config.ts';
import { askedOf } from '../logs/collect.ts';
import { personMeant, withRecord } from '../logs/record.ts';
import type { Record } from '../logs/record.ts';
import { memoryHouse, readText } from '../talk/memory-house.ts';

type Flags = { user: string; from?: string; to?: string };

/** An answer may come so long after the time that is asked for. */
const LATE = 60 * MINUTE;
const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };
/** Other names are tried where the first ones are understood otherwise. */
const TRIES = 4;

/** Writes the script to standard output; what an operator should know of it to standard error. */
export async function runExport(flags: Flags): Promise<void> {
  const { turns, stores, before } = await withRecord((record) => read(record, flags));
  const playable = turns.filter((turn) => 'given' in turn);
  if (playable.length === 0) {
    const why = turns.flatMap((turn) => ('cannot' in turn ? [turn.cannot] : []))[0];
    throw new PlainError(why ? `書き出せる発話がありません: ${why}` : '書き出せる会話がありません。期間を確かめてください（--from、--to）。');
  }
  const shop = exampleLike(stores);
  let [text, trouble] = ['', ''];
  for (let skip = 0; skip < TRIES; skip++) {
    const written = exportScript(turns, { stores, shop, skip });
    const told = await troubleWith(written);
    if (skip === 0 || told === '') [text, trouble] = [written, told];
    if (told === '') break;
  }
  process.stdout.write(text);
  if (before > 0) console.error(`お店の内容がその後変わったため、初めの${before}発話は省きました。--to で、変わる前を書き出せます。`);
  const left = turns.length - playable.length;
  if (left > 0) console.error(`${left}発話は再現できないため省きました。`);
  const builds = [...new Set(playable.map(({ build }) => build))].filter((build) => build !== buildId());
  if (trouble !== '') console.error(builds.length > 0 ? `今の版では違う結果になります（記録の版 ${builds.join(', ')}）:\n${trouble}` : `台本としては違う結果になります:\n${trouble}`);
}

async function read(record: Record, flags: Flags): Promise<{ turns: Exported[]; stores: readonly Store[]; before: number }> {
  const person = await personMeant(record, flags.user);
  const { query, within: { from = -Infinity, to = Infinity } } = askedOf({ ...(flags.from ? { from: flags.from } : {}), ...(flags.to ? { to: flags.to } : {}) }, person.userId, record, realNow());
  const days = [];
  for await (const { day } of conversationsIn(record.search, query)) {
    days.unshift(day);
    if (flags.from === undefined && flags.to === undefined) break;
  }
  const all: Exported[] = [];
  for (const { start, end } of days.map(conversationSpan)) {
    const [begin, until] = [Math.max(start, from), Math.min(end, to)];
    if (begin >= until) continue;
    for await (const turn of turnsIn(person.userId, entriesIn(record.log, person.userId, { from: begin, to: until + LATE }), until)) {
      const given = readTurn(turn);
      if ('cannot' in given) {
        all.push({ ...given, at: turn.heard.timestamp });
        continue;
      }
      all.push({ ...given, build: turn.heard.turn!.build });
    }
  }
  const { turns, before } = sinceShopsChanged(all);
  const last = turns.findLast((turn) => 'given' in turn);
  const { shops, account } = last && 'given' in last ? last.given : { shops: null, account: null };
  return { turns, before, stores: (shops && (await record.shopsKept.read(shops))) || (await record.shopsOf(account ?? 'default')) };
}

/** The example shop that is just this one, or null. */
function exampleLike(stores: readonly Store[]): string | null {
  const [store] = stores;
  if (!store || stores.length > 1) return null;
  const own = stable(shopFileOf(store), CHANNEL);
  const same = globSync('prisma/shops/*.yml', { cwd: ROOT }).find((file) => {
    const read = readShop(readText(resolve(ROOT, file)));
    return 'shop' in read && stable(read.shop, CHANNEL) === own;
  });
  return same ? basename(same, '.yml') : null;
}
const CHANNEL: ReadonlySet<string> = new Set(['channel', 'lineId']);

/** What a script does otherwise than it says, empty where nothing. */
async function troubleWith(text: string): Promise<string> {
  const script = readScript(text);
  if ('mistakes' in script) return script.mistakes.join('\n');
  const turns = await replayScript(memoryHouse(shopsOf(script.script), () => performance.now()), LANE, '台本', script.script);
  return turns.filter(({ verdict }) => verdict !== 'same' && verdict !== 'off script').map(({ line, because }) => `  ${line}行目 ${because.join('; ')}`).join('\n');
}
