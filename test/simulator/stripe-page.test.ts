/** The simulated payment page and our own pages around it, in a browser as narrow as a phone. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { html, left, PAGES } from '../../src/payments/page.ts';
import { standingClock } from '../../src/simulator/clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const PHONE = { width: 360, height: 740 };
const EVIL = '予約金（<img src=x onerror="document.title=\'owned\'">とてもとても長い名前のサロン'.padEnd(120, 'ん') + '）';

let browser: Browser;
let simulator: Simulator;
let base: string;
const shop = createServer((req, res) => res.setHeader('content-type', 'text/html').end(html(req.url === '/left' ? left('11/24(火) 10:43', '/pay').page : PAGES.paid.page)));
const clock = standingClock(Date.UTC(2026, 10, 24, 3));

beforeAll(async () => {
  if (CHROMIUM === undefined) throw new Error('no Chromium here: install Debian’s chromium, or name one in CHROMIUM');
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  simulator = createSimulator({ clock, channels: [{ name: 'default', channelId: '1', channelSecret: 's', accessToken: 't', webhookUrl: 'http://127.0.0.1:9/webhook' }], stripe: { secretKey: 'sk_test_1', webhookSecret: 'whsec_1', webhookUrl: 'http://127.0.0.1:9/stripe/webhook' } });
  simulator.stripe!.settings.webhooks = 'hold';
  base = await simulator.listen(0);
});
afterAll(async () => {
  await browser?.close();
  await simulator?.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

const session = (title = '予約金（サロン みずき）') => {
  const home = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const now = clock.now() / 1000;
  return simulator.stripe!.add({ amount_total: 3000, currency: 'jpy', title, client_reference_id: null, metadata: {}, expires_at: now + 1860, success_url: `${home}/paid`, cancel_url: `${home}/left`, locale: 'ja' }, base);
};
const opened = async (url: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: PHONE });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return page;
};
/** Nothing is wider than the screen. */
const fits = async (page: Page) => expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);

test('a customer is declined, fails 3-D Secure, pays, and comes back', async () => {
  const it = session();
  const page = await opened(it.url!);
  await page.getByText('¥3,000').waitFor();
  await fits(page);
  await page.getByRole('button', { name: 'カードが拒否される' }).click();
  await page.getByRole('alert').getByText('カードが拒否されました').waitFor();
  await page.getByRole('button', { name: '3-D セキュアに失敗する' }).click();
  await page.getByRole('alert').getByText('本人認証').waitFor();
  await fits(page);
  expect(it.status).toBe('open');
  await page.getByRole('button', { name: '支払う' }).click();
  await page.getByRole('heading', { name: 'お支払いを確認しています' }).waitFor();
  await fits(page);
  expect(it).toMatchObject({ status: 'complete', payment_status: 'paid' });
  await page.goto(`${base}/pay/${it.id}`);
  await page.getByRole('status').getByText('お支払いはお済みです').waitFor();
  await page.close();
});

test('a customer goes back without paying, and finds the way on', async () => {
  const page = await opened(session().url!);
  await page.getByRole('link', { name: '戻る' }).click();
  await page.getByRole('heading', { name: 'お支払いは完了していません' }).waitFor();
  await page.getByRole('link', { name: 'お支払いへ進む' }).waitFor();
  await fits(page);
  await page.close();
});

test('a page whose time is over takes nothing, and names are never read as HTML', async () => {
  const it = session(EVIL);
  const page = await opened(it.url!);
  await fits(page);
  expect(await page.title()).not.toBe('owned');
  expect(await page.locator('img').count()).toBe(0);
  clock.advance(3_600_000);
  await page.getByRole('button', { name: '支払う' }).click();
  await page.getByRole('status').getByText('有効期限は切れています').waitFor();
  expect(it).toMatchObject({ status: 'expired', payment_status: 'unpaid' });
  await page.close();
});
