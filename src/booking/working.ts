import { openSpans } from '../model/hours.ts';
import type { BusinessHours } from '../model/hours.ts';
import { joined } from '../model/span.ts';
import type { Span } from '../model/span.ts';
import { MINUTE, addDays, at, dayOf } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';

/** When the shop is open on a business day, sorted; an opening past midnight belongs to the day it began. */
export const openOn = (hours: BusinessHours, day: Day): Span[] => joined(openSpans(hours, day));

/** The business day a moment belongs to: the day before while its opening still runs, else the calendar's. */
export function businessDayOf(hours: BusinessHours, moment: Instant): Day {
  const day = dayOf(moment);
  const before = addDays(day, -1);
  return openOn(hours, before).some((span) => span.start <= moment && moment < span.end) ? before : day;
}

/** The shop's starting times: every `gridMinutes` from a business day's midnight. */
export type Grid = { midnight: Instant; step: number };
export const gridOf = (hours: BusinessHours, day: Day): Grid => ({ midnight: at(day, 0), step: hours.gridMinutes * MINUTE });
/** The first starting time not before a moment. */
export const gridUp = ({ midnight, step }: Grid, moment: Instant): Instant => midnight + Math.ceil((moment - midnight) / step) * step;
/** The last starting time not after a moment. */
export const gridDown = ({ midnight, step }: Grid, moment: Instant): Instant => midnight + Math.floor((moment - midnight) / step) * step;
