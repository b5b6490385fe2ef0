/** Rooms that visits share, as `take_lanes` gives them out in PostgreSQL: the first that is free for the whole time. */
import type { Lane } from '../../booking/ports.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import type { Resource } from '../../model/store.ts';

/** One lane of every resource, as far as there is one; null = one is full. `others` are the visits that stand. */
export function takeLanes(needed: readonly Resource[], time: Span, others: readonly (Span & { lanes?: readonly Lane[] | undefined })[]): Lane[] | null {
  const near = others.filter((other) => overlaps(other, time));
  const lanes = needed.map(({ id: resourceId, count }) => {
    const free = Array.from({ length: count }, (_, n) => n + 1).find((lane) => !near.some((other) => other.lanes?.some((l) => l.resourceId === resourceId && l.lane === lane)));
    return free === undefined ? null : { resourceId, lane: free };
  });
  return lanes.every((lane): lane is Lane => lane !== null) ? lanes : null;
}
