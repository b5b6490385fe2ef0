/** The parts of a replay: turns out of a log, what can be replayed, verdicts, numbers. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { READS } from '../../../src/booking/perform.ts';
import type { LogEntry } from '../../../src/chatlog/record.ts';
import { readTurn } from '../../../src/chatlog/replay/given.ts';
import { judge } from '../../../src/chatlog/replay/judge.ts';
import { lineDiff } from '../../../src/chatlog/replay/lines.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import type { LoggedTurn } from '../../../src/chatlog/replay/logged.ts';
import { Tally } from '../../../src/chatlog/replay/tally.ts';
import { VERDICTS } from '../../../src/chatlog/replay/turn.ts';
import type { ReplayedTurn, Side, Verdict } from '../../../src/chatlog/replay/turn.ts';
import { viewOf } from '../../../src/chatlog/replay/view.ts';
import { reportLines, turnLines, wholeTurn } from '../../../src/chatlog/replay/words.ts';
import { replayPage } from '../../../src/chatlog/replay/page.ts';
import { readScript } from '../../../src/chatlog/script.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { from, LANE, logOf, odd, replayLogs } from '../../support/recording.ts';
import type { Log } from '../../support/recording.ts';

const kept = memoryShopsKept();
let log: Log;
let turns: ReplayedTurn[];
const TALK = 'title: 例\nnow: 2026-11-24T10:12:00+09:00\nworld: { name: 山田 }\nturns:\n  - user: 明日空いてる？\n  - user: カット、土曜の15時に佐藤さんで\n  - user: はい\n  - user: 謎の言葉\n  - user: スタッフと話したい\n  - user: やっぱり\n';
beforeAll(async () => {
  const read = readScript(TALK);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  [log] = await logOf('例', ['prisma/shops/salon.yml'], kept, (house) => playScript(house, LANE, read.script)) as [Log];
  turns = await replayLogs([log], kept);
});
const inOrder = async (entries: readonly LogEntry[], until?: number): Promise<LoggedTurn[]> => {
  const all: LoggedTurn[] = [];
  for await (const turn of turnsIn('u', from(entries), until)) all.push(turn);
  return all;
};

describe('turns out of a log', () => {
  test('an answer finds its question behind later ones, and silence is no lack of one', async () => {
    const heard = log.entries.filter(({ role }) => role === 'user');
    const said = log.entries.filter(({ role }) => role === 'system');
    const found = await inOrder([...heard, ...said]);
    expect(found.map(({ heard: h, said: s }) => [h.id, s?.turnId ?? null])).toEqual(heard.map((h) => [h.id, said.find((s) => s.turnId === h.turnId)?.turnId ?? null]));
    expect(found.at(-1)!.said).toBeNull();
    expect('given' in readTurn(found.at(-1)!)).toBe(true);
  });

  test('what was said by a job or a person is no turn, and one that begins after the end belongs to the next', async () => {
    const alone: LogEntry = { id: 'j:said', timestamp: log.entries[0]!.timestamp, role: 'system', message: 'お知らせ', turnId: 'j', by: 'job', messages: [] };
    expect((await inOrder([alone, ...log.entries])).length).toBe(6);
    expect((await inOrder(log.entries, log.entries[2]!.timestamp)).length).toBe(1);
  });

  test('a turn whose answer never comes does not hold up the others for ever', async () => {
    const lost = { ...log.entries[0]!, id: 'lost:heard', turnId: 'lost' };
    const many = Array.from({ length: 40 }, (_, nth) => log.entries.map((entry) => ({ ...entry, id: `${nth}${entry.id}`, turnId: `${nth}${entry.turnId}` }))).flat();
    let read = 0;
    async function* counted(): AsyncGenerator<LogEntry> {
      for (const entry of [lost, ...many]) {
        read++;
        yield entry;
      }
    }
    for await (const turn of turnsIn('u', counted())) {
      expect(turn.heard.turnId).toBe('lost');
      break;
    }
    expect(read).toBeLessThan(100);
  });
});

describe('a record that is not whole', () => {
  const cannot = async (change: (entry: LogEntry) => LogEntry): Promise<string> => {
    const [turn] = await inOrder(log.entries);
    const read = readTurn({ ...turn!, heard: change(structuredClone(turn!.heard)) });
    return 'cannot' in read ? read.cannot : 'can';
  };

  test.each<[string, (entry: LogEntry) => LogEntry, RegExp]>([
    ['of a build that kept nothing', ({ turn: _turn, ...entry }) => (void _turn, entry), /再現に必要な記録がありません/],
    ['of a build that did not keep the customer', (e) => ({ ...e, turn: { ...e.turn!, around: undefined as never } }), /古い版（test）/],
    ['of a later form', (e) => ({ ...e, turn: { ...e.turn!, v: 2 as 1 } }), /形式が違います.* 1、.* 2/],
    ['whose biggest parts were left out', (e) => ({ ...e, trimmed: ['turn.effects'] }), /大きすぎて.*turn\.effects/],
    ['of a message that was taken back', (e) => ({ ...e, forgotten: ['m1'] }), /取り消した/],
    ['whose understanding is of another form', (e) => ({ ...e, turn: { ...e.turn!, heard: [{ intent: 'book' }] } }), /聞き取りの記録が古い形式/],
    ['cut off in the middle', (e) => ({ ...e, turn: { v: 1, events: e.turn!.events } as never }), /途中で終わって/],
  ])('%s cannot be replayed, and says why', async (_what, change, why) => {
    expect(await cannot(change)).toMatch(why);
  });

  test('never throws, whatever is in it', async () => {
    const [turn] = await inOrder(log.entries);
    const paths = ['events', 'heard', 'talkBefore', 'talkAfter', 'acts', 'effects', 'now', 'around', 'shops', 'durations', 'build', 'v'] as const;
    await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
      const broken: LoggedTurn = { ...turn!, heard: { ...turn!.heard, turn: { ...turn!.heard.turn!, [path]: value } } };
      const read = readTurn(broken);
      const [replayed] = await replayLogs([{ ...log, entries: [broken.heard, turn!.said!] }], kept);
      expect(VERDICTS).toContain(replayed!.verdict);
      expect('cannot' in read).toBe(replayed!.verdict === 'cannot replay' && !replayed!.because[0]!.startsWith('当時のお店'));
      viewOf(replayed!);
      new Tally('b').add(replayed!);
    }), { numRuns: 300 });
  });

  test('where no shop is kept and none is left, the turn cannot be replayed', async () => {
    const [first] = await replayLogs([log], kept, { shops: async () => null });
    expect(first).toMatchObject({ verdict: 'cannot replay', because: [expect.stringContaining('当時のお店の記録がなく')] });
  });
});

describe('a verdict', () => {
  const side = (): Side => structuredClone(turns[1]!.now!);
  test.each<[Verdict, (now: Side) => void]>([
    ['same', () => {}],
    ['same', (now) => void (now.heard!.evidence = [])],
    ['worded differently', (now) => void (now.messages = [{ type: 'text', text: '別の言葉' }])],
    ['heard differently', (now) => void (now.heard!.people = 2)],
    ['decided differently', (now) => void now.acts.pop()],
    ['decided differently', (now) => void (now.talk = { ...now.talk, misses: 1 })],
    ['decided differently', (now) => void (now.effects[0]!.effect = { do: 'mine', storeId: null })],
    ['booked differently', (now) => void now.effects.push({ effect: { do: 'cancel', reservationId: 'r' }, answer: { to: 'cancel', done: null } })],
    ['booked differently', (now) => void (now.unanswered = { do: 'leave', entryId: 'e' })],
  ])('is %s', (verdict, change) => {
    const now = side();
    change(now);
    expect(judge(turns[1]!.now!, now).verdict).toBe(verdict);
  });

  test('is the worst of all that differs, and every reason is told', () => {
    const now = side();
    now.messages = [];
    now.heard!.people = 2;
    now.effects.push({ effect: { do: 'cancel', reservationId: 'r' }, answer: { to: 'cancel', done: null } });
    expect(judge(turns[1]!.now!, now)).toEqual({ verdict: 'booked differently', because: ['予約・変更・キャンセル待ちの内容', '聞き取り', '言葉'] });
  });

  test('is the same however a store has ordered and numbered what it keeps', () => {
    const reordered = (value: unknown): unknown => (Array.isArray(value) ? value.map(reordered) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toReversed().map(([k, v]) => [k, reordered(v)])) : value);
    expect(judge(reordered(turns[1]!.now!) as Side, side()).verdict).toBe('same');
    expect(READS.has('look')).toBe(true);
  });
});

describe('the numbers of a run', () => {
  test('are those of the conversation: misses, hand-offs, turns to a booking', () => {
    const tally = new Tally('now');
    for (const turn of turns) tally.add(turn);
    expect(tally.report()).toMatchObject({
      conversations: 1, turns: 6, misses: { then: 1, now: 1 }, handoffs: { then: 1, now: 1 }, toBooking: { then: { bookings: 1, median: 3, p90: 3 } }, passed: true, diverged: { count: 0 }, worst: [],
    });
  });

  test('improvements stand apart from losses, with what was heard now and then', () => {
    const tally = new Tally('now');
    const [asked, missed] = [turns[1]!, turns[3]!];
    tally.add({ ...asked, verdict: 'decided differently', then: missed.then, now: asked.now });
    tally.add({ ...asked, conversation: 'other', verdict: 'decided differently', then: asked.then, now: missed.now });
    const { better, worse, slots, diverged, changed, passed } = tally.report();
    expect([better.count, worse.count, diverged.count, passed]).toEqual([1, 1, 2, false]);
    expect(slots).toEqual({ won: { menu: 1, staff: 1, day: 1, time: 1 }, lost: { menu: 1, staff: 1, day: 1, time: 1 } });
    expect(changed).toEqual([{ said: asked.said, times: 2 }]);
  });

  test('stay small however many turns there are, and count them all', () => {
    const tally = new Tally('now');
    for (let n = 0; n < 20_000; n++) tally.add({ ...turns[0]!, conversation: `c${n >> 3}`, said: `言葉 ${n}`, verdict: 'decided differently' });
    const report = tally.report();
    expect(report).toMatchObject({ turns: 20_000, conversations: 2_500, verdicts: { 'decided differently': 20_000 }, diverged: { count: 2_500 } });
    expect(report.worst.length).toBeLessThanOrEqual(200);
  });

  test('nothing replayed at all is no success, and other words are no failure', () => {
    const of = (verdict: Verdict): boolean => {
      const tally = new Tally('now');
      tally.add({ ...turns[0]!, verdict });
      return tally.report().passed;
    };
    expect(Object.fromEntries(VERDICTS.map((verdict) => [verdict, of(verdict)]))).toEqual({
      'booked differently': false, 'decided differently': false, 'heard differently': false, 'worded differently': true, same: true, 'off script': false, 'cannot replay': false,
    });
  });
});

describe('what is shown', () => {
  const other = (): ReplayedTurn => ({ ...turns[1]!, verdict: 'decided differently', because: ['x'], now: { ...structuredClone(turns[3]!.now!) } });
  const paper = { width: 100, paint: (_: string, text: string) => text };

  test('is fact by fact what changed, and line by line the answer', () => {
    const lines = turnLines(viewOf(other()), paper).join('\n');
    expect(lines).toContain('聞き取り menu: カット → なし');
    expect(lines).toContain('伝える内容: confirm → miss');
    expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([{ of: 'both', text: 'a' }, { of: 'then', text: 'b' }, { of: 'now', text: 'x' }, { of: 'both', text: 'c' }]);
    expect(wholeTurn(viewOf(other()), paper).every((line) => line.length <= 110)).toBe(true);
  });

  test('is the same on a page, where every turn can be unfolded', () => {
    const tally = new Tally('now');
    tally.add(other());
    const page = replayPage('例', tally.report(), [viewOf(other())]);
    expect(page.match(/<details class="bad"/g)).toHaveLength(2);
    expect(page).toContain('聞き取り menu');
    expect(reportLines(tally.report(), paper).join('\n')).toContain('会話ごとに最初に違ったところ');
  });
});

test('a free run stops at the first other decision, and what follows is off script', async () => {
  // The shop of today has no 佐藤: from the second turn on the conversation goes another way.
  const stores = (await kept.read(log.entries[0]!.turn!.shops!))!;
  const gone = stores.map((store) => ({ ...store, staff: store.staff.filter(({ name }) => name !== '佐藤') }));
  const free = await replayLogs([log], kept, { run: 'free', shops: async () => ({ stores: gone, todays: false }) });
  const first = free.findIndex(({ verdict }) => verdict !== 'same' && verdict !== 'worded differently');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(free.slice(first + 1).every(({ verdict }) => verdict === 'off script')).toBe(true);
  const each = await replayLogs([log], kept, { shops: async () => ({ stores: gone, todays: false }) });
  expect(each.some(({ verdict }) => verdict === 'off script')).toBe(false);
});

test('in a salon in memory the same conversation books the same visit', async () => {
  expect(odd(await replayLogs([log], kept, { run: 'free', world: 'memory' }))).toEqual([]);
});
