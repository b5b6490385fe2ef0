/** Reading JSON that somebody else made: whatever is not as expected is simply not there. */
export type Json = { [key: string]: unknown };

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The object under `key`, or an empty one. */
export const objectAt = (value: unknown, key: string): Json => (isJson(value) && isJson(value[key]) ? value[key] : {});
/** The list of objects under `key`, or an empty one. */
export const listAt = (value: unknown, key: string): Json[] => (isJson(value) && Array.isArray(value[key]) ? value[key].filter(isJson) : []);
/** The text under `key`, or an empty one. */
export const textAt = (value: unknown, key: string): string => (isJson(value) && typeof value[key] === 'string' ? value[key] : '');
