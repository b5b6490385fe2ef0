/** Ids and moments as a script writes them: 『カット』 for the id of that menu, `2026-11-28T15:00+09:00` for a moment. */
import type { Store } from '../../model/store.ts';
import { dayOf, fromLocal, MINUTE, toLocal } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';

/** The customer of the script. */
const CUSTOMER = '『お客様』';

/** What stands for each id of these shops: the name, with as much before it as tells it apart. */
function tokensOf(stores: readonly Store[], customerId: string): Map<string, string> {
  const things = stores.flatMap((store) => [
    { id: store.id, names: [store.name, `お店/${store.name}`] },
    ...store.menus.map(({ id, name }) => ({ id, names: [name, `${store.name}/${name}`, `${store.name}/メニュー/${name}`] })),
    ...store.staff.map(({ id, name }) => ({ id, names: [name, `${store.name}/${name}`, `${store.name}/担当/${name}`] })),
  ]);
  const times = new Map<string, number>();
  for (const name of things.flatMap(({ names }) => names)) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map([[customerId, CUSTOMER], ...things.map(({ id, names }): [string, string] => [id, `『${names.find((name) => times.get(name) === 1) ?? names.at(-1)!}』`])]);
}

const TOKEN = /『[^』]+』/g;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{3}))?)?\+09:00$/;

/** Writes values of a log. Ids of visits and waits are numbered as they come, the same one always the same. */
export class Writer {
  readonly #tokens: Map<string, string>;
  readonly #others = new Map<string, string>();

  constructor(stores: readonly Store[], customerId: string) {
    this.#tokens = tokensOf(stores, customerId);
  }

  write(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return isMoment(value) ? momentText(value) : value;
    if (Array.isArray(value)) return value.map((one) => this.write(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => [key, this.write(one)]));
  }

  /** Ids within a text too, as in what a button carries. */
  text(text: string): string {
    const whole = this.#tokens.get(text);
    if (whole) return whole;
    return text.replaceAll(UUID, (id) => this.#tokens.get(id) ?? this.#others.get(id) ?? this.#others.set(id, `id-${this.#others.size + 1}`).get(id)!);
  }
}

/** Reads what `Writer` wrote, in the ids of these shops. A name they do not have stays as it is. */
export function readerOf(stores: readonly Store[], customerId: string): (value: unknown) => unknown {
  const ids = new Map([...tokensOf(stores, customerId)].map(([id, token]) => [token, id]));
  const read = (value: unknown): unknown => {
    if (typeof value === 'string') return momentOf(value) ?? value.replaceAll(TOKEN, (token) => ids.get(token) ?? token);
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)]));
  };
  return read;
}

/** Between 2001 and 2096; nothing else in a talk or an answer is as great a number. */
const isMoment = (value: number): boolean => Number.isInteger(value) && value > 1e12 && value < 4e12;

/** To the millisecond where there are any. */
export function momentText(at: Instant): string {
  const [seconds, ms] = [Math.floor((at % MINUTE) / 1000), at % 1000];
  const two = String(seconds).padStart(2, '0');
  return `${toLocal(at)}${ms > 0 ? `:${two}.${String(ms).padStart(3, '0')}` : seconds > 0 ? `:${two}` : ''}+09:00`;
}

function momentOf(text: string): Instant | null {
  const [, local, seconds = '0', ms = '0'] = MOMENT.exec(text) ?? [];
  if (!local) return null;
  const at = fromLocal(local) + Number(seconds) * 1000 + Number(ms);
  return dayOf(at) === local.slice(0, 10) ? at : null;
}
