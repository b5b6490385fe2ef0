/**
 * A scripted conversation: one YAML file of `conversations/`, read whole or refused with every mistake by line.
 * The format is documented in docs/conversations.md; a test, a demo and an export of a log are all this.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { z } from 'zod';

/** How a person acts in a turn; exactly one of the first group. */
const turn = z.strictObject({
  user: z.string().optional(),
  tap: z.string().optional(),
  pick: z.string().optional(),
  event: z.enum(['follow', 'unfollow', 'unsend']).optional(),
  sends: z.enum(['sticker', 'image', 'video', 'audio', 'file', 'location']).optional(),
  /** Raw postback data, for forged and foreign taps. */
  postback: z.string().optional(),
  /** Time that passes before: `40m`, `25h`, `1d`. */
  after: z.string().regex(/^\d+[smhd]$/, 'a span such as 40m, 25h or 1d').optional(),
  /** The same event is delivered again. */
  send: z.literal('twice').optional(),
  heard: z.record(z.string(), z.unknown()).optional(),
  say: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).optional(),
  exactly: z.boolean().optional(),
  book: z.record(z.string(), z.unknown()).optional(),
  move: z.record(z.string(), z.unknown()).optional(),
  cancel: z.record(z.string(), z.unknown()).optional(),
  wait: z.record(z.string(), z.unknown()).optional(),
  leave: z.record(z.string(), z.unknown()).optional(),
  text: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
  /** Somebody else takes a time between this customer's turns. */
  meanwhile: z.array(z.string()).optional(),
});
const schema = z.strictObject({
  title: z.string().min(1),
  now: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?\+09:00$/, 'a moment such as 2026-11-23T10:12:00+09:00'),
  world: z.strictObject({
    /** A file of prisma/shops, without `.yml`. */
    shop: z.string().optional(),
    taken: z.array(z.string()).optional(),
    mine: z.array(z.string()).optional(),
    waiting: z.array(z.string()).optional(),
    /** The name LINE knows the customer by; empty = it tells none. */
    name: z.string().optional(),
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

const ACTIONS = ['user', 'tap', 'pick', 'event', 'sends', 'postback'] as const;

/** The script of a file, or its mistakes, each `line: what`. */
export function readScript(text: string): { script: Script } | { mistakes: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2' });
  const lineOf = (node: unknown): number => {
    const range = (node as Node | null | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  if (document.errors.length > 0) return { mistakes: document.errors.map((e) => `${lines.linePos(e.pos[0]).line}: ${e.message.split('\n')[0]}`) };
  const read = schema.safeParse(document.toJS());
  if (!read.success) {
    return { mistakes: read.error.issues.map((issue) => `${lineOf(deepest(document.contents, issue.path))}: ${issue.path.join('.') || 'the file'}: ${issue.message}`) };
  }
  const turnNodes = document.get('turns');
  const items = isSeq(turnNodes) ? turnNodes.items : [];
  const turns = read.data.turns.map((t, i) => ({ ...t, line: lineOf(items[i]) }));
  const mistakes = turns.flatMap((t) => {
    const acts = ACTIONS.filter((action) => t[action] !== undefined);
    return acts.length === 1 ? [] : [`${t.line}: a turn is exactly one of ${ACTIONS.join(', ')}; this one has ${acts.length === 0 ? 'none' : acts.join(' and ')}`];
  });
  if (mistakes.length > 0) return { mistakes };
  return { script: { ...read.data, turns, endsLine: lineOf(document.get('ends', true)) } };
}

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
