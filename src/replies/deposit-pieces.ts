/** What is said about 予約金. */
import type { Act } from '../dialogue/says.ts';
import { depositOf } from '../model/payment.ts';
import type { DepositFate } from '../model/payment.ts';
import type { DepositPolicy } from '../model/policy.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { toLocal } from '../model/time.ts';
import { atHome, button } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { summaryCard } from './cards.ts';
import { donePiece, ofVisit } from './done-piece.ts';
import { ja } from './ja.ts';
import { jaDeposit } from './ja-deposit.ts';
import { nameWords } from './limits.ts';
import { storeOf, visitLine, visitRows } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';
import { leadWords, listWords, momentWords, yen } from './when.ts';

type DepositAct = Extract<Act, { say: 'deposit_asked' | 'deposit_owed' | 'deposit_paid' | 'deposit_lapsed' | 'deposit_unneeded' }>;

const amount = (visit: Reservation): string => yen(visit.deposit?.yen ?? 0);

export function depositPiece(act: DepositAct, words: Words, tap: TapWriter): Piece {
  const { visit } = act;
  const store = storeOf(visit.storeId, words);
  const line = visitLine(visit, words);
  switch (act.say) {
    case 'deposit_asked': return asked(visit, act.approved, words, tap);
    case 'deposit_owed': return { text: owedWords(visit, store).join('\n'), quick: [...ofVisit(visit), ...atHome()] };
    case 'deposit_paid': {
      const sentence = jaDeposit.paid(amount(visit), store?.kind === 'clinic' ? ja.bookedClinic : ja.booked);
      return donePiece(visit, jaDeposit.paidTitle, sentence, words, tap);
    }
    case 'deposit_lapsed': return { text: jaDeposit.lapsed[act.why](line), quick: [again(visit), ...atHome()] };
    case 'deposit_unneeded': return visit.status === 'confirmed'
      ? { text: jaDeposit.unneeded.twice(yen(act.yen), line), quick: [...ofVisit(visit), ...atHome()] }
      : { text: jaDeposit.unneeded.gone(yen(act.yen), line), quick: [again(visit), ...atHome()] };
  }
}

/** What the shop takes itself, and how; nothing where it has it, or is paid by a link. */
export const owedWords = ({ deposit }: Reservation, store: Store | null): string[] =>
  deposit?.state === 'due' && deposit.by === 'shop' ? [jaDeposit.owed(yen(deposit.yen), store?.policy.deposit?.how ?? jaDeposit.howUnknown)] : [];

/** The way to the payment, with what it is for and until when. */
function asked(visit: Reservation, approved: boolean, words: Words, tap: TapWriter): Piece {
  const { link, until } = visit.deposit ?? {};
  const due = momentWords(until ?? visit.hold?.until ?? visit.start, words.now);
  const rows: [string, string][] = [...visitRows(visit, words), [jaDeposit.rows.deposit, amount(visit)], [jaDeposit.rows.due, due]];
  const altText = `${approved ? `${jaDeposit.approvedTitle}\n` : ''}${jaDeposit.asked}\n${visitLine(visit, words)}\n${jaDeposit.rows.deposit} ${amount(visit)}（${jaDeposit.rows.due} ${due}）`;
  return { card: summaryCard({ title: approved ? jaDeposit.approvedTitle : jaDeposit.askedTitle, rows, note: jaDeposit.asked, buttons: [], link: link ? { label: jaDeposit.buttons.pay, uri: link } : null, altText }, tap), quick: [...ofVisit(visit), ...atHome()] };
}

/** The same visit once more, as a wish: it is looked up and confirmed like any other. */
const again = ({ start, staffId, nominated, menuIds }: Reservation): Button =>
  button(jaDeposit.buttons.again, 'again', [toLocal(start), nominated ? staffId : '', menuIds.join(',')].join('/'));

/** The line of a summary about the deposit, where the menus need one. */
export function depositRow(store: Store | null, menuIds: readonly string[]): [string, string][] {
  const deposit = store && depositOf(store, menuIds);
  return deposit ? [[jaDeposit.rows.deposit, jaDeposit.terms(yen(deposit.yen), leadOf(deposit))]] : [];
}

const leadOf = ({ refundMinutes }: DepositPolicy): string | null => (refundMinutes > 0 ? leadWords(refundMinutes) : null);

/** What becomes of it, said before a cancelling is confirmed. */
export const fateBefore = (fate: DepositFate, store: Store | null): string =>
  fate.fate === 'kept' ? jaDeposit.willKeep(yen(fate.yen), leadWords(store?.policy.deposit?.refundMinutes ?? 0)) : fate.by === 'shop' ? jaDeposit.returnedByHand(yen(fate.yen)) : jaDeposit.willReturn(yen(fate.yen));

/** And once it is done. */
export const fateAfter = (fate: DepositFate): string =>
  fate.fate === 'kept' ? jaDeposit.kept(yen(fate.yen)) : fate.by === 'shop' ? jaDeposit.returnedByHand(yen(fate.yen)) : jaDeposit.returned(yen(fate.yen));

/** What the shop asks for in advance, and when it is given back. */
export function depositRule({ policy: { deposit } }: Store): { prepay: string; rule: string } | null {
  if (!deposit) return null;
  return { prepay: jaDeposit.prepay(deposit.menus && listWords(deposit.menus.map(nameWords), 6), yen(deposit.yen)), rule: jaDeposit.rule(leadOf(deposit)) };
}
