/** Who may import whom (docs/architecture.md): reads the imports of src/ and refuses what the table does not name. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const SRC = join(import.meta.dirname, '..', 'src');

/** `x` = room x, values and types · `type:x` = only types of it · `x/file` = that one file of it. */
const STORAGE = ['model', 'storage', 'type:booking', 'type:dialogue', 'type:chatlog', 'type:jobs', 'jobs/ports'];
const TABLE: { readonly [room: string]: readonly string[] } = {
  model: [],
  understanding: ['model'],
  dialogue: ['model', 'type:understanding', 'type:booking'],
  // The shop's people: as dialogue, for them.
  desk: ['model', 'type:understanding', 'type:booking'],
  booking: ['model'],
  // Acts speak in the words of what was heard and found.
  replies: ['model', 'type:dialogue', 'type:desk', 'type:booking', 'type:understanding'],
  line: ['model'],
  // The shape of the documents, which every store of them keeps to.
  storage: ['model', 'type:chatlog'],
  'storage/postgres': STORAGE,
  // Stands in for a Redis that is not given.
  'storage/redis': [...STORAGE, 'storage/memory'],
  'storage/mongo': STORAGE,
  'storage/memory': STORAGE,
  // nearest: what a misspelt word of a script was meant to be.
  chatlog: ['model', 'understanding', 'dialogue', 'desk', 'replies', 'booking', 'storage/memory', 'middle', 'nearest'],
  // Retry rules are tables of line/; the call itself is handed in.
  jobs: ['model', 'booking', 'replies', 'type:line', 'line/outcome', 'type:chatlog', 'chatlog/compose', 'dialogue/tap', 'desk/tap'],
  payments: ['model', 'booking', 'jobs', 'replies'],
  calendar: ['model', 'type:booking', 'replies'],
  console: ['model', 'chatlog', 'booking'],
  simulator: ['model'],
  embedded: [],
  // Plays scripts through the spine.
  play: ['model', 'understanding', 'dialogue', 'desk', 'booking', 'replies', 'line', 'chatlog', 'jobs', 'payments', 'middle', 'turn'],
  // What a turn in the shop and its replay have in common.
  middle: ['model', 'understanding', 'dialogue', 'desk', 'replies', 'type:booking'],
  // The spine knows every room but the clients of storage.
  turn: ['model', 'understanding', 'dialogue', 'desk', 'booking', 'replies', 'line', 'chatlog', 'jobs', 'middle'],
};
/** The rim: puts the rooms together, so it may import any. */
const RIM = ['app', 'config', 'build', 'main', 'commands', 'log', 'metrics', 'plain-error', 'nearest', 'channels-file', 'ids'];
/** Nobody in a room reaches out to the rim. */
const ROOMS = Object.keys(TABLE);
/** The spine's files count as one room, the middle's too. */
const SPINE = ['turn', 'turn-desk', 'owed'];
const MIDDLE = ['middle', 'middle-desk'];

/** Packages that belong to one room; elsewhere not even their types, but for those of the LINE SDK. */
const CLIENTS: readonly (readonly [RegExp, string])[] = [
  [/^(pg|@prisma\/.*|prisma|graphile-worker)$/, 'storage/postgres'],
  [/^ioredis$/, 'storage/redis'],
  [/^(mongoose|mongodb)$/, 'storage/mongo'],
  [/^@line\/bot-sdk$/, 'line'],
  [/^stripe$/, 'payments'],
  [/^ical-generator$/, 'calendar'],
];

type Import = { from: string; to: string; typeOnly: boolean };
type Source = { file: string; room: string; code: string; imports: Import[] };

const withoutComments = (code: string): string => code.replaceAll(/\/\*[\s\S]*?\*\/|(^|[^:'"`\w])\/\/[^\n]*/g, '$1');

function roomOf(file: string): string {
  const [first = '', second = ''] = file.replace(/\.ts$/, '').split('/');
  if (SPINE.includes(first)) return 'turn';
  if (MIDDLE.includes(first)) return 'middle';
  return first === 'storage' && file.split('/').length > 2 ? `${first}/${second}` : first;
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.includes('/generated/'))
  .map((file) => {
    const code = withoutComments(readFileSync(join(SRC, file), 'utf8'));
    const statements = [
      ...code.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm),
      ...code.matchAll(/(typeof\s+)?import\(\s*['"`]([^'"`$]+)['"`]/g),
    ];
    const imports = statements.map(([, type, to = '']) => ({ from: file, to: to.startsWith('.') ? relative(SRC, join(SRC, dirname(file), to)) : to, typeOnly: type !== undefined }));
    return { file, room: roomOf(file), code, imports };
  });
const files = new Set(sources.map(({ file }) => file));
const ours = (to: string): boolean => to.endsWith('.ts');

/** What an import breaks, in words, or null. */
function broken({ from, to, typeOnly }: Import): string | null {
  const room = roomOf(from);
  if (!ours(to)) {
    const home = CLIENTS.find(([name]) => name.test(to))?.[1];
    if (!home || home === room || RIM.includes(room)) return null;
    return home === 'line' && typeOnly && ['replies', 'jobs'].includes(room) ? null : `${from} imports ${to}, which belongs to ${home}`;
  }
  const target = roomOf(to);
  if (RIM.includes(room) || room === target || to.includes('/generated/')) return null;
  const allowed = TABLE[room]?.some((entry) => entry === target || `${entry}.ts` === to || (typeOnly && entry === `type:${target}`));
  return allowed ? null : `${from} imports ${typeOnly ? 'types of ' : ''}${to}`;
}

test('every room is in the table', () => {
  expect([...new Set(sources.map(({ room }) => room))].filter((room) => !ROOMS.includes(room) && !RIM.includes(room))).toEqual([]);
});

test('rooms import only what the table names', () => {
  expect(sources.flatMap(({ imports }) => imports).map(broken).filter(Boolean)).toEqual([]);
});

test('only storage/postgres sees the generated Prisma client', () => {
  expect(sources.filter((s) => s.room !== 'storage/postgres' && s.imports.some(({ to }) => to.includes('/generated/'))).map(({ file }) => file)).toEqual([]);
});

test('nobody imports main but the command line, and only the rim and tests import embedded and simulator', () => {
  const importers = (room: string): string[] => [...new Set(sources.filter((s) => s.room !== room && s.imports.some(({ to }) => files.has(to) && roomOf(to) === room)).map((s) => s.room))];
  expect(importers('main').filter((room) => room !== 'commands')).toEqual([]);
  for (const room of ['embedded', 'simulator']) expect(importers(room).filter((r) => r !== 'main' && r !== 'commands')).toEqual([]);
});

test('the environment is read in config.ts only', () => {
  expect(sources.filter(({ file, code }) => file !== 'config.ts' && /\bprocess\s*(\.|\?\.)\s*env\b|\bprocess\[|loadEnvFile/.test(code)).map(({ file }) => file)).toEqual([]);
});

test('the clock is read in main.ts only', () => {
  expect(sources.filter(({ file, code }) => file !== 'main.ts' && /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bDate\(\s*\)|Temporal\.Now/.test(code)).map(({ file }) => file)).toEqual([]);
});

test('there are no default exports, no barrels and no rooms for odds and ends', () => {
  expect(sources.filter(({ code }) => /^export default\b|^export \{[^}]*\bas default\b/m.test(code)).map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ file, code }) => /(^|\/)index\.ts$/.test(file) || /^export \* from/m.test(code)).map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ file }) => /(^|\/)(utils?|helpers?|common|misc|shared|types)(\/|\.ts$)/.test(file)).map(({ file }) => file)).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const values = new Map(sources.map(({ file, imports }) => [file, imports.filter((i) => !i.typeOnly && files.has(i.to)).map((i) => i.to)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const next of values.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

describe('the check itself', () => {
  test.each([
    [{ from: 'model/a.ts', to: 'booking/ports.ts', typeOnly: true }],
    [{ from: 'dialogue/step.ts', to: 'booking/ports.ts', typeOnly: false }],
    [{ from: 'chatlog/replay.ts', to: 'line/sender.ts', typeOnly: true }],
    [{ from: 'booking/book.ts', to: 'pg', typeOnly: true }],
    [{ from: 'storage/mongo/logs.ts', to: 'storage/postgres/migrate.ts', typeOnly: false }],
    [{ from: 'replies/ja.ts', to: '@line/bot-sdk', typeOnly: false }],
  ])('refuses %j', (edge) => {
    expect(broken(edge)).not.toBeNull();
  });

  test('sees the imports there are', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(sources.length);
  });
});
