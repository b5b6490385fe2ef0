import { firstOf, lastOf } from '../dates/days.ts';
import type { Item } from '../reading/item.ts';
import { textBehind } from './case.ts';
import type { Case } from './case.ts';

/** 「24時まで営業ですか」「夜は何時までですか」 ask when the shop is open. */
const SHOP_HOURS = /^(営業|開い|やつて|受付|受け付け|診療|は?何時(から|まで))/;
/** 「17時退勤なので18時」: when work ends is no wish. */
const WORK = /^(に|で|は)?(仕事|しごと|退勤|上がり|上がる|あがり|終業|定時|ばいと|授業|会議|出勤)/;
/** 「12/10が結婚式なので、12/8か9に」: a day that is only why another is wanted. */
const REASON = /^[^、。!?\n]{0,12}(?:なので|だから|ですので|るので|たので)/;
/** A clause in the past tense tells of the past: 「先週の土曜に来た者です」「今日は寒かったですね」. A wish is often put so: 「今日切りたかったんですが」. */
const PAST_TENSE = /^[^。!?\n]*(?:(?<!たかつ)た(?:者|もの|人|客|ん|の|け|が|と|際|時|です|[。、!\s]|$)|ました|でした)/;
/** 「月曜お休みなんですね、じゃあ火曜で」 says again what we said. */
const CLOSED_THEN = /^(?:は|が|も|つて)?お?(?:休み|やすみ|定休日?|休診日?|休業日?)(?:なん(?:です|だ)(?:ね|か[。、!]|つ)|なのですね|でした(?:ね|か[。、!])|だつた|か[ぁあー。、!]|ですもんね|ですよね)/;
const SAME_AS = /^と(同じ|おなじ)/;
const BIRTH_OF = /(生年月日|誕生日)[はが、:]{0,2}$/;

/** Whether a day or a time is only told of: the past, a birthday, when work ends, when the shop is open. */
export function isTold(c: Case): boolean {
  const { text, item, next, has } = c;
  if (SAME_AS.test(textBehind(c, 4)) || has('born', 4) || BIRTH_OF.test(text.slice(Math.max(0, item.from - 8), item.from))) return true;
  if (item.is === 'time') {
    const ofTheShop = SHOP_HOURS.test(textBehind(c, 8)) && (item.till || item.time.period !== undefined);
    return ofTheShop || (next?.is === 'time' && WORK.test(textBehind(c, 8)));
  }
  if (sincePast(c) || CLOSED_THEN.test(textBehind(c, 16))) return true;
  if (has('thanks', 20) && (isPast(item) || item.found.grain === 'season')) return true;
  // 「本日伺えなくなりました」 is about today's visit.
  if (has('cannot', 12) !== undefined) return false;
  return isPast(item) && (has('gone', 30) !== undefined || PAST_TENSE.test(textBehind(c, 30)));
}

/** 「昨夜から痛みます」 */
export const sincePast = ({ item, next }: Case): boolean =>
  (item.open || (next?.is === 'time' && next.link === 'join' && next.open)) && isPast(item) && !isToday(item);

export const isReason = (c: Case): boolean =>
  c.item.is === 'date' && c.next?.is === 'date' && c.next.link !== 'or' && REASON.test(textBehind(c, 20));

/** Spans so wide or vague that a day named inside them says what is wanted: 「正月明けに…1/6の14時とか」. */
const VAGUE = ['open', 'season', 'month', 'part', 'week'];

/** Whether the next day named lies inside this stretch and says which day of it is meant. */
export function isNarrowed({ item, next }: Case): boolean {
  if (item.is !== 'date' || next?.is !== 'date' || next.link === 'or' || next.found.grain !== 'day' || item.found.refuse || item.range) return false;
  const day = firstOf(next.found.days);
  const [from, to] = [firstOf(item.found.days), item.found.soon ? null : lastOf(item.found.days)];
  return (item.found.soon || VAGUE.includes(item.found.grain)) && day !== null && from !== null && day >= from && (to === null || day <= to);
}

/** Today counts: 「今日電話した者です」. */
function isPast(item: Item): boolean {
  if (item.is !== 'date') return false;
  if (item.found.refuse?.reason === 'past') return true;
  return item.atoms.some((atom) => {
    switch (atom.kind) {
      case 'relative': return atom.days <= 0;
      case 'week': return atom.weeks < 0;
      case 'month': return atom.months < 0;
      case 'year': return atom.years < 0;
      default: return false;
    }
  });
}
const isToday = (item: Item): boolean => item.is === 'date' && item.atoms.some((atom) => atom.kind === 'relative' && atom.days === 0);
