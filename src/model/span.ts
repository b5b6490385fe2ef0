import type { Instant } from './time.ts';

/** A stretch of time, start included, end not. */
export type Span = { start: Instant; end: Instant };

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Sorted, with touching and overlapping spans joined. */
export function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else if (span.start < span.end) out.push({ ...span });
  }
  return out;
}

/** What is left of `open` without `busy`; both sorted and joined. One linear pass. */
export function without(open: readonly Span[], busy: readonly Span[]): Span[] {
  const out: Span[] = [];
  let i = 0;
  for (const span of open) {
    let start = span.start;
    while (i < busy.length && busy[i]!.end <= start) i++;
    for (let j = i; j < busy.length && busy[j]!.start < span.end; j++) {
      if (busy[j]!.start > start) out.push({ start, end: busy[j]!.start });
      start = Math.max(start, busy[j]!.end);
    }
    if (start < span.end) out.push({ start, end: span.end });
  }
  return out;
}

/** What two sorted, joined lists share. One linear pass. */
export function shared(a: readonly Span[], b: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const start = Math.max(a[i]!.start, b[j]!.start);
    const end = Math.min(a[i]!.end, b[j]!.end);
    if (start < end) out.push({ start, end });
    if (a[i]!.end < b[j]!.end) i++;
    else j++;
  }
  return out;
}
