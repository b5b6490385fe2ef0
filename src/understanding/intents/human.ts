import { orders } from './rule.ts';
import type { Rule } from './rule.ts';
import type { Scene } from '../scene.ts';

const hasOtherBusiness = (s: Scene): boolean =>
  orders(s) || s.has('available') || s.has('cancel') || s.has('change') || s.has('cannotCome') || s.has('earliest') || s.has('toBeSeen') || s.has('freed') || (s.has('wants') && (s.menus.length > 0 || s.hasWhen) && !s.has('complains'));

export const HUMAN_RULES: readonly Rule[] = [
  { intent: 'talk_to_human', because: 'asks for a person', holds: (s) => s.has('asksPerson') && !s.has('wantsBooking') && !s.has('cancel') && !(s.has('change') && s.hasWhen) },
  { intent: 'talk_to_human', because: 'complains', holds: (s) => s.has('complains') && !s.has('wantsBooking') && !s.has('cancel') },
  { intent: 'talk_to_human', because: 'something went wrong and no visit is asked for', holds: (s) => s.has('spoiled') && !hasOtherBusiness(s) && s.topics.length === 0 },
  { intent: 'talk_to_human', because: 'a medical worry without a wish for a visit', holds: (s) => s.has('medical') && !hasOtherBusiness(s) },
  { intent: 'talk_to_human', because: 'is late for a visit', holds: (s) => s.has('late') && !s.has('cancel') && !s.has('change') && !s.has('wantsBooking') && !s.topics.includes('cancel_policy') && !s.has('available') },
];
