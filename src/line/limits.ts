import type { messagingApi } from '@line/bot-sdk';

/** A place in a request, as LINE names it (`messages[0].text`), and the rule it breaks. */
export type Violation = { path: string; rule: string };

export function violations(messages: readonly messagingApi.Message[]): Violation[] {
  return messages.length >= 1 && messages.length <= 5 ? [] : [{ path: 'messages', rule: '1 to 5 messages' }];
}
