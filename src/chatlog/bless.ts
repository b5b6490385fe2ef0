/** A script whose `heard` and `say` are what this build comes to: the file as it is, but for what is not so. */
import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Node } from 'yaml';
import { alike } from './check.ts';
import type { TurnSeen } from './check.ts';
import type { ScriptTurn } from './script.ts';
import { heardView, includes, readable } from './view.ts';
import type { Store } from '../model/store.ts';

/** What a turn of the script came to; null = it was not played. */
export type Came = Pick<TurnSeen, 'heard' | 'acts'> | null;

/** The new text, and how many turns of it are other than before. Comments, order and layout stay; only what a script speaks of is written. */
export function blessed(text: string, turns: readonly ScriptTurn[], came: readonly Came[], stores: readonly Store[]): { text: string; changed: number } {
  const nodes = parseDocument(text, { version: '1.2' }).get('turns');
  const edits: Edit[] = [];
  turns.forEach((turn, nth) => {
    const seen = came[nth];
    const node = isSeq(nodes) ? nodes.items[nth] : undefined;
    if (!seen || !isMap(node)) return;
    const heard = heardNow(turn, seen);
    const said = saidNow(turn, seen, stores);
    if (heard !== undefined) edits.push({ nth, at: node.get('heard', true), by: flow(heard) });
    if (said !== undefined) edits.push(...saidEdits(nth, node.get('say', true), said, text));
  });
  return { text: applied(text, edits), changed: new Set(edits.map(({ nth }) => nth)).size };
}

/** What stands at a node is written anew. */
type Edit = { nth: number; at: unknown; by: string };

/** Act by act where as many are said as before, so that the others stay as they are. */
function saidEdits(nth: number, node: unknown, said: readonly Said[], text: string): Edit[] {
  if (!isSeq(node)) return [];
  if (node.items.length === said.length) return said.flatMap(({ as, fits }, i) => (fits ? [] : [{ nth, at: node.items[i], by: flow(as) }]));
  const items = said.map(({ as }) => flow(as));
  if (node.flow || items.length === 0) return [{ nth, at: node, by: `[${items.join(', ')}]` }];
  const start = node.range?.[0] ?? 0;
  const indent = ' '.repeat(start - text.lastIndexOf('\n', start - 1) - 1);
  return [{ nth, at: node, by: items.map((item) => `- ${item}`).join(`\n${indent}`) }];
}

/** From the end on, so that what stands before keeps its place. */
function applied(text: string, edits: readonly Edit[]): string {
  const places = edits.flatMap(({ at, by }) => {
    const range = (at as Node | undefined)?.range;
    return range ? [{ from: range[0], to: range[0] + text.slice(range[0], range[1]).trimEnd().length, by }] : [];
  });
  return places.toSorted((x, y) => y.from - x.from).reduce((whole, { from, to, by }) => whole.slice(0, from) + by + whole.slice(to), text);
}

/** Undefined where it is as written. */
function heardNow({ heard, exactly }: ScriptTurn, seen: NonNullable<Came>): unknown {
  if (!heard) return undefined;
  const got: object = seen.heard[0] ? heardView(seen.heard[0]) : {};
  if (includes(got, heard) && (!exactly || includes(heard, got))) return undefined;
  const told = exactly ? got : alike(got, heard);
  return Object.keys(told as object).length > 0 ? told : got;
}

/** An act as a script has it, and whether it is so written already. */
type Said = { as: unknown; fits: boolean };

function saidNow({ say }: ScriptTurn, seen: NonNullable<Came>, stores: readonly Store[]): Said[] | undefined {
  if (!say) return undefined;
  const got = seen.acts.map((act) => readable(act, stores) as { say: string });
  const written = say.map((item) => (typeof item === 'string' ? { say: item } : { say: Object.keys(item)[0]!, ...(Object.values(item)[0] as object) }));
  if (got.length === written.length && written.every((one, nth) => includes(got[nth], one))) return undefined;
  const left = [...written];
  return got.map((act, nth) => {
    const at = left.findIndex((one) => one.say === act.say);
    const { say: name, ...facts } = (at < 0 ? { say: act.say } : alike(act, left.splice(at, 1)[0])) as { say: string };
    return { as: Object.keys(facts).length === 0 ? name : { [name]: facts }, fits: written[nth] !== undefined && includes(act, written[nth]) };
  });
}

/** In one line, as scripts have it: `{ menu: カット, staff: [田中, 佐藤] }`. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();
  const facts = Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`);
  return facts.length === 0 ? '{}' : `{ ${facts.join(', ')} }`;
}
