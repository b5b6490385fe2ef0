import { beforeAll, describe, expect, test } from '@jest/globals';
import { readScript } from '../../src/chatlog/script.ts';
import type { Record } from '../../src/commands/logs/record.ts';
import { plainPaint } from '../../src/commands/logs/paint.ts';
import { missesReport } from '../../src/commands/misses/run.ts';
import type { MissesOptions } from '../../src/commands/misses/run.ts';
import { DAY, fromLocal } from '../../src/model/time.ts';
import { PlainError } from '../../src/plain-error.ts';
import { playScript } from '../../src/play/run.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { memoryPeople } from '../../src/storage/memory/people.ts';
import { memoryShopsKept } from '../../src/storage/memory/shops-kept.ts';
import { LANE, logOf } from '../support/recording.ts';

const SAID = ['ストデジやりたいです', 'ストデジ', 'パーマで'];
const BEGAN = '2026-11-24T10:00';
let record: Record;

beforeAll(async () => {
  const shopsKept = memoryShopsKept();
  const read = readScript(`title: t\nnow: ${BEGAN}:00+09:00\nturns:\n${SAID.map((text) => `  - user: ${text}`).join('\n')}`);
  if ('mistakes' in read) throw new Error(read.mistakes.map(String).join('\n'));
  const [log] = await logOf('t', ['prisma/shops/salon.yml'], shopsKept, (house) => playScript(house, LANE, read.script));
  const stores = (await shopsKept.read(log!.entries[0]!.turn!.shops!))!;
  const memory = memoryChatLog();
  await memory.append(log!.entries.map((entry) => ({ userId: log!.userId, channel: 'LINE', entry })));
  record = { log: memory, search: memory, people: memoryPeople([]), stores, shopsKept, shopsOf: async () => stores, shopsAt: async () => stores };
});

const misses = async (options: Partial<MissesOptions> = {}, now = fromLocal(BEGAN) + DAY): Promise<string> =>
  (await missesReport(record, { days: 30, limit: 15, ...options }, { width: 200, paint: plainPaint, now })).join('\n');

describe('misses', () => {
  test('says what was not understood, what was asked, and the one alias that would help', async () => {
    const out = await misses();
    for (const words of ['お客様の発話 3 件のうち、読み取れなかったもの 2 件（66.7%）: 聞き返し 2', '2件  「ストデジ」  お客様1人', '「パーマ」の aliases に「ストデジ」を足すと、2件が読み取れます（お客様1人がそのあと「パーマ」を選んでいます）', "npm run misses -- --try 'alias: ストデジ = パーマ'"]) expect(out).toContain(words);
  });

  test('of other days there is nothing to say', async () => {
    expect(await misses({ days: 1 }, fromLocal(BEGAN) + 3 * DAY)).toBe('この1日 お客様の発話 0 件のうち、読み取れなかったもの 0 件');
  });

  test('an alias that is tried may name its menu by another word, and says what would change', async () => {
    const out = await misses({ try: ['alias: ストデジ = ぱーま'] });
    expect(out).toContain('ストデジ = パーマ  この30日の 3 発話で: 読み取れるようになる 2、変わる 0、読み取れなくなる 0');
    expect(out).toContain('→ メニュー パーマ、予定表を見る');
  });

  test('JSON for programs', async () => {
    expect(JSON.parse(await misses({ json: true }))).toMatchObject({ turns: 3, missed: { miss: 2, again: 0 }, groups: [{ name: 'ストデジ', count: 2, suggestion: { alias: { word: 'ストデジ', name: 'パーマ' }, caught: 2 } }] });
    expect(JSON.parse(await misses({ json: true, try: ['ストデジ = パーマ'] }))).toMatchObject({ turns: 3, better: 2, worse: 0, changed: [{ how: 'better' }, { how: 'better' }] });
  });

  test('a slip is answered with what would be right', async () => {
    await expect(misses({ try: ['ストデジ'] })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("expected 'alias: WORD = NAME'") });
    await expect(misses({ try: ['ストデジ = パンマ'] })).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('Did you mean “パーマ”?') });
    await expect(misses({ shop: 'ない店' })).rejects.toThrow(PlainError);
  });
});
