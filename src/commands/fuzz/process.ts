/** One process of the fuzz: customers side by side, until it is told to stop, or killed. */
import { randomBytes } from 'node:crypto';
import { idMaker } from '../../ids.ts';
import { realNow } from '../../main.ts';
import { openPostgres } from '../../storage/postgres/open.ts';
import { Deeds } from './deeds.ts';
import { Crash, watched } from './watched.ts';

/** What a process is told when it begins; time runs `speed` times as fast as ours. */
export type Orders = { url: string; seed: number; began: number; virtual: number; speed: number; actors: number; crashes: number; customers: string[] };
/** What it tells, every now and then. */
export type Told = { counts: Record<string, number>; passedOver: string[]; failed: string[] };

/** Errors of two who were in each other's way; the inbox tries such a turn again. */
const COLLISION = /^(40|55)/;

process.once('message', (orders: Orders) => void work(orders));

async function work({ url, seed, began, virtual, speed, actors, crashes, customers }: Orders): Promise<void> {
  const random = generator(seed);
  const now = () => Math.round(virtual + (realNow() - began) * speed);
  const postgres = await openPostgres(url, { connections: 12, now, channels: [] });
  const newId = idMaker(realNow, randomBytes);
  const told: Told = { counts: {}, passedOver: [], failed: [] };
  const count = (what: string) => (told.counts[what] = (told.counts[what] ?? 0) + 1);
  const deeds = new Deeds({
    inbox: postgres.inbox, booking: postgres.booking, now, newId, stores: () => postgres.stores.stores(), deliver: () => undefined, random, customers,
    around: (writer, at, store) => watched(writer, at, store, { newId, crashesAfter: random() < crashes ? Math.floor(random() * 25) : null, passedOver: (line) => void told.passedOver.push(line) }),
  });
  let stopped = false;
  process.on('message', (message) => (stopped ||= message === 'stop'));
  const tell = () => {
    if (process.connected) process.send!(told);
    Object.assign(told, { counts: {}, passedOver: [], failed: [] });
  };
  const telling = setInterval(tell, 100);
  const actor = async (): Promise<void> => {
    while (!stopped) {
      try {
        count(await deeds.one());
      } catch (error) {
        if (error instanceof Crash) count('crashes');
        else if (COLLISION.test(String((error as { code?: unknown }).code ?? ''))) count('collisions');
        else told.failed.push((error as Error).stack ?? String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: actors }, actor));
  clearInterval(telling);
  tell();
  await postgres.close();
  process.disconnect();
}

/** mulberry32: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
