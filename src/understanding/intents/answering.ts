import { readAnswer } from '../answers.ts';
import type { Scene } from '../scene.ts';
import { orders, underWay } from './rule.ts';
import type { Rule } from './rule.ts';

/** 「15時かな」「土日のどちらか」 ask nothing of us. */
const ASKS = /\?|(?:ます|です|でしよう|ません)か|教え/;
/** 「明日なら行けます」 to 「いつがよろしいですか」 asks nothing. */
const justAnswers = (s: Scene): boolean => (s.asked === 'asked_date' || s.asked === 'asked_time' || s.asked === 'offered_times') && s.hasWhen && !ASKS.test(s.text) && !s.has('wouldDo') && !/空[いき]|な[いさ]/.test(s.text);
const asksForTimes = (s: Scene): boolean => !justAnswers(s) && asksWhetherFree(s);
const asksWhetherFree = (s: Scene): boolean => s.has('available') || (s.has('wouldDo') && s.hasWhen && !/大丈夫です(?!か)/.test(s.text));
const sameAsKnown = (s: Scene): boolean => {
  const said = s.when.when[0];
  const { dates, time } = s.ctx.known;
  const same = (a: unknown, b: unknown) => a === null || a === undefined || JSON.stringify(a) === JSON.stringify(b);
  return s.hasWhen && s.when.when.length === 1 && (dates !== null || time !== null) && same(said!.dates, dates) && same(said!.time, time) && s.menus.length === 0 && s.staff === null;
};
const onOffer = (s: Scene): boolean =>
  s.ctx.offered.length === 0 || s.when.when.some((w) => (w.dates === null || (Array.isArray(w.dates) && s.ctx.offered.some((o) => (w.dates as string[]).includes(o.day)))) && (w.time === null || w.dates === null || s.ctx.offered.some((o) => o.time === w.time!.from)));
const onlyWhen = (s: Scene): boolean => s.hasWhen && s.menus.length === 0 && s.staff === null;

/** What a message means as an answer to what we asked last. */
export const ANSWERING_RULES: readonly Rule[] = [
  { intent: 'affirm', because: 'yes, and repeats what we said', holds: (s) => s.asked === 'confirming' && sameAsKnown(s) && !asksForTimes(s) && readAnswer(s) !== 'no' },
  { intent: 'choose', because: 'names one of the things on offer', holds: (s) => s.choice !== null && !('by' in s.choice.choice && s.choice.choice.by === 'that' && readAnswer(s) === 'no') && s.asked !== 'confirming' && s.asked !== 'offered_freed_slot' && !asksForTimes(s) && !('by' in s.choice.choice && s.choice.choice.by === 'that' && s.asked === 'asked_date') },
  { intent: 'choose', because: 'answers which of the visits', holds: (s) => s.asked === 'asked_which_reservation' && (s.hasDetail || /全部|両方|すべて|全て|どつちも|どちらも/.test(s.text)) },
  { intent: 'choose', because: 'answers which of the shops or menus or people', holds: (s) => ((s.asked === 'asked_menu' && s.menus.length > 0) || (s.asked === 'asked_staff' && s.staff !== null)) && (!asksForTimes(s) || (s.staff !== null && !s.has('asking'))) && !s.has('wantsBooking') && !(s.hasWhen && s.has('asking')) },
  { intent: 'choose', because: 'names a time on offer', holds: (s) => s.asked === 'offered_times' && onlyWhen(s) && onOffer(s) && !asksForTimes(s) && !ASKS.test(s.text) && s.when.exclude === null && !s.has('wantsBooking') },
  { intent: 'affirm', because: 'yes', holds: (s) => readAnswer(s) === 'yes' && !(s.asked === null && (s.has('understood') || s.has('thanks'))) && !(s.asked === 'confirming' && s.hasDetail && !startsYes(s)) && !(s.asked !== 'confirming' && (s.hasDetail || s.has('available')) && s.asked !== 'confirming_cancel' && s.asked !== 'offered_freed_slot') },
  { intent: 'deny', because: 'no', holds: (s) => readAnswer(s) === 'no' && !(s.hasWhen && ASKS.test(s.text)) && !(s.hasWhen && (s.has('wants') || asksForTimes(s))) && !(s.asked === 'confirming' && s.hasDetail && !s.has('refuses') && !s.has('givesUp')) && !(underWay(s) && s.menus.some((m) => m.mark !== 'removed')) },
  { intent: 'check_availability', because: 'asks about another time', holds: (s) => asksForTimes(s) && !orders(s) },
  { intent: 'check_availability', because: 'wants earlier or later ones than those on offer', holds: (s) => s.asked === 'offered_times' && s.when.shift !== null },
  { intent: 'correct', because: 'names another detail while we ask whether all is right', holds: (s) => (s.asked === 'confirming' || s.asked === 'asked_change') && s.hasDetail && !s.has('wantsBooking') },
  { intent: 'correct', because: 'names a detail we did not ask for', holds: (s) => underWay(s) && s.asked !== 'asked_menu' && s.menus.length > 0 && s.menus.every((m) => m.mark === 'added') && !s.hasWhen && !s.has('wantsBooking') },
  { intent: 'book', because: 'answers what was asked for the booking', holds: (s) => s.asked !== null && s.asked !== 'asked_which_reservation' && s.asked !== 'confirming_cancel' && s.hasDetail && !ASKS.test(s.text) },
];

const startsYes = (s: Scene): boolean => /^(?:はい|うん|ええ|ok|おつけ|オツケー|そう|大丈夫|問題な)/.test(s.text) && !s.has('change') && !s.has('corrects');
