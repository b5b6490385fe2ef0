/** `npm run replay`, `export` and `bless` as an operator runs them, on a log in PostgreSQL. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { LogAppend } from '../../src/chatlog/record.ts';
import { readScript } from '../../src/chatlog/script.ts';
import { buildId } from '../../src/build.ts';
import { playScript } from '../../src/play/run.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresShopsKept } from '../../src/storage/postgres/shops-kept.ts';
import { LANE, recordingHouse, ROOT } from '../support/recording.ts';
import { freshDatabase } from '../support/servers.ts';
import { exampleText } from '../support/shops.ts';
import type { Fresh } from '../support/servers.ts';

/** Colours of one's own, and a change of direction. */
const EVIL = ['\u001b', '\u202e'];
const NOWHERE = 'postgresql://nobody@127.0.0.1:9/none';
const CONVERSATION = `title: 例
now: 2026-11-24T10:12:00+09:00
world: { name: 山田花子 }
turns:
  - user: 明日空いてる？
  - user: カット、土曜の15時に佐藤さんで。山田です、090-9876-5432
  - user: はい
  - user: "<script>alert(1)</script>\\u001b[31m\\u202e赤"
`;
let fresh: Fresh;
let pool: Pool;
let dir: string;
/** Of the customer whose log it is, and of one whose log other builds wrote. */
let [userId, otherId] = ['', ''];

type Ran = { code: number | null; out: string; err: string };
const aiteru = (words: string[], environment: Record<string, string | undefined> = {}): Promise<Ran> => new Promise((resolve) => {
  const child = spawn(process.execPath, ['src/commands/cli.ts', ...words], { cwd: ROOT, env: { ...process.env, CI: undefined, FORCE_COLOR: undefined, LOG_LEVEL: 'silent', MONGODB_URL: '', AITERU_DATA_DIR: path.join(dir, 'data'), DATABASE_URL: fresh.url, PATH: '/nowhere', ...environment } });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (data) => (ran.out += String(data)));
  child.stderr.on('data', (data) => (ran.err += String(data)));
  child.on('close', (code) => resolve({ ...ran, code }));
});
const file = (name: string, text: string): string => {
  writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
};

/** The log of a conversation, kept as a house would; gives whose it is. */
async function logged(): Promise<string> {
  const appends: LogAppend[] = [];
  const read = readScript(CONVERSATION);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  await playScript(recordingHouse(['prisma/shops/salon.yml'], postgresShopsKept(pool), buildId(), (entries) => void appends.push(...entries)), LANE, read.script);
  const whose = appends[0]!.userId;
  // Every house names its events alike.
  const own = (text: string) => text.replaceAll(/script-U\w+-/g, `${whose}-`);
  await pool.query('INSERT INTO users (id, name, line_id) VALUES ($1, $2, $3)', [whose, '山田花子', `U${whose.replaceAll('-', '')}`]);
  await postgresChatLog(pool).append(JSON.parse(own(JSON.stringify(appends))) as LogAppend[]);
  return whose;
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'aiteru-replay-'));
  fresh = await freshDatabase();
  pool = new Pool({ connectionString: fresh.url, max: 2 });
  [userId, otherId] = [await logged(), await logged()];
  const changed = (nth: number, change: string) => pool.query(`UPDATE chat_log_entries SET entry = ${change} WHERE id LIKE $1 AND user_id = $2`, [`%-${nth}:heard`, otherId]);
  await changed(1, `entry #- '{turn,around}'`);
  await changed(2, `jsonb_set(entry, '{turn,acts,0,say}', '"full"')`);
  await changed(3, `entry - 'turn'`);
  await pool.query('DELETE FROM chat_log_entries WHERE id LIKE $1 AND user_id = $2', ['%-4:said', otherId]);
});
afterAll(async () => {
  await pool.end();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

describe('replay', () => {
  test('on the build that logged it everything is the same: exit code 0', async () => {
    const { code, out } = await aiteru(['replay', '--user', userId]);
    expect(out).toMatch(/same +4 +100\.0 %/);
    expect(out).toContain(buildId());
    expect(code).toBe(0);
    // And nothing a customer wrote gets at a terminal.
    expect(out).toContain('<script>alert(1)</script>\\u001b[31m\\u202e赤');
    for (const evil of EVIL) expect(out).not.toContain(evil);
  });

  test('what another build decided is found; what was not written to its end or by an old build cannot be replayed, and why: exit code 1', async () => {
    const { code, out } = await aiteru(['replay', '--user', otherId]);
    expect(out).toMatch(/decided differently +1 /);
    expect(out).toContain('伝える内容: full → confirm');
    expect(out).toMatch(/cannot replay +3 /);
    for (const why of ['古い版（', '再現に必要な記録がありません', '返信の記録がありません']) expect(out).toContain(why);
    expect(code).toBe(1);
  });

  test('as JSON it is one document, with every turn and the numbers', async () => {
    const { out } = await aiteru(['replay', '--user', otherId, '--json']);
    const { turns, report } = JSON.parse(out) as { turns: { verdict: string; said: string; now: { says: unknown[] } | null }[]; report: { verdicts: Record<string, number>; passed: boolean } };
    expect(turns.map(({ verdict }) => verdict)).toEqual(['cannot replay', 'decided differently', 'cannot replay', 'cannot replay']);
    expect(turns[1]!.now!.says).toEqual([expect.objectContaining({ say: 'confirm' })]);
    expect(report).toMatchObject({ passed: false, verdicts: { 'decided differently': 1, 'cannot replay': 3, same: 0 } });
  });

  test('one turn, with the talk before and after it', async () => {
    const { code, out } = await aiteru(['replay', '--user', userId, '--at', '2']);
    expect(out).toMatch(/会話（前）[\s\S]*goal: look[\s\S]*── 当時[\s\S]*会話（後）[\s\S]*staff: 佐藤[\s\S]*── 今/);
    expect(code).toBe(0);
    expect(await aiteru(['replay', '--user', userId, '--at', '9'])).toMatchObject({ code: 2, err: expect.stringContaining('from 1 to 4') });
  });

  test('as a page, which holds nothing a customer wrote as markup', async () => {
    const page = path.join(dir, 'page.html');
    await aiteru(['replay', '--from', '2026-11-24', '--to', '2026-11-24', '--html', page]);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('decided differently');
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;\\u001b[31m\\u202e赤');
    expect(html).not.toMatch(/<script|https?:\/\//);
    for (const evil of EVIL) expect(html).not.toContain(evil);
    expect(await aiteru(['replay', '--user', userId, '--html', path.join(dir, 'no/such/page.html')])).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written (ENOENT)') });
  });

  test('with a shop as a file has it: what the file would change', async () => {
    const dearer = file('salon.yml', exampleText('salon').replace('price: 4400', 'price: 5500'));
    const { code, out } = await aiteru(['replay', '--user', userId, '--shops', dearer]);
    expect(out).toMatch(/−.*4,400円[\s\S]*＋.*5,500円/);
    expect(out).toMatch(/worded differently +2 [\s\S]*same +2 /);
    expect(code).toBe(0);
    expect(await aiteru(['replay', '--user', userId, '--shops', file('bad.yml', 'version: 1')])).toMatchObject({ code: 2, err: expect.stringMatching(/bad\.yml:1: name/) });
  });

  test('as if it were written now, to an empty calendar', async () => {
    const { out } = await aiteru(['replay', '--user', userId, '--now', '2026-12-01', '--world']);
    expect(out).toMatch(/4発話/);
  });

  test('a customer nobody knows: exit code 1; a log that is away, or nothing to replay: 2', async () => {
    expect(await aiteru(['replay', '--user', 'だれか'])).toMatchObject({ code: 1, err: expect.stringContaining('No customer goes by “だれか”') });
    expect(await aiteru(['replay', '--user', userId], { DATABASE_URL: NOWHERE })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('127.0.0.1:9') });
    expect(await aiteru(['replay', '--user', userId], { MONGODB_URL: 'mongodb://127.0.0.1:9/none' })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('127.0.0.1:9') });
    expect(await aiteru(['replay'])).toMatchObject({ code: 2, err: expect.stringContaining('What shall be replayed?') });
    expect(await aiteru(['replay', 'a.yml', '--user', userId])).toMatchObject({ code: 2, err: expect.stringContaining('not both') });
  });

  test('files need no store at all, and every one of them may be away', async () => {
    const away = { DATABASE_URL: NOWHERE, REDIS_URL: 'redis://127.0.0.1:9', MONGODB_URL: 'mongodb://127.0.0.1:9/none' };
    expect(await aiteru(['replay', 'conversations/booking/very-formal.yml', 'conversations/waitlist/leaves-the-list.yml'], away)).toMatchObject({ code: 0, err: '' });
    const { code, out } = await aiteru(['replay', file('wrong.yml', CONVERSATION.replace('明日空いてる？', '明日空いてる？\n    say: [hello]'))], away);
    expect(out).toMatch(/5 +10:12 +▶ 明日空いてる？ +decided differently[\s\S]*off script/);
    expect(code).toBe(1);
  });

  test('a file with mistakes is said by its lines: exit code 2, and nothing is played', async () => {
    const wrong = file('mistakes.yml', CONVERSATION.replace('- user: はい', '- usr: はい'));
    expect(await aiteru(['replay', 'conversations/booking/very-formal.yml', wrong])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/mistakes\.yml:7: turns\.2: .*“usr”.*did you mean “user”/) });
    expect(await aiteru(['replay', file('no.yml', 'a: [')])).toMatchObject({ code: 2, err: expect.stringMatching(/no\.yml:1: this is not YAML/) });
    expect(await aiteru(['replay', 'no-such-file.yml'])).toMatchObject({ code: 2, err: expect.stringContaining('no-such-file.yml: cannot be read') });
  });
});

describe('export', () => {
  test('the script passes at once, and nobody knows whose it was', async () => {
    const { code, out, err } = await aiteru(['export', '--user', userId]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const secret of ['山田', '9876', userId]) expect(out).not.toContain(secret);
    expect(out).not.toContain('stores:');
    expect(await aiteru(['replay', file('exported.yml', out)], { DATABASE_URL: NOWHERE })).toMatchObject({ code: 0, err: '' });
  });

  test('without --user it is not understood; where there is nothing to write it says so', async () => {
    expect(await aiteru(['export'])).toMatchObject({ code: 2, out: '' });
    expect(await aiteru(['export', '--user', userId, '--from', '2027-01-01'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('書き出せる会話がありません') });
    expect(await aiteru(['export', '--user', userId], { DATABASE_URL: NOWHERE })).toMatchObject({ code: 2, out: '' });
  });
});

describe('bless', () => {
  test('writes what this build does, and refuses where CI is set', async () => {
    const wrong = file('bless.yml', CONVERSATION.replace('明日空いてる？', '明日空いてる？   # kept\n    say: [hello]'));
    expect(await aiteru(['bless', wrong], { CI: 'true' })).toMatchObject({ code: 1, err: expect.stringContaining('CI is set') });
    expect(readFileSync(wrong, 'utf8')).toContain('say: [hello]');
    expect(await aiteru(['bless', wrong])).toMatchObject({ code: 0, out: expect.stringContaining('1発話を書き換えました') });
    expect(readFileSync(wrong, 'utf8')).toContain('明日空いてる？   # kept\n    say: [open]');
    expect(await aiteru(['replay', wrong])).toMatchObject({ code: 0 });
  });
});
