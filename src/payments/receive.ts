/** The provider's words come by the same inbox as the customers': kept before they are answered, settled in order, once. */
import { change, nobodysTurn } from '../jobs/change.ts';
import { NOBODY } from '../jobs/ports.ts';
import type { EndedTurn, KeptEvent, Lane, WaitingEvent } from '../jobs/ports.ts';
import type { Instant } from '../model/time.ts';
import type { PaymentEvent } from './ports.ts';
import { settle, settleRefund } from './settle.ts';
import { tell } from './tend.ts';
import type { PaymentHouse } from './tend.ts';

/** All events of the provider, one after another: there are few. */
export const PAYMENT_LANE: Lane = { channel: '+payments', lineId: NOBODY };
export const isPaymentLane = (lane: Lane): boolean => lane.channel === PAYMENT_LANE.channel;

/** An event as the inbox keeps it: once by the provider's id of it. */
export const keptPayment = (event: PaymentEvent, receivedAt: Instant): KeptEvent => ({ ...PAYMENT_LANE, id: event.id, time: event.at, receivedAt, payload: event });

/** Settles one event and takes it out of the inbox, in one transaction. */
export async function takePayment(event: WaitingEvent, house: PaymentHouse): Promise<EndedTurn> {
  const told = event.payload as PaymentEvent;
  const outcome = await change<string>(house, (writer, now) => {
    switch (told.what) {
      case 'session': return settle(told.session, { writer, now, newId: house.newId });
      case 'refunded': return settleRefund(told.charge, null, { writer, now });
      case 'refund_failed': return settleRefund(told.charge, told.why, { writer, now });
    }
  }, [event.row]);
  tell(house, { event: told.id, type: told.type, ...(told.what === 'session' ? { payment: told.session.paymentId } : {}) }, outcome);
  // All it owes has left already.
  return nobodysTurn([], event.receivedAt);
}
