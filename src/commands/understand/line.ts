import { dayOf } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import type { Days, Heard, Times, When } from '../../understanding/heard.ts';

/** What a message says, in the shape the measuring sets are scored in. */
export type Line = {
  dates: Days | null;
  time: Times | null;
  exclude: Heard['exclude'];
  refuse: string | null;
  slots?: When[];
  none?: true;
  intent: Heard['intent'];
  entities: { menu?: string[]; staff?: string; date_phrase?: string; people?: number; name?: string; phone?: string };
  assumed: Heard['assumed'];
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Alternatives with one time are one list of days; otherwise each keeps its own. */
function whenOf(heard: Heard, now: Instant): Pick<Line, 'dates' | 'time' | 'slots'> {
  const [first, ...others] = heard.when;
  if (!first) return { dates: heard.prefer === null || heard.refuse ? null : { from: dayOf(now), to: null }, time: null };
  if (others.length === 0) return { dates: first.dates, time: first.time };
  const lists = heard.when.map((w) => w.dates);
  if (heard.when.every((w) => same(w.time, first.time)) && lists.every(Array.isArray)) return { dates: [...new Set(lists.flat())], time: first.time };
  return { dates: first.dates, time: first.time, slots: heard.when };
}

/** The entities of `LABELS.md`, only those that were said. */
export function entitiesOf({ menus, staff, datePhrase, people, name, phone }: Heard): Line['entities'] {
  const wanted = [...(menus?.set ?? []), ...(menus?.add ?? [])];
  const menu = wanted.length > 0 ? wanted : (menus?.remove ?? []);
  const person = staff && 'name' in staff ? (staff.name ?? '指名なし') : null;
  return {
    ...(menu.length > 0 ? { menu } : {}),
    ...(person !== null ? { staff: person } : {}),
    ...(datePhrase !== null ? { date_phrase: datePhrase } : {}),
    ...(people !== null ? { people } : {}),
    ...(name !== null ? { name } : {}),
    ...(phone !== null ? { phone } : {}),
  };
}

export function lineOf(heard: Heard, now: Instant): Line {
  const when = whenOf(heard, now);
  const none = !when.dates && !when.time && !when.slots && !heard.exclude && !heard.refuse;
  return {
    ...when, exclude: heard.exclude, refuse: heard.refuse?.reason ?? null, ...(none ? { none: true as const } : {}),
    intent: heard.intent, entities: entitiesOf(heard), assumed: heard.assumed,
  };
}
