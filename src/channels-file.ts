/** `LINE_CHANNELS_FILE`: more LINE channels than the one in the environment, in a YAML file. */
import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { z } from 'zod';
import { nearest } from './nearest.ts';

/** A LINE official account this house answers for. Has an id, or an access token, or both. */
export type Channel = {
  /** `default` is served at `POST /webhook`, any other at `POST /webhook/<name>`. */
  name: string;
  id: string | null;
  secret: string;
  /** Still accepted while a re-issued secret is being rolled out. */
  previousSecret: string | null;
  accessToken: string | null;
  /** Names of its stores; null = every store that no other channel names. */
  stores: string[] | null;
};

const filled = (expected: string): z.ZodString => z.string(expected).regex(/^\S+$/, expected);
const entry = z.strictObject({
  name: z.string('a name for its address, in small letters, digits and hyphens').regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, at most 40').refine((n) => n !== 'default', 'another name: "default" is the channel of LINE_CHANNEL_SECRET'),
  id: filled('the channel ID, digits').optional(),
  secret: filled('the channel secret'),
  previousSecret: filled('the secret before this one').optional(),
  accessToken: filled('a channel access token').optional(),
  stores: z.array(z.string().min(1, 'the name of a store'), 'a list of store names').min(1, 'a list of store names').optional(),
});
const FIELDS = Object.keys(entry.shape);

/** Reads the file whole. Each mistake is a sentence with file and line; values are not repeated, they may be secrets. */
export function readChannelsFile(path: string): { channels: Channel[]; mistakes: string[] } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { channels: [], mistakes: [`LINE_CHANNELS_FILE: given "${path}", expected a file that can be read.`] };
  }
  const lines = new LineCounter();
  // `failsafe` keeps every value as it is written: a secret of digits only must not become a number.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const at = (node: Node | null | undefined): string => `${path}:${node?.range ? lines.linePos(node.range[0]).line : 1}`;
  const broken = document.errors.map((e) => `${path}:${e.linePos?.[0].line ?? 1}: ${e.message.split('\n')[0]!.slice(0, 120)}`);
  if (broken.length > 0) return { channels: [], mistakes: broken };

  const root = document.contents;
  const list = isMap(root) ? root.get('channels', true) : root;
  if (!isSeq<Node>(list)) return { channels: [], mistakes: [`${at(root)}: expected a list of channels, each with ${FIELDS.join(', ')}.`] };

  const channels: Channel[] = [];
  const mistakes: string[] = [];
  const said = new Map<string, string>();
  for (const item of list.items) {
    const read = entry.safeParse(withoutEmpty(item.toJS(document)));
    for (const issue of read.error?.issues ?? []) mistakes.push(...sentences(issue, item, at));
    if (!read.success) continue;
    const { name, secret, id = null, accessToken = null, previousSecret = null, stores = null } = read.data;
    if (!id && !accessToken) mistakes.push(`${at(item)}: channel ${name} has neither id nor accessToken; one is needed to answer.`);
    for (const key of [`the name ${name}`, ...(stores ?? []).map((s) => `the store ${s}`)]) {
      const before = said.get(key);
      if (before) mistakes.push(`${at(item)}: ${key} is already taken at ${before}.`);
      said.set(key, at(item));
    }
    channels.push({ name, id, secret, previousSecret, accessToken, stores });
  }
  return { channels, mistakes };
}

function sentences(issue: z.core.$ZodIssue, item: Node, at: (node: Node | null) => string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = nearest(key, FIELDS);
      return `${at(valueAt(item, [key]))}: ${key} is not known here${near ? `; did you mean ${near}?` : `, only ${FIELDS.join(', ')}.`}`;
    });
  }
  const field = issue.path.join('.');
  return [`${at(valueAt(item, issue.path))}: ${field || 'a channel'}: expected ${field ? issue.message : `name, secret and more, as in docs/settings.md`}.`];
}

/** The node a path of keys leads to, or the last one on the way that has a line. */
function valueAt(item: Node, path: readonly PropertyKey[]): Node {
  let node = item;
  for (const key of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(key as string | number, true) : null;
    if (!isMap(next) && !isSeq(next) && !isScalar(next)) return node;
    node = next;
  }
  return node;
}

const withoutEmpty = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, v]) => v !== '')) : value;
