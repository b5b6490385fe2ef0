import type { Item, PlacedSignal } from '../reading/item.ts';
import { caseOf, phraseStart, saidAgain, textBehind } from './case.ts';
import type { Case } from './case.ts';
import { isNarrowed, isReason, isTold, sincePast } from './told.ts';

/** What becomes of an item once the words around it are read. */
export type Fate = 'wanted' | 'unwanted' | 'replaced' | 'told';

/**
 * Decides the fate of every item from the signals between and behind them, in one pass from left to right.
 * `answering`: we asked for a day or a time, so 「16日は行けません」 is about that day and calls off no visit.
 */
export function fates(text: string, items: readonly Item[], signals: readonly PlacedSignal[], answering: boolean): Fate[] {
  const fate: Fate[] = items.map(() => 'wanted');
  let s = 0;
  items.forEach((item, i) => {
    const end = items[i + 1]?.from ?? text.length;
    while (s < signals.length && signals[s]!.from < item.to) s++;
    const behind: PlacedSignal[] = [];
    for (let k = s; k < signals.length && signals[k]!.from < end; k++) behind.push(signals[k]!);
    if (fate[i] !== 'told') decide(caseOf(text, items, i, behind), fate, answering);
  });
  // A stretch is narrowed only by a day that is wanted: 「来週で、3日は都合が悪いです」 leaves the week.
  items.forEach((_, i) => {
    if (fate[i] === 'wanted' && fate[i + 1] === 'wanted' && isNarrowed(caseOf(text, items, i, []))) fate[i] = 'told';
  });
  return fate;
}

function decide(c: Case, fate: Fate[], answering: boolean): void {
  const { items, i, item, next } = c;
  if (item.except) return unwanted(items, fate, i);
  if (next !== undefined && changesTo(c.text, next)) {
    const start = phraseStart(items, i + 1);
    if (items[start]!.link !== 'or' && restates(items, start, i + 1)) replaced(fate, start - 1);
    return;
  }
  if (isTold(c)) {
    fate[i] = 'told';
    if (sincePast(c) && next?.is === 'time' && next.link === 'join') fate[i + 1] = 'told';
  } else if (c.has('not', 8) && next === undefined) fate[i] = 'replaced'; // 「16時です、15時じゃなくて」 takes back only what it follows.
  else if (isReplaced(c)) replaced(fate, i);
  else if (isRefused(c, answering)) unwanted(items, fate, i);
  else if (isCalledOff(c)) replaced(fate, i);
  else if (c.has('mistake', 3) && items.slice(0, i).some((before) => before.is === item.is)) replaced(fate, i - 1);
  else if (isReason(c)) fate[i] = 'told';
}

const CHANGE = /(?:に|へ|でに)(?:へんこう|変更|変え|かえ|替え|移|動か|ずら|振り?替|りすけ|直|して|できま|できな|できる)/y;

/** 「…に変更」 right behind an item: it is what the one before is changed to. */
export function changesTo(text: string, item: { to: number }): boolean {
  CHANGE.lastIndex = item.to;
  return CHANGE.test(text);
}

/** Whether something of the same kind was said before the phrase items[start..end]. */
const restates = (items: readonly Item[], start: number, end: number): boolean =>
  items.slice(0, start).some((before) => items.slice(start, end + 1).some((item) => item.is === before.is));

/** A じゃなくて B, A と言いましたが B, A → B, A に予約した者ですが B, A、やっぱり B. */
function isReplaced({ next, has, text }: Case): boolean {
  if (next === undefined) return false;
  if (has('not', 8) || has('said', 10) || has('arrow', 4) || has('booked', 8)) return true;
  const rather = has('rather', 40);
  // 「いや」「やっぱり」 must stand right in front of what replaces.
  return rather !== undefined && next.from - rather.to <= 8 && !/[がだで]/.test(text.slice(rather.to, rather.to + 1));
}

/** A question about what is bad, or a condition on it, excludes nothing: 「無理ですか」「難しければ」. */
const ASKED = /^[いうくそなのんだでまスすしょろあり]{0,8}(か(な|ね|しら|も)?|よね|よな)([?。!、 \n]|$)|^[^、。!\n]{0,6}\?/;
const ON_CONDITION = /^[いうくけそなだでしたりすかつて]{0,6}(なら|たら|れば|場合|ようで|とき|時は)/;

/** 「水曜はちょっと…」 */
const DECLINED = /^は、?(?:ちよつと|ちよい|少し)(?:[。…!\n、]|\.\.|ね|な|です|$)/;

/** A は無理, and not only asked or feared. 「今日行けません」 alone calls off a visit; 「火曜と木曜は無理」 says which days are no use. */
function isRefused(c: Case, answering: boolean): boolean {
  const { text, item } = c;
  if (DECLINED.test(textBehind(c, 12))) return true;
  const bad = c.has('bad');
  if (!bad || text.slice(item.to, bad.from).includes('しか')) return false;
  if (ASKED.test(text.slice(bad.to, bad.to + 16)) || ON_CONDITION.test(text.slice(bad.to, bad.to + 12))) return false;
  const cannotCome = /^[い行伺来休通]/.test(text.slice(bad.from, bad.from + 1));
  return answering || !cannotCome || saidAgain(c) || item.is === 'time' || item.found.grain !== 'day';
}

/** A 行けなくなったので B, A の予約を B: the visit at A is to be at B. */
function isCalledOff(c: Case): boolean {
  const { next, has } = c;
  if (next === undefined || !saidAgain(c)) return false;
  return has('cannot') !== undefined || (next.link !== 'or' && next.link !== 'comma' && has('booking', 12) !== undefined);
}

/** The list an item ends: everything of its kind that hangs together with it by か, と, 、. */
function unwanted(items: readonly Item[], fate: Fate[], i: number): void {
  for (let k = i; k >= 0 && items[k]!.is === items[i]!.is && fate[k] === 'wanted'; k--) {
    fate[k] = 'unwanted';
    if (!['or', 'join', 'comma'].includes(items[k]!.link)) break;
  }
}

/** Everything up to here is replaced by what follows; what is not said again is taken over later. */
function replaced(fate: Fate[], i: number): void {
  for (let k = 0; k <= i; k++) if (fate[k] === 'wanted') fate[k] = 'replaced';
}
