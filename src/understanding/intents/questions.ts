import { cue } from '../cue.ts';
import type { Scene } from '../scene.ts';
import { intentOfTopics } from '../topics.ts';
import { orders, underWay } from './rule.ts';
import type { Rule } from './rule.ts';
import type { Intent } from '../heard.ts';

const ALL = ['price_info', 'payment_info', 'menu_info', 'address_info', 'phone_info', 'hours_info', 'staff_info', 'list_reservations'] as const satisfies readonly Intent[];
/** Topics whose words also come up while looking for a time; a question about free times goes before them. */
const BEHIND_AVAILABILITY: readonly Intent[] = ['hours_info', 'staff_info', 'menu_info'];

const asks = (s: Scene): boolean => s.has('asking') || (!s.asLast && s.text.replace(/[、。]/g, '').length <= 12);
/** 「はい、お願いします。あと駐車場ありますか」: the consent counts, the question is answered beside it. */
const CONSENTS = cue('^(?:はい|うん|ええ|ok|オッケー)?[、。]*(?:それで)?(?:お願い(?:します|いたします)|大丈夫です)[。、]');
const about = (s: Scene): Intent | null => {
  const intent = intentOfTopics(s.topics, s.text);
  if (intent === null || !asks(s)) return null;
  if (s.has('available') && BEHIND_AVAILABILITY.includes(intent) && !(s.topics.includes('duration') && !s.hasWhen)) return null;
  // Two questions: the free time is looked for, the other is answered beside it.
  if (s.has('available') && s.hasWhen && !s.topics.includes('duration')) return null;
  if (s.phone !== null && intent === 'phone_info') return null;
  return orders(s) || CONSENTS.test(s.text) ? null : intent;
};

/** A topic of the shop and nothing else, without asking: 「PayPayで払いたいです」. */
export const TOPIC_RULES: readonly Rule[] = ALL.map((intent): Rule => ({ intent, because: 'speaks of something at the shop', holds: (s) => intentOfTopics(s.topics, s.text) === intent && !s.hasDetail && !s.has('thanks') }));

/** お店のこと. A question inside a wish for a booking is answered beside it and does not take its place. */
export const QUESTION_RULES: readonly Rule[] = [
  ...ALL.map((intent): Rule => ({ intent, because: 'asks the shop something', holds: (s) => about(s) === intent })),
  { intent: 'menu_info', because: 'asks whether a treatment is to be had', holds: (s) => s.menus.length > 0 && !s.hasWhen && s.staff === null && s.has('offeredHere') && !(underWay(s) && s.has('adds')) && s.has('asking') && !orders(s) && !s.has('available') && !/予約|お願い/.test(s.text) },
];
