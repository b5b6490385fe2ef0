/** What happened in a conversation, in a line. */
import { listAt, textAt } from './json.ts';
import type { LogEntry } from './record.ts';
import { keyOf, speakerOf, turnsOf, wordsOf } from './turns.ts';
import type { ShopsAt } from './turns.ts';
import { actInWords } from './words/acts.ts';

export type Happened = {
  /** Messages and taps of the customer. */
  turns: number;
  /** The first thing the customer wrote. */
  opened: string | null;
  /** In the order it happened, the most telling only. */
  outcome: string[];
  /** Something went wrong: was not understood, did not arrive, broke. */
  trouble: boolean;
  booked: boolean;
  /** The names of all acts. */
  acts: string[];
  storeIds: string[];
};

/** Acts that are told wherever they come. */
const TELLING = new Set(['booked', 'provisional', 'approved', 'deposit_asked', 'deposit_paid', 'deposit_lapsed', 'deposit_unneeded', 'declined', 'lapsed', 'moved', 'cancelled', 'waiting', 'left', 'offer', 'reminder', 'handover', 'too_late', 'other_shop', 'barred']);
/** Told once, as they were last, where nothing of the above came after. */
const ASIDE = new Set(['open', 'full', 'overlap', 'refused', 'cannot', 'mine', 'no_visits', 'no_such_visit', 'stopped', 'info', 'info_unknown', 'one_each']);
/** Where a conversation stays when the customer says nothing more. */
const QUESTION = /^(ask_|confirm|need_name|go_on)/;
const BOOKED = new Set(['booked', 'provisional', 'approved', 'deposit_asked', 'deposit_paid']);
const MOST = 5;

export async function happened(entries: readonly LogEntry[], shopsAt: ShopsAt): Promise<Happened> {
  const told: { name: string; words: string }[] = [];
  let [misses, troubles, last] = [0, 0, ''];
  const acts = new Set<string>();
  const storeIds = new Set<string>();
  for (const turn of turnsOf(entries)) {
    const record: unknown = turn.find((entry) => entry.turn)?.turn;
    const naming = { stores: await shopsAt(keyOf(record)), now: turn[0]!.timestamp };
    for (const id of [textAt(record, 'storeId'), ...turn.map((entry) => textAt(entry, 'storeId'))]) if (id) storeIds.add(id);
    for (const act of [...listAt(record, 'acts'), ...turn.flatMap((entry) => listAt(entry, 'acts'))]) {
      const name = textAt(act, 'say');
      acts.add(name);
      last = name;
      if (name === 'miss') misses++;
      if (name === 'trouble') troubles++;
      if (!TELLING.has(name) && !ASIDE.has(name) && !QUESTION.test(name)) continue;
      // What is only on the way gives place to what comes after it.
      while (told.length > 0 && !TELLING.has(told.at(-1)!.name)) told.pop();
      told.push({ name, words: actInWords(act, naming) });
    }
  }
  const unfinished = told.at(-1)?.name === last && QUESTION.test(last);
  const failed = entries.filter((entry) => entry.delivery?.status === 'failed').length;
  if (failed > 0) acts.add('failed');
  const customer = entries.filter((entry) => speakerOf(entry) === 'customer');
  // Words before a sticker, a tap or being added as a friend.
  const opened = customer.find((entry) => !wordsOf(entry).startsWith('[')) ?? customer[0];
  const outcome = [
    ...shortened(told.map(({ words }, i) => (unfinished && i === told.length - 1 ? `途中（${words}）` : words))),
    ...(misses > 0 ? [`聞き返し${misses}回`] : []), ...(troubles > 0 ? ['不具合'] : []), ...(failed > 0 ? [`届かず${failed}通`] : []),
  ];
  return {
    turns: customer.length, opened: opened ? wordsOf(opened) : null, outcome, trouble: misses + troubles + failed > 0, booked: [...BOOKED].some((name) => acts.has(name)),
    acts: [...acts], storeIds: [...storeIds],
  };
}

const shortened = (words: string[]): string[] => (words.length <= MOST ? words : [...words.slice(0, MOST - 1), `ほか${words.length - MOST + 1}件`]);
