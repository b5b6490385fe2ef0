/** The page of a replay in a browser: on a phone, on a desk, on paper; nothing a customer wrote is markup. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { replayPage } from '../../../src/chatlog/replay/page.ts';
import { Tally } from '../../../src/chatlog/replay/tally.ts';
import { viewOf } from '../../../src/chatlog/replay/view.ts';
import type { ReplayedTurn } from '../../../src/chatlog/replay/turn.ts';
import { playScript } from '../../../src/play/run.ts';
import { readScript } from '../../../src/chatlog/script.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { LANE, logOf, replayLogs } from '../../support/recording.ts';

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const EVIL = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const LONG = 'とても長い言葉'.repeat(40) + 'W'.repeat(300);

let browser: Browser;
let page = '';
beforeAll(async () => {
  if (CHROMIUM === undefined) throw new Error('no Chromium here: install Debian’s chromium, or name one in CHROMIUM');
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  const kept = memoryShopsKept();
  const read = readScript(`title: 例\nnow: 2026-11-24T10:12:00+09:00\nturns:\n  - user: ${JSON.stringify(EVIL)}\n  - user: ${LONG}\n  - user: カット、土曜の15時に佐藤さんで\n`);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  const turns = await replayLogs(await logOf(`${EVIL} 2026-11-24`, ['prisma/shops/salon.yml'], kept, (house) => playScript(house, LANE, read.script)), kept);
  const other: ReplayedTurn[] = turns.map((turn, nth) => ({ ...turn, verdict: 'decided differently', now: turns[(nth + 1) % turns.length]!.now }));
  const tally = new Tally(EVIL);
  for (const turn of other) tally.add(turn);
  page = replayPage(EVIL, tally.report(), other.map(viewOf));
});
afterAll(() => browser?.close());

test.each([['a phone', 390, 780], ['a desk', 1280, 800]])('on %s nothing is wider than the screen, and a turn unfolds with both sides', async (_, width, height) => {
  const tab = await browser.newPage({ viewport: { width, height } });
  const troubles: string[] = [];
  tab.on('pageerror', (error) => troubles.push(String(error)));
  tab.on('request', (request) => void (request.url().startsWith('data:') || request.url() === 'about:blank' || troubles.push(request.url())));
  await tab.setContent(page);
  const wide = () => tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(await wide()).toBe(0);
  for (const turn of await tab.locator('main > details').all()) await turn.locator('> summary').click();
  const first = tab.locator('main > details').last();
  expect(await first.locator('.sides section').count()).toBe(2);
  expect(await first.locator('.sides section').first().isVisible()).toBe(true);
  expect(await wide()).toBe(0);
  expect(await tab.title()).toContain('<img src=x');
  expect(await tab.locator('img, script').count()).toBe(0);
  expect(troubles).toEqual([]);
  await tab.close();
});

test('on paper every turn is open', async () => {
  const tab = await browser.newPage();
  await tab.setContent(page);
  const heights = async () => (await tab.evaluate(`[...document.querySelectorAll('main > details')].map((it) => it.getBoundingClientRect().height)`)) as number[];
  const folded = await heights();
  await tab.emulateMedia({ media: 'print' });
  for (const [nth, height] of (await heights()).entries()) expect(height).toBeGreaterThan(folded[nth]! + 50);
  await tab.close();
});
