import type { Item, PlacedSignal } from '../reading/item.ts';

/** What becomes of an item once the words around it are read. */
export type Fate = 'wanted' | 'unwanted' | 'replaced' | 'told';

/** A question about what is bad, or a condition on it, excludes nothing: 「無理ですか」「難しければ」. */
const ASKED = /^[いうくそなのんだでまスすしょろあり]{0,8}(か(な|ね|しら|も)?|よね|よな)([?。!、 \n]|$)|^[^、。!\n]{0,6}\?/;
const ON_CONDITION = /^[いうくけそなだでしたりすかつて]{0,6}(なら|たら|れば|場合|ようで|とき|時は)/;
/** 「24時まで営業ですか」「夜は何時までですか」 ask when the shop is open. */
const SHOP_HOURS = /^(営業|開い|やつて|受付|受け付け|診療|は?何時(から|まで))/;
/** 「17時退勤なので18時」: when work ends is no wish. */
const WORK = /^(に|で|は)?(仕事|しごと|退勤|上がり|上がる|あがり|終業|定時|ばいと|授業|会議|出勤)/;
/** 「12/10が結婚式なので、12/8か9に」: a day that is only why another is wanted. */
const BACKGROUND = /^[^、。!?\n]{0,12}(?:なので|だから|ですので|るので|たので)/;
/** A clause in the past tense tells of the past: 「先週の土曜に来た者です」. */
const TOLD = /^[^。!?\n]*(?:た(?:者|もの|人|客|ん|の|け|ら|が|と|際|時|[。、!\s]|$)|ました|でした)/;
const CLAUSE_END = /[。!\n]/;

/**
 * Decides the fate of every item from the signals between and behind them, in one pass from left to right.
 * `answering`: we asked for a day or a time, so 「16日は行けません」 is about that day and calls off no visit.
 */
export function fates(text: string, items: readonly Item[], signals: readonly PlacedSignal[], answering: boolean): Fate[] {
  const fate: Fate[] = items.map(() => 'wanted');
  let c = 0;
  items.forEach((item, i) => {
    const end = items[i + 1]?.from ?? text.length;
    while (c < signals.length && signals[c]!.from < item.to) c++;
    const behind: PlacedSignal[] = [];
    for (let k = c; k < signals.length && signals[k]!.from < end; k++) behind.push(signals[k]!);
    const next = items[i + 1];
    if (fate[i] === 'told') return;
    if (item.except) unwanted(items, fate, i);
    else if (next !== undefined && changesTo(text, next)) {
      const start = clusterStart(items, i + 1);
      if (items[start]!.link !== 'or' && restates(items, start, i + 1)) replaceAll(fate, start - 1);
    }
    else judge(text, items, fate, i, behind, next, answering);
  });
  return fate;
}

const CHANGE = /(?:に|へ|でに)(?:へんこう|変更|変え|かえ|替え|移|動か|ずら|振り?替|りすけ|直|して|できま|できな|できる)/y;

/** Where the phrase that ends with this item begins: at most one day and one time that stand side by side. */
function clusterStart(items: readonly Item[], end: number): number {
  const before = items[end - 1];
  return before !== undefined && items[end]!.link === 'join' && before.is === 'date' && items[end]!.is === 'time' ? end - 1 : end;
}

/** Whether something of the same kind was said before the phrase items[start..end]. */
const restates = (items: readonly Item[], start: number, end: number): boolean =>
  items.slice(0, start).some((before) => items.slice(start, end + 1).some((item) => item.is === before.is));

/** 「…に変更」 right behind an item: it is what the one before is changed to. */
export function changesTo(text: string, item: { to: number }): boolean {
  CHANGE.lastIndex = item.to;
  return CHANGE.test(text);
}

function judge(text: string, items: readonly Item[], fate: Fate[], i: number, behind: readonly PlacedSignal[], next: Item | undefined, answering: boolean): void {
  const item = items[i]!;
  const has = (signal: PlacedSignal['signal'], within = 14) => behind.find((b) => b.signal === signal && b.from - item.to <= within && !CLAUSE_END.test(text.slice(item.to, b.from)));
  if (/^と(同じ|おなじ)/.test(text.slice(item.to, item.to + 4))) fate[i] = 'told';
  else if (item.open && isPast(item) && !isToday(item)) tellOf(items, fate, i);
  else if (item.is === 'time' && SHOP_HOURS.test(text.slice(item.to, item.to + 6)) && (item.till || item.time.period !== undefined)) fate[i] = 'told';
  else if (next?.is === 'time' && item.is === 'time' && WORK.test(text.slice(item.to, item.to + 8))) fate[i] = 'told';
  else if (has('born', 4) || isBirth(text, item)) fate[i] = 'told';
  else if (has('thanks', 20) && isToldOf(item)) fate[i] = 'told';
  else if (isPast(item) && (has('gone', 30) || TOLD.test(text.slice(item.to, Math.min(next?.from ?? text.length, item.to + 30))))) fate[i] = 'told';
  else if (has('not', 8)) {
    // 「16時です、15時じゃなくて」 takes back only what it follows.
    if (next === undefined) fate[i] = 'replaced';
    else replaceAll(fate, i);
  } else if (next !== undefined && (has('said', 10) || has('arrow', 4))) replaceAll(fate, i);
  else if (next !== undefined && has('booked', 8)) replaceAll(fate, i);
  else if (next !== undefined && behind.some((b) => b.signal === 'rather') && rathers(text, behind.find((b) => b.signal === 'rather')!, next)) replaceAll(fate, i);
  else {
    const bad = has('bad');
    if (bad && !text.slice(item.to, bad.from).includes('しか') && !ASKED.test(text.slice(bad.to, bad.to + 16)) && !ON_CONDITION.test(text.slice(bad.to, bad.to + 12)) && (answering || saysNo(text, items, i, bad))) unwanted(items, fate, i);
    else if (next !== undefined && has('cannot') && sameKindAfter(items, i)) replaceAll(fate, i);
    else if (next !== undefined && next.link !== 'or' && next.link !== 'comma' && has('booking', 12) && sameKindAfter(items, i)) replaceAll(fate, i);
    else if (has('mistake', 3) && i > 0 && items.slice(0, i).some((before) => before.is === item.is)) replaceAll(fate, i - 1);
    else if (next?.is === 'date' && item.is === 'date' && next.link !== 'or' && BACKGROUND.test(text.slice(item.to, Math.min(next.from, item.to + 20)))) fate[i] = 'told';
  }
}

const isBirth = (text: string, item: Item): boolean => /(生年月日|誕生日)[はが、:]{0,2}$/.test(text.slice(Math.max(0, item.from - 8), item.from));

/** 「いや」「やっぱり」 must stand right in front of what replaces. */
const rathers = (text: string, signal: PlacedSignal, next: Item): boolean => next.from - signal.to <= 8 && !/[がだで]/.test(text.slice(signal.to, signal.to + 1));

/** 「今日行けません」 alone calls off a visit; 「火曜と木曜は無理」 says which days are no use. */
function saysNo(text: string, items: readonly Item[], i: number, bad: PlacedSignal): boolean {
  const item = items[i]!;
  if (!/^[い行伺来休通]/.test(text.slice(bad.from, bad.from + 1))) return true;
  if (sameKindAfter(items, i)) return true;
  return item.is === 'time' || item.found.grain !== 'day';
}

/** Whether the day or the time of the phrase that ends here is said again behind it. */
function sameKindAfter(items: readonly Item[], i: number): boolean {
  const phrase = items.slice(clusterStart(items, i), i + 1);
  return items.slice(i + 1, i + 4).some((next) => phrase.some((item) => item.is === next.is));
}

const isPast = (item: Item): boolean => item.is === 'date' && (item.found.refuse?.reason === 'past' || item.atoms.some((a) => ('days' in a && typeof a.days === 'number' && a.kind === 'relative' && a.days <= 0) || (a.kind === 'week' && a.weeks < 0) || (a.kind === 'month' && a.months < 0) || (a.kind === 'year' && a.years < 0)));
const isToday = (item: Item): boolean => item.is === 'date' && item.atoms.some((a) => a.kind === 'relative' && a.days === 0);

/** 「昨夜から痛みます」: the day and its part of the day. */
function tellOf(items: readonly Item[], fate: Fate[], i: number): void {
  fate[i] = 'told';
  if (items[i + 1]?.is === 'time' && items[i + 1]!.link === 'join') fate[i + 1] = 'told';
}
const isToldOf = (item: Item): boolean => item.is === 'date' && (isPast(item) || item.found.grain === 'season');

/** The list an item ends: everything that hangs together with it by か, と, 、 and has no word of its own behind it. */
function unwanted(items: readonly Item[], fate: Fate[], i: number): void {
  for (let k = i; k >= 0; k--) {
    if (items[k]!.is !== items[i]!.is || fate[k] !== 'wanted') break;
    fate[k] = 'unwanted';
    if (items[k]!.link !== 'or' && items[k]!.link !== 'join') break;
  }
}

/** Everything up to here is replaced by what follows; what is not said again is taken over later. */
function replaceAll(fate: Fate[], i: number): void {
  for (let k = 0; k <= i; k++) if (fate[k] === 'wanted') fate[k] = 'replaced';
}
