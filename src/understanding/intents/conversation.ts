import type { Rule } from './rule.ts';

/** About the conversation itself. */
export const START_OVER_RULES: readonly Rule[] = [
  { intent: 'start_over', because: 'wants to begin anew', holds: (s) => s.has('startOver') && !s.has('spoiled') && !s.has('complains') },
];
export const OUTSIDE_RULES: readonly Rule[] = [
  { intent: 'out_of_scope', because: 'about something a booking desk does not do', holds: (s) => s.has('outside') && !s.has('wantsBooking') && !s.has('available') && !s.has('cannotCome') && !s.has('late') && !s.has('cancel') && !s.has('change') && (s.menus.length === 0 || /[売買]/.test(s.text)) },
];
export const HELP_RULES: readonly Rule[] = [
  { intent: 'help', because: 'asks how this works', holds: (s) => s.has('help') && !s.hasWhen && s.menus.length === 0 && s.topics.every((t) => t === 'menus' || t === 'payment') && !s.has('available') && !(s.topics.includes('menus') && /選|めにゆー/.test(s.text)) },
];
