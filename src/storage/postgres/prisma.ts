import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { PrismaClient } from './generated/client.ts';

const made = new WeakMap<Pool, PrismaClient>();

/**
 * Prisma on a pool that is there already; one for each pool, and nothing of it stays open when the pool ends. It takes
 * 70 MB of memory once it has asked its first question, so it is for commands and for what operators do, not for the
 * path of a turn.
 */
export function prismaOn(pool: Pool): PrismaClient {
  const prisma = made.get(pool) ?? new PrismaClient({ adapter: new PrismaPg(pool) });
  made.set(pool, prisma);
  return prisma;
}
