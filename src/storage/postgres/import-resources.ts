import { isDeepStrictEqual } from 'node:util';
import type { Shop } from '../../model/shop-file.ts';
import type { Instant } from '../../model/time.ts';
import type { Tx } from './import-people.ts';

/**
 * Writes the rooms that differ from the file; gives what was done in words. Visits to come that need one then take theirs
 * again, also those that were booked before the shop said how many there are.
 */
export async function importResources(tx: Tx, storeId: string, resources: Shop['resources'], newId: () => string, now: Instant): Promise<string[]> {
  const there = await tx.resource.findMany({ where: { storeId }, include: { menus: true } });
  const menuIds = new Map((await tx.menu.findMany({ where: { storeId } })).map((menu) => [menu.name, menu.id]));
  const changes: string[] = [];
  for (const [position, { name, count, menus }] of resources.entries()) {
    const old = there.find((resource) => resource.name === name);
    const wanted = { count, position, active: true };
    const needing = menus.map((menu) => menuIds.get(menu)!).sort();
    const id = old?.id ?? newId();
    const same = old && isDeepStrictEqual({ count: old.count, position: old.position, active: old.active }, wanted) && isDeepStrictEqual(old.menus.map((m) => m.menuId).sort(), needing);
    if (same) continue;
    if (old) await tx.resource.update({ where: { id }, data: wanted });
    else await tx.resource.create({ data: { id, storeId, name, ...wanted } });
    await tx.resourceMenu.deleteMany({ where: { resourceId: id, menuId: { notIn: needing } } });
    await tx.resourceMenu.createMany({ data: needing.map((menuId) => ({ resourceId: id, menuId })), skipDuplicates: true });
    changes.push(!old ? `${name} is new` : old.active ? name : `${name} is back`);
  }
  for (const gone of there.filter((resource) => resource.active && !resources.some(({ name }) => name === resource.name))) {
    await tx.resource.update({ where: { id: gone.id }, data: { active: false } });
    changes.push(`${gone.name} is inactive now`);
  }
  if (changes.length > 0) await tx.$executeRaw`SELECT retake_lanes(${storeId}::uuid, ${new Date(now)}::timestamptz)`;
  return changes;
}
