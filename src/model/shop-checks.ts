/** What the parts of a shop file must be to each other. Reads the file as it came, so that these mistakes are told beside all others. */
import { nightsTooLong, readOpening } from './openings.ts';
import { readDays } from './shop-values.ts';
import { WEEKDAYS } from './time.ts';
import type { Day } from './time.ts';

export type Issue = { path: PropertyKey[]; message: string };
type Entry = { name?: unknown; aliases?: unknown; menus?: unknown; line_id?: unknown; day?: unknown; absences?: unknown };

const within = (raw: unknown, key: string): unknown => (typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[key] : undefined);
const entries = (raw: unknown, key: string): Entry[] => {
  const list = within(raw, key);
  return Array.isArray(list) ? list.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? entry : {})) : [];
};
const strings = (value: unknown): { text: string; i: number }[] =>
  Array.isArray(value) ? value.flatMap((text: unknown, i) => (typeof text === 'string' ? { text: text.trim(), i } : [])) : [];

/** Two words a customer's message cannot tell apart. */
const sound = (word: string): string => word.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

/** Names and aliases of one list: each word must lead to one entry. */
function clashes(list: Entry[], key: string, what: string): Issue[] {
  const owner = new Map<string, { at: number; alias: boolean }>();
  const issues: Issue[] = [];
  const claim = (word: string, at: number, path: PropertyKey[], alias: boolean): void => {
    const first = owner.get(sound(word));
    if (!first) {
      owner.set(sound(word), { at, alias });
    } else if (first.at !== at) {
      const name = String(list[first.at]!.name);
      issues.push({ path, message: alias || first.alias ? `${word} already means ${name}: a word can mean one ${what}` : `there are two of this name: give every ${what} a name of its own` });
    } else if (!first.alias) {
      issues.push({ path, message: `${word} is the name itself: leave it out of the aliases` });
    }
    // The same alias twice at one entry is told by the list that holds it, unless only its spelling differs.
    else if (!strings(list[at]!.aliases).some(({ text, i }) => text === word && i !== path.at(-1))) issues.push({ path, message: `${word} is said twice` });
  };
  for (const [at, { name }] of list.entries()) if (typeof name === 'string') claim(name, at, [key, at, 'name'], false);
  for (const [at, { aliases }] of list.entries()) for (const { text, i } of strings(aliases)) claim(text, at, [key, at, 'aliases', i], true);
  return issues;
}

/** Names twice, words with two meanings, menus nobody offers, one LINE account for two people. */
function nameMistakes(raw: unknown): Issue[] {
  const menus = entries(raw, 'menus');
  const staff = entries(raw, 'staff');
  const offered = [...new Set(menus.flatMap(({ name }) => (typeof name === 'string' ? name.trim() : [])))];
  const unknownIn = (key: string, list: readonly Entry[]) => list.flatMap((entry, at) => strings(entry.menus).filter(({ text }) => !offered.includes(text)).map(({ text, i }): Issue =>
    ({ path: [key, at, 'menus', i], message: `${text} is not a menu of this shop, which has ${offered.join(', ') || 'none'}` })));
  const resources = entries(raw, 'resources');
  const unknown = [...unknownIn('staff', staff), ...unknownIn('resources', resources)];
  const accounts = new Set<unknown>();
  const twice = staff.flatMap(({ line_id: id }, at): Issue[] => {
    if (typeof id !== 'string') return [];
    if (accounts.has(id)) return [{ path: ['staff', at, 'line_id'], message: 'this LINE account is another person\'s already' }];
    accounts.add(id);
    return [];
  });
  const paid = strings(within(within(raw, 'deposit'), 'menus')).filter(({ text }) => !offered.includes(text)).map(({ text, i }): Issue =>
    ({ path: ['deposit', 'menus', i], message: `${text} is not a menu of this shop, which has ${offered.join(', ') || 'none'}` }));
  return [...clashes(menus, 'menus', 'menu'), ...clashes(staff, 'staff', 'person'), ...clashes(resources, 'resources', 'resource'), ...unknown, ...paid, ...twice];
}

/** Nights that run into the next morning's opening, days with two exceptions. */
function hoursMistakes(raw: unknown): Issue[] {
  const hours = within(raw, 'hours');
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => {
    const said = within(within(hours, 'weekly'), day);
    return [day, (Array.isArray(said) ? said : [said]).map(readOpening).flatMap((one) => ('opening' in one ? [one.opening] : []))];
  })) as Parameters<typeof nightsTooLong>[0];
  const nights = nightsTooLong(weekly).map(({ day, next }): Issue =>
    ({ path: ['hours', 'weekly', day], message: `runs past midnight into the opening of ${next}: let one end before the other begins` }));
  return [...nights, ...twiceIn(entries(hours, 'exceptions'), ['hours', 'exceptions'])];
}

/** Days of a person's own hours: one a day, and none on which he is away. */
function dayMistakes(raw: unknown): Issue[] {
  return entries(raw, 'staff').flatMap((person, at) => {
    const absent = new Set(Array.isArray(person.absences) ? person.absences.flatMap((said: unknown) => readDays(said) ?? []) : []);
    return [
      ...twiceIn(entries(person, 'exceptions'), ['staff', at, 'exceptions']),
      ...entries(person, 'exceptions').flatMap(({ day }, i): Issue[] => {
        const away = (readDays(day) ?? []).find((d) => absent.has(d));
        return away ? [{ path: ['staff', at, 'exceptions', i, 'day'], message: `${away} is among the absences: keep one of the two` }] : [];
      }),
    ];
  });
}

/** Days with two exceptions. */
function twiceIn(list: readonly Entry[], path: PropertyKey[]): Issue[] {
  const seen = new Set<Day>();
  return list.flatMap(({ day }, i): Issue[] => {
    const days = readDays(day) ?? [];
    const again = days.find((d) => seen.has(d));
    for (const d of days) seen.add(d);
    return again ? [{ path: [...path, i, 'day'], message: `${again} has an exception already: a day can have one` }] : [];
  });
}

/** Every mistake between the parts of the file. */
export const crossMistakes = (raw: unknown): Issue[] => [...nameMistakes(raw), ...hoursMistakes(raw), ...dayMistakes(raw)];
