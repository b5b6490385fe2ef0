/** Finds one of a shop's people by the names an operator writes. */
import type { Staff, Store } from '../../model/store.ts';
import { activeStaff } from '../../model/store.ts';
import { nearest } from '../../nearest.ts';
import { PlainError } from '../../plain-error.ts';

/** `shop` left out = the only one. Throws a PlainError that says which names there are. */
export function personOf(stores: readonly Store[], shop: string | undefined, name: string): { store: Store; person: Staff } {
  const store = shop === undefined ? (stores.length === 1 ? stores[0] : undefined) : stores.find((s) => s.name === shop) ?? only(stores.filter((s) => s.name.includes(shop)));
  if (!store) throw new PlainError(shop === undefined ? `Say which shop with --shop. There are: ${names(stores)}.` : `There is no shop ${shop}${meant(shop, stores)}. There are: ${names(stores)}.`);
  const people = activeStaff(store);
  const person = people.find((p) => p.name === name || p.aliases.includes(name));
  if (!person) throw new PlainError(`${store.name} has nobody called ${name}${meant(name, people)}. There are: ${names(people)}.`);
  return { store, person };
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
const names = (named: readonly { name: string }[]): string => named.map(({ name }) => name).join(', ') || 'none';
const meant = (name: string, named: readonly { name: string }[]): string => {
  const near = nearest(name, named.map((one) => one.name));
  return near ? `; did you mean ${near}?` : '';
};
