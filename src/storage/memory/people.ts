import type { People, Person } from '../../chatlog/people.ts';
import { searchable } from '../log-index.ts';

const plain = (text: string | null): string | null => (text === null ? null : searchable(text).replaceAll(/[ -]/g, ''));
const byName = (a: Person, b: Person): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.userId < b.userId ? -1 : 1);

export function memoryPeople(people: readonly Person[]): People {
  return {
    known: async (given) => {
      const key = given.trim();
      if (key === '') return [];
      const wanted = plain(key)!;
      const exactly = people.filter((it) => it.userId === key.toLowerCase() || it.lineId === key || plain(it.phone) === wanted || plain(it.name) === wanted);
      const found = exactly.length > 0 ? exactly : people.filter((it) => plain(it.name)!.includes(wanted));
      return found.toSorted(byName).slice(0, 100);
    },
    like: async (key) => {
      const letters = Array.from(searchable(key)).filter((char) => /[\p{L}\p{N}]/u.test(char));
      return [...new Set(people.map((it) => it.name))].filter((name) => letters.some((char) => searchable(name).includes(char))).toSorted().slice(0, 1000);
    },
    byId: async (userIds) => people.filter((it) => userIds.includes(it.userId)).toSorted(byName),
  };
}
