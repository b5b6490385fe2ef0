/**
 * What became of a reminder: handed to LINE; not sent because the customer blocked the account, is not on LINE, or the
 * month's messages were kept for what cannot wait; LINE would not have it.
 */
export type Outcome = 'sent' | 'blocked' | 'no_line' | 'quota' | 'refused';

/** What leaves a customer who is on LINE without the reminder. */
export const UNTOLD: readonly Outcome[] = ['blocked', 'quota', 'refused'];
