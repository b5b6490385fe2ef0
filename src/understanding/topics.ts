import { cue, cues } from './cue.ts';
import { TOPIC_CUES } from './cues/questions.ts';
import type { Intent, Topic } from './heard.ts';

const CUES = cues(TOPIC_CUES);
/** Topics from the narrowest to the widest, each with the intent a question about it has. */
const INTENT_OF: readonly (readonly [Topic, Intent])[] = [
  ['cancel_policy', 'price_info'], ['nomination', 'price_info'], ['prepay', 'payment_info'], ['price', 'price_info'], ['payment', 'payment_info'],
  ['belongings', 'menu_info'], ['duration', 'menu_info'], ['parking', 'address_info'], ['access', 'address_info'], ['phone', 'phone_info'],
  ['closing_day', 'hours_info'], ['hours', 'hours_info'], ['staff', 'staff_info'], ['address', 'address_info'], ['menus', 'menu_info'], ['waitlist_state', 'list_reservations'],
];

/** 「お店の情報」: what stands on a visiting card. */
const CARD = cue('(?:お?店|店舗|ショップ|サロン|医院|クリニック|病院|美容室|美容院|そちら)(?:の|に関する|について(?:の)?)?(?:基本|詳しい)?情報');

/** 「キャンセル待ち」 and nothing else, to no question of ours: a wish to join, or to hear of one's own where there are some. */
export const WAITLIST_ALONE = cue('^キャンセル待ち[。、]*$');

/** What a message may be asking the shop, narrowest topic first. Whether it asks at all is for the intent rules. */
export function readTopics(text: string): Topic[] {
  if (CARD.test(text)) return ['hours', 'address', 'phone'];
  const found = INTENT_OF.filter(([topic]) => CUES[topic].test(text)).map(([topic]) => topic);
  return found.filter((topic) => !OVERLAPS[topic]?.some((narrower) => found.includes(narrower)));
}

/** A topic that says nothing of its own beside these narrower ones. */
const OVERLAPS: Partial<Record<Topic, Topic[]>> = {
  price: ['cancel_policy', 'belongings', 'nomination'], payment: ['prepay'], menus: ['parking', 'staff', 'nomination', 'price', 'payment', 'belongings', 'hours', 'closing_day', 'access', 'duration', 'phone', 'address', 'cancel_policy'],
  address: ['access', 'staff', 'hours', 'price', 'payment', 'phone', 'belongings'], access: ['parking'], staff: ['nomination', 'price'], hours: ['closing_day', 'duration', 'staff'], closing_day: ['staff'], duration: ['access', 'address'],
};

const NO_FEE = /[料円いなか]|無料|有料/;
/** The intent of a question about these topics; the narrowest decides. */
export function intentOfTopics(topics: readonly Topic[], text: string): Intent | null {
  const first = topics[0];
  if (first === undefined) return null;
  if (first === 'nomination' && !(NO_FEE.test(text) && /料|いくら|かか|円/.test(text))) return 'staff_info';
  return INTENT_OF.find(([topic]) => topic === first)![1];
}

const NARROW: readonly Topic[] = ['cancel_policy', 'nomination', 'prepay', 'price', 'payment', 'belongings', 'duration', 'parking', 'access', 'phone'];
const WISH = cue('空[いき]|予約|入れ(?:ます|る)|取れ(?:ます|る)|行け(?:ます|る)|お願い|キャンセル|変更|診療日|営業日');

/** Which of the topics are asked about beside a wish: the wide ones only in a sentence of their own. */
export function topicsBeside(text: string, topics: readonly Topic[]): Topic[] {
  if (topics.every((topic) => NARROW.includes(topic))) return [...topics];
  const sentences = text.split(/[。?]/).filter((sentence) => !WISH.test(sentence));
  return topics.filter((topic) => NARROW.includes(topic) || sentences.some((sentence) => CUES[topic].test(`${sentence}?`)));
}
