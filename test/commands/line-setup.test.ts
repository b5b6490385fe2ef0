/** `line:setup` against the simulator: what it checks, changes and leaves. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { messagingApi } from '@line/bot-sdk';
import { setUpChannel } from '../../src/commands/line-setup/channel.ts';
import type { ChannelWish } from '../../src/commands/line-setup/channel.ts';
import { drawn } from '../../src/commands/line-setup/draw.ts';
import { baseOf, webhookAt } from '../../src/commands/line-setup/url.ts';
import { LineAccount } from '../../src/line/account.ts';
import { longLived } from '../../src/line/tokens.ts';
import { ja } from '../../src/replies/ja.ts';
import { CHANNEL, startSimulator } from '../simulator/echo-bot.ts';
import { freshDatabase } from '../support/servers.ts';

let line: Awaited<ReturnType<typeof startSimulator>>;
const accounts: LineAccount[] = [];
beforeEach(async () => {
  line = await startSimulator();
});
afterEach(async () => {
  for (const account of accounts.splice(0)) await account.close();
  await line.close();
});

/** Each picture is drawn once. */
const pictures = new Map<string, Promise<Buffer>>();
const draw = (svg: string): Promise<Buffer> => pictures.get(svg) ?? pictures.set(svg, drawn(svg)).get(svg)!;
const SHOP = { name: 'みなも', colour: '#8a3f5c' };
/** Marks and sentences of a run, each as “mark sentence”. */
async function run(wish: Partial<ChannelWish> = {}, token = CHANNEL.accessToken): Promise<string[]> {
  const account = new LineAccount({ baseUrl: line.url, dataBaseUrl: line.url, tokens: longLived(token) });
  accounts.push(account);
  const { steps } = await setUpChannel(account, { webhook: line.webhookUrl, shops: [SHOP], draw, ...wish });
  return steps.map(({ mark, says }) => `${mark} ${says}`);
}
const settings = (changes: object) => line.api('PATCH', `/channels/${CHANNEL.name}`, changes);
const menus = async () => (await line.client.getRichMenuList()).richmenus;
const writes = () => line.simulator.platform.calls.filter((c) => c.method !== 'GET' && !c.path.endsWith('/webhook/test')).length;

describe('a first run', () => {
  test('sets the webhook, has it tested, and shows the rich menu, whose areas send words', async () => {
    await settings({ webhookUrl: 'https://elsewhere.example/webhook' });
    const said = await run();
    expect(said.join('\n')).toMatch(/changed The webhook address is http\S+ \(it was https:\/\/elsewhere/);
    expect(said).toContain('ok LINE called it and was answered with 200.');
    const [menu] = await menus();
    expect(menu).toMatchObject({ size: { width: 2500, height: 1686 }, selected: true, chatBarText: ja.richMenu.bar });
    expect(menu!.areas!.map((area) => (area.action as messagingApi.MessageAction).text)).toEqual(ja.richMenu.areas);
    expect(await line.client.getDefaultRichMenuId()).toEqual({ richMenuId: menu!.richMenuId });
    const sato = line.simulator.user('佐藤');
    await sato.silently.tapMenu({ label: '空き状況' });
    expect(line.heard).toMatchObject([{ type: 'message', message: { type: 'text', text: '空き状況' } }]);
  });
  test('tells what only a person can switch, with its state where LINE says', async () => {
    await settings({ useWebhook: false });
    const off = (await run()).filter((said) => said.startsWith('by hand'));
    for (const words of [/Webhook: on \(it is OFF now/, /あいさつメッセージ/, /応答メッセージ/, /チャット.*it is off now/, /redelivery/]) expect(off.join('\n')).toMatch(words);
    await settings({ useWebhook: true, chatMode: 'chat' });
    const on = await run();
    expect(on).toContain('ok Webhook is on.');
    expect(on.join('\n')).toMatch(/ok チャット/);
  });
});

describe('run again', () => {
  test('it changes nothing', async () => {
    await run();
    const before = writes();
    expect((await run()).filter((said) => /^(changed|wrong|left)/.test(said))).toEqual([]);
    expect(writes()).toBe(before);
  });
  test('a shop of another name or colour has its menu drawn anew, and the one before removed', async () => {
    await run();
    const [first] = await menus();
    const said = await run({ shops: [{ ...SHOP, colour: '#1f6f8b' }] });
    expect(said.join('\n')).toMatch(/changed The rich menu is drawn/);
    expect(said.join('\n')).toMatch(/One older menu/);
    expect(await menus()).toHaveLength(1);
    expect((await menus())[0]!.richMenuId).not.toBe(first!.richMenuId);
  });
  test('what an interrupted run left is linked, or made anew where it has no picture', async () => {
    await run();
    await line.client.cancelDefaultRichMenu();
    expect((await run()).join('\n')).toMatch(/changed The rich menu is shown to everybody again/);
    const [whole] = await menus();
    await line.client.deleteRichMenu(whole!.richMenuId);
    const { richMenuId: bare, ...request } = whole!;
    await line.client.createRichMenu(request as messagingApi.RichMenuRequest);
    expect((await run()).join('\n')).toMatch(/changed The rich menu is drawn/);
    expect(await menus()).toHaveLength(1);
    expect((await menus())[0]!.richMenuId).not.toBe(bare);
  });
  test('a picture LINE does not take leaves no menu behind', async () => {
    const said = await run({ draw: async () => Buffer.alloc(2_000_000) });
    expect(said.join('\n')).toMatch(/wrong The rich menu: LINE refused it \(413/);
    expect(await menus()).toEqual([]);
  });
  test('somebody else’s menu is kept, and said to be shown no longer', async () => {
    const { richMenuId } = await line.client.createRichMenu({ size: { width: 800, height: 540 }, selected: true, name: 'クリスマス', chatBarText: 'メニュー', areas: [{ bounds: { x: 0, y: 0, width: 800, height: 540 }, action: { type: 'message', text: 'あ' } }] });
    const blobs = new messagingApi.MessagingApiBlobClient({ channelAccessToken: CHANNEL.accessToken, baseURL: line.url });
    await blobs.setRichMenuImage(richMenuId, new Blob([new Uint8Array(await drawn('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="540"/>'))], { type: 'image/png' }));
    await line.client.setDefaultRichMenu(richMenuId);
    expect((await run()).join('\n')).toMatch(/left The menu “クリスマス” was shown before; it is kept/);
    expect((await menus()).map((m) => m.name)).toContain('クリスマス');
    const untouched = await run({ draw: null });
    expect(untouched.join('\n')).not.toMatch(/rich menu/);
  });
});

describe('what is wrong is said, with what to do', () => {
  test('a token LINE refuses', async () => {
    expect(await run({}, 'wrong')).toEqual([expect.stringMatching(/^wrong .*LINE refuses the access token.*Copy them anew/)]);
  });
  test.each([
    ['nobody answers', 'http://127.0.0.1:1/webhook', /COULD_NOT_CONNECT.*certificate/],
    ['another path', '/elsewhere', /ERROR_STATUS_CODE, HTTP 404.*does not know this channel/],
    ['another secret', null, /ERROR_STATUS_CODE, HTTP 401.*another channel secret/],
  ])('a webhook where %s', async (_, address, words) => {
    const webhook = address === null ? line.webhookUrl : address.startsWith('/') ? line.webhookUrl.replace('/webhook', address) : address;
    if (address === null) Object.assign(line.simulator.platform.channels[0]!, { channelSecret: 'another' });
    expect((await run({ webhook })).find((said) => said.startsWith('wrong'))).toMatch(words);
  });
  test('no webhook address at all', async () => {
    await settings({ webhookUrl: '' });
    expect((await run({ webhook: null })).join('\n')).toMatch(/wrong No webhook address is set yet: give one with --url/);
  });
  test('a month’s messages that are used up, or nearly', async () => {
    await settings({ quota: 200, used: 200 });
    expect((await run()).join('\n')).toMatch(/wrong 200 of this month’s 200 messages are used: answers .* still go out/);
    await settings({ quota: 200, used: 170 });
    expect((await run()).join('\n')).toMatch(/by hand 170 of this month’s 200/);
    await settings({ quota: 200, used: 12 });
    expect(await run()).toContain('ok 12 of this month’s 200 messages are used.');
  });
  test('a part of LINE that is away; the other parts are done all the same', async () => {
    await line.api('POST', '/faults', { endpoint: 'webhook', how: 'drop', times: 1 });
    const said = (await run()).join('\n');
    expect(said).toMatch(/wrong The webhook: LINE cannot be reached/);
    expect(said).toMatch(/changed The rich menu/);
  });
});

describe('--url', () => {
  test('is the app’s address, with or without its /webhook and slashes', () => {
    for (const given of ['https://shop.example.jp', 'https://shop.example.jp/', 'https://shop.example.jp/webhook', 'https://shop.example.jp/webhook/']) expect(baseOf(given, false)).toBe('https://shop.example.jp');
    expect(webhookAt(baseOf('https://example.jp/aiteru/', false), 'minato')).toBe('https://example.jp/aiteru/webhook/minato');
    expect(webhookAt('https://example.jp', 'default')).toBe('https://example.jp/webhook');
  });
  test.each([
    ['http://shop.example.jp', /must begin with https/], ['ftp://shop.example.jp', /must begin with https/], ['shop.example.jp', /no address/], ['https://localhost:3000', /cannot reach localhost/],
    ['https://192.168.1.5', /cannot reach 192/], ['https://shop', /cannot reach shop/], ['https://a:b@shop.example.jp', /bare address/], ['https://shop.example.jp/?a=1', /bare address/],
    [`https://shop.example.jp/${'a'.repeat(500)}`, /too long/],
  ])('%s is refused', (given, words) => {
    expect(() => baseOf(given, false)).toThrow(words);
  });
  test('may be this machine where LINE is a simulator', () => {
    expect(baseOf('http://127.0.0.1:3000', true)).toBe('http://127.0.0.1:3000');
    expect(() => baseOf('http://shop.example.jp', true)).toThrow(/https/);
  });
});

describe('the command', () => {
  const command = (args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
    execFile(process.execPath, [path.resolve(import.meta.dirname, '../../src/commands/cli.ts'), 'line:setup', ...args], { env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...env }, cwd: '/' }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }));
  });

  test('sets every channel up, one at a time, and ends with 1 when one of them is wrong', async () => {
    const database = await freshDatabase();
    const env = { DATABASE_URL: database.url, LINE_API_BASE_URL: line.url, LINE_CHANNEL_ID: CHANNEL.channelId, LINE_CHANNEL_SECRET: CHANNEL.channelSecret };
    const done = await command(['--url', line.webhookUrl], env);
    expect(done.out).toMatch(/default: shop \(@shop\)[\s\S]*drawn and shown to everybody[\s\S]*1 changed/);
    expect(done.code).toBe(0);
    const wrong = await command(['--url', 'https://127.0.0.1:1'], env);
    expect(wrong.out).toMatch(/wrong +LINE called it in vain/);
    expect(wrong.code).toBe(1);
    expect(await command(['--channel', 'defautl'], env)).toMatchObject({ code: 1, err: expect.stringMatching(/no channel defautl .* did you mean default\?/) });
    await database.drop();
  });
  test('says what to set where no channel is', async () => {
    expect(await command(['--url', 'https://shop.example.jp'], {})).toMatchObject({ code: 1, err: expect.stringMatching(/No LINE channel is set\. Put LINE_CHANNEL_ID/) });
  });
});
