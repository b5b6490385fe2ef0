import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { messagingApi } from '@line/bot-sdk';
import { drawn } from '../../src/commands/line-setup/draw.ts';
import { richMenu } from '../../src/replies/rich-menu.ts';
import { CHANNEL, startSimulator } from './echo-bot.ts';
import type { Client, Heard } from './echo-bot.ts';

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const EVIL = '<img src=x onerror="document.title=\'owned\'">';

/** A bot that books: choices, a card, and a word at the end; and repeats what is evil. */
async function bot(client: Client, event: Heard): Promise<unknown> {
  if (!event.replyToken) return;
  const { replyToken } = event;
  const said = event.type === 'message' && event.message.type === 'text' ? event.message.text : event.type === 'postback' ? event.postback.data : event.type;
  if (said === '明日空いてる？') {
    await client.showLoadingAnimation({ chatId: event.source!.userId!, loadingSeconds: 5 });
    return client.replyMessage({ replyToken, messages: [{ type: 'text', text: '明日は15:00〜17:00が空いています。予約しますか？', quickReply: { items: [
      { type: 'action', action: { type: 'postback', label: 'はい', data: 'book', displayText: 'はい' } },
      { type: 'action', action: { type: 'datetimepicker', label: '日付を選ぶ', data: 'day', mode: 'date', min: '2026-11-25', max: '2026-12-24', initial: '2026-11-26' } },
    ] } }] });
  }
  if (said === 'book') {
    return client.replyMessage({ replyToken, messages: [{ type: 'flex', altText: '確認', contents: { type: 'bubble',
      body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'ご予約の確認' }, { type: 'text', text: EVIL, color: '#ff0000' }] },
      footer: { type: 'box', layout: 'vertical', contents: [{ type: 'button', style: 'primary', action: { type: 'postback', label: '予約する', data: 'ok' } }] } } }] });
  }
  const text = said === 'day' && event.type === 'postback' ? `${event.postback.params!['date']}ですね` : said === 'ok' ? 'ご予約を承りました' : said;
  return client.replyMessage({ replyToken, messages: [{ type: 'text', text }] });
}

let browser: Browser;
let line: Awaited<ReturnType<typeof startSimulator>>;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  if (CHROMIUM === undefined) throw new Error('no Chromium here: install Debian’s chromium, or name one in CHROMIUM');
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  line = await startSimulator(bot);
  troubles.length = 0;
});
afterEach(async () => {
  await page?.close();
  await line.close();
});

async function visit(size: { width: number; height: number }): Promise<void> {
  page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (said) => void (said.type() === 'error' && troubles.push(said.text())));
  await page.goto(line.url);
}
const phone = (name: string) => page.getByRole('region', { name });

describe.each([['desktop', { width: 1280, height: 800 }], ['phone', { width: 390, height: 780 }]])('on a %s', (_, size) => {
  test('a newcomer books without being told how', async () => {
    await visit(size);
    const customer = phone('佐藤さくら');
    await customer.getByText('follow').waitFor();
    await customer.getByRole('button', { name: '明日空いてる？' }).click();
    await customer.getByRole('button', { name: 'はい' }).click();
    await customer.getByRole('button', { name: '予約する' }).click();
    await customer.getByText('ご予約を承りました').waitFor();
    expect(await customer.getByRole('button', { name: 'はい' }).count()).toBe(0);
    // Nothing is wider than the screen.
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(troubles).toEqual([]);
  });
});

test('a date is picked with the browser’s own picker, within its bounds', async () => {
  await visit({ width: 1280, height: 800 });
  const customer = phone('佐藤さくら');
  await customer.getByRole('button', { name: '明日空いてる？' }).click();
  await customer.getByRole('button', { name: '日付を選ぶ' }).click();
  const input = page.locator('#picker-input');
  expect([await input.getAttribute('type'), await input.getAttribute('min'), await input.inputValue()]).toEqual(['date', '2026-11-25', '2026-11-26']);
  await input.fill('2026-12-01');
  await page.locator('#picker-dialog').getByRole('button', { name: '送信' }).click();
  await customer.getByText('2026-12-01ですね').waitFor();
});

test('several customers and the staff sit side by side, each with his own talk', async () => {
  await visit({ width: 1280, height: 800 });
  await phone('佐藤さくら').getByText('follow').waitFor();
  await page.getByRole('button', { name: '新しいお客様' }).click();
  await page.getByRole('button', { name: '友だち追加' }).click();
  await page.getByRole('button', { name: 'スタッフ' }).click();
  await page.locator('#name-input').fill('田中（店長）');
  await page.getByRole('button', { name: '友だち追加' }).click();
  await phone('田中（店長）').getByText('follow').waitFor();
  const second = phone('鈴木一郎');
  await second.getByLabel('メッセージ').fill('私は鈴木です');
  await second.getByLabel('メッセージ').press('Enter');
  await second.locator('.said.bot').getByText('私は鈴木です').waitFor();
  expect(await page.getByText('私は鈴木です').count()).toBe(2);
  expect(line.simulator.platform.users.size).toBe(3);
});

test('what people and the bot call themselves and say is never read as HTML', async () => {
  await line.api('POST', '/users', { name: EVIL, follow: true });
  await visit({ width: 1280, height: 800 });
  const evil = page.locator('.phone').first();
  await evil.getByLabel('メッセージ').fill(EVIL);
  await evil.getByLabel('メッセージ').press('Enter');
  await evil.locator('.said.bot').getByText(EVIL).waitFor();
  await line.api('POST', `/users/${encodeURIComponent(EVIL)}/say?wait=5000`, { text: 'book' });
  await evil.getByRole('button', { name: '予約する' }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('owned');
  expect(troubles).toEqual([]);
});

test('the rich menu is shown, tapped and folded away', async () => {
  await visit({ width: 1280, height: 800 });
  const customer = phone('佐藤さくら');
  await customer.getByText('follow').waitFor();
  const { request, svg } = richMenu({ name: 'みなも', colour: '#2f6f5e' });
  const { richMenuId } = await line.client.createRichMenu({ ...request, name: 'menu' });
  const blobs = new messagingApi.MessagingApiBlobClient({ channelAccessToken: CHANNEL.accessToken, baseURL: line.url });
  await blobs.setRichMenuImage(richMenuId, new Blob([new Uint8Array(await drawn(svg))], { type: 'image/png' }));
  await line.client.setDefaultRichMenu(richMenuId);
  await customer.getByRole('button', { name: 'お店の情報' }).click();
  await customer.locator('.said.bot').getByText('お店の情報').waitFor();
  await customer.getByRole('button', { name: 'メニュー', exact: true }).first().click();
  await customer.getByRole('button', { name: 'お店の情報' }).waitFor({ state: 'hidden' });
  expect(troubles).toEqual([]);
});

test('the clock is shown and moved', async () => {
  await visit({ width: 1280, height: 800 });
  await page.getByText('11/24(火) 12:00').waitFor();
  await page.getByRole('button', { name: '+1日' }).click();
  await page.getByText('11/25(水) 12:00').waitFor();
});

test('a bot that is not there is told to the person', async () => {
  await line.api('PATCH', '/channels/shop', { webhookUrl: 'http://127.0.0.1:1/webhook' });
  await visit({ width: 1280, height: 800 });
  await phone('佐藤さくら').getByRole('button', { name: '明日空いてる？' }).click();
  await page.getByRole('alert').getByText('予約アシスタントに届きませんでした').waitFor();
});
