import { describe, expect, test } from '@jest/globals';
import { composeSaid, composeTurn, saidId } from '../../src/chatlog/compose.ts';
import type { TurnToLog } from '../../src/chatlog/compose.ts';

const event = (id: string, message: object) => ({
  id,
  timestamp: 1_000,
  raw: { type: 'message', webhookEventId: id, timestamp: 1_000, message: { id: `m-${id}`, ...message } },
  heard: { intent: 'check_availability' },
});
const turn = (over: Partial<TurnToLog> = {}): TurnToLog => ({
  userId: 'u1',
  events: [event('A', { type: 'text', text: '明日空いてる？' })],
  said: [{ type: 'text', text: '明日は15:00〜17:00が空いています。予約しますか？' }],
  record: { talkBefore: null, talkAfter: { goal: 'look' }, acts: [], effects: [], now: 2_000, storeId: 's1', durations: { all: 3 }, build: 'dev' },
  ...over,
});

describe('the log of a turn', () => {
  test('has the question and the answer, in that order', () => {
    const lines = composeTurn(turn()).map(({ channel, userId, entry }) => [userId, channel, entry.role, entry.message]);
    expect(lines).toEqual([
      ['u1', 'LINE', 'user', '明日空いてる？'],
      ['u1', 'LINE', 'system', '明日は15:00〜17:00が空いています。予約しますか？'],
    ]);
  });

  test('carries what a replay needs once, on its first entry', () => {
    const [heard, said] = composeTurn(turn()).map((a) => a.entry);
    expect(heard!.turn).toMatchObject({ v: 1, now: 2_000, storeId: 's1', heard: [{ intent: 'check_availability' }], events: [{ message: { text: '明日空いてる？' } }] });
    expect(heard!.messageId).toBe('m-A');
    expect(said!.turn).toBeUndefined();
    expect(said!.messages).toHaveLength(1);
  });

  test('has the same ids when it is composed again, so that a repeat changes nothing', () => {
    expect(composeTurn(turn())).toEqual(composeTurn(turn()));
    const ids = composeTurn(turn({ events: [event('A', { type: 'text', text: 'あ' }), event('B', { type: 'text', text: 'い' })] })).map((a) => a.entry.id);
    expect(ids).toEqual(['A:heard', 'B:heard', saidId('A')]);
  });

  test('puts the answer after the question even where the clocks differ', () => {
    const late = turn();
    late.events[0]!.timestamp = 9_000;
    const [heard, said] = composeTurn(late).map((a) => a.entry);
    expect(said!.timestamp).toBeGreaterThanOrEqual(heard!.timestamp);
  });

  test('has no line of ours where nothing was said, and none at all where nothing happened', () => {
    expect(composeTurn(turn({ said: [] })).map((a) => a.entry.role)).toEqual(['user']);
    expect(composeTurn(turn({ said: [], events: [] }))).toEqual([]);
  });

  test.each([
    [{ type: 'message', message: { type: 'sticker', keywords: ['thanks', 'bow'] } }, '[スタンプ] thanks, bow'],
    [{ type: 'message', message: { type: 'image' } }, '[画像]'],
    [{ type: 'message', message: { type: 'audio', duration: 2400 } }, '[音声] 3秒'],
    [{ type: 'message', message: { type: 'location', title: 'サロン', address: '渋谷区' } }, '[位置情報] サロン 渋谷区'],
    [{ type: 'postback', postback: { data: 'x', params: { datetime: '2026-11-25T15:00' } } }, '[日時の選択] 2026-11-25 15:00'],
    [{ type: 'follow' }, '[友だち追加]'],
    [{ type: 'unsend', unsend: { messageId: '1' } }, '[送信取消]'],
    [{ type: 'somethingNew' }, '[somethingNew]'],
    [{}, '[不明]'],
    [null, '[不明]'],
  ])('says what the customer did: %j', (raw, message) => {
    const [heard] = composeTurn(turn({ events: [{ id: 'A', timestamp: 1, raw, heard: null }], said: [] }));
    expect(heard!.entry.message).toBe(message);
  });

  test('shows a tap as the chat shows it', () => {
    const raw = { type: 'postback', postback: { data: '1.2.abc.yes.' } };
    const [heard] = composeTurn(turn({ events: [{ id: 'A', timestamp: 1, raw, heard: null, shown: 'はい' }], said: [] }));
    expect(heard!.entry.message).toBe('はい');
  });

  test('says who spoke outside a turn', () => {
    const it = { userId: 'u1', id: 'reminder-7', timestamp: 5, said: [{ type: 'text', text: '明日のご予約です' }], acts: [{ say: 'hello' }], storeId: 'shop' };
    expect(composeSaid({ ...it, by: 'job' }).entry).toMatchObject({ role: 'system', by: 'job', message: '明日のご予約です', acts: [{ say: 'hello' }], storeId: 'shop', id: 'reminder-7:said' });
    expect(composeSaid({ ...it, by: 'staff', account: 'clinic' }).entry).toMatchObject({ role: 'staff', by: 'staff', account: 'clinic' });
  });
});
