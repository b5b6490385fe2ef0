/** Puts the house together: the only place that makes clients, and the only one that reads the clock. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { buildId } from './build.ts';
import { waitlistProjector } from './booking/project.ts';
import { cachedSlots } from './booking/slots.ts';
import { shopKeeper } from './chatlog/shops.ts';
import type { Channel, Settings } from './config.ts';
import type { Readiness } from './jobs/ports.ts';
import type { ChangeHouse } from './jobs/change.ts';
import { Deliverer } from './jobs/deliver.ts';
import { due } from './jobs/due.ts';
import { forgetHourly } from './jobs/forget.ts';
import { gatherMinutely } from './jobs/gather.ts';
import { tellShort } from './jobs/quota.ts';
import { calendarLinkOf, calendarWeb } from './calendar/web.ts';
import { StaffTeller } from './jobs/staff.ts';
import { Sweeper } from './jobs/sweep.ts';
import { HistoryKeeper } from './jobs/history.ts';
import { Worker } from './jobs/work.ts';
import { idMaker } from './ids.ts';
import { openLine } from './line/channels.ts';
import { makeLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { openPayments, payLinkOf } from './payments/open.ts';
import { isPaymentLane } from './payments/receive.ts';
import { nightly } from './payments/tend.ts';
import { channelDoubts } from './model/channels.ts';
import { PlainError } from './plain-error.ts';
import type { MovableClock } from './simulator/clock.ts';
import { openJobs } from './storage/postgres/jobs.ts';
import { openPostgres } from './storage/postgres/open.ts';
import { openProjections } from './storage/redis/open.ts';
import { batchedLog } from './storage/batched-log.ts';
import { layeredLog, layeredSearch } from './storage/layered-log.ts';
import { apologise, takeTurn } from './turn.ts';

export type HouseOptions = {
  settings: Settings;
  databaseUrl: string;
  /** Null = the slot cache and the waiting lists are kept in this process. */
  redisUrl: string | null;
  /** Null = the log is kept in PostgreSQL. */
  mongoUrl: string | null;
  /** Stand in for LINE. */
  simulator: boolean;
};

/** A house that is open. `lines` say what stands where; `close` finishes the turns in hand. */
export type House = { lines: string[]; port: number; simulatorUrl: string | null; clock: MovableClock; close(): Promise<void> };

/** A channel the simulator plays LINE for. Nothing in it is secret: whoever reaches the simulator may play LINE there. */
const simulatedChannel = ({ name, stores }: { name: string; stores: string[] }, n: number) => ({
  name, displayName: stores.join('・') || name, id: String(1_650_000_000 + n), secret: 'simulator-channel-secret-00000000', accessToken: `simulator-access-token-${name}`, previousSecret: null, stores: null,
});

/** Keys of the simulated Stripe; as little of a secret. */
const SIMULATED_STRIPE = { secretKey: 'sk_test_simulator', webhookSecret: 'whsec_simulator' };

/** Opens the house; throws a PlainError for what the operator can mend. Nothing is left open when it throws. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const closing: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const part of closing.splice(0).toReversed()) await part();
  };
  try {
    return { ...(await open(options, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open({ settings, databaseUrl, redisUrl, mongoUrl, simulator: simulated }: HouseOptions, closing: (() => Promise<void> | void)[]): Promise<Omit<House, 'close'>> {
  let moved = 0;
  let clockMoved = (_by: number) => {};
  const move = (by: number) => {
    moved = by;
    clockMoved(by);
  };
  const clock: MovableClock = { now: () => Date.now() + moved, advance: (ms) => move(moved + ms), set: (at) => move(at - Date.now()) };
  const { now } = clock;
  const ticks = () => performance.now();
  const newId = idMaker(() => Date.now(), randomBytes);
  const log = makeLog(settings.logLevel);

  const postgres = await openPostgres(databaseUrl, { connections: settings.databasePool, now, channels: settings.channels });
  closing.push(() => postgres.close());
  const redis = await openProjections(redisUrl, ticks, (up) => (up ? log.info({}, 'Redis is back') : log.warn({}, 'Redis is away; free times are computed from PostgreSQL')));
  closing.push(() => redis.close());
  // What a house does not use it does not load: MongoDB's driver and the simulator are tens of megabytes.
  const record = mongoUrl === null ? postgres.record : await (await import('./storage/mongo/open.ts')).openRecord(mongoUrl);
  closing.push(() => record.close());
  // What was logged before there was a MongoDB stays in PostgreSQL until `logs:move` has carried it.
  const chatlog = mongoUrl === null ? record.chatlog : layeredLog(record.chatlog, postgres.record.chatlog);
  const search = mongoUrl === null ? record.search : layeredSearch(record.search, postgres.record.search);

  const { inbox, outbox, booking, desk, stores } = postgres;
  const metrics = makeMetrics(postgres.backlog);
  const server = createServer(starting);
  await listen(server, settings.port, 'PORT');
  closing.push(() => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeIdleConnections(); }));
  const { port } = server.address() as AddressInfo;
  const publicUrl = settings.publicUrl ?? `http://127.0.0.1:${port}`;
  // Where nothing of Stripe is set the simulator, where there is one, is Stripe.
  const payLink = settings.stripeSecretKey !== null || simulated ? payLinkOf(publicUrl) : undefined;
  /** What makes changes nobody wrote to us for. */
  const changing: ChangeHouse = { inbox, now, newId, payLink, stores: () => stores.stores(), deliver: (rows) => deliverer.deliver(rows) };

  const played = simulated ? (await postgres.channels()).map(simulatedChannel) : [];
  const channels: Channel[] = simulated ? played : settings.channels;
  const simulator = simulated ? (await import('./simulator/simulator.ts')).createSimulator({
    clock,
    ...(settings.stripeSecretKey === null ? { stripe: { ...SIMULATED_STRIPE, webhookUrl: `http://127.0.0.1:${port}/stripe/webhook` } } : {}),
    channels: played.map((channel) => ({
      name: channel.name, displayName: channel.displayName, channelId: channel.id, channelSecret: channel.secret, accessToken: channel.accessToken,
      webhookUrl: `http://127.0.0.1:${port}/webhook${channel.name === 'default' ? '' : `/${channel.name}`}`,
    })),
  }) : null;
  const simulatorUrl = simulator ? await simulator.listen(settings.simulatorPort, '0.0.0.0').catch(taken('SIMULATOR_PORT', settings.simulatorPort)) : null;
  if (simulator) closing.push(() => simulator.close());
  const lineBase = settings.lineApiBaseUrl ?? (simulator && `http://127.0.0.1:${new URL(simulatorUrl!).port}`) ?? 'https://api.line.me';
  const line = openLine(channels, {
    baseUrl: lineBase, now, log, quota: (channel, meter) => metrics.lineQuota(channel, meter),
    short: (channel, level, meter) => void tellShort(changing)(channel, level, meter).catch((error: unknown) => log.warn({ channel, err: String(error) }, 'the managers could not be told that messages run short')),
  });
  closing.push(() => line.close());

  const stripe = settings.stripeSecretKey !== null && settings.stripeWebhookSecret !== null
    ? { secretKey: settings.stripeSecretKey, webhookSecret: settings.stripeWebhookSecret, baseUrl: settings.stripeApiBaseUrl }
    : simulator ? { ...SIMULATED_STRIPE, baseUrl: lineBase } : null;
  const doubts = channelDoubts(settings.channels, await stores.stores());
  for (const doubt of doubts) log.warn({}, doubt);
  const slots = cachedSlots(redis.slots, booking, (read) => metrics.slotCache(read), (fill) => metrics.slotFill(fill));
  const turnHouse = { now, ticks, newId, stores: (channel: string, version?: number) => stores.ofChannel(channel, version), inbox, booking, desk, slots, displayName: line.displayName, payLink, newSecret: () => randomBytes(16).toString('base64url'), calendarLink: settings.publicUrl !== null || simulated ? calendarLinkOf(publicUrl) : undefined, build: buildId(), shops: shopKeeper(postgres.shopsKept, now) };

  const jobs = await openJobs(databaseUrl, { now, wallNow: () => Date.now(), log });
  closing.push(() => jobs.close());

  const history = new HistoryKeeper({ visits: postgres.visits, history: record.history, now, log });
  const deliverer = new Deliverer({
    // Changes committed since this one are in the version too: one invalidation serves them all.
    slots: { invalidate: async (storeId, version) => redis.slots.invalidate(storeId, Math.max(version, (await booking.slotsVersion(storeId)) ?? 0)) },
    outbox, chatlog: batchedLog(chatlog), sender: line.sender, now, random: Math.random, log,
    waitlist: waitlistProjector(booking, redis.waitlist, now),
    jobs: jobs.queue,
    staff: { tell: (news, rowId) => staff.tell(news, rowId) },
    unsent: (payload, outcome) => reminding.unsent(payload, outcome),
    observe: { line: (call, result) => metrics.lineAnswer(call, result), found: (rows) => metrics.swept('outbox', rows) },
  });
  const deposits = openPayments({
    ...changing, inbox, stripe, publicUrl, payments: booking.payments, wake: (lanes) => worker.wake(lanes), log, observe: { payment: (outcome) => metrics.payment(outcome) },
  });
  const staff = new StaffTeller({ inbox, notices: postgres.notices, jobs: jobs.queue, now, newId, stores: () => stores.stores(), deliver: (rows) => deliverer.deliver(rows) });
  const { handlers, mends, reminding } = due({
    ...changing, booking, staff, payments: deposits.payments, jobs: jobs.queue, deliver: (rows) => deliverer.deliver(rows), allowance: (channel) => line.allowance(channel, 'reminder'),
    pause: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
  });
  const worker = new Worker({
    inbox, log, ticks, loading: line.loading,
    turn: async (claim, event, talk) => {
      if (isPaymentLane(claim.lane)) return deposits.take(event);
      const { ended, incoming, changed } = await takeTurn(claim, event, talk, turnHouse);
      line.seen(ended.lane.channel, incoming);
      if (changed) void history.run();
      return ended;
    },
    apology: (claim, event, talk) => apologise(claim, event, talk, turnHouse),
    deliver: (rows) => deliverer.deliver(rows),
    observe: { turn: (seconds, outcome) => metrics.turn(outcome, seconds) },
  });

  const app = buildApp({
    channels: channels.map((c) => ({ name: c.name, secrets: [c.secret, ...(c.previousSecret ? [c.previousSecret] : [])] })),
    inbox, wake: (lanes) => worker.wake(lanes), now, ticks, log, routers: [deposits.web, calendarWeb({ calendars: postgres.calendars, stores: () => stores.stores(), now })],
    readiness: async (): Promise<Readiness[]> => [await postgres.readiness(), await redis.readiness(), record.readiness()],
    metrics: async () => ({ type: metrics.contentType, text: await metrics.page() }),
    observe: { webhook: (status, seconds) => metrics.webhook(status, seconds) },
  });
  server.off('request', starting).on('request', app);

  const sweeper = new Sweeper({ mends: [{ what: 'jobs', mend: jobs.mend }, ...mends], swept: metrics.swept, log });
  jobs.handle(handlers, () => sweeper.sweep());
  // What a moved clock made due does not wait for its job.
  clockMoved = (by) => {
    void postgres.keepClock(by).catch(() => undefined);
    void sweeper.sweep();
    // The sweep leaves to its job what has only just come due.
    void reminding.due().catch(() => undefined);
  };
  await postgres.keepClock(0);

  await jobs.start();
  if (stripe) await jobs.queue.add(nightly(now()));
  deliverer.start();
  worker.start();
  history.start();
  // What is begun is ended in this order: turns, jobs, and at last what they owe.
  closing.push(forgetHourly({ inbox, log: chatlog, people: postgres.personal, keepMonths: settings.keepChatMonths, now, logger: log }), gatherMinutely({ search, logger: log }), () => history.stop(), () => deliverer.stop(), () => sweeper.stop(), () => jobs.stop(), () => reminding.stop(), () => worker.stop());
  void line.introduce();

  return {
    port, simulatorUrl, clock,
    lines: [
      `Aiteru          http://127.0.0.1:${port}   (webhook: POST /webhook, state: /readyz)`,
      ...(simulator ? [`LINE simulator  ${lineBase}   ← open this and write 「明日空いてる？」`] : [`LINE            ${channels.map((c) => c.name).join(', ')} by ${lineBase}`]),
    ],
  };
}

/** Whoever comes while the house is being opened is told to come again: an event is LINE's until we have kept it. */
const starting: RequestListener = (_req, res) => void res.writeHead(503, { 'retry-after': '1', connection: 'close' }).end('starting\n');

function listen(server: Server, port: number, setting: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch(taken(setting, port));
}

const taken = (setting: string, port: number) => (error: NodeJS.ErrnoException): never => {
  if (error.code !== 'EADDRINUSE') throw error;
  throw new PlainError(`Port ${port} is taken by another program. Stop that one, or set ${setting} to another port.`);
};

/** The wall clock, for commands that start a clock of their own. */
export const realNow = (): number => Date.now();
