import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const under = (dir: string, ending: RegExp): string[] =>
  readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)).filter((file) => ending.test(file) && !file.includes('generated'));
const pages = [...readdirSync(root).filter((file) => file.endsWith('.md')), ...under('docs', /\.md$/)];
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('every link between the documents leads somewhere', () => {
  const broken = pages.flatMap((page) => [...read(page).matchAll(/(?:\]\(|<img src=")(?!https?:|#|mailto:)([^)"#\s]+)/g)]
    .filter(([, to = '']) => !existsSync(join(root, dirname(page), decodeURIComponent(to))))
    .map(([, to]) => `${page} → ${to}`));
  expect(broken).toEqual([]);
});

test('a page the code or a script points to is there', () => {
  const from = [...under('src', /\.ts$/), ...under('bin', /./), ...under('prisma', /\.(yml|sql|prisma)$/), '.env.example'];
  const missing = from.flatMap((file) => [...read(file).matchAll(/\bdocs\/[\w/-]+\.md/g)].filter(([page]) => !existsSync(join(root, page))).map(([page]) => `${file} → ${page}`));
  expect(missing).toEqual([]);
});

test('a command the documents name exists', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
  const named = pages.flatMap((page) => [...read(page).matchAll(/\bnpm run (?:-s )?([\w:]+)|\bbin\/aiteru ([a-z:]+)/g)].map((m) => ({ page, name: m[1] ?? m[2] ?? '' })));
  expect(named.filter(({ name }) => name !== 'COMMAND' && !scripts.includes(name))).toEqual([]);
});

test('the settings page names every setting', () => {
  const settings = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((m) => m[1]!);
  expect(settings.filter((name) => !read('docs/settings.md').includes(`\`${name}\``))).toEqual([]);
});
