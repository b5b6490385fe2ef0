import type { Hold } from '../model/reservation.ts';
import type { Job } from './news.ts';

/** What becomes due with a visit that is held; its owner in jobs/ ends it then. */
export const expiring = (reservationId: string, { until }: Hold): Job => ({ name: 'expire_hold', key: `hold:${reservationId}`, at: until, payload: { reservationId } });
