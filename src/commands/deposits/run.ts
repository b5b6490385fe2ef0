/** Deposits at a database: what is open, and the shop's word that it has one or has given one back. */
import { randomBytes } from 'node:crypto';
import { markPaid, markReturned } from '../../booking/deposit.ts';
import { padded, columns } from '../../chatlog/words/columns.ts';
import { visibleLine } from '../../chatlog/words/visible.ts';
import { idMaker } from '../../ids.ts';
import { change } from '../../jobs/change.ts';
import type { ChangeHouse } from '../../jobs/change.ts';
import type { ChannelStores } from '../../model/channels.ts';
import type { Instant } from '../../model/time.ts';
import { PlainError } from '../../plain-error.ts';
import { momentWords, yen } from '../../replies/when.ts';
import { connect, houseTime } from '../../storage/postgres/client.ts';
import { openDeposits } from '../../storage/postgres/deposits.ts';
import type { OpenDeposit } from '../../storage/postgres/deposits.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { openPostgres } from '../../storage/postgres/open.ts';

export type DepositHouse = { change: ChangeHouse; now: Instant; open: () => Promise<OpenDeposit[]> };

/** Brings the schema up to date, opens the database and closes it. What a change owes is delivered by the app. */
export async function atDatabase<T>(databaseUrl: string, channels: readonly ChannelStores[], work: (house: DepositHouse) => Promise<T>): Promise<T> {
  await migrate(databaseUrl);
  const reading = await connect(databaseUrl, { max: 1 });
  try {
    const now = Math.round(await houseTime(reading));
    const postgres = await openPostgres(databaseUrl, { connections: 4, now: () => now, channels });
    try {
      const { inbox, stores } = postgres;
      return await work({
        now, open: () => openDeposits(reading.pool),
        change: { inbox, now: () => now, newId: idMaker(Date.now, randomBytes), stores: () => stores.stores(), deliver: () => undefined },
      });
    } finally {
      await postgres.close();
    }
  } finally {
    await reading.close();
  }
}

const WHAT: Record<OpenDeposit['what'], string> = { due: '入金待ち', link: 'リンクでのお支払い待ち', give_back: '返金が必要' };

/** A line for each, the visits in the order they come; what goes back first. */
export async function listOpen({ open, now }: DepositHouse): Promise<string[]> {
  const rows = (await open()).map(({ what, visitAt, shop, customer, yen: amount, trouble, id }) => [
    WHAT[what], momentWords(visitAt, now), visibleLine(shop), customer === null ? '（お名前なし）' : `${visibleLine(customer)}様`, yen(amount), id, ...(trouble === null ? [] : [visibleLine(trouble)]),
  ]);
  if (rows.length === 0) return ['入金待ちの予約金も、お返しする予約金もありません。'];
  const widths = rows[0]!.map((_, nth) => Math.max(...rows.map((row) => columns(row[nth] ?? ''))));
  return rows.map((row) => row.map((cell, nth) => padded(cell, widths[nth] ?? 0)).join('  ').trimEnd());
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const idOf = (text: string): string => {
  if (!UUID.test(text)) throw new PlainError(`“${visibleLine(text)}” is no id of a deposit: bin/aiteru deposits lists them.`);
  return text.toLowerCase();
};

export async function markAsPaid({ change: house, now }: DepositHouse, given: string): Promise<string> {
  const id = idOf(given);
  const result = await change(house, async (writer) => {
    const found = await writer.payments.payment({ id });
    return found && found.payment.status !== 'failed' ? markPaid(found.visit.id, { writer, now, newId: house.newId }) : { result: { answer: 'none' as const }, changed: [], news: [], jobs: [] };
  });
  if (result.answer === 'paid') return `予約金${yen(result.yen)}の入金を記録しました。ご予約は確定しています。`;
  const why = { none: '入金待ちの予約金ではありません。', already: 'すでに入金済みです。', gone: 'ご予約は取り消されています。' } as const;
  throw new PlainError(why[result.answer]);
}

export async function markAsReturned({ change: house, now }: DepositHouse, given: string): Promise<string> {
  const id = idOf(given);
  const returned = await change(house, async (writer) => ({ result: await markReturned(id, { writer, now }), changed: [], news: [], jobs: [] }));
  if (!returned) throw new PlainError('お返しする予約金ではありません。');
  return '返金済みとして記録しました。';
}
