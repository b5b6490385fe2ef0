/** uuid v7: ids that sort by the time they were made, also within a millisecond of one process (RFC 9562, method 1). */
export function idMaker(now: () => number, randomBytes: (size: number) => Uint8Array): () => string {
  let last = 0;
  let counter = 0;
  // Chance is fetched for many at once: a call for eight bytes costs as much as one for thousands.
  let pool = new Uint8Array(0);
  let used = 0;
  const chance = (): Uint8Array => {
    if (used + 8 > pool.length) [pool, used] = [Uint8Array.from(randomBytes(2048)), 0];
    return pool.subarray(used, (used += 8));
  };
  return () => {
    const at = Math.max(now(), last);
    counter = at === last ? counter + 1 : 0;
    // 12 bits of counter; a 4,097th id of one millisecond borrows from the next.
    last = counter > 0xfff ? at + 1 : at;
    if (counter > 0xfff) counter = 0;
    const random = chance();
    random[0] = (random[0]! & 0x3f) | 0x80;
    const hex = last.toString(16).padStart(12, '0') + '7' + counter.toString(16).padStart(3, '0') + Buffer.from(random).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
