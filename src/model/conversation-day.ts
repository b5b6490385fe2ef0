/**
 * 会話の日: what a customer and the shop say to each other on one day is one conversation. It changes at four in the
 * morning, so that a chat around midnight stays one.
 */
import type { Span } from './span.ts';
import { addDays, at, dayOf, HOUR } from './time.ts';
import type { Day, Instant } from './time.ts';

const BEGINS_AT = 4 * HOUR;

export const conversationDay = (moment: Instant): Day => dayOf(moment - BEGINS_AT);

/** From its first moment up to the first of the next one. */
export const conversationSpan = (day: Day): Span => ({ start: at(day, 0) + BEGINS_AT, end: at(addDays(day, 1), 0) + BEGINS_AT });
