import type { Filters } from '../logs/collect.ts';

/** What `aiteru replay` is asked for. */
export type ReplayFlags = Filters & {
  user?: string; free?: boolean; world?: boolean; shops: string; at?: string; now?: string | true; html?: string; json?: boolean; all?: boolean;
};

/** Options that name conversations of the log. */
export const OF_LOG = ['user', 'from', 'to', 'find', 'shop', 'what'] as const;

/** The exit code of what is not understood. */
export const INPUT = 2;
