/** The shop's people on LINE, in a whole house: who says who he is, is told, and asks for the day. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarOf, makeCode, unlinkPerson } from '../src/commands/staff/at-database.ts';
import { shopOnLine, textEvent, bodyOf } from './support/shop-on-line.ts';
import type { ShopOnLine } from './support/shop-on-line.ts';

let shop: ShopOnLine;
beforeAll(async () => {
  shop = await shopOnLine();
});
afterAll(() => shop.close());

const codeFor = async (name: string): Promise<string> => (await makeCode(shop.databaseUrl, { name }))[0]!;
const text = (messages: { text?: string | undefined }[]): string => messages.map((m) => m.text).join('\n');
const accountOf = async (name: string): Promise<string | null> => (await shop.sql.query<{ line_id: string | null }>('SELECT line_id FROM staff WHERE name = $1', [name])).rows[0]!.line_id;

describe('スタッフ登録', () => {
  test('a code makes the account that of the person it was made for, once, however it is typed', async () => {
    const code = await codeFor('佐藤');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
    const sato = shop.simulator.user('佐藤のスマホ');
    const wide = [...code.toLowerCase()].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
    expect(text(await sato.say(`ｽﾀｯﾌ登録　${wide.slice(0, 2)} ${wide.slice(2)}`))).toContain('佐藤さんとして登録しました');
    expect(await accountOf('佐藤')).toBe(sato.id);
    expect(text(await shop.simulator.user('ほかの人').say(`スタッフ登録 ${code}`))).toContain('このコードでは登録できませんでした');
    expect(text(await sato.say(`スタッフ登録 ${await codeFor('田中')}`))).toContain('すでに佐藤さんとして登録されています');
    expect(await accountOf('田中')).toBeNull();
  });

  test('what is wrong with a code is not told; without one it is said how', async () => {
    const guest = shop.simulator.user('ゲスト');
    const code = await codeFor('田中');
    await shop.sql.query("UPDATE staff_codes SET expires_at = now() - interval '1 minute' WHERE used_at IS NULL");
    const [over, never] = [text(await guest.say(`スタッフ登録 ${code}`)), text(await guest.say('スタッフ登録 00000'))];
    expect(over).toBe(never);
    expect(text(await guest.say('スタッフ登録'))).toContain('例: スタッフ登録 8H2K4');
    expect(text(await guest.say('今日の予約'))).not.toContain('件');
  });

  test('解除 makes it a customer’s again, and a new code the person’s; the command line can do it, too', async () => {
    const tanaka = shop.simulator.user('田中のスマホ');
    await tanaka.say(`スタッフ登録 ${await codeFor('田中')}`);
    expect(text(await tanaka.say('スタッフ登録解除'))).toContain('田中さんの登録を解除しました');
    expect(await accountOf('田中')).toBeNull();
    expect(text(await tanaka.say('明日空いてる？'))).toMatch(/空|定休日|満席/);
    await tanaka.say(`スタッフ登録 ${await codeFor('田中')}`);
    expect(await unlinkPerson(shop.databaseUrl, { name: '田中' })).toEqual(['田中 (ヘアサロン みなも) is told nothing any more, and the account is a customer\'s.']);
    expect(await accountOf('田中')).toBeNull();
  });

  test('after five wrong codes within an hour an account tries in vain, and after a hundred every account', async () => {
    await shop.sql.query('DELETE FROM staff_guesses');
    const code = await codeFor('田中');
    const guesser = shop.simulator.user('推測');
    for (let i = 0; i < 5; i++) await guesser.say(`スタッフ登録 0000${i}`);
    const later = text(await guesser.say(`スタッフ登録 ${code}`));
    expect(later).toContain('しばらく受け付けていません');
    expect(await accountOf('田中')).toBeNull();
    // A thousand from hundreds of accounts, all at once.
    const many = Array.from({ length: 1_000 }, (_, i) => textEvent(`U${String(i % 250).padStart(32, 'a')}`, `スタッフ登録 ${String(10_000 + i)}`));
    for (let i = 0; i < many.length; i += 250) {
      expect(await shop.post(bodyOf(...many.slice(i, i + 250)))).toBe(200);
      await shop.until("SELECT 1 WHERE NOT EXISTS (SELECT FROM inbox)");
    }
    const { rows: [row] } = await shop.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM staff_guesses');
    expect(row!.n).toBe(100);
    expect(text(await shop.simulator.user('本人').say(`スタッフ登録 ${code}`))).toBe(later);
    await shop.sql.query('DELETE FROM staff_guesses');
    expect(text(await shop.simulator.user('本人').say(`スタッフ登録 ${code}`))).toContain('田中さんとして登録しました');
  }, 120_000);
});

describe('what they hear and ask', () => {
  test('a booking is told to the person of it at once, and stands in the day', async () => {
    const sato = shop.simulator.user('佐藤のスマホ');
    const customer = shop.simulator.user('山田');
    await customer.say('来週の土曜の15時に佐藤さんでカット');
    const told = sato.hears();
    await customer.say('はい');
    expect(text(await told)).toMatch(/【新規】\d+\/\d+\(土\) 15:00〜16:00 カット 山田様（指名 佐藤）/);
    const day = text(await sato.say('来週の土曜'));
    expect(day).toMatch(/\d+\/\d+\(土\) 1件\n15:00〜16:00 カット 山田様（指名 佐藤）/);
    expect(text(await sato.say('山田様の予約'))).toContain('15:00〜16:00 カット 山田様');
    expect(text(await sato.say('次の予約'))).toContain('15:00〜16:00 カット 山田様');
  });

  test('what they write is in the log as theirs, with what was answered', async () => {
    const sato = shop.simulator.user('佐藤のスマホ');
    await sato.say('明日の予約');
    const { entry } = await shop.until<{ entry: { role: string; turn: { around: unknown } } }>(
      "SELECT entry FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 AND entry->>'message' = '明日の予約'", [sato.id]);
    expect(entry.role).toBe('staff');
    expect(entry.turn.around).toMatchObject({ desk: { staffId: expect.any(String) } });
  });

  test('one of them can be a customer, and is of the shop again when he says so', async () => {
    const sato = shop.simulator.user('佐藤のスマホ');
    expect(text(await sato.say('お客様モード'))).toContain('お客様モードに切り替えました');
    expect(text(await sato.say('予約したい'))).toContain('メニュー');
    expect(text(await sato.say('スタッフモード'))).toContain('スタッフモードです');
    expect(text(await sato.say('今日の予約'))).toMatch(/件|ありません/);
  });

  test('a chat that is left to them stays quiet until one of them gives it back; they see who waits, and for how long', async () => {
    const [sato, customer, other] = [shop.simulator.user('佐藤のスマホ'), shop.simulator.user('待つ人'), shop.simulator.user('別の人')];
    // 佐藤 was told of something within the minute.
    const told = shop.simulator.user('本人').hears();
    expect(text(await customer.say('スタッフの方と直接話したいです'))).toContain('スタッフにおつなぎします');
    expect(text(await told)).toContain('【引き継ぎ】待つ人様がスタッフとの会話を希望しています。');
    await other.say('人と話したいです');
    await customer.silently.say('白髪が気になっていて');
    const { last } = await shop.until<{ last: string }>("SELECT talk->'human'->>'last' AS last FROM talks WHERE talk->'human'->>'last' LIKE '白髪%'");
    expect(last).toBe('白髪が気になっていて');
    await shop.until('SELECT 1 FROM handoffs HAVING count(*) = 2');
    const list = text(await sato.say('引き継ぎ一覧'));
    expect(list).toContain('返信待ちのお客様 2名\n1. 待つ人様 たった今から「白髪が気になっていて」\n2. 別の人様');
    expect(text(await sato.say('再開'))).toContain('どのお客様の自動応答を再開しますか？');
    expect(text(await sato.tap('待つ人様 再開'))).toContain('待つ人様の自動応答を再開しました。');
    expect(text(await sato.say('引き継ぎ一覧'))).toContain('返信待ちのお客様 1名');
    expect(text(await customer.say('明日空いてる？'))).toMatch(/^ここからは、自動でご案内します。/);
    expect(text(await customer.say('営業時間は？'))).not.toContain('ここからは');
  });

  test('a calendar of one’s own has an address that stands in the chat and nowhere else; it ends when one says so', async () => {
    const sato = shop.simulator.user('佐藤のスマホ');
    const [, secret = ''] = /\/calendar\/([\w-]{22})\.ics/.exec(text(await sato.say('カレンダー'))) ?? [];
    const url = (): string => `http://127.0.0.1:${shop.houses[0]!.port}`;
    const read = () => fetch(`${url()}/calendar/${secret}.ics`);
    const feed = await (await read()).text();
    expect(feed).toContain('SUMMARY:カット 山田様');
    await shop.until("SELECT 1 FROM chat_log_entries WHERE entry->>'message' LIKE '%/calendar/●●●●●●.ics%'");
    await shop.until('SELECT 1 WHERE NOT EXISTS (SELECT FROM outbox)');
    const { rows: tables } = await shop.sql.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
    for (const { name } of tables) expect([name, (await shop.sql.query(`SELECT 1 FROM "${name}" t WHERE strpos(t::text, $1) > 0`, [secret])).rowCount]).toEqual([name, 0]);
    const visit = feed.replaceAll('\r\n ', '').match(/UID:visit-[^]*?END:VEVENT/)![0];
    await sato.say('山田様の予約キャンセル');
    await sato.tap('はい（お店の都合）');
    const after = (await (await read()).text()).replaceAll('\r\n ', '');
    expect(after).toContain(/UID:.*/.exec(visit)![0]);
    expect(after).toContain('STATUS:CANCELLED');
    expect(text(await sato.say('カレンダー停止'))).toContain('カレンダーを停止しました');
    expect((await read()).status).toBe(404);
    const [line = ''] = await calendarOf(shop.databaseUrl, { name: '佐藤', publicUrl: url() });
    expect((await fetch(line)).status).toBe(200);
    expect(await calendarOf(shop.databaseUrl, { name: '佐藤', publicUrl: url(), revoke: true })).toEqual(['The calendar of 佐藤 (ヘアサロン みなも) leads nowhere any more.']);
    expect((await fetch(line)).status).toBe(404);
  });
});
