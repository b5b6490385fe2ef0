/** A shop's file becomes rows: by name, only what differs, nothing deleted. */
import { isDeepStrictEqual } from 'node:util';
import type { Job } from '../../booking/news.ts';
import type { Reservation } from '../../model/reservation.ts';
import type { Shop } from '../../model/shop-file.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { Postgres } from './client.ts';
import type { Prisma } from './generated/client.ts';
import { importMenus, importStaff } from './import-people.ts';
import type { Tx } from './import-people.ts';
import { importResources } from './import-resources.ts';
import { prismaOn } from './prisma.ts';
import { readStores } from './stores.ts';

/** The file is right by itself but cannot be brought together with what is there; one plain line. Nothing was written. */
export class CannotImport extends Error {
  override name = 'CannotImport';
}

/** A visit still to come, for telling which ones a change leaves stranded; `roomless` = there are more visits then than rooms. */
export type ComingVisit = Reservation & { customer: string; roomless: boolean };

/** What an import did to a store. `changes` name what was written, empty when nothing was. */
export type Imported = { store: Store; outcome: 'new' | 'changed' | 'same'; changes: string[]; coming: ComingVisit[] };

/** Two imports at once would both find a name missing. */
const LOCK = 41_740;

/**
 * Brings the stores to what their files say, all or none. A menu or person the file no longer has becomes inactive. The
 * store's versions move only when something was written, and last, with a note for the slot cache in the outbox.
 */
export async function importShops({ pool }: Pick<Postgres, 'pool'>, shops: Shop[], now: Instant, newId: () => string): Promise<Imported[]> {
  return prismaOn(pool).$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`;
    await freeAccounts(tx, shops);
    const done: Imported[] = [];
    for (const [i, shop] of shops.entries()) done.push(await importShop(tx, shop, now + i, newId));
    return done;
  }, { timeout: 120_000, maxWait: 10_000 });
}

/** A LINE account may go from one person to another; it is nobody's in between. */
async function freeAccounts(tx: Tx, shops: Shop[]): Promise<void> {
  for (const shop of shops) {
    for (const person of shop.staff) {
      if (person.lineId === null) continue;
      const holder = await tx.staff.findUnique({ where: { lineId: person.lineId }, include: { store: true } });
      if (!holder || (holder.store.name === shop.name && holder.name === person.name)) continue;
      const other = shops.find((s) => s.name === holder.store.name);
      if (!other || other.staff.some((p) => p.name === holder.name && p.lineId === person.lineId)) {
        throw new CannotImport(`The LINE account of ${person.name} (${shop.name}) is already that of ${holder.name} (${holder.store.name}).`);
      }
      await tx.staff.update({ where: { id: holder.id }, data: { lineId: null } });
    }
  }
}

async function importShop(tx: Tx, shop: Shop, now: Instant, newId: () => string): Promise<Imported> {
  const wanted = {
    kind: shop.kind, address: shop.address, phone: shop.phone, channel: shop.channel, colour: shop.colour ?? null,
    businessHours: shop.hours as unknown as Prisma.InputJsonObject, info: shop.info as Prisma.InputJsonObject,
    policy: shop.policy as unknown as Prisma.InputJsonObject,
  };
  const there = await tx.store.findUnique({ where: { name: shop.name } });
  const differing = there ? (Object.keys(wanted) as (keyof typeof wanted)[]).filter((key) => !isDeepStrictEqual(there[key], wanted[key])) : [];
  const { id } = there ?? (await tx.store.create({ data: { id: newId(), name: shop.name, createdAt: new Date(now), ...wanted } }));
  const changes = [
    ...differing.map((key) => LABELS[key]),
    ...(await importMenus(tx, id, shop.menus, newId)),
    ...(await importStaff(tx, id, shop.staff, newId, now)),
    ...(await importResources(tx, id, shop.resources, newId, now)),
  ];
  if (there && differing.includes('policy')) {
    // Another time for reminders is another time for each visit to come.
    await tx.reservation.updateMany({ where: { storeId: id, status: 'confirmed', startTime: { gt: new Date(now) } }, data: { remindAt: new Date(now) } });
  }
  if (there && changes.length > 0) {
    const { slotsVersion } = await tx.store.update({ where: { id }, data: { ...wanted, configVersion: { increment: 1 }, slotsVersion: { increment: 1 } } });
    // What becomes free, or can be no more, matters to those who wait.
    const review: Job = { name: 'review_waiting', key: `review:${id}`, at: 0, payload: { storeId: id } };
    // Nobody's: the first app process that looks delivers them.
    const row = { lane: `store/${id}`, owner: 0, dueAt: new Date(now), createdAt: new Date(now) };
    await tx.outboxRow.createMany({
      data: [{ ...row, id: newId(), kind: 'slots', payload: { storeId: id, version: Number(slotsVersion) } }, { ...row, id: newId(), kind: 'job', payload: review }],
    });
  }
  const [store] = await readStores((sql, ids) => tx.$queryRawUnsafe(sql, ids), [id], (line) => {
    throw new Error(line);
  });
  return { store: store!, outcome: there ? (changes.length > 0 ? 'changed' : 'same') : 'new', changes: there ? changes : [], coming: await comingVisits(tx, id, now) };
}

const LABELS = { kind: 'kind', address: 'address', phone: 'phone', channel: 'channel', colour: 'colour', businessHours: 'hours and booking rules', info: 'info', policy: 'rules of the day' };

async function comingVisits(tx: Tx, storeId: string, now: Instant): Promise<ComingVisit[]> {
  const rows = await tx.reservation.findMany({
    // What is only offered to somebody who waits is no visit; the review takes it back.
    where: { storeId, status: { in: ['pending', 'confirmed'] }, endTime: { gt: new Date(now) }, OR: [{ holdFor: null }, { holdFor: { not: 'offer' } }] },
    include: { user: { select: { name: true } } }, orderBy: { startTime: 'asc' },
  });
  const forced = new Set((await tx.reservationLane.findMany({ where: { storeId, forced: true }, select: { reservationId: true } })).map((lane) => lane.reservationId));
  return rows.map((r) => ({
    id: r.id, userId: r.userId, storeId: r.storeId, staffId: r.staffId, menuIds: r.menuIds, status: r.status, nominated: r.nominated,
    start: r.startTime.getTime(), end: r.endTime.getTime(), customer: r.user.name, roomless: forced.has(r.id),
  }));
}
