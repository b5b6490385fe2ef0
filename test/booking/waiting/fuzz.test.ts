/** The waiting list under fire, shortly; `npm run fuzz` does it for as long as one likes. */
import { expect, test } from '@jest/globals';
import { fuzz, inLines } from '../../../src/commands/fuzz/run.ts';
import { freshDatabase } from '../../support/servers.ts';

test('three processes that join, cancel, answer, crash and are killed break nothing, and nothing is left undone', async () => {
  const database = await freshDatabase();
  try {
    const report = await fuzz(database.url, { seconds: 8, processes: 3, seed: 11 });
    expect(inLines(report).at(-1)).toBe('0 violations');
    expect(report.broken).toEqual([]);
    expect(report.audits).toBeGreaterThan(2);
    expect(Object.values(report.counts).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
  } finally {
    await database.drop();
  }
}, 90_000);
