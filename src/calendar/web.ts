/** `GET /calendar/<secret>.ics`. */
import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { CalendarReader } from '../booking/desk/ports.ts';
import { activeStaff } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import type { Now } from '../model/time.ts';
import { AHEAD, PAST, feedOf } from './feed.ts';

export type CalendarWeb = { calendars: CalendarReader; stores: () => Promise<readonly Store[]>; now: Now };

/** Where a calendar is; the secret is all one needs to know. */
export const calendarLinkOf = (publicUrl: string) => (secret: string): string => `${publicUrl}/calendar/${secret}.ics`;

/** 128 random bits in base64url. */
const FILE = /^([\w-]{22})\.ics$/;

/** Whether one of the versions somebody has is this one. (Express would not look where he sends `no-cache` besides, as many do.) */
const knows = (had: string | undefined, etag: string): boolean => had !== undefined && had.split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim()));

export function calendarWeb({ calendars, stores, now }: CalendarWeb): Router {
  const router = Router();
  router.get('/calendar/:file', async (req, res, next) => {
    const [, secret] = FILE.exec(String(req.params.file)) ?? [];
    // It is looked for by its hash, so how long that takes says nothing of any secret there is.
    const staffId = secret === undefined ? null : await calendars.whose(secret);
    const store = staffId === null ? undefined : (await stores()).find((s) => activeStaff(s).some((person) => person.id === staffId));
    const staff = store?.staff.find((person) => person.id === staffId);
    if (!store || !staff) return next();
    const at = now();
    const span = { start: at - PAST, end: at + AHEAD };
    const body = feedOf({ store, staff, now: at, visits: await calendars.visits(staff.id, store.channel, span, at), kept: await calendars.kept(staff.id, span) });
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    res.set({
      etag, 'cache-control': 'private, no-cache', 'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="calendar.ics"', 'x-content-type-options': 'nosniff', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer',
    });
    if (knows(req.header('if-none-match'), etag)) return void res.status(304).end();
    res.send(Buffer.from(body));
  });
  return router;
}
