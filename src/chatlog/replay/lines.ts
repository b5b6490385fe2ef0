/** Two texts line by line. */

/** `both` stands in both; the order is that of reading, `then` before `now`. */
export type Line = { of: 'both' | 'then' | 'now'; text: string };

/** What stays, goes and comes, by the longest common run of lines. Meant for messages: a few dozen lines. */
export function lineDiff(then: string, now: string): Line[] {
  const [a, b] = [then, now].map((text) => (text === '' ? [] : text.split('\n').slice(0, MOST))) as [string[], string[]];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ of: 'both', text: a[i]! });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) lines.push({ of: 'then', text: a[i++]! });
    else lines.push({ of: 'now', text: b[j++]! });
  }
  return lines;
}

/** LINE's five messages are shorter. */
const MOST = 500;
