/** Who of the shop hears what, and when: the teller with everything in the process. */
import { describe, expect, test } from '@jest/globals';
import type { DeskWriter } from '../../src/booking/desk/ports.ts';
import { aboutVisit } from '../../src/booking/news.ts';
import type { Job, News } from '../../src/booking/news.ts';
import { listenersOf } from '../../src/jobs/notices.ts';
import type { ReminderWriter } from '../../src/jobs/reminders.ts';
import { StaffTeller } from '../../src/jobs/staff.ts';
import { messagesOf } from '../../src/jobs/ports.ts';
import type { OutboxRow } from '../../src/jobs/ports.ts';
import { MINUTE, fromLocal } from '../../src/model/time.ts';
import type { Reservation } from '../../src/model/reservation.ts';
import type { Staff, Store } from '../../src/model/store.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { MemoryNotices } from '../../src/storage/memory/notices.ts';
import type { KeptNotice } from '../../src/storage/memory/notices.ts';
import { MemoryInbox, MemoryQueues } from '../../src/storage/memory/queues.ts';
import { salon } from '../support/salon.ts';

const NOW = fromLocal('2026-11-26T11:00');

/** A salon whose 田中 is the manager, both on LINE. */
function house(change: { tanaka?: Partial<Staff>; sato?: Partial<Staff>; store?: Partial<Store> } = {}) {
  const shop = salon();
  Object.assign(shop.tanaka, { lineId: 'U-tanaka', manager: true }, change.tanaka);
  Object.assign(shop.sato, { lineId: 'U-sato' }, change.sato);
  Object.assign(shop.store, change.store);
  const clock = { at: NOW };
  const kept: KeptNotice[] = [];
  const blocked = new Set<string>();
  const customers = [{ id: 'yamada', lineId: 'U-yamada', name: '山田', phone: null, blocked: false, channel: 'default' }];
  const notices = () => new MemoryNotices(kept, (id) => {
    const lineId = shop.store.staff.find((s) => s.id === id)?.lineId;
    return lineId ? { lineId, userId: `user of ${lineId}`, blocked: blocked.has(lineId) } : null;
  });
  const pushed: (OutboxRow & { kind: 'say' })[] = [];
  const jobs: Job[] = [];
  let ids = 0;
  const teller = new StaffTeller({
    inbox: new MemoryInbox(new MemoryQueues(), 'me', () => {
      const told = notices();
      return { booking: new MemoryBooking(noBookings(), () => clock.at, () => customers), desk: {} as DeskWriter, notices: told, reminders: {} as ReminderWriter, undo: () => told.undo() };
    }, () => clock.at),
    notices: notices(), now: () => clock.at, newId: () => `id-${String(++ids).padStart(4, '0')}`, stores: async () => [shop.store],
    jobs: { add: async (job) => void jobs.push(job) },
    deliver: (rows) => void pushed.push(...rows.filter((row) => row.kind === 'say')),
  });
  const visit = (at: string, more: Partial<Reservation> = {}): Reservation => {
    const start = fromLocal(at);
    return { id: at, userId: 'yamada', storeId: shop.store.id, staffId: shop.sato.id, menuIds: [shop.cut.id], start, end: start + 60 * MINUTE, status: 'confirmed', nominated: true, ...more };
  };
  let rows = 0;
  return {
    ...shop, teller, clock, jobs, visit, blocked,
    tell: (news: News, rowId = `row-${++rows}`) => teller.tell(news as Extract<News, { to: 'staff' }>, rowId),
    /** Who was pushed what since this was asked last. */
    told: () => pushed.splice(0).map(({ payload }) => `${payload.to}: ${messagesOf(payload).map((m) => (m as { text: string }).text).join('\n---\n')}`),
    pushed,
  };
}
const handover = (storeId: string, why: 'asked' | 'misses' | 'waiting', words: string | null, userId = 'yamada'): News =>
  ({ to: 'staff', storeId, staffId: null, news: { kind: 'handover', userId, why, words, messageId: 'm1' } });

describe('who is told', () => {
  const listeners = ({ store }: ReturnType<typeof house>, news: News) => listenersOf(store, news as Extract<News, { to: 'staff' }>).map((person) => person.name);

  test('the person of the visit and the managers', () => {
    const shop = house();
    expect(listeners(shop, aboutVisit('booked', shop.visit('2026-11-28T15:00')))).toEqual(['田中', '佐藤']);
    expect(listeners(shop, aboutVisit('booked', shop.visit('2026-11-28T15:00', { staffId: shop.tanaka.id })))).toEqual(['田中']);
  });
  test('of a move to another person also the one it was with', () => {
    const shop = house({ tanaka: { manager: false } });
    const was = shop.visit('2026-11-28T15:00');
    expect(listeners(shop, aboutVisit('moved', { ...was, staffId: shop.tanaka.id }, { was }))).toEqual(['田中', '佐藤']);
  });
  test('not who did it himself', () => {
    const shop = house();
    expect(listeners(shop, aboutVisit('cancelled', shop.visit('2026-11-28T15:00'), { by: shop.sato.id }))).toEqual(['田中']);
  });
  test('only of what the shop wants told, and only whom', () => {
    const { store: { policy } } = house();
    const shop = house({ store: { policy: { ...policy, notices: { nominated: false, managers: true, of: ['cancelled'] } } } });
    expect(listeners(shop, aboutVisit('booked', shop.visit('2026-11-28T15:00')))).toEqual([]);
    expect(listeners(shop, aboutVisit('cancelled', shop.visit('2026-11-28T15:00')))).toEqual(['田中']);
  });
  test('of a customer who waits for a person everybody, where no manager is on LINE', () => {
    expect(listeners(house(), handover(house().store.id, 'asked', null))).toEqual(['田中']);
    expect(listeners(house({ tanaka: { lineId: null } }), handover('', 'asked', null))).toEqual(['佐藤']);
    expect(listeners(house({ tanaka: { manager: false } }), handover('', 'asked', null))).toEqual(['田中', '佐藤']);
  });
  test('nobody who is not on LINE or not with the shop any more', () => {
    const shop = house({ tanaka: { active: false }, sato: { lineId: null } });
    expect(listeners(shop, aboutVisit('booked', shop.visit('2026-11-28T15:00')))).toEqual([]);
  });
});

describe('what they read', () => {
  test('a booking, a move, a cancelling', async () => {
    const shop = house({ tanaka: { lineId: null } });
    const visit = shop.visit('2026-11-28T15:00');
    await shop.tell(aboutVisit('booked', visit));
    expect(shop.told()).toEqual(['U-sato: 【新規】11/28(土) 15:00〜16:00 カット 山田様（指名 佐藤）']);
    shop.clock.at += 2 * MINUTE;
    await shop.tell(aboutVisit('moved', { ...visit, start: visit.start + 60 * MINUTE, end: visit.end + 60 * MINUTE }, { was: visit }));
    expect(shop.told()).toEqual(['U-sato: 【変更】山田様 カット（指名 佐藤）\n11/28(土) 15:00 → 16:00〜17:00']);
    shop.clock.at += 2 * MINUTE;
    await shop.tell(aboutVisit('moved', shop.visit('2026-11-29T12:00'), { was: { ...visit, staffId: shop.tanaka.id } }));
    expect(shop.told()).toEqual(['U-sato: 【変更】山田様 カット（指名 佐藤）\n11/28(土) 15:00 田中 → 11/29(日) 12:00〜13:00']);
    shop.clock.at += 2 * MINUTE;
    await shop.tell(aboutVisit('cancelled', { ...visit, userId: 'unknown', nominated: false }));
    expect(shop.told()).toEqual(['U-sato: 【キャンセル】11/28(土) 15:00〜16:00 カット お客様（担当 佐藤）']);
  });
  test('a customer who is left to them, with his last words and how to give him back', async () => {
    const shop = house();
    await shop.tell(handover(shop.store.id, 'asked', 'スタッフの方と\n直接話したいです'));
    expect(shop.told()).toEqual(['U-tanaka: 【引き継ぎ】山田様がスタッフとの会話を希望しています。\n「スタッフの方と 直接話したいです」\n\nLINE公式アカウントのチャットからご返信ください。終わったら「山田様 再開」で自動応答に戻ります。']);
  });
});

describe('when they hear it', () => {
  test('at once, and in one message what happens within a minute of that', async () => {
    const shop = house({ tanaka: { lineId: null } });
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T15:00')));
    expect(shop.told()).toHaveLength(1);
    shop.clock.at += 20_000;
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T16:00')));
    shop.clock.at += 20_000;
    await shop.tell(aboutVisit('cancelled', shop.visit('2026-11-28T15:00')));
    expect(shop.told()).toEqual([]);
    expect(shop.jobs.at(-1)).toEqual({ name: 'tell_staff', key: `tell_staff:${shop.sato.id}`, at: NOW + MINUTE, payload: { staffId: shop.sato.id } });
    shop.clock.at = NOW + MINUTE;
    await shop.teller.flush(shop.sato.id);
    expect(shop.told()).toEqual(['U-sato: 【新規】11/28(土) 16:00〜17:00 カット 山田様（指名 佐藤）\n\n【キャンセル】11/28(土) 15:00〜16:00 カット 山田様（指名 佐藤）']);
    await shop.teller.flush(shop.sato.id);
    expect(await shop.teller.mend()).toBe(0);
    expect(shop.told()).toEqual([]);
  });
  test('once, however often the row comes; a lost job is mended', async () => {
    const shop = house({ tanaka: { lineId: null } });
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T15:00')), 'row');
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T15:00')), 'row');
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T17:00')));
    expect(shop.told()).toHaveLength(1);
    shop.clock.at += MINUTE;
    expect(await shop.teller.mend()).toBe(1);
    expect(shop.told()).toEqual(['U-sato: 【新規】11/28(土) 17:00〜18:00 カット 山田様（指名 佐藤）']);
  });
  test('what a waiting customer goes on writing after ten minutes, in a line; nothing of it is lost', async () => {
    const shop = house();
    await shop.tell(handover(shop.store.id, 'misses', 'ふがふが'));
    shop.told();
    for (const words of ['すみません', 'まだですか', 'あの']) {
      shop.clock.at += 2 * MINUTE;
      await shop.tell(handover(shop.store.id, 'waiting', words));
    }
    expect(shop.told()).toEqual([]);
    shop.clock.at = NOW + 10 * MINUTE;
    await shop.teller.mend();
    expect(shop.told()).toEqual([expect.stringContaining('【返信待ち】山田様\n「あの」（ほか2件）\n\nLINE公式')]);
  });
  test('who blocked the account is passed over, and hears nothing of it later', async () => {
    const shop = house({ tanaka: { lineId: null } });
    shop.blocked.add('U-sato');
    await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T15:00')));
    shop.blocked.clear();
    shop.clock.at += 2 * MINUTE;
    expect(await shop.teller.mend()).toBe(0);
    expect(shop.told()).toEqual([]);
  });
});

test('what was said to a person of the shop is in the log of it', async () => {
  const shop = house({ tanaka: { lineId: null } });
  await shop.tell(aboutVisit('booked', shop.visit('2026-11-28T15:00')));
  expect(shop.pushed[0]!.payload).toMatchObject({
    userId: 'user of U-sato', replyToken: null, retryKey: expect.any(String),
    log: [{ userId: 'user of U-sato', entry: { role: 'system', by: 'job', message: expect.stringContaining('【新規】11/28(土) 15:00〜16:00 カット 山田様'), acts: [{ say: 'notice', news: { kind: 'booked' } }] } }],
  });
});
