import { afterEach, describe, expect, test } from '@jest/globals';
import type { messagingApi } from '@line/bot-sdk';
import { startSimulator } from './echo-bot.ts';
import type { Client, Heard } from './echo-bot.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

type Action = messagingApi.Action;
const CHOICES: Action[] = [
  { type: 'message', label: '他の日', text: '他の日にします' },
  { type: 'postback', label: 'はい', data: 'yes', displayText: 'はい、予約します' },
  { type: 'postback', label: '黙って', data: 'silent' },
  { type: 'datetimepicker', label: '日付', data: 'day', mode: 'date', min: '2026-11-25', max: '2026-12-24' },
  { type: 'datetimepicker', label: '時間', data: 'time', mode: 'time' },
  { type: 'datetimepicker', label: '日時', data: 'both', mode: 'datetime', min: '2026-11-25t10:00' },
];
const withChoices = (text: string): messagingApi.Message => ({ type: 'text', text, quickReply: { items: CHOICES.map((action) => ({ type: 'action', action })) } });
const CARD: messagingApi.Message = {
  type: 'flex',
  altText: 'ご予約の確認',
  contents: {
    type: 'bubble',
    body: {
      type: 'box', layout: 'vertical', contents: [
        { type: 'text', text: 'ご予約の確認', weight: 'bold' },
        { type: 'separator' },
        { type: 'box', layout: 'baseline', contents: [{ type: 'text', text: '日時' }, { type: 'text', text: '11/25（水）15:00' }] },
      ],
    },
    footer: { type: 'box', layout: 'vertical', contents: [{ type: 'button', style: 'primary', action: { type: 'postback', label: '確定', data: 'ok:1' } }, { type: 'button', action: { type: 'message', label: '変更', text: '変更する' } }] },
  },
};

/** A bot that answers 「カード」 with a card, 「静かに」 with nothing, everything else with choices. */
async function bot(client: Client, event: Heard): Promise<void> {
  if (!event.replyToken) return;
  const text = event.type === 'message' && event.message.type === 'text' ? event.message.text : event.type;
  if (text === '静かに') return;
  await client.replyMessage({ replyToken: event.replyToken, messages: [text === 'カード' ? CARD : withChoices(text)] });
}
async function start() {
  const line = await startSimulator(bot);
  open.push(line);
  return { ...line, user: line.simulator.user('佐藤') };
}
const labels = (actions: readonly Record<string, unknown>[]): unknown[] => actions.map((a) => a['label']);

describe('a chat', () => {
  test('shows who said what, in order, Flex as text with its buttons', async () => {
    const { user } = await start();
    await user.say('こんにちは');
    const [card] = await user.say('カード');
    expect(user.transcript()).toBe('佐藤: こんにちは\nbot: こんにちは\n佐藤: カード\nbot: ご予約の確認\n日時 11/25（水）15:00');
    expect(card).toMatchObject({ altText: 'ご予約の確認', via: 'reply' });
    expect(labels(card!.buttons)).toEqual(['確定', '変更']);
  });
  test('an old card can still be tapped', async () => {
    const { user, heard } = await start();
    await user.say('カード');
    await user.say('別の話');
    await user.tap('確定');
    expect(heard.at(-1)).toMatchObject({ type: 'postback', postback: { data: 'ok:1' } });
  });
  test('what is not there cannot be tapped, and the reason says what is', async () => {
    const { user } = await start();
    await user.say('カード');
    await expect(user.tap('予約')).rejects.toThrow('「確定」 「変更」');
  });
});

describe('quick replies', () => {
  test('a tapped message is said, a postback shows its display text', async () => {
    const { user, heard } = await start();
    await user.say('x');
    await user.tap('他の日');
    expect(heard.at(-1)).toMatchObject({ message: { text: '他の日にします' } });
    await user.tap('はい');
    expect(heard.at(-1)).toMatchObject({ type: 'postback', postback: { data: 'yes' } });
    expect(user.transcript()).toContain('佐藤: はい、予約します');
  });
  test('are gone after a tap, and after a message of either side', async () => {
    const { user, client } = await start();
    await user.say('x');
    expect(labels(user.quickReplies())).toHaveLength(6);
    await user.silently.say('静かに');
    expect(user.quickReplies()).toEqual([]);
    await expect(async () => user.silently.tap({ label: 'はい' })).rejects.toThrow('offers nothing');

    await user.say('x');
    await client.pushMessage({ to: user.id, messages: [{ type: 'text', text: 'お知らせ' }] });
    expect(user.quickReplies()).toEqual([]);
  });
  test('come back when the message that hid them is taken back', async () => {
    const { user, heard } = await start();
    await user.say('x');
    await user.silently.say('静かに');
    await user.unsend();
    expect(heard.at(-1)).toMatchObject({ type: 'unsend', unsend: { messageId: expect.any(String) } });
    expect(labels(user.quickReplies())).toContain('はい');
    expect(user.transcript()).toContain('佐藤: (unsent)');
  });
  test('of several messages in one call, only the last one’s are shown', async () => {
    const { user, client } = await start();
    await user.say('x');
    await client.pushMessage({ to: user.id, messages: [withChoices('1'), { type: 'text', text: '2' }] });
    expect(user.quickReplies()).toEqual([]);
  });
});

describe('a picker', () => {
  test.each([
    ['日付', '2026-11-26', { date: '2026-11-26' }],
    ['時間', '15:00', { time: '15:00' }],
    ['日時', '2026-11-26T15:00', { datetime: '2026-11-26T15:00' }],
    ['日時', '2026-11-26 15:00', { datetime: '2026-11-26T15:00' }],
  ])('%s set to %s', async (label, value, params) => {
    const { user, heard } = await start();
    await user.say('x');
    await user.pick(value, label);
    expect(heard.at(-1)).toMatchObject({ postback: { params } });
  });
  test.each([['日付', '2026-11-24'], ['日付', '2026-12-25'], ['日付', '15:00'], ['時間', '2026-11-26'], ['日時', '2026-11-25T09:59']])('%s cannot be set to %s', async (label, value) => {
    const { user } = await start();
    await user.say('x');
    await expect(user.pick(value, label)).rejects.toThrow(label);
  });
  test('is not a button', async () => {
    const { user } = await start();
    await user.say('x');
    await expect(user.tap('日付')).rejects.toThrow('picker');
  });
});

test.each([
  [{ type: 'sticker', keywords: ['OK'] }, { packageId: expect.any(String), stickerResourceType: 'STATIC', keywords: ['OK'] }],
  [{ type: 'image' }, { contentProvider: { type: 'line' } }],
  [{ type: 'video' }, { duration: 3000 }],
  [{ type: 'audio' }, { duration: 3000 }],
  [{ type: 'file', fileName: 'a.pdf' }, { fileName: 'a.pdf' }],
  [{ type: 'location', title: '自宅' }, { title: '自宅', latitude: expect.any(Number) }],
] as const)('%j can be sent', async (what, fields) => {
  const { user, heard } = await start();
  await user.send(what as never);
  expect(heard.at(-1)).toMatchObject({ type: 'message', message: { type: what.type, ...fields } });
});

test('a bot that stays silent fails the test with the conversation so far', async () => {
  const { user } = await start();
  await user.silently.say('静かに');
  await expect(user.hears(20)).rejects.toThrow('no answer within 20 ms to anything\n佐藤: 静かに');
});
