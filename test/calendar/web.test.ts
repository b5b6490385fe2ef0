import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { CalendarVisit } from '../../src/booking/desk/ports.ts';
import { calendarLinkOf, calendarWeb } from '../../src/calendar/web.ts';
import { HOUR, fromLocal } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';

const NOW = fromLocal('2026-11-24T09:00');
const SECRET = 'AbCdEfGhIjKlMnOpQrSt_-';
const { store, sato, cut } = salon();
let visits: CalendarVisit[] = [];
const asked: { channel: string; from: number; to: number }[] = [];
let server: Server;
let link: (secret: string) => string;
beforeAll(async () => {
  const app = express();
  app.disable('etag');
  app.use(calendarWeb({
    calendars: {
      whose: async (secret) => (secret === SECRET ? sato.id : null),
      visits: async (_staffId, channel, { start, end }) => (asked.push({ channel, from: NOW - start, to: end - NOW }), visits),
      kept: async () => [],
    },
    stores: async () => [store], now: () => NOW,
  }));
  app.use((_req, res) => void res.status(404).end());
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => { server.once('listening', done); });
  link = calendarLinkOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => void server.close());

test('the address gives the calendar, of a month ago to half a year ahead; nobody keeps it but who asked', async () => {
  const response = await fetch(link(SECRET));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect(response.headers.get('x-robots-tag')).toBe('noindex');
  expect(await response.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR$/);
  expect(asked.at(-1)).toEqual({ channel: 'default', from: 30 * 24 * HOUR, to: 180 * 24 * HOUR });
  expect(await (await fetch(link(SECRET), { method: 'HEAD' })).text()).toBe('');
});

test('who has it already is told so, until something changes', async () => {
  const etag = (await fetch(link(SECRET))).headers.get('etag')!;
  const again = await fetch(link(SECRET), { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await fetch(link(SECRET), { headers: { 'if-none-match': `"other", W/${etag}` } })).status).toBe(304);
  visits = [{ id: 'v', userId: 'u', storeId: store.id, staffId: sato.id, menuIds: [cut.id], start: NOW + HOUR, end: NOW + 2 * HOUR, status: 'confirmed', nominated: true, customer: '山田', madeAt: NOW, changedAt: NOW }];
  const changed = await fetch(link(SECRET), { headers: { 'if-none-match': etag } });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain('山田様');
});

test('any other address is none, and so is that of somebody who is not of the shop any more', async () => {
  for (const secret of ['AbCdEfGhIjKlMnOpQrSt_A', 'short', `${SECRET}A`, '../..', '%00', encodeURIComponent('●'.repeat(22))]) expect((await fetch(link(secret))).status).toBe(404);
  expect((await fetch(link(SECRET).replace('.ics', ''))).status).toBe(404);
  sato.active = false;
  expect((await fetch(link(SECRET))).status).toBe(404);
  sato.active = true;
});
