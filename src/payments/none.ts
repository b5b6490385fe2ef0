import { ProviderAway } from './ports.ts';
import type { PaymentProvider } from './ports.ts';

/**
 * No provider is set. No link is made any more; those there were are over, and what they brought is given back by hand:
 * the shop's people are told.
 */
export const noProvider: PaymentProvider = {
  createCheckout: () => Promise.reject(new ProviderAway('no provider of payments is set')),
  session: async () => null,
  expire: async () => null,
  refund: async () => ({ refused: 'no provider of payments is set' }),
  readEvent: async () => 'forged',
};
