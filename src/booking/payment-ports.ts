/** What deposits need from storage. A payment changes only while its row and its visit's are locked, so nothing is written conditionally. */
import type { Payment } from '../model/payment.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Instant } from '../model/time.ts';

export type PaidVisit = { payment: Payment; visit: Reservation };

/** How a payment is named: by its own id, by its visit (the one that has neither failed nor gone back), or by what the provider calls the link or the charge. */
export type WhichPayment = { id: string } | { reservationId: string } | { session: string } | { charge: string };

export interface PaymentReader {
  payment(which: WhichPayment): Promise<PaidVisit | null>;
  /**
   * Ids of payments by a link for which something is to be done at `now`: no link yet, a link of a visit that is not
   * held any more, money to give back. Oldest first.
   */
  due(now: Instant, limit: number): Promise<string[]>;
  /** Ids of payments by a link made since. */
  since(moment: Instant): Promise<string[]>;
}

/** Always inside a transaction. */
export interface PaymentWriter extends PaymentReader {
  insert(payment: Payment): Promise<void>;
  /** As it is now, with its visit; nobody else changes either until this transaction ends. */
  lock(which: WhichPayment): Promise<PaidVisit | null>;
  /** Writes a locked payment. */
  save(payment: Payment): Promise<void>;
}
