/** What deposits need of whoever moves the money. */
import type { Instant } from '../model/time.ts';

/** A link to be made: the same `attempt` of the same visit is the same link, however often it is asked for. */
export type Checkout = {
  paymentId: string;
  reservationId: string;
  attempt: number;
  yen: number;
  /** What the customer reads that he pays for. */
  title: string;
  until: Instant;
  /** Where the customer goes afterwards; neither proves anything. */
  paidUrl: string;
  leftUrl: string;
};

/** How a link stands. */
export type Session = {
  id: string;
  /** The payment it was made for; null = not one of ours. */
  paymentId: string | null;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  /** The money was promised and did not come. */
  failed: boolean;
  /** What a refund is made of. */
  charge: string | null;
};

/** What a webhook tells, as far as it is ours: kept in the inbox like this, without the customer's name, mail or card. */
export type PaymentEvent = { id: string; type: string; at: Instant } & (
  | { what: 'session'; session: Session }
  /** The shop gave it back at the provider's own pages, or we did and hear of it. */
  | { what: 'refunded'; charge: string }
  /** It was accepted first, and did not arrive. */
  | { what: 'refund_failed'; charge: string; why: string }
);

export interface PaymentProvider {
  /** `refused`: this attempt is spent, the next one may do. Throws ProviderAway when it may or may not have been made: then the same again. */
  createCheckout(checkout: Checkout): Promise<{ id: string; url: string } | { refused: string }>;
  /** Null = there is none of this id. */
  session(id: string): Promise<Session | null>;
  /** Ends a link that is still open, and says how it stands now. */
  expire(id: string): Promise<Session | null>;
  /** Gives all of it back; once, however often it is asked. `refused`: it never will. */
  refund(refund: { paymentId: string; charge: string; yen: number }): Promise<{ id: string } | { refused: string }>;
  /** A webhook's body read: `forged` where the signature does not fit it at `now`, null where it is nothing of ours. */
  readEvent(body: Buffer, signature: string, now: Instant): Promise<PaymentEvent | 'forged' | null>;
}

/** The provider could not be asked, or cannot say; to be tried again later. */
export class ProviderAway extends Error {
  override name = 'ProviderAway';
}
