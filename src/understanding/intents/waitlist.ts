import { orders } from './rule.ts';
import type { Rule } from './rule.ts';

/** キャンセル待ち. Neither joining nor leaving is ever a cancelling. */
export const WAITLIST_RULES: readonly Rule[] = [
  { intent: 'deny', because: 'does not want to wait, just asked whether to', holds: (s) => s.asked === 'offered_waitlist' && (s.has('noMoreNews') || (s.has('waitlist') && s.has('ending'))) },
  { intent: 'leave_waitlist', because: 'ends the wait', holds: (s) => s.has('waitlist') && s.has('ending') && !s.has('freed') && !s.has('ifFull') },
  { intent: 'leave_waitlist', because: 'wants no more news', holds: (s) => s.has('noMoreNews') },
  { intent: 'list_reservations', because: 'asks how the wait stands', holds: (s) => s.topics.includes('waitlist_state') && s.has('waitlist') },
  { intent: 'book', because: 'books, and would only wait if nothing is free', holds: (s) => s.has('waitlist') && s.has('ifFull') && orders(s) && s.hasWhen && s.at('wantsBooking') >= 0 && s.at('wantsBooking') < s.at('ifFull') },
  { intent: 'join_waitlist', because: 'names the waiting list', holds: (s) => s.has('waitlist') },
  { intent: 'join_waitlist', because: 'wants to be told when a slot frees', holds: (s) => s.has('freed') && (s.has('toldWhenFreed') || s.text.length <= 16) },
  { intent: 'join_waitlist', because: 'agrees to wait', holds: (s) => s.has('waits') && (s.asked === 'offered_waitlist' || s.asked === null || s.asked === 'offered_times') && !s.has('late') },
  { intent: 'join_waitlist', because: 'agrees to be put on the list', holds: (s) => s.asked === 'offered_waitlist' && /登録(?!し(?:ない|ません|なく))|入れ(?:て|とい)/.test(s.text) && !s.has('ending') },
];
