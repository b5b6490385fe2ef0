import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readAlias, nameMeant, suggestionFor, withAlias } from '../../../src/chatlog/misses/alias.ts';
import { coreOf } from '../../../src/chatlog/misses/core.ts';
import { groupsOf } from '../../../src/chatlog/misses/groups.ts';
import { missedIn } from '../../../src/chatlog/misses/missed.ts';
import type { Missed } from '../../../src/chatlog/misses/missed.ts';
import { shopsWith, tryAliases } from '../../../src/chatlog/misses/try.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { readScript } from '../../../src/chatlog/script.ts';
import type { Store } from '../../../src/model/store.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { LANE, from, logOf, replayOptions } from '../../support/recording.ts';
import type { Log } from '../../support/recording.ts';

const SALON = 'prisma/shops/salon.yml';
const kept = memoryShopsKept();

/** What the house logs while a customer says this. */
async function talk(...said: string[]): Promise<Log> {
  const yaml = `title: t\nnow: 2026-11-24T10:00:00+09:00\nworld: { shop: salon }\nturns:\n${said.map((text) => `  - user: ${JSON.stringify(text)}`).join('\n')}`;
  const read = readScript(yaml);
  if ('mistakes' in read) throw new Error(read.mistakes.map(String).join('\n'));
  const [log] = await logOf('t', [SALON], kept, (house) => playScript(house, LANE, read.script));
  return log!;
}
const missedBy = async (log: Log): Promise<(Missed | null)[]> => {
  const all: (Missed | null)[] = [];
  for await (const one of missedIn(turnsIn(log.userId, from(log.entries)))) all.push(one);
  return all;
};
const shopsThen = async (log: Log): Promise<readonly Store[]> => (await kept.read(log.entries[0]!.turn!.shops!))!;

describe('what was missed', () => {
  test('what the bot asked back for, with what it had asked and the words it did not know', async () => {
    const [first, second, third] = await missedBy(await talk('ストデジやりたいです', 'ストデジ', 'パーマで'));
    expect([first, second].map((it) => [it?.kind, it?.core])).toEqual([['miss', 'ストデジ'], ['miss', 'ストデジ']]);
    expect(third).toBeNull();
    expect(first!.chose.menuIds).toHaveLength(1);
  });

  test('a word that was gone past, where the customer then chose a menu; not where nothing was chosen', async () => {
    const [passed] = await missedBy(await talk('土曜にストデジお願いします', 'パーマで'));
    expect(passed).toMatchObject({ kind: 'passed', core: 'ストデジ' });
    expect(await missedBy(await talk('土曜にストデジお願いします', 'ありがとう'))).toEqual([null, null]);
  });

  test('nothing where everything was taken in', async () => {
    expect(await missedBy(await talk('明日空いてる？', 'カットで', '15時で', '指名なしで', '山田花子です', 'はい'))).toEqual([null, null, null, null, null, null]);
  });

  test('an entry without its turn, or with half of it, is passed over', async () => {
    const log = await talk('ストデジ');
    for (const turn of [undefined, null, 'x', { acts: 'y' }, { v: 1, acts: [{ say: 'miss' }] }]) {
      const entries = log.entries.map((entry) => (entry.role === 'user' ? { ...entry, turn } : entry)) as Log['entries'];
      expect(await missedBy({ ...log, entries })).toEqual([]);
    }
  });
});

describe('the words that are left', () => {
  test.each([
    ['土曜の15時にストデジお願いします', [[0, 6]], 'ストデジ'], ['ストデジって何分ですか', [], 'ストデジ'], ['縮毛矯正とスパ', [[5, 7]], '縮毛矯正'],
    ['予約したいです', [], ''], ['はい', [], ''], ['15', [], ''], ['ほげふが', [], 'ほげふが'], ['', [], ''], ['🎉🎉', [], ''],
  ] as const)('%s → %s', (text, spans, core) => {
    expect(coreOf(text, { evidence: spans.map(([start, end]) => ({ part: 'x', words: '', from: start, to: end })) })).toBe(core);
  });

  test('no text and no evidence breaks it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.anything(), (text, heard) => typeof coreOf(text, heard) === 'string'));
  });
});

const missed = (core: string, over: Partial<Missed> = {}): Missed => ({ kind: 'miss', said: core, at: 0, userId: 'u', storeId: 's', about: null, core, chose: {}, given: null, ...over });

describe('groups', () => {
  test('what is said in nearly the same words is one, the largest first; shops stay apart', () => {
    const groups = groupsOf([missed('縮毛矯正'), missed('ねこ'), missed('縮毛矯正'), missed('縮毛矯正して'), missed('縮毛矯正', { storeId: 'other' }), missed('いぬ')]);
    expect(groups.map(({ name, missed: all }) => [name, all.length])).toEqual([['縮毛矯正', 3], ['ねこ', 1], ['縮毛矯正', 1], ['いぬ', 1]]);
  });

  test('everything is in one group, whatever it is', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('あ', 'い', 'ア', '髪', ' ', 'a') })), (cores) => {
      const all = cores.map((core) => missed(core));
      expect(new Set(groupsOf(all).flatMap((group) => group.missed)).size).toBe(all.length);
    }));
  });
});

describe('an alias', () => {
  let log: Log;
  let stores: readonly Store[];
  beforeAll(async () => {
    log = await talk('ストデジやりたいです', 'ストデジ、土曜に', 'パーマで', 'ねこ');
    stores = await shopsThen(log);
  });

  test.each([
    ['alias: X = カット', { word: 'X', name: 'カット' }], ['縮毛 = パーマ', { word: '縮毛', name: 'パーマ' }], ['alias：ヘアー 切り＝カット', { word: 'ヘアー 切り', name: 'カット' }],
    ['カット', null], ['= カット', null], ['a = ', null], ['a = b = c', null],
  ])('%s', (text, alias) => {
    expect(readAlias(text)).toEqual(alias);
  });

  test('stands for whoever goes by that name or another word for it', () => {
    expect(['カット', 'ｶｯﾄ', 'かっと', '散髪', '店長', 'ねこ'].map((called) => nameMeant(stores, called))).toEqual(['カット', 'カット', 'カット', 'カット', '田中', null]);
    const more = withAlias({ word: 'ストデジ', name: 'パーマ' })(stores);
    expect(more[0]!.menus.filter((menu) => menu.aliases.includes('ストデジ')).map((menu) => menu.name)).toEqual(['パーマ']);
  });

  test('is suggested for what customers then chose, with how many messages it would catch', async () => {
    const all = (await missedBy(log)).filter((it) => it !== null);
    const groups = groupsOf(all);
    expect(suggestionFor(groups[0]!, all, stores)).toEqual({ alias: { word: 'ストデジ', name: 'パーマ' }, what: 'menu', caught: 2, chosen: 1 });
    expect(suggestionFor(groups.find((group) => group.name === 'ねこ')!, all, stores)).toBeNull();
  });

  test('tried on the log says which messages would be heard, and leaves the others as they are', async () => {
    const { shops: then } = replayOptions(kept);
    const tried: string[] = [];
    const shops = [then, shopsWith([{ word: 'ストデジ', name: 'パーマ' }], then)] as const;
    for await (const { turn, how } of tryAliases(log.userId, turnsIn(log.userId, from(log.entries)), shops, () => 0)) tried.push(`${turn.said}: ${how}`);
    expect(tried).toEqual(['ストデジやりたいです: better', 'ストデジ、土曜に: better', 'パーマで: same', 'ねこ: same']);
  });

  test('that takes a word from another menu is worse for whoever meant that one', async () => {
    const { shops: then } = replayOptions(kept);
    const how: string[] = [];
    const other = await talk('カットで');
    for await (const it of tryAliases(other.userId, turnsIn(other.userId, from(other.entries)), [then, shopsWith([{ word: 'カットで', name: 'パーマ' }], then)], () => 0)) how.push(it.how);
    expect(how).toEqual(['other']);
  });
});
