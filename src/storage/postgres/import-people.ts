import { isDeepStrictEqual } from 'node:util';
import type { Shop } from '../../model/shop-file.ts';
import type { Day, Instant } from '../../model/time.ts';
import { Prisma } from './generated/client.ts';

/** Prisma inside a transaction. */
export type Tx = Prisma.TransactionClient;

const differs = (there: Record<string, unknown>, wanted: Record<string, unknown>): boolean =>
  Object.entries(wanted).some(([key, value]) => !isDeepStrictEqual(there[key], value));

/** Writes the menus that differ from the file; gives what was done in words. */
export async function importMenus(tx: Tx, storeId: string, menus: Shop['menus'], newId: () => string): Promise<string[]> {
  const there = await tx.menu.findMany({ where: { storeId } });
  const changes: string[] = [];
  for (const [position, { name, price, duration, buffer, aliases }] of menus.entries()) {
    const old = there.find((menu) => menu.name === name);
    const wanted = { price, duration, bufferMinutes: buffer, aliases, position, active: true };
    if (!old) {
      await tx.menu.create({ data: { id: newId(), storeId, name, ...wanted } });
      changes.push(`menu ${name} is new`);
    } else if (differs({ ...old, price: old.price.toNumber() }, wanted)) {
      await tx.menu.update({ where: { id: old.id }, data: wanted });
      changes.push(old.active ? `menu ${name}` : `menu ${name} is back`);
    }
  }
  for (const gone of there.filter((menu) => menu.active && !menus.some(({ name }) => name === menu.name))) {
    await tx.menu.update({ where: { id: gone.id }, data: { active: false } });
    changes.push(`menu ${gone.name} is inactive now`);
  }
  return changes;
}

/** Writes the people that differ from the file, with their menus and absences; gives what was done in words. */
export async function importStaff(tx: Tx, storeId: string, staff: Shop['staff'], newId: () => string, now: Instant): Promise<string[]> {
  const there = await tx.staff.findMany({ where: { storeId }, include: { abilities: true, absences: true } });
  // One query after another: they share a connection.
  const dated = await tx.staffException.findMany({ where: { staff: { storeId } } });
  const menuIds = new Map((await tx.menu.findMany({ where: { storeId } })).map((menu) => [menu.name, menu.id]));
  const changes: string[] = [];
  for (const [position, { name, role, manager, lineId, aliases, daysOff, shifts, breaks, menus, absences, exceptions }] of staff.entries()) {
    const old = there.find((person) => person.name === name);
    // Who said by a code who he is stays so where the file does not name an account.
    const wanted = { role, manager, ...(lineId === null ? {} : { lineId }), aliases, daysOff, breaks: breaks as Prisma.InputJsonObject, position, active: true };
    const json = { shifts: shifts === null ? Prisma.DbNull : (shifts as Prisma.InputJsonObject) };
    const does = menus.map((menu) => menuIds.get(menu)!);
    const id = old?.id ?? newId();
    if (!old) await tx.staff.create({ data: { id, storeId, name, createdAt: new Date(now), ...wanted, ...json } });
    else if (differs(old, { ...wanted, shifts })) await tx.staff.update({ where: { id }, data: { ...wanted, ...json } });
    const abilities = await matchAbilities(tx, id, old?.abilities.map((a) => a.menuId) ?? [], does);
    const away = await matchAbsences(tx, id, old?.absences ?? [], absences);
    const other = await matchExceptions(tx, id, dated.filter((e) => e.staffId === id).map((e) => ({ day: e.day.toISOString().slice(0, 10), openings: e.openings })), exceptions);
    if (!old) changes.push(`${name} is new`);
    else if (!old.active) changes.push(`${name} is back`);
    else if (differs(old, { ...wanted, shifts }) || abilities || away || other) changes.push(name);
  }
  for (const gone of there.filter((person) => person.active && !staff.some(({ name }) => name === person.name))) {
    // Who is gone is told nothing more.
    await tx.staff.update({ where: { id: gone.id }, data: { active: false, lineId: null } });
    changes.push(`${gone.name} is inactive now`);
  }
  return changes;
}

async function matchAbilities(tx: Tx, staffId: string, there: string[], wanted: string[]): Promise<boolean> {
  const gone = there.filter((id) => !wanted.includes(id));
  const fresh = wanted.filter((id) => !there.includes(id));
  if (gone.length > 0) await tx.staffMenu.deleteMany({ where: { staffId, menuId: { in: gone } } });
  if (fresh.length > 0) await tx.staffMenu.createMany({ data: fresh.map((menuId) => ({ staffId, menuId })) });
  return gone.length + fresh.length > 0;
}

/** Days off said in the chat are the chat's: they stay where the file does not name them. */
async function matchAbsences(tx: Tx, staffId: string, there: readonly { day: Date; byChat: boolean }[], wanted: Day[]): Promise<boolean> {
  const days = there.map(({ day, byChat }) => ({ day: day.toISOString().slice(0, 10), byChat }));
  const gone = days.flatMap(({ day, byChat }) => (byChat || wanted.includes(day) ? [] : [day]));
  const fresh = wanted.filter((day) => !days.some((one) => one.day === day));
  if (gone.length > 0) await tx.staffAbsence.deleteMany({ where: { staffId, day: { in: gone.map(dateOf) } } });
  if (fresh.length > 0) await tx.staffAbsence.createMany({ data: fresh.map((day) => ({ staffId, day: dateOf(day) })) });
  return gone.length + fresh.length > 0;
}

/** Dated hours: what differs is written anew. */
async function matchExceptions(tx: Tx, staffId: string, there: { day: Day; openings: unknown }[], wanted: Shop['staff'][number]['exceptions']): Promise<boolean> {
  const same = (a: { day: Day; openings: unknown }, b: { day: Day; openings: unknown }) => a.day === b.day && isDeepStrictEqual(a.openings, b.openings);
  const gone = there.filter((one) => !wanted.some((other) => same(one, other)));
  const fresh = wanted.filter((one) => !there.some((other) => same(one, other)));
  if (gone.length > 0) await tx.staffException.deleteMany({ where: { staffId, day: { in: gone.map((one) => dateOf(one.day)) } } });
  if (fresh.length > 0) await tx.staffException.createMany({ data: fresh.map(({ day, openings }) => ({ staffId, day: dateOf(day), openings })) });
  return gone.length + fresh.length > 0;
}

const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);
