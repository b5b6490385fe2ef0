import type { Router } from 'express';
import type { EndedTurn, Inbox, Lane, Payments, WaitingEvent } from '../jobs/ports.ts';
import { jaPay } from '../replies/ja-pay.ts';
import { leftPath, paidPath, payPath, paymentWeb } from './http.ts';
import { noProvider } from './none.ts';
import { takePayment } from './receive.ts';
import { stripeProvider } from './stripe.ts';
import type { StripeSettings } from './stripe.ts';
import { tending } from './tend.ts';
import type { PaymentHouse } from './tend.ts';

/** Deposits as the house has them. */
export type OpenPayments = {
  payments: Payments;
  /** The turn of an event of the provider. */
  take: (event: WaitingEvent) => Promise<EndedTurn>;
  web: Router;
};
export type PaymentParts = Omit<PaymentHouse, 'provider' | 'pages' | 'title' | 'inbox' | 'log'> & {
  /** Null = there is no link, and shops take deposits themselves. */
  stripe: StripeSettings | null;
  /** An origin by which customers reach the app. */
  publicUrl: string;
  inbox: PaymentHouse['inbox'] & Pick<Inbox, 'keep'>;
  wake: (lanes: Lane[]) => void;
  log: Parameters<typeof paymentWeb>[0]['log'];
};

/** The address by which a deposit is paid. */
export const payLinkOf = (publicUrl: string) => (paymentId: string): string => `${publicUrl}${payPath(paymentId)}`;

export function openPayments({ stripe, publicUrl, wake, ...parts }: PaymentParts): OpenPayments {
  const provider = stripe ? stripeProvider(stripe) : noProvider;
  const house: PaymentHouse = {
    ...parts, provider, title: jaPay.title,
    pages: { paid: (id) => `${publicUrl}${paidPath(id)}`, left: (id) => `${publicUrl}${leftPath(id)}` },
  };
  const payments = tending(house);
  return { payments, take: (event) => takePayment(event, house), web: paymentWeb({ ...parts, provider, wake, tend: payments.tend }) };
}
