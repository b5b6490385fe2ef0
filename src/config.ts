/** Settings: read once from the environment and `.env`, checked whole, refused with every mistake at once. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { readChannelsFile } from './channels-file.ts';
import type { Channel } from './channels-file.ts';
import { nearest } from './nearest.ts';
import { PlainError } from './plain-error.ts';

export type { Channel } from './channels-file.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A text setting; `expected` is what the operator reads when it is not so. */
const text = (expected: string, is: (value: string) => boolean = (v) => !/\s/.test(v)): z.ZodType<string | undefined> =>
  z.string().refine(is, expected).optional();

const whole = (from: number, to: number, expected: string, otherwise: number): z.ZodType<number> =>
  z.string().refine((v) => /^\d{1,9}$/.test(v) && Number(v) >= from && Number(v) <= to, expected).transform(Number).default(otherwise);

const port = (otherwise: number): z.ZodType<number> => whole(0, 65535, 'a port number, 1 to 65535 (0 = any free one)', otherwise);

const url = (protocols: readonly string[], example: string): z.ZodType<string | undefined> =>
  text(`an address such as ${example}`, (v) => URL.canParse(v) && protocols.includes(new URL(v).protocol));

const origin = text('an address without a path, such as https://api.line.me', (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol) && new URL(v).pathname === '/');

const publicOrigin = text('the address customers reach this app by, without a path, such as https://aiteru.example.com', (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol) && new URL(v).pathname === '/');

/** Every setting there is; `.env.example` says what each is for. An empty one counts as not given. */
const schema = z
  .object({
    PORT: port(3000),
    SIMULATOR_PORT: port(3100),
    LINE_CHANNEL_ID: text('the channel ID, digits'),
    LINE_CHANNEL_SECRET: text('the channel secret, 32 hexadecimal digits'),
    LINE_CHANNEL_SECRET_PREVIOUS: text('the channel secret before this one, 32 hexadecimal digits'),
    LINE_CHANNEL_ACCESS_TOKEN: text('a channel access token, without spaces'),
    LINE_API_BASE_URL: origin,
    LINE_DATA_API_BASE_URL: origin,
    LINE_CHANNELS_FILE: text('the path of a YAML file', () => true),
    DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@localhost:5432/aiteru'),
    REDIS_URL: text('an address such as redis://localhost:6379, or several separated by commas for a cluster', (v) =>
      v.split(',').every((node) => URL.canParse(node) && /^rediss?:$/.test(new URL(node).protocol))),
    MONGODB_URL: text('an address such as mongodb://localhost:27017/aiteru', (v) => /^mongodb(\+srv)?:\/\/[^/\s]+/.test(v)),
    DATABASE_POOL: whole(2, 500, 'a number of connections, 2 to 500', 16),
    AITERU_KEEP_CHAT_MONTHS: whole(1, 1200, 'a number of months, 1 or more', 0),
    AITERU_DATA_DIR: text('a directory', () => true),
    CONSOLE_PASSWORD: text('a password', () => true),
    STRIPE_SECRET_KEY: text('a secret key of Stripe, sk_… or rk_…', (v) => /^[sr]k_\S+$/.test(v)),
    STRIPE_WEBHOOK_SECRET: text('the signing secret of the webhook endpoint, whsec_…', (v) => /^whsec_\S+$/.test(v)),
    STRIPE_API_BASE_URL: origin,
    PUBLIC_URL: publicOrigin,
    LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  })
  .superRefine(
    (given, context) => {
      const missing = (name: string, expected: string): void => context.addIssue({ code: 'custom', path: [name], message: expected });
      const { LINE_CHANNEL_ID: id, LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: token } = given;
      if (!secret && (id || token || given.LINE_CHANNEL_SECRET_PREVIOUS)) missing('LINE_CHANNEL_SECRET', 'the channel secret, because other settings of the channel are given');
      if (secret && !id && !token) missing('LINE_CHANNEL_ACCESS_TOKEN', 'a channel access token, or LINE_CHANNEL_ID to fetch one with, because LINE_CHANNEL_SECRET is given');
      if (given.STRIPE_SECRET_KEY && !given.STRIPE_WEBHOOK_SECRET) missing('STRIPE_WEBHOOK_SECRET', 'the signing secret of the webhook endpoint, because STRIPE_SECRET_KEY is given');
      if (!given.STRIPE_SECRET_KEY && given.STRIPE_WEBHOOK_SECRET) missing('STRIPE_SECRET_KEY', 'a secret key of Stripe, because STRIPE_WEBHOOK_SECRET is given');
      const onLine = given.LINE_CHANNEL_SECRET !== undefined || given.LINE_CHANNELS_FILE !== undefined;
      if (given.STRIPE_SECRET_KEY && onLine && !given.PUBLIC_URL) missing('PUBLIC_URL', 'the address customers reach this app by, such as https://aiteru.example.com, because STRIPE_SECRET_KEY is given and its links lead there');
      if (given.PORT === given.SIMULATOR_PORT && given.PORT !== 0) missing('SIMULATOR_PORT', 'another port than PORT');
    },
    // Asked even when single settings are wrong, so that the operator sees every mistake in one go.
    { when: () => true },
  );

const NAMES = Object.keys(schema.shape);
/** Never printed, however wrong: they are secrets or addresses with a password in them. */
const SECRET = /SECRET|TOKEN|PASSWORD|_KEY$|^DATABASE_URL$|^REDIS_URL$|^MONGODB_URL$/;

export type Settings = {
  /** Port of the app; 0 = any free one. */
  port: number;
  simulatorPort: number;
  /** LINE channels, the one named `default` first; none = the simulator is the LINE platform. */
  channels: Channel[];
  /** Null = LINE's own, or the simulator's where there is no channel. */
  lineApiBaseUrl: string | null;
  lineDataApiBaseUrl: string | null;
  /** Null = embedded, see docs/settings.md. */
  databaseUrl: string | null;
  redisUrl: string | null;
  mongoUrl: string | null;
  /** Connections to PostgreSQL in all. */
  databasePool: number;
  /** Months after which what was said is removed; null = it is kept. */
  keepChatMonths: number | null;
  /** Absolute path of what the embedded servers keep. */
  dataDir: string;
  consolePassword: string | null;
  stripeSecretKey: string | null;
  stripeWebhookSecret: string | null;
  /** Null = Stripe's own, or the simulator's where there is neither channel nor key. */
  stripeApiBaseUrl: string | null;
  /** Where customers reach the app, an origin. Null = this machine. */
  publicUrl: string | null;
  logLevel: (typeof LOG_LEVELS)[number];
};

/** The settings, or every mistake in them, one sentence each; warnings come with both. */
export type ReadSettings = { warnings: string[] } & ({ settings: Settings; mistakes?: undefined } | { settings?: undefined; mistakes: string[] });

/** Names and values, as a process has them in its environment. */
export type Environment = Record<string, string | undefined>;

/** The project's folder: `.env` is read there, and relative paths in settings start there. */
export const ROOT = resolve(import.meta.dirname, '..');

/** The settings of this process. Warnings go to `warn`; throws a PlainError with a line for every mistake. */
export function loadSettings(warn: (line: string) => void = console.error): Settings {
  const { settings, mistakes, warnings } = readSettings(readEnvironment(ROOT), { cwd: ROOT });
  for (const warning of warnings) warn(warning);
  if (!settings) throw new PlainError(mistakes.join('\n'));
  return settings;
}

/** Whether a machine runs this on its own: nobody is there to look at what was written. */
export const runsInCi = (): boolean => !['', '0', 'false'].includes((process.env['CI'] ?? '').toLowerCase());

/** The process's environment over the `.env` file of `cwd`, where there is one. */
export function readEnvironment(cwd: string): Environment {
  const file = join(cwd, '.env');
  return { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
}

/** Checks an environment whole. Pure apart from reading LINE_CHANNELS_FILE; paths are taken from `cwd`. */
export function readSettings(env: Environment, { cwd }: { cwd: string }): ReadSettings {
  const given: Environment = {};
  for (const name of NAMES) if (env[name]?.trim()) given[name] = env[name].trim();

  const read = schema.safeParse(given);
  const mistakes = read.error?.issues.map((issue) => mistake(String(issue.path[0]), given, issue.message)) ?? [];
  const fromFile = given['LINE_CHANNELS_FILE'] ? readChannelsFile(resolve(cwd, given['LINE_CHANNELS_FILE'])) : { channels: [], mistakes: [] };
  mistakes.push(...fromFile.mistakes);

  const warnings = [...unknownNames(env), ...doubtful(given, fromFile.channels.length > 0)];
  if (!read.success || mistakes.length > 0) return { mistakes, warnings };
  return { settings: settingsOf(read.data, fromFile.channels, cwd), warnings };
}

function settingsOf(read: z.infer<typeof schema>, more: Channel[], cwd: string): Settings {
  const main: Channel[] = read.LINE_CHANNEL_SECRET
    ? [{ name: 'default', id: read.LINE_CHANNEL_ID ?? null, secret: read.LINE_CHANNEL_SECRET, previousSecret: read.LINE_CHANNEL_SECRET_PREVIOUS ?? null, accessToken: read.LINE_CHANNEL_ACCESS_TOKEN ?? null, stores: null }]
    : [];
  return {
    port: read.PORT,
    simulatorPort: read.SIMULATOR_PORT,
    channels: [...main, ...more],
    lineApiBaseUrl: read.LINE_API_BASE_URL ?? null,
    lineDataApiBaseUrl: read.LINE_DATA_API_BASE_URL ?? null,
    databaseUrl: read.DATABASE_URL ?? null,
    redisUrl: read.REDIS_URL ?? null,
    mongoUrl: read.MONGODB_URL ?? null,
    databasePool: read.DATABASE_POOL,
    keepChatMonths: read.AITERU_KEEP_CHAT_MONTHS || null,
    dataDir: resolve(cwd, read.AITERU_DATA_DIR ?? '.aiteru'),
    consolePassword: read.CONSOLE_PASSWORD ?? null,
    stripeSecretKey: read.STRIPE_SECRET_KEY ?? null,
    stripeWebhookSecret: read.STRIPE_WEBHOOK_SECRET ?? null,
    stripeApiBaseUrl: read.STRIPE_API_BASE_URL ?? null,
    publicUrl: read.PUBLIC_URL ? new URL(read.PUBLIC_URL).origin : null,
    logLevel: read.LOG_LEVEL,
  };
}

function mistake(name: string, given: Environment, expected: string): string {
  const value = given[name];
  const was = value === undefined ? 'nothing given' : SECRET.test(name) ? `given something else (${value.length} characters, not shown)` : `given "${value.slice(0, 80)}"`;
  return `${name}: ${was}, expected ${expected}.`;
}

const unknownNames = (env: Environment): string[] =>
  Object.keys(env)
    .filter((name) => /^(LINE|AITERU|STRIPE)_/.test(name) && !NAMES.includes(name))
    .map((name) => {
      const near = nearest(name, NAMES);
      return `${name} is not a setting${near ? `; did you mean ${near}?` : ' and is not read.'}`;
    });

function doubtful(given: Environment, channels: boolean): string[] {
  const doubts: string[] = [];
  const secret = given['LINE_CHANNEL_SECRET'];
  if (secret && !/^[0-9a-f]{32}$/.test(secret)) doubts.push('LINE_CHANNEL_SECRET does not look like one: LINE gives 32 hexadecimal digits.');
  if (given['LINE_CHANNEL_ID'] && !/^\d+$/.test(given['LINE_CHANNEL_ID'])) doubts.push('LINE_CHANNEL_ID does not look like one: LINE gives digits.');
  if (given['LINE_API_BASE_URL'] && !secret && !channels) doubts.push('LINE_API_BASE_URL is not used: no LINE channel is set.');
  if (given['STRIPE_API_BASE_URL'] && !given['STRIPE_SECRET_KEY']) doubts.push('STRIPE_API_BASE_URL is not used: no STRIPE_SECRET_KEY is set.');
  if ((secret || channels) && given['STRIPE_SECRET_KEY']?.startsWith('sk_test_')) doubts.push('STRIPE_SECRET_KEY is a test key: cards are not charged.');
  if ((secret || channels) && given['PUBLIC_URL']?.startsWith('http:')) doubts.push('PUBLIC_URL is not https: what customers open there can be read on the way.');
  if (given['CONSOLE_PASSWORD'] && given['CONSOLE_PASSWORD'].length < 8) doubts.push('CONSOLE_PASSWORD is shorter than 8 characters.');
  return doubts;
}
