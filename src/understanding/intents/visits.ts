import { cue } from '../cue.ts';
import type { Scene } from '../scene.ts';
import { orders, underWay } from './rule.ts';
import type { Rule } from './rule.ts';

const speaksOfVisit = (s: Scene): boolean => s.has('booked') || s.when.replaced.length > 0;
const wantsInstead = (s: Scene): boolean => s.has('another') || s.has('makesIt') || (s.has('wants') && s.whenAfter(s.at('cannotCome'))) || (s.has('available') && s.whenAfter(s.at('cannotCome')));
const isDetail = (s: Scene): boolean => s.hasDetail || s.when.shift !== null || NAMES_DETAIL.test(s.text);
const answering = (s: Scene): boolean => s.asked !== null && ['confirming', 'offered_times', 'offered_freed_slot', 'offered_waitlist', 'asked_date', 'asked_time', 'asked_change'].includes(s.asked);

/** Visits that stand (cancel, move, list), and details put right while one is being booked. */
export const VISIT_RULES: readonly Rule[] = [
  { intent: 'list_reservations', because: 'wants to change or cancel, not yet which', holds: (s) => s.has('either') && !s.hasDetail },
  { intent: 'correct', because: 'says which detail to change, asked for it', holds: (s) => s.asked === 'asked_change' && s.details.length > 0 },
  { intent: 'affirm', because: 'says cancel when asked whether to', holds: (s) => s.asked === 'confirming_cancel' && s.has('cancel') && !s.has('keeps') && !s.has('another') },
  { intent: 'deny', because: 'the visit stays', holds: (s) => s.has('keeps') && !s.has('listsOwn') && !s.has('change') && !s.menus.some((m) => m.mark === 'kept') && (s.asked === 'confirming_cancel' || NAMES_CANCEL.test(s.text)) },
  { intent: 'reschedule', because: 'cancels to take another time', holds: (s) => (s.has('cancel') || s.has('cannotCome')) && (s.has('another') || s.has('change')) && !isQuestionAboutPolicy(s) && !(underWay(s) && s.has('available')) && !(answering(s) && !s.has('cancel') && !s.has('booked')) },
  { intent: 'help', because: 'asks how a visit is moved or cancelled', holds: (s) => (s.has('change') || s.has('cancel')) && HOW.test(s.text) && !s.hasDetail },
  { intent: 'cancel', because: 'asks to cancel', holds: (s) => s.has('cancel') && !onlyPolicy(s) && !(takesMenuAway(s) && !s.has('booked')) },
  { intent: 'reschedule', because: 'moves a visit that stands', holds: (s) => s.has('change') && (speaksOfVisit(s) || s.has('reservation') || !underWay(s)) && !isQuestionAboutPolicy(s) && !(s.asked === 'offered_waitlist') },
  { intent: 'reschedule', because: 'adds a treatment to a visit that stands', holds: (s) => s.has('adds') && s.has('booked') && s.menus.length > 0 && !underWay(s) && !s.has('cancel') && !s.has('waitlist') && !ONE_MORE.test(s.text) },
  { intent: 'reschedule', because: 'a visit that stands becomes another', holds: (s) => (s.has('makesIt') || (s.when.replaced.length > 0 && s.when.when.length > 0 && s.has('booked'))) && speaksOfVisit(s) && !underWay(s) },
  { intent: 'reschedule', because: 'wants another day, whichever', holds: (s) => s.has('another') && s.has('wants') && !underWay(s) && !s.has('available') && !s.has('wantsBooking') && s.asked !== 'offered_waitlist' && s.asked !== 'offered_freed_slot' },
  { intent: 'reschedule', because: 'cannot come and names another time', holds: (s) => s.has('cannotCome') && !answering(s) && !s.has('wantsBooking') && wantsInstead(s) && (s.at('available') < 0 || s.at('available') > s.at('cannotCome')) && s.asked === null && (speaksOfVisit(s) || s.has('another') || !s.has('available')) },
  { intent: 'list_reservations', because: 'asks about own visits', holds: (s) => s.has('listsOwn') && !orders(s) && !(s.topics.includes('closing_day') && !/予約/.test(s.text)) && !/空き|空い/.test(s.text) },
  { intent: 'deny', because: 'has had enough for today', holds: (s) => s.has('enough') && s.menus.length === 0 },
  { intent: 'correct', because: 'takes a menu away', holds: (s) => takesMenuAway(s) && !(s.has('refuses') && s.asked === null) },
  { intent: 'deny', because: 'not this time', holds: (s) => s.has('refuses') && s.asked !== 'confirming' && !(s.asked === null && s.has('givesUp')) && !s.has('reservation') && !s.has('wantsBooking') && s.menus.every((m) => m.mark === 'removed') && !(s.has('corrects') && s.hasDetail && !s.has('givesUp')) },
  { intent: 'deny', because: 'gives up what was being asked', holds: (s) => s.has('givesUp') && s.asked !== null && s.asked !== 'asked_which_reservation' && !s.has('reservation') && !s.has('wantsBooking') && !s.has('available') },
  { intent: 'cancel', because: 'gives up', holds: (s) => s.has('givesUp') && !s.has('wantsBooking') && !s.has('available') && s.topics.length === 0 },
  { intent: 'cancel', because: 'can no longer come to what was just settled', holds: (s) => s.asked === 'confirming' && NO_LONGER.test(s.text) && !s.hasWhen && !s.has('wantsBooking') },
  { intent: 'deny', because: 'that time does not suit', holds: (s) => answering(s) && s.has('cannotCome') && !s.has('reservation') && !s.has('available') && !s.has('wouldDo') && !(s.has('wants') && s.whenAfter(s.at('cannotCome'))) && !s.has('wantsBooking') },
  { intent: 'cancel', because: 'cannot come', holds: (s) => s.has('cannotCome') && !answering(s) && !orders(s) && !s.has('available') && !s.has('earliest') && !s.has('another') && !s.has('makesIt') },
  { intent: 'correct', because: 'changes a detail', holds: (s) => underWay(s) && (s.has('change') || (s.has('makesIt') && !answersAsked(s))) && !isQuestionAboutPolicy(s) },
  { intent: 'correct', because: 'puts a detail right', holds: (s) => underWay(s) && s.has('corrects') && isDetail(s) && !s.has('available') && !(s.asked === 'asked_date' && !contradicts(s) && s.menus.length === 0 && s.staff === null) },
  { intent: 'correct', because: 'names a detail instead of another', holds: (s) => s.asked === null && s.has('corrects') && contradicts(s) && isDetail(s) && !orders(s) && !s.has('available') && s.topics.length === 0 },
];

/** 「カラーは外して」 of the visit being booked, or together with what is left of it. */
const takesMenuAway = (s: Scene): boolean => s.menus.some((m) => m.mark === 'removed') && !s.has('reservation') && (s.has('cancel') && !s.has('removes') ? s.asked === 'confirming' || s.asked === 'asked_change' || s.asked === 'asked_menu' : underWay(s) || s.menus.some((m) => m.mark === 'wanted'));
/** The answer to what we asked, said with 「〜にします」. */
const answersAsked = (s: Scene): boolean =>
  (s.asked === 'asked_menu' && s.menus.length > 0) || (s.asked === 'asked_staff' && s.staff !== null) || ((s.asked === 'asked_date' || s.asked === 'asked_time' || s.asked === 'offered_times') && s.hasWhen && s.menus.length === 0 && s.staff === null);
const contradicts = (s: Scene): boolean => /(?:では?|じや|や)なく|ちやうくて|間違|違い?ま|違く|訂正/.test(s.text);
const HOW = cue('どう(?:やつて|やつたら|やれば|すれば|したら|すりや)[^。、]{0,12}(?:変更|キャンセル|取り消し?)[^。、]{0,4}(?:でき|する|すれば|し(?:ます|たら)|[。、?]*$)|(?:変更|キャンセル|取り消し)(?:する|の)?(?:仕方|方法|やり方|しかた|やりかた|手順)');
/** 「カラーの予約もお願いします」 is a visit more, nothing added to one that stands. */
const ONE_MORE = cue('予約も|も、?予約(?!に)');
const WANTS_CANCEL = cue('キャンセル(?:を)?(?:したい|し(?:ます|て(?:くだ|ほし|もら|いただ))|お願い|させ)');
/** 「行けなくなりました」: could, and cannot any more; 「行けません」 is about the time on offer. */
const NO_LONGER = /(?:行け|いけ|伺え|うかがえ|来られ|来れ|行かれ)(?:なく|へんく|へんよう|んく|んよう)(?:な|に)/;
const NAMES_CANCEL = cue('キャンセル|取り消');
const NAMES_DETAIL = cue('時間|日にち|日付|日程|人数|担当|メニュー|名前|番号');
/** 「あとから変更できますか」 asks what will be possible. */
const AFTERWARDS = cue('(?:あと|後|のち)(?:から|で|になつて)(?:の|に)?、?[^。予]{0,6}(?:変更|キャンセル|取り消)');
const onlyPolicy = (s: Scene): boolean => s.topics.includes('cancel_policy') && !WANTS_CANCEL.test(s.text);
const isQuestionAboutPolicy = (s: Scene): boolean => s.topics.includes('cancel_policy') && s.has('asking') && (!s.has('wants') || AFTERWARDS.test(s.text));
