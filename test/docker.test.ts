import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings } from '../src/config.ts';

const root = join(import.meta.dirname, '..');
type Service = { image?: string; build?: string; environment?: Record<string, string>; healthcheck?: { test: string[] }; volumes?: string[]; depends_on?: Record<string, { condition: string }> };
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const databases = Object.entries(compose.services).filter(([name]) => name !== 'app');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

test('the three databases are pinned, watched and keep their data', () => {
  expect(databases.map(([name]) => name)).toEqual(['postgres', 'redis', 'mongo']);
  for (const [name, service] of databases) {
    expect(service.image).toMatch(/^\w+:\d+\.\d+/);
    expect(service.healthcheck?.test[0]).toBe('CMD');
    expect(service.volumes?.map((volume) => volume.split(':')[0])).toEqual([name]);
    expect(Object.keys(compose.volumes)).toContain(name);
  }
});

test('the app waits until all three are healthy, and its environment is valid', () => {
  const { depends_on: waits, environment = {} } = compose.services['app']!;
  expect(waits).toEqual(Object.fromEntries(databases.map(([name]) => [name, { condition: 'service_healthy' }])));
  // As compose fills it in on a machine without .env.
  const filled = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replaceAll(/\$\{\w+:-(\w*)\}/g, '$1')]));
  expect(readSettings(filled, { cwd: root })).toMatchObject({ warnings: [], settings: { port: 3000, redisUrl: 'redis://redis:6379', databaseUrl: expect.stringContaining('@postgres:5432/') } });
});

test('the image runs as a non-root user, pinned, and is watched', () => {
  expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map((m) => m[1])).toEqual(Array(2).fill(expect.stringMatching(/^node:24\.\d+\.\d+-/)));
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
});

test('everything the image copies is there, and nothing of it is kept out', () => {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((m) => m[1]!.split(' '));
  for (const name of copied) {
    if (!name.includes('*')) expect(readdirSync(root)).toContain(name.replace('./', ''));
    expect(ignored).not.toContain(name);
  }
});
