import type { Scene } from '../scene.ts';
import { orders } from './rule.ts';
import type { Rule } from './rule.ts';

const bookable = (s: Scene): boolean => s.menus.length > 0 || s.hasWhen || s.usual.length > 0 || (s.staff !== null && !('not' in s.staff.staff));
const wishesVisit = (s: Scene): boolean => s.menus.some((m) => m.mark !== 'removed' && m.mark !== 'not') && /た[いく](?:です|ん|ねん|の|な|けど|と|わ|。|、|$)|お願い|ほし|頼/.test(s.text);

/** 前回と同じ, and the first free time whatever it is. */
export const SHORTCUT_RULES: readonly Rule[] = [
  { intent: 'book', because: 'books if it is free', holds: (s) => s.has('ifFree') && !(s.has('earliest') && s.menus.length === 0 && s.staff === null) && (s.has('wants') || /で[。、]*$/.test(s.text)) && bookable(s) && !/教え|知り|知らせ|連絡|\?/.test(s.text) && (s.asked === null || s.asked === 'asked_date') },
  { intent: 'repeat_last', because: 'wants the same as last time', holds: (s) => s.asLast && !s.has('asksPerson') && (s.topics.length === 0 || (s.topics.join() === 'menus' && !s.has('asking'))) },
  { intent: 'earliest', because: 'wants the first free time', holds: (s) => (s.has('earliest') || s.when.prefer === 'earliest') && s.asked !== 'asked_which_reservation' && s.asked !== 'confirming' },
];

/** Looking for a time and booking it, when nothing narrower was meant. */
export const BOOKING_RULES: readonly Rule[] = [
  { intent: 'book', because: 'asks for a booking', holds: (s) => s.has('wantsBooking') },
  { intent: 'book', because: 'wants to be seen', holds: (s) => s.has('toBeSeen') && !s.has('available') },
  { intent: 'book', because: 'wants a treatment', holds: (s) => wishesVisit(s) && !(s.has('available') && !/お願い(?:した|でき)|た[いく](?:です|ん|ねん)/.test(s.text)) },
  { intent: 'check_availability', because: 'asks what is free', holds: (s) => s.has('available') },
  { intent: 'check_availability', because: 'asks whether a time would do', holds: (s) => s.has('wouldDo') && bookable(s) && !orders(s) },
  { intent: 'book', because: 'names a visit and wants it', holds: (s) => bookable(s) && s.has('wants') && !(s.asked === null && s.has('thanks') && /伺います|行きます/.test(s.text)) },
  { intent: 'book', because: 'names a treatment', holds: (s) => s.menus.some((m) => m.mark !== 'removed') },
  { intent: 'check_availability', because: 'names a day and asks', holds: (s) => s.hasWhen && s.has('asking') },
  { intent: 'book', because: 'names a person or how many come', holds: (s) => s.staff !== null || (s.people !== null && s.has('reservation')) },
];

/** A bare day is a wish to know what is free; a day with a clock time is a wish to come. */
export const BARE_TIME_RULES: readonly Rule[] = [
  { intent: 'book', because: 'names the usual time', holds: (s) => s.usual.length > 0 },
  { intent: 'book', because: 'names a day and a time', holds: (s) => s.when.when.some((w) => w.time !== null) || s.when.when.length > 1 },
  { intent: 'check_availability', because: 'names a day', holds: (s) => s.hasWhen },
  { intent: 'book', because: 'speaks of a booking', holds: (s) => s.has('reservation') },
];
