import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import type { ChannelGiven } from './channels.ts';
import type { MovableClock } from './clock.ts';
import { controlApi } from './control-api.ts';
import { page } from './page.ts';
import { answerBot } from './line-http.ts';
import { Person } from './person.ts';
import { Platform } from './platform.ts';
import type { User } from './platform.ts';
import { stripeApi } from './stripe/api.ts';
import { stripeControl } from './stripe/control.ts';
import { stripePage } from './stripe/page.ts';
import { StripePlatform } from './stripe/platform.ts';
import type { StripeGiven } from './stripe/platform.ts';
import { SimulatedUser } from './simulated-user.ts';

export type SimulatorOptions = {
  /** The bots; the first is the one meant where none is named. */
  channels: readonly ChannelGiven[];
  /** Shared with the app, so that moving it moves both. */
  clock: MovableClock;
  /** Stand in for Stripe too, with these keys. */
  stripe?: StripeGiven;
  /** Keep only a short history and tell no page: for load tests. */
  quiet?: boolean;
};

/** A LINE platform of our own: see `docs/simulator.md`. */
export type Simulator = {
  app: Express;
  platform: Platform;
  /** Null = it does not stand in for Stripe. */
  stripe: StripePlatform | null;
  clock: MovableClock;
  /** Listens and gives the origin, `http://127.0.0.1:3100`; port 0 = any free one. Rejects when the port is taken. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
  /** A person in a test, made when not there yet. Ids follow from names. */
  user(name: string, options?: { channel?: string; role?: User['role']; id?: string }): SimulatedUser;
};

/** Builds the platform; nothing listens until `listen`. */
export function createSimulator({ channels, clock, stripe: given, quiet = false }: SimulatorOptions): Simulator {
  const platform = new Platform({ channels, clock, quiet });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Before everything else: these are the calls that count in a benchmark.
  app.use((req, res, next) => (req.url.startsWith('/v2/') || req.url.startsWith('/oauth2/') ? answerBot(platform, req, res) : next()));
  const stripe = given ? new StripePlatform(given, clock) : null;
  if (stripe) {
    app.use('/v1', stripeApi(stripe, platform.faults, (req) => `${req.protocol}://${req.get('host')}`));
    app.use(stripePage(stripe));
    platform.watch((change) => 'clock' in change && stripe.tick());
  }
  app.use('/api', controlApi(platform, stripe && stripeControl(stripe), () => stripe?.reset()));
  app.use(page());
  const server: Server = createServer(app);

  return {
    app,
    platform,
    stripe,
    clock,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve(`http://${host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`);
        });
      }),
    close: async () => {
      await platform.close();
      await stripe?.close();
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    user: (name, { channel, role, id } = {}) => {
      const found = platform.channel(channel);
      if (!found) throw new Error(`there is no channel ${channel ?? ''}`);
      const known = [...platform.users.values()].find((u) => (id === undefined ? u.name === name : u.id === id)) ?? platform.addUser(name, role, id);
      return new SimulatedUser(new Person(platform, found, known.id), name, clock.now);
    },
  };
}
