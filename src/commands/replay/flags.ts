/** What `aiteru replay` is asked for. */
export type ReplayFlags = {
  user?: string; from?: string; to?: string; free?: boolean; world?: boolean; shops: 'then' | 'today'; at?: string; now?: string | true; html?: string; json?: boolean; all?: boolean;
};

/** The exit code of what is not understood. */
export const INPUT = 2;
