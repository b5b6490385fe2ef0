/** The shops a log is replayed with: those there were, those of today, or those of a file. */
import type { ShopSource } from '../../chatlog/replay/replay.ts';
import { readShop, storeOf } from '../../model/shop-file.ts';
import type { Shop } from '../../model/shop-file.ts';
import type { Store } from '../../model/store.ts';
import { PlainError } from '../../plain-error.ts';
import type { Record } from '../logs/record.ts';
import { readText } from '../talk/memory-house.ts';
import { INPUT } from './flags.ts';

/** Shops that were read stay, so many lists: most turns have those of the turn before. */
const KEPT = 20;

/** `which`: `then`, `today`, or the path of a shop file that takes the place of the shop of its name. */
export function shopSource({ shopsKept, shopsOf }: Pick<Record, 'shopsKept' | 'shopsOf'>, which: string): ShopSource {
  const shop = which === 'then' || which === 'today' ? null : shopIn(which);
  const read = new Map<string, readonly Store[] | null>();
  const then = async (key: string): Promise<readonly Store[] | null> => {
    if (!read.has(key)) {
      const kept = await shopsKept.read(key);
      read.set(key, kept && shop ? exchanged(kept, shop) : kept);
      if (read.size > KEPT) read.delete(read.keys().next().value!);
    }
    return read.get(key)!;
  };
  const today = new Map<string, readonly Store[]>();
  return async ({ shops, account }) => {
    const stores = which === 'today' || shops === null ? null : await then(shops);
    if (stores) return { stores, todays: false };
    const name = account ?? 'default';
    if (!today.has(name)) today.set(name, shop ? exchanged(await shopsOf(name), shop) : await shopsOf(name));
    const now = today.get(name)!;
    return now.length > 0 ? { stores: now, todays: which !== 'today' } : null;
  };
}

function shopIn(file: string): Shop {
  const read = readShop(readText(file));
  if ('mistakes' in read) throw new PlainError(read.mistakes.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'), INPUT);
  return read.shop;
}

/** The shop of that name as the file has it, under the ids there are, so that what was said of them is still about them. */
function exchanged(stores: readonly Store[], shop: Shop): readonly Store[] {
  return stores.map((store) => {
    if (store.name !== shop.name) return store;
    const fresh = storeOf(shop);
    const ids = new Map([...store.menus, ...store.staff, ...store.resources].map(({ id, name }) => [name, id]));
    const own = <T extends { id: string }>(things: readonly T[]): T[] => things.map((thing) => ({ ...thing, id: ids.get(thing.id) ?? thing.id }));
    const doing = <T extends { id: string; menuIds: string[] }>(things: readonly T[]): T[] => own(things).map((thing) => ({ ...thing, menuIds: thing.menuIds.map((id) => ids.get(id) ?? id) }));
    return { ...fresh, id: store.id, channel: store.channel, menus: own(fresh.menus), staff: doing(fresh.staff), resources: doing(fresh.resources) };
  });
}
