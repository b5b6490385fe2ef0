import type { DepositPolicy } from './policy.ts';
import { menusOf } from './store.ts';
import type { Store } from './store.ts';
import { MINUTE } from './time.ts';
import type { Instant } from './time.ts';

export type PaymentStatus = 'pending' | 'completed' | 'failed';

/** 予約金: one deposit of one visit. */
export type Payment = {
  id: string;
  reservationId: string;
  userId: string;
  /** Whole yen; the yen has no smaller coin. */
  yen: number;
  /** `completed`: the money came, also where it has gone back since. `failed`: it never came, and nobody waits for it. */
  status: PaymentStatus;
  /** `stripe`: by a link in the chat. `shop`: into the shop's own hands, which says so. */
  by: 'stripe' | 'shop';
  /** Which link this is, from 1. */
  attempt: number;
  /** Until when the link takes money. */
  linkUntil: Instant | null;
  /** The provider's id of the link, and its address. */
  session: string | null;
  url: string | null;
  /** What a refund is made of. */
  charge: string | null;
  paidAt: Instant | null;
  /** The provider's last word: nothing more can be paid. */
  closedAt: Instant | null;
  refundDueAt: Instant | null;
  refundedAt: Instant | null;
  refund: string | null;
  /** Why the provider will not give it back. */
  refundTrouble: string | null;
  createdAt: Instant;
};

/** The deposit of a visit as those see it who deal with the visit. `link`: where it is paid, and `until` when, while it can be. */
export type Deposit = { id: string; yen: number; by: Payment['by']; state: 'due' | 'paid'; link?: string; until?: Instant };

/** What becomes of the deposit of a visit that is cancelled. */
export type DepositFate = { yen: number; by: Payment['by']; fate: 'returned' | 'kept' };

/** What a visit with these menus needs before it is certain; null = nothing. */
export function depositOf(store: Store, menuIds: readonly string[]): DepositPolicy | null {
  const { deposit } = store.policy;
  const needed = deposit && (deposit.menus === null || menusOf(store, menuIds).some((menu) => deposit.menus!.includes(menu.name)));
  return needed ? deposit : null;
}

/** Whether the customer gets it back who cancels now; a shop that asks for none any more gives it back. */
export const isReturned = (deposit: DepositPolicy | null, start: Instant, now: Instant): boolean =>
  deposit === null || now <= start - deposit.refundMinutes * MINUTE;
