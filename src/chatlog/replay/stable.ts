/** Values written so that equal ones are the same text, however a store has kept them. */

/** Keys in order; what is undefined, and `left out`, is not there. Text is as every store keeps it. */
export function stable(value: unknown, leftOut: ReadonlySet<string> = NOTHING): string {
  return JSON.stringify(ordered(value, leftOut)) ?? 'null';
}

const NOTHING: ReadonlySet<string> = new Set();

function ordered(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '�').toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => ordered(one, leftOut) ?? null);
  return Object.fromEntries(
    Object.entries(value).filter(([key, one]) => one !== undefined && !leftOut.has(key)).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one, leftOut)]),
  );
}
