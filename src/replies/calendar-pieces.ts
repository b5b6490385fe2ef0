/** What the calendar says, in words and buttons: free stretches, times to choose, and what is near where it is full. */
import type { Act, LookedFor, Offer, OpenDay } from '../dialogue/says.ts';
import { button, dayButton, timeButton } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { timesCard } from './cards.ts';
import { ja } from './ja.ts';
import { daysWords, menuWords, resourceWords, staffWords, storeOf, timeWords, visitLine } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';
import { clockWords, dayWords, listWords, nearDayWords, spanWords } from './when.ts';

type CalendarAct = Extract<Act, { say: 'open' | 'ask_time' | 'full' | 'overlap' | 'near' | 'wait_not_needed' }>;

const human = (): Button => button(ja.buttons.human, 'human');
const otherDay = (): Button => button(ja.buttons.otherDay, 'change', 'day');
const wait = (): Button => button(ja.buttons.wait, 'wait');

export function calendarPiece(act: CalendarAct, words: Words, tap: TapWriter): Piece {
  switch (act.say) {
    case 'open': return open(act, words);
    case 'ask_time': return askTime(act, words, tap);
    case 'full': return full(act, words);
    case 'near': return { text: ja.near(offerList(act.near, words)), quick: [...timeButtons(act.near, words), otherDay(), human()] };
    case 'overlap': return { text: [ja.overlap(act.clash && visitLine(act.clash, words)), act.near.length > 0 ? ja.near(offerList(act.near, words)) : ja.overlapAsk].join('\n'), quick: [...timeButtons(act.near, words), otherDay(), button(ja.buttons.mine, 'mine'), human()] };
    case 'wait_not_needed': return { text: ja.waitNotNeeded(offerList(act.offers, words)), quick: [...timeButtons(act.offers, words), human()] };
  }
}

const spansWords = (day: OpenDay): string => listWords(day.spans.map(spanWords), 6, 'つの時間帯');

/** 「明日は15:00〜17:00が空いています。予約しますか？」 */
function open({ days, exact, picked }: Extract<Act, { say: 'open' }>, { now }: Words): Piece {
  const [day] = days;
  const last = [...(days.length > 1 ? days.slice(0, 6).map((d) => dayButton(d.day, now)) : []), otherDay(), button(ja.buttons.stop, 'stop')];
  const quick = [button(ja.buttons.yes, 'yes'), ...last];
  if (exact) {
    const when = `${dayWords(exact.day, now)} ${clockWords(exact.time)}`;
    return { text: picked === null ? ja.openExact(when) : picked === 'latest' ? ja.openLatest(when) : ja.openEarliest(when), quick };
  }
  if (day && days.length === 1) return { text: ja.open(nearDayWords(day.day, now), spansWords(day)), quick };
  const shown = days.slice(0, 10);
  return { text: [ja.daysOpen, ...shown.map((d) => ja.dayLine(dayWords(d.day, now), spansWords(d))), ja.book].join('\n'), quick };
}

function askTime({ days, offers }: Extract<Act, { say: 'ask_time' }>, { now }: Words, tap: TapWriter): Piece {
  const [day] = days;
  const text = day && days.length === 1
    ? `${ja.dayOpen(dayWords(day.day, now), spansWords(day))}\n${ja.askTime}`
    : [ja.daysOpen, ...days.slice(0, 10).map((d) => ja.dayLine(dayWords(d.day, now), spansWords(d))), ja.askTime].join('\n');
  const groups = days.map((d) => ({ title: dayWords(d.day, now), buttons: offers.filter((o) => o.day === d.day).map((o) => ({ ...timeButton(o, now, false), typed: `${dayWords(o.day, now)} ${clockWords(o.time)}` })) }));
  const card = timesCard(groups.filter((g) => g.buttons.length > 0), ja.timesToChoose(offerList(offers, { now, stores: [] })), tap);
  const few = offers.length <= 9 ? offers.map((o) => timeButton(o, now, days.length > 1)) : [];
  return { text, ...(card ? { card } : {}), quick: [...few, otherDay(), human()] };
}

/** What was looked for: 「11/27(金) 14:00のカット」. */
function wished({ storeId, menuIds, days, time }: LookedFor, words: Words): string {
  const when = [days.length > 0 ? daysWords(days, words.now) : '', time ? timeWords(time) : ''].filter(Boolean).join(' ');
  const menus = menuIds.length > 0 ? menuWords(storeOf(storeId, words), menuIds) : '';
  return [when, menus].filter(Boolean).join('の');
}

function full({ looked, near, waitable, taken, lacks }: Extract<Act, { say: 'full' }>, words: Words): Piece {
  const store = storeOf(looked.storeId, words);
  const what = wished(looked, words);
  const who = looked.staffId ? staffWords(store, looked.staffId) : null;
  const opening = looked.days.length === 0 ? ja.nothingAhead : taken ? ja.taken(what) : lacks ? ja.lacks(what, resourceWords(store, lacks)) : who ? ja.fullStaff(what, who) : ja.full(what);
  const others = near.filter((o) => o.staffId);
  const own = near.filter((o) => !o.staffId);
  const when = others[0] && `${dayWords(others[0].day, words.now)} ${clockWords(others[0].time)}`;
  const lines = [
    opening,
    ...(when ? [ja.nearOthers(listWords(others.map((o) => staffWords(store, o.staffId!)), 4, '名'), when)] : []),
    ...(own.length > 0 ? [ja.near(offerList(own, words))] : []),
    ...(waitable ? [near.length > 0 ? ja.orWait : ja.wait] : []),
  ];
  const buttons = near.map((o) => timeButton(o, words.now, true, o.staffId ? staffWords(store, o.staffId) : undefined));
  return { text: lines.join('\n'), quick: [...buttons, ...(waitable ? [wait()] : []), otherDay(), human()] };
}

/** 「11/27(金) 13:00、16:30」: a day is said once. */
export function offerList(offers: readonly Offer[], { now }: Words): string {
  let last = '';
  return offers.map(({ day, time }) => {
    const words = day === last ? clockWords(time) : `${dayWords(day, now)} ${clockWords(time)}`;
    last = day;
    return words;
  }).join('、');
}

const timeButtons = (offers: readonly Offer[], { now }: Words): Button[] => offers.slice(0, 9).map((o) => timeButton(o, now, true));
