/**
 * A scripted conversation: one YAML file of `conversations/`, read whole or refused with every mistake by line.
 * The format is documented in docs/conversations.md; a test, a demo and an export of a log are all this.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { z } from 'zod';
import type { Shop } from '../model/shop-file.ts';
import { nearest } from '../nearest.ts';
import { actMistakes, effectMistakes, goalMistakes, heardMistakes, knownMistakes, noticeMistakes, talkMistakes } from './vocabulary.ts';

const SPAN = /^\d+[smhd]$/;
const SPAN_SUCH_AS = 'a span such as 40m, 25h or 1d';
const acts = z.array(z.union([z.string(), z.record(z.string(), z.unknown())]));

/** How a person acts in a turn; exactly one of the first group. */
const turn = z.strictObject({
  user: z.string().optional(),
  tap: z.string().optional(),
  pick: z.string().optional(),
  event: z.enum(['follow', 'unfollow', 'unsend']).optional(),
  sends: z.enum(['sticker', 'image', 'video', 'audio', 'file', 'location']).optional(),
  /** Raw postback data, for forged and foreign taps. */
  postback: z.string().optional(),
  /** Says nothing for so long. */
  pause: z.string().regex(SPAN, SPAN_SUCH_AS).optional(),
  /** Somebody of the shop writes to its account. */
  staff: z.union([z.strictObject({ who: z.string(), says: z.string() }), z.strictObject({ who: z.string(), taps: z.string() })], 'who of the shop, and what he says or taps: { who: 佐藤, says: 今日の予約 }').optional(),
  /** Time that passes before: `40m`, `25h`, `1d`. */
  after: z.string().regex(SPAN, SPAN_SUCH_AS).optional(),
  /** The same event is delivered again. */
  send: z.literal('twice').optional(),
  heard: z.record(z.string(), z.unknown()).optional(),
  say: acts.optional(),
  /** Pushed to the customer since the turn before. */
  told: acts.optional(),
  /** What the shop's people hear since the turn before. */
  notices: acts.optional(),
  exactly: z.boolean().optional(),
  book: z.record(z.string(), z.unknown()).optional(),
  move: z.record(z.string(), z.unknown()).optional(),
  cancel: z.record(z.string(), z.unknown()).optional(),
  wait: z.record(z.string(), z.unknown()).optional(),
  leave: z.record(z.string(), z.unknown()).optional(),
  text: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
  /** What others do between this customer's turns. */
  meanwhile: z.array(z.string()).optional(),
  /** The talk as it stands before this turn, where it is not what the turns before left. */
  talk: z.record(z.string(), z.unknown()).optional(),
  /** Where it comes from a log: the answers there were, which stand for the calendar, and the words that came. */
  recorded: z.strictObject({
    build: z.string().optional(),
    effects: z.array(z.strictObject({ effect: z.looseObject({ do: z.string() }), answer: z.looseObject({ to: z.string() }) })).optional(),
    offers: z.array(z.record(z.string(), z.unknown())).optional(),
    reminded: z.record(z.string(), z.unknown()).optional(),
    handed_back: z.boolean().optional(),
    text: z.string().optional(),
  }).optional(),
});
/** A shop as it was, whole (`Shop` of model/shop-file.ts); only what every reader leans on is looked at. */
const shop = z.looseObject({
  name: z.string(), hours: z.looseObject({ v: z.number() }),
  menus: z.array(z.looseObject({ name: z.string(), duration: z.number() })),
  staff: z.array(z.looseObject({ name: z.string(), menus: z.array(z.string()) })),
});
const schema = z.strictObject({
  title: z.string().min(1),
  now: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?\+09:00$/, 'a moment such as 2026-11-23T10:12:00+09:00'),
  world: z.strictObject({
    /** A file of prisma/shops without `.yml`, or one beside the conversations with its folder; several = the shops of one account. */
    shop: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    /** Who takes deposits; left out: a provider, by a link. */
    deposits: z.literal('shop').optional(),
    /** Shops that no file has, as they were. */
    stores: z.array(shop).min(1).optional(),
    taken: z.array(z.string()).optional(),
    /** People of the shop who are on LINE, besides those who write. */
    staff: z.array(z.string()).optional(),
    mine: z.array(z.string()).optional(),
    /** Visits this customer did not come to. */
    missed: z.array(z.string()).optional(),
    waiting: z.array(z.string()).optional(),
    /** What others wait for, longer than this customer. */
    ahead: z.array(z.string()).optional(),
    /** The name LINE knows the customer by; empty = it tells none. */
    name: z.string().optional(),
    /** The phone number they gave before. */
    phone: z.string().optional(),
  }).optional(),
  start: z.record(z.string(), z.unknown()).optional(),
  turns: z.array(turn).min(1),
  ends: z.strictObject({
    bookings: z.union([z.number(), z.array(z.string())]).optional(),
    waiting: z.union([z.number(), z.array(z.string())]).optional(),
    goal: z.string().optional(),
    known: z.record(z.string(), z.unknown()).optional(),
    name: z.string().optional(),
    blocked: z.boolean().optional(),
  }).optional(),
});

export type ScriptTurn = z.infer<typeof turn> & { line: number };
export type Script = Omit<z.infer<typeof schema>, 'turns'> & { turns: ScriptTurn[]; endsLine: number };

/** The shops a script plays in: files, as paths from the root of the project, or the shops themselves. */
export const shopsOf = ({ world }: Script): (string | Shop)[] => (world?.stores as unknown as Shop[] | undefined) ??
  [world?.shop ?? 'salon'].flat().map((name) => (name.includes('/') ? `conversations/${name}.yml` : `prisma/shops/${name}.yml`));

/** What a turn is. */
const ACTIONS = ['user', 'tap', 'pick', 'event', 'sends', 'postback', 'pause', 'staff'] as const;
/** What a turn can do to the world. */
export const DOES = ['book', 'move', 'cancel', 'wait', 'leave'] as const;

/** The script of a file, or its mistakes, each `line: what`. */
export function readScript(text: string): { script: Script } | { mistakes: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', prettyErrors: false });
  const lineOf = (node: unknown): number => {
    const range = (node as Node | null | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  if (document.errors.length > 0) return { mistakes: document.errors.map((e) => `${lines.linePos(e.pos[0]).line}: this is not YAML: ${e.message.split('\n')[0]!.slice(0, 100)}`) };
  const read = schema.safeParse(document.toJS());
  if (!read.success) {
    return { mistakes: read.error.issues.flatMap((issue) => {
      const node = deepest(document.contents, issue.path);
      const where = issue.path.join('.') || 'the file';
      if (issue.code !== 'unrecognized_keys') return [`${lineOf(node)}: ${where}: ${issue.message}`];
      return issue.keys.map((key) => `${lineOf(keyNode(node, key) ?? node)}: ${where}: ${noKey(key)}`);
    }) };
  }
  const turnNodes = document.get('turns');
  const items = isSeq(turnNodes) ? turnNodes.items : [];
  const turns = read.data.turns.map((t, i) => ({ ...t, line: lineOf(items[i]) }));
  const at = (path: readonly PropertyKey[], said: readonly string[]) => said.map((what) => `${lineOf(deepest(document.contents, path))}: ${path.join('.')}: ${what}`);
  const mistakes = [
    ...turns.flatMap((t, i) => {
      const acts = ACTIONS.filter((action) => t[action] !== undefined);
      return [
        ...(acts.length === 1 ? [] : [`${t.line}: a turn is exactly one of ${ACTIONS.join(', ')}; this one has ${acts.length === 0 ? 'none' : acts.join(' and ')}`]),
        ...(t.heard ? at(['turns', i, 'heard'], heardMistakes(t.heard)) : []),
        ...(['say', 'told'] as const).flatMap((key) => (t[key] ?? []).flatMap((item, n) => at(['turns', i, key, n], actMistakes(item)))),
        ...(t.notices ?? []).flatMap((item, n) => at(['turns', i, 'notices', n], noticeMistakes(item))),
        ...at(['turns', i, 'talk'], [...talkMistakes(t.talk), ...knownMistakes(t.talk?.['known'])]),
        ...DOES.flatMap((does) => (t[does] ? at(['turns', i, does], effectMistakes(does, t[does])) : [])),
      ];
    }),
    ...at(['start'], [...talkMistakes(read.data.start), ...knownMistakes(read.data.start?.['known'])]),
    ...at(['ends', 'goal'], read.data.ends?.goal === undefined ? [] : goalMistakes(read.data.ends.goal)),
    ...at(['ends', 'known'], knownMistakes(read.data.ends?.known)),
  ];
  if (mistakes.length > 0) return { mistakes };
  return { script: { ...read.data, turns, endsLine: lineOf(document.get('ends', true)) } };
}

/** Every key there is, for a key that is not one. */
const KEYS = [schema, schema.shape.world.unwrap(), turn, turn.shape.recorded.unwrap(), schema.shape.ends.unwrap()].flatMap((one) => Object.keys(one.shape));

function noKey(key: string): string {
  const meant = nearest(key, KEYS.filter((known) => known !== key));
  return `no key “${key}” here${meant ? `; did you mean “${meant}”?` : ''}`;
}

/** Where a key itself stands. */
const keyNode = (map: unknown, key: string): unknown => (isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key : undefined);

/** The node a path of keys leads to, or the last one that exists. */
function deepest(root: unknown, path: readonly PropertyKey[]): unknown {
  let node = root;
  for (const key of path) {
    const next: unknown = isMap(node) ? (node as YAMLMap).get(key, true) : isSeq(node) ? node.items[Number(key)] : undefined;
    if (next === undefined || next === null || (isScalar(node))) return node;
    node = next;
  }
  return node;
}
