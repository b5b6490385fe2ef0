import { mkdtempSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readEnvironment, readSettings } from '../src/config.ts';
import { nearest } from '../src/nearest.ts';

const cwd = mkdtempSync(join(tmpdir(), 'aiteru-config-'));
const secret = '0123456789abcdef0123456789abcdef';
const read = (env: Record<string, string>): ReturnType<typeof readSettings> => readSettings(env, { cwd });
const channelsFile = (text: string): string => {
  const path = join(cwd, `channels-${text.length}.yml`);
  writeFileSync(path, text);
  return path;
};

describe('settings', () => {
  test('with nothing given everything is embedded and the simulator is LINE', () => {
    expect(read({})).toEqual({
      warnings: [],
      settings: {
        port: 3000, simulatorPort: 3100, channels: [], lineApiBaseUrl: null, lineDataApiBaseUrl: null, databaseUrl: null, redisUrl: null, mongoUrl: null,
        databasePool: 16, dataDir: join(cwd, '.aiteru'), consolePassword: null, stripeSecretKey: null, stripeWebhookSecret: null, stripeApiBaseUrl: null, publicUrl: null, keepChatMonths: null, logLevel: 'info',
      },
    });
  });

  test('a setting left empty counts as not given', () => {
    expect(read({ PORT: '', DATABASE_URL: '  ' }).settings).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test('every mistake is named at once with what was given and what is expected', () => {
    const { mistakes } = read({ PORT: 'abc', SIMULATOR_PORT: '70000', LOG_LEVEL: 'loud', REDIS_URL: 'http://x', LINE_API_BASE_URL: 'https://api.line.me/v2', LINE_CHANNEL_ID: '12', DATABASE_POOL: '0' });
    expect(mistakes).toEqual([
      'PORT: given "abc", expected a port number, 1 to 65535 (0 = any free one).',
      'SIMULATOR_PORT: given "70000", expected a port number, 1 to 65535 (0 = any free one).',
      'LINE_API_BASE_URL: given "https://api.line.me/v2", expected an address without a path, such as https://api.line.me.',
      'REDIS_URL: given something else (8 characters, not shown), expected an address such as redis://localhost:6379, or several separated by commas for a cluster.',
      'DATABASE_POOL: given "0", expected a number of connections, 2 to 500.',
      'LOG_LEVEL: given "loud", expected one of fatal, error, warn, info, debug, trace, silent.',
      'LINE_CHANNEL_SECRET: nothing given, expected the channel secret, because other settings of the channel are given.',
    ]);
  });

  test('a secret is never repeated, however wrong it is', () => {
    const wrong = { STRIPE_SECRET_KEY: 'hush-1', STRIPE_WEBHOOK_SECRET: 'hush-2', LINE_CHANNEL_SECRET: 'hush 3', LINE_CHANNEL_ACCESS_TOKEN: 'hush 4', DATABASE_URL: 'mysql://me:hush-5@host/db', MONGODB_URL: 'hush-6' };
    const { mistakes, warnings } = read(wrong);
    // The seventh: links to pay by would lead nowhere.
    expect(mistakes).toHaveLength(7);
    expect([...(mistakes ?? []), ...warnings].join()).not.toContain('hush');
  });

  test.each([
    [{ LINE_CHANNEL_SECRET: secret }, 'LINE_CHANNEL_ACCESS_TOKEN'],
    [{ LINE_CHANNEL_SECRET_PREVIOUS: secret }, 'LINE_CHANNEL_SECRET'],
    [{ LINE_CHANNEL_ACCESS_TOKEN: 'token' }, 'LINE_CHANNEL_SECRET'],
    [{ STRIPE_SECRET_KEY: 'sk_test_1' }, 'STRIPE_WEBHOOK_SECRET'],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_1' }, 'STRIPE_SECRET_KEY'],
    [{ STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1', LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ID: '1' }, 'PUBLIC_URL'],
    [{ PORT: '3100' }, 'SIMULATOR_PORT'],
  ])('settings that need each other: %j lacks %s', (env, name) => {
    expect(read(env as Record<string, string>).mistakes?.map((m) => m.split(':')[0])).toEqual([name]);
  });

  test('an unknown LINE_ or AITERU_ name is warned about with the one that was meant', () => {
    expect(read({ LINE_CHANEL_SECRET: 'x', AITERU_DIR: 'y', LINE_THING: 'z', HOME: '/root' }).warnings).toEqual([
      'LINE_CHANEL_SECRET is not a setting; did you mean LINE_CHANNEL_SECRET?',
      'AITERU_DIR is not a setting and is not read.',
      'LINE_THING is not a setting and is not read.',
    ]);
  });

  test('the environment wins over the .env file', () => {
    writeFileSync(join(cwd, '.env'), 'AITERU_DATA_DIR=from-file\nPATH=nowhere\n');
    const env = readEnvironment(cwd);
    expect(env['AITERU_DATA_DIR']).toBe('from-file');
    expect(env['PATH']).not.toBe('nowhere');
  });

  test('.env.example names every setting and is a valid environment as it is', () => {
    const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map((m) => m[1]);
    const { settings, warnings } = read(Object.fromEntries([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((m) => [m[1], m[2]])) as Record<string, string>);
    expect(settings).toEqual(read({}).settings);
    expect(warnings).toEqual([]);
    for (const name of ['PORT', 'SIMULATOR_PORT', 'LINE_CHANNEL_ID', 'LINE_CHANNEL_SECRET', 'LINE_CHANNEL_SECRET_PREVIOUS', 'LINE_CHANNEL_ACCESS_TOKEN', 'LINE_API_BASE_URL', 'LINE_DATA_API_BASE_URL', 'LINE_CHANNELS_FILE', 'DATABASE_URL', 'REDIS_URL', 'MONGODB_URL', 'DATABASE_POOL', 'AITERU_DATA_DIR', 'CONSOLE_PASSWORD', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_API_BASE_URL', 'PUBLIC_URL', 'LOG_LEVEL']) {
      expect(names).toContain(name);
    }
  });
});

describe('the channels file', () => {
  test('adds channels behind the default one; a secret of digits stays text', () => {
    const file = channelsFile(`- name: minato\n  id: 2001234567\n  secret: 00000000000000000000000000000012\n  stores: [みなと歯科]\n`);
    const { settings } = read({ LINE_CHANNELS_FILE: file, LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ID: '1' });
    expect(settings?.channels).toEqual([
      { name: 'default', id: '1', secret, previousSecret: null, accessToken: null, stores: null },
      { name: 'minato', id: '2001234567', secret: '00000000000000000000000000000012', previousSecret: null, accessToken: null, stores: ['みなと歯科'] },
    ]);
  });

  test('mistakes carry file and line, all at once', () => {
    const file = channelsFile(`channels:\n  - name: Minato\n    secret: abc\n    sercet: x\n  - name: hana\n    secret: abc\n  - name: hana\n    id: 1\n    secret: def\n    stores: 花\n  - just words\n`);
    expect(read({ LINE_CHANNELS_FILE: file }).mistakes).toEqual([
      `${file}:2: name: expected small letters, digits and hyphens, at most 40.`,
      `${file}:4: sercet is not known here; did you mean secret?`,
      `${file}:5: channel hana has neither id nor accessToken; one is needed to answer.`,
      `${file}:10: stores: expected a list of store names.`,
      `${file}:11: a channel: expected name, secret and more, as in docs/settings.md.`,
    ]);
  });

  test('a missing file and broken YAML are said plainly', () => {
    expect(read({ LINE_CHANNELS_FILE: 'nowhere.yml' }).mistakes).toEqual([`LINE_CHANNELS_FILE: given "${join(cwd, 'nowhere.yml')}", expected a file that can be read.`]);
    const file = channelsFile('- name: [a\n');
    expect(read({ LINE_CHANNELS_FILE: file }).mistakes?.[0]).toMatch(new RegExp(`^${file}:\\d+: `));
  });
});

test('the nearest name forgives a slip, not another word', () => {
  expect(nearest('improt', ['import', 'start'])).toBe('import');
  expect(nearest('stat', ['import', 'start'])).toBe('start');
  expect(nearest('deploy', ['import', 'start'])).toBeNull();
});
