/** Names of the keys, fixed by the data model. Braces are Redis Cluster's hash tag: what stands in them decides the slot. */

/** JSON array of ISO 8601 UTC starts. */
export const slotsKey = (storeId: string): string => `available_slots:${storeId}`;
/** The newest version heard of; hashes to the same slot as the value. */
export const versionKey = (storeId: string): string => `{${slotsKey(storeId)}}:version`;
/** The day the value begins with and the version it is of, `2026-11-24 17`. */
export const filledKey = (storeId: string): string => `{${slotsKey(storeId)}}:filled`;
/** List of ISO 8601 UTC starts, LPUSHed: the newest wish first. */
export const waitlistKey = (storeId: string, userId: string): string => `waitlist:${storeId}:${userId}`;
