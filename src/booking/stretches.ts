import type { Span } from '../model/span.ts';
import type { Instant } from '../model/time.ts';

/**
 * Free starts (ascending) said as stretches: runs of starts one grid step apart, each until the visit of its last start
 * would end. 15:00, 15:30 and 16:00 of an hour's visit are 15:00〜17:00. Whoever asks for a start on the grid that ends
 * within a stretch gets it, which joining 15:00〜16:00 of one person to 16:00〜17:00 of another would not keep.
 */
export function stretches(starts: readonly Instant[], step: number, duration: number): Span[] {
  const out: Span[] = [];
  let previous = NaN;
  for (const start of starts) {
    if (start - previous === step) out.at(-1)!.end = start + duration;
    else out.push({ start, end: start + duration });
    previous = start;
  }
  return out;
}
