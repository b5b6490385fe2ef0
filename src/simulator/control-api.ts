import { json, Router } from 'express';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Channel, ChannelSettings } from './channels.ts';
import { durationOf } from './clock.ts';
import { faultOf } from './faults.ts';
import { eventId, isUserId, token } from './ids.ts';
import { NotThere, Person } from './person.ts';
import type { Done, Sendable, Which } from './person.ts';
import type { Platform } from './platform.ts';
import { richMenuFor, richMenuImage } from './rich-menus.ts';
import type { Json } from './render.ts';

/** A mistake of the caller, answered with what would be right. */
class Mistake extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** The simulator's own API, under `/api`: everything a test or a person can do with it. Documented in `docs/simulator.md`. `stripe`: that of the simulated Stripe; `reset` empties it. */
export function controlApi(platform: Platform, stripe: Router | null = null, reset: () => void = () => {}): Router {
  const api = Router();
  api.use(json({ limit: '4mb' }));
  if (stripe) api.use('/stripe', stripe);

  const channelOf = (req: Request): Channel => {
    const name = String(req.query['channel'] ?? (req.body as Json | undefined)?.['channel'] ?? platform.channels[0]?.name);
    const channel = platform.channel(name);
    if (!channel) throw new Mistake(`no channel ${name}; there are: ${platform.channels.map((c) => c.name).join(', ')}`, 404);
    return channel;
  };
  const personOf = (req: Request): Person => {
    const id = String(req.params['id']);
    const user = platform.users.get(id) ?? [...platform.users.values()].find((u) => u.name === id);
    if (!user) throw new Mistake(`no user ${id}; make one: POST /api/users {"name": "佐藤"}`, 404);
    return new Person(platform, channelOf(req), user.id);
  };
  const view = (person: Person, req: Request): Json => {
    const channel = channelOf(req);
    const menu = richMenuFor(channel, person.id);
    const image = menu && richMenuImage(channel, menu.richMenuId) ? `/api/richmenus/${menu.richMenuId}/image?channel=${encodeURIComponent(channel.name)}` : null;
    return { ...person.chat.view(platform.clock.now()), richMenu: menu && { ...menu, image } };
  };
  const waitOf = (req: Request): number => Math.min(60_000, Number(req.query['wait'] ?? 0) || 0);

  api.get('/state', (_, res) => {
    const channels = platform.channels.map((c) => ({ name: c.name, displayName: c.displayName, channelId: c.channelId, botUserId: c.botUserId, ...c.settings }));
    res.json({ now: platform.clock.now(), channels, users: [...platform.users.values()], faults: platform.faults.list() });
  });

  api.get('/users', (_, res) => void res.json([...platform.users.values()]));
  api.post('/users', async (req, res) => {
    const { name, id, role = 'customer', language, follow = false } = bodyOf(req);
    if (typeof name !== 'string' || name.trim() === '') throw new Mistake('name: what the person is called on LINE');
    if (id !== undefined && !isUserId(id)) throw new Mistake('id: U and 32 hex digits, or leave it out');
    if (role !== 'customer' && role !== 'staff') throw new Mistake('role: "customer" or "staff"');
    const user = platform.addUser(name, role, id, typeof language === 'string' ? language : undefined);
    if (follow === true) await new Person(platform, channelOf(req), user.id).follow();
    res.status(201).json(user);
  });
  api.get('/users/:id', (req, res) => void res.json(platform.users.get(personOf(req).id)));

  api.get('/users/:id/chat', async (req, res) => {
    const person = personOf(req);
    await person.answer(waitOf(req));
    res.json(view(person, req));
  });

  /** Something a person does; with `?wait=ms` the answer of the bot is waited for and given. */
  const act = (path: string, what: (person: Person, body: Json) => Promise<Done>): void => {
    api.post(`/users/:id/${path}`, async (req: Request, res: Response) => {
      const person = personOf(req);
      const done = await what(person, bodyOf(req));
      const wait = waitOf(req);
      res.json(wait > 0 ? { ...done, answers: await person.answer(wait) } : done);
    });
  };
  act('say', (person, { text, quote }) => {
    if (typeof text !== 'string' || text === '') throw new Mistake('text: what the person writes');
    return person.say(text, quote === undefined ? undefined : String(quote));
  });
  act('send', (person, body) => {
    if (!SENDABLE.has(body['type'])) throw new Mistake(`type: one of ${[...SENDABLE].join(', ')}`);
    const { channel: _, ...what } = body;
    return person.send(what as Sendable);
  });
  act('tap', (person, body) => person.tap(whichOf(body)));
  act('menu', (person, body) => person.tapMenu(whichOf(body)));
  act('pick', (person, body) => {
    const value = body['value'];
    if (typeof value !== 'string') throw new Mistake('value: "2026-11-25", "15:00" or "2026-11-25T15:00"');
    return person.pick(whichOf(body), value);
  });
  act('postback', (person, { data, params }) => {
    if (typeof data !== 'string') throw new Mistake('data: the postback data to send');
    return person.postback(data, params as Record<string, string> | undefined);
  });
  act('follow', (person) => person.follow());
  act('unblock', (person) => person.follow());
  act('block', (person) => person.block());
  act('unsend', (person, { messageId }) => person.unsend(messageId === undefined ? undefined : String(messageId)));
  api.post('/users/:id/mode', (req, res) => {
    const person = personOf(req);
    const { mode } = bodyOf(req);
    if (mode !== 'active' && mode !== 'standby') throw new Mistake('mode: "active", or "standby" while another has the chat');
    person.chat.mode = mode;
    res.json(view(person, req));
  });

  api.get('/richmenus/:id/image', (req, res) => {
    const image = richMenuImage(channelOf(req), String(req.params['id']));
    if (!image) throw new Mistake('no rich menu of that id has a picture', 404);
    res.type(image.type).send(image.bytes);
  });

  api.get('/events', (req, res) => {
    const user = req.query['user'];
    res.json([...platform.events.values()].filter((e) => user === undefined || e.userId === user));
  });
  api.post('/events', async (req, res) => {
    const { events, asIs = false } = bodyOf(req);
    if (!Array.isArray(events)) throw new Mistake('events: a list of webhook events, [] to verify');
    const channel = channelOf(req);
    const sent = asIs === true ? (events as Json[]) : events.map((event: Json) => completed(platform, event));
    for (const event of sent) meet(platform, channel, event);
    res.json({ events: sent, webhook: await platform.deliver(channel, sent) });
  });
  api.post('/events/:id/redeliver', async (req, res) => {
    const delivery = platform.redeliver(String(req.params['id']));
    if (!delivery) throw new Mistake('no event of that webhookEventId was sent', 404);
    res.json(await delivery);
  });
  api.post('/raw', async (req, res) => {
    const { body, signature } = bodyOf(req);
    if (typeof body !== 'string') throw new Mistake('body: the bytes to send, as a text');
    if (signature !== undefined && signature !== null && typeof signature !== 'string') throw new Mistake('signature: a text, null for none, left out for the right one');
    res.json(await platform.webhooks.send(channelOf(req), body, platform.clock.now(), signature));
  });

  api.get('/calls', (req, res) => {
    const { endpoint, limit = 100 } = req.query;
    res.json(platform.calls.filter((c) => endpoint === undefined || c.endpoint === endpoint).slice(-Number(limit)));
  });
  api.get('/faults', (_, res) => void res.json(platform.faults.list()));
  api.post('/faults', (req, res) => {
    const fault = faultOf(bodyOf(req));
    if (typeof fault === 'string') throw new Mistake(fault);
    platform.faults.add(fault);
    res.status(201).json(fault);
  });
  api.delete('/faults', (_, res) => {
    platform.faults.clear();
    res.json([]);
  });

  api.patch('/channels/:name', (req, res) => {
    const channel = platform.channel(String(req.params['name']));
    if (!channel) throw new Mistake(`no channel ${String(req.params['name'])}; there are: ${platform.channels.map((c) => c.name).join(', ')}`, 404);
    const changes = bodyOf(req);
    for (const [name, value] of Object.entries(changes)) {
      const held = channel.settings[name as keyof ChannelSettings];
      const fits = CHOICES[name] ? CHOICES[name].includes(String(value)) : LIMITS.has(name) ? value === null || (typeof value === 'number' && value >= 0) : held !== undefined && typeof value === typeof held;
      if (!fits) throw new Mistake(`${name}: not a setting of a channel, or not a value for it; there are: ${Object.keys(channel.settings).join(', ')}`);
    }
    Object.assign(channel.settings, changes);
    res.json(channel.settings);
  });
  api.post('/channels/:name/revoke', (req, res) => {
    platform.channel(String(req.params['name']))?.revoke();
    res.json({});
  });

  api.get('/clock', (_, res) => void res.json(clockView(platform)));
  api.post('/clock', (req, res) => {
    const { advance, set } = bodyOf(req);
    const ms = advance === undefined ? null : durationOf(advance);
    const to = set === undefined ? NaN : typeof set === 'number' ? set : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(String(set)) ? String(set) : `${String(set)}+09:00`);
    if (ms !== null) platform.clock.advance(ms);
    else if (Number.isFinite(to)) platform.clock.set(to);
    else throw new Mistake('advance: "90s", "15m", "2h", "1d"; or set: "2026-11-25T09:00" (Japan time)');
    platform.changed({ clock: platform.clock.now() });
    res.json(clockView(platform));
  });
  api.post('/reset', (_, res) => {
    platform.reset();
    reset();
    res.json({});
  });

  api.get('/stream', (_, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', connection: 'keep-alive' });
    res.write(`data: ${JSON.stringify({ clock: platform.clock.now() })}\n\n`);
    const stop = platform.watch((change) => void res.write(`data: ${JSON.stringify(change)}\n\n`));
    res.on('close', stop);
  });

  api.use((req, res) => void res.status(404).json({ error: `no ${req.method} /api${req.path}; see docs/simulator.md` }));
  const answerMistake: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (error instanceof Mistake) return void res.status(error.status).json({ error: error.message });
    if (error instanceof NotThere) return void res.status(409).json({ error: error.message });
    const { status, message } = error as { status?: number; message: string };
    // Express's own: a body that is not JSON or too large, a path that cannot be decoded.
    if (status !== undefined && status >= 400 && status < 500) return void res.status(status).json({ error: message });
    next(error);
  };
  api.use(answerMistake);
  return api;
}

const SENDABLE: ReadonlySet<unknown> = new Set(['sticker', 'image', 'video', 'audio', 'file', 'location']);
/** Settings that are one of a few words. */
const CHOICES: Partial<Record<string, readonly string[]>> = { chatMode: ['chat', 'bot'], markAsReadMode: ['auto', 'manual'] };
/** Settings that may be null for "no limit". */
const LIMITS: ReadonlySet<string> = new Set(['quota', 'ratePerSecond', 'perUserPerMinute']);

const bodyOf = (req: Request): Json => (typeof req.body === 'object' && req.body !== null ? (req.body as Json) : {});

function whichOf({ label, data, text, messageId, button }: Json): Which {
  const which: Which = {};
  if (label !== undefined) which.label = String(label);
  if (data !== undefined) which.data = String(data);
  if (text !== undefined) which.text = String(text);
  if (messageId !== undefined) which.messageId = String(messageId);
  if (button !== undefined) which.button = Number(button);
  return which;
}

/** A raw event with what LINE always sends, where the caller left it out. */
function completed(platform: Platform, event: Json): Json {
  const now = platform.clock.now();
  return { webhookEventId: eventId(now), deliveryContext: { isRedelivery: false }, timestamp: now, mode: 'active', ...(event['mode'] === 'standby' ? {} : { replyToken: token() }), ...event };
}

/** People of raw events are on LINE too: the bot may ask for them, and answer them. */
function meet(platform: Platform, channel: Channel, event: Json): void {
  const userId = (event['source'] as Json | undefined)?.['userId'];
  if (!isUserId(userId)) return;
  if (!platform.users.has(userId)) platform.addUser(userId.slice(0, 6), 'customer', userId);
  platform.chat(channel, userId).act();
}

const clockView = (platform: Platform): Json => {
  const now = platform.clock.now();
  return { now, iso: new Date(now).toISOString(), japan: new Date(now + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ') };
};
