/** What the desk says of changes: what is asked before one, and what became of it. */
import type { DeskAct } from '../desk/says.ts';
import type { Part, VisitSeen } from '../booking/desk/ports.ts';
import type { DepositFate } from '../model/payment.ts';
import { activeStaff, menusOf } from '../model/store.ts';
import { MINUTE, dayOf } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';
import type { DeskButton } from './desk-buttons.ts';
import { typed } from './desk-buttons.ts';
import { customerOf, datedSpan, datedVisit, personWords, spanOf, visitWords, whoWords } from './desk-words.ts';
import { jaStaff } from './ja-staff.ts';
import { nameWords } from './limits.ts';
import { menuWords, staffWords, storeOf, timeWords } from './names.ts';
import type { Words } from './names.ts';
import { clockWords, dayWords, listWords, momentWords, yen } from './when.ts';
import { minuteOf, toClock } from '../model/time.ts';

type ChangeAct = Exclude<DeskAct, { say: 'linked' | 'not_linked' | 'unlinked' | 'as_customer' | 'as_staff' | 'desk_help' | 'desk_hello' | 'weekly_off' | 'stale_tap' | 'agenda' | 'next_visit' | 'found' | 'handoffs' | 'no_handoff' | 'handed_back' | 'calendar_made' | 'confirm_calendar' | 'calendar_dropped' | 'no_calendar' }>;
export type DeskPiece = { text: string; quick?: DeskButton[] };

const { buttons } = jaStaff;
const yes: DeskButton = { label: buttons.yes, verb: 'yes' };
const no: DeskButton = { label: buttons.no, verb: 'no' };
/** For the shop's sake, or because the customer wanted it: he reads other words. */
const onWhoseWish = (told: boolean): DeskButton[] => (told ? [{ label: buttons.yesShop, verb: 'yes' }, { label: buttons.yesAsked, verb: 'asked' }, no] : [yes, no]);

/** `home` = buttons for what comes next. */
export function changePiece(act: ChangeAct, words: Words, home: DeskButton[]): DeskPiece {
  const list = (visits: readonly VisitSeen[]): string => visits.map((visit) => datedVisit(visit, words)).join('\n');
  switch (act.say) {
    case 'ask_visit': return {
      text: [jaStaff.askVisit, ...act.visits.map((visit, i) => jaStaff.numbered(i + 1, datedVisit(visit, words))), ...(act.more ? [jaStaff.foundMore] : [])].join('\n'),
      quick: [...act.visits.slice(0, 10).map((visit, i): DeskButton => ({ label: `${jaStaff.numbered(i + 1, momentWords(visit.start, words.now))} ${customerOf(visit)}`, verb: 'visit', value: visit.id })), { label: buttons.stop, verb: 'no' }],
    };
    case 'confirm_booking': {
      const store = storeOf(act.storeId, words);
      const minutes = store ? menusOf(store, act.menuIds).reduce((sum, menu) => sum + menu.duration, 0) : 0;
      const span = datedSpan({ start: act.start, end: act.start + minutes * MINUTE }, words);
      const who = act.staffId === null ? jaStaff.anybody : jaStaff.nominated(staffWords(store, act.staffId));
      return { text: jaStaff.confirm.booking(jaStaff.visit(span, menuWords(store, act.menuIds), jaStaff.customer(nameWords(act.customer)), who) + (act.phone ? jaStaff.phone(act.phone) : '')), quick: [yes, no] };
    }
    case 'ask_booking': return { text: jaStaff.askBooking, quick: home };
    case 'visit_booked': return { text: jaStaff.done.booked(datedVisit(act.visit, words)), quick: home };
    case 'confirm_visit_cancel': {
      const { visit } = act;
      const question = visit.reachable ? jaStaff.confirm.cancel(datedVisit(visit, words)) : jaStaff.confirm.cancelUntold(datedVisit(visit, words), visit.phone);
      const paid = visit.deposit?.state === 'paid' ? visit.deposit : null;
      return { text: [question, ...(paid ? [jaStaff.confirm.deposit(yen(paid.yen))] : [])].join('\n'), quick: onWhoseWish(visit.reachable || paid !== null) };
    }
    case 'confirm_visit_move': {
      const change = moveWords(act.visit, { ...act.visit, start: act.start, end: act.start + act.visit.end - act.visit.start, staffId: act.staffId ?? act.visit.staffId }, words);
      return { text: act.visit.reachable ? jaStaff.confirm.move(change) : jaStaff.confirm.moveUntold(change, act.visit.phone), quick: onWhoseWish(act.visit.reachable) };
    }
    case 'confirm_no_show': return { text: jaStaff.confirm.noShow(datedVisit(act.visit, words)), quick: [yes, no] };
    case 'confirm_decline': return { text: jaStaff.confirm.decline(datedVisit(act.visit, words)), quick: [yes, no] };
    case 'confirm_paid': return { text: jaStaff.confirm.paid(yen(act.visit.deposit?.yen ?? 0), datedVisit(act.visit, words)), quick: [yes, no] };
    case 'ask_new_time': return { text: jaStaff.askNewTime(datedVisit(act.visit, words)), quick: [{ label: buttons.stop, verb: 'no' }] };
    case 'visit_cancelled': case 'visit_approved': case 'visit_declined': {
      const said = { visit_cancelled: jaStaff.done.cancelled, visit_approved: jaStaff.done.approved, visit_declined: jaStaff.done.declined }[act.say];
      return { text: [said(datedVisit(act.say === 'visit_approved' ? act.visit : plainly(act.visit), words)), toldWords(act.visit), ...(act.deposit ? [fateWords(act.deposit)] : [])].join('\n'), quick: home };
    }
    case 'visit_paid': return { text: `${jaStaff.done.paid(yen(act.yen), datedVisit(act.visit, words))}\n${toldWords(act.visit)}`, quick: home };
    case 'visit_not_paid': return { text: jaStaff.notPaid[act.why], quick: home };
    case 'visit_moved': return { text: `${jaStaff.done.moved(moveWords(act.was, act.visit, words))}\n${toldWords(act.visit)}`, quick: home };
    case 'visit_marked': return { text: jaStaff.done[act.came ?? 'unmarked'](datedVisit(plainly(act.visit), words)), quick: home };
    case 'too_early': return { text: jaStaff.tooEarly, quick: home };
    case 'visit_gone': return { text: jaStaff.gone, quick: home };
    case 'visit_cannot_move': return { text: act.why in jaStaff.cannotMove ? jaStaff.cannotMove[act.why as keyof typeof jaStaff.cannotMove] : jaStaff.cannotMove.other, quick: home };
    case 'not_yours': return { text: jaStaff.notYours(personWords(act.staffId, words), managers(act.staffId, words)), quick: home };
    case 'left_as_is': return { text: jaStaff.leftAsIs, quick: home };
    case 'confirm_off': return confirmOff(act, words);
    case 'off_taken': return { text: offTaken(act, list, words), quick: home };
    case 'off_over': return { text: jaStaff.offOver, quick: home };
    case 'ask_off_day': return { text: jaStaff.askOffDay, quick: home };
    case 'off_undone': {
      const lines = [...(act.days.length > 0 ? [jaStaff.offUndone(personWords(act.staffId, words), daysWords(act.days, words))] : []), ...(act.fixed.length > 0 ? [jaStaff.offFixed(daysWords(act.fixed, words))] : [])];
      return { text: lines.length > 0 ? lines.join('\n') : jaStaff.noOff, quick: home };
    }
    case 'which_off': return { text: jaStaff.whichOff, quick: act.days.slice(0, 12).map((day) => typed(jaStaff.undoOff(dayWords(day, words.now)))) };
    case 'blocked': case 'unblocked': return { text: jaStaff[act.say](datedSpan(act.time, words)), quick: home };
    case 'block_clash': return { text: jaStaff.blockClash(list(act.visits)), quick: home };
    case 'block_over': return { text: jaStaff.blockOver, quick: home };
    case 'ask_block_time': return { text: jaStaff.askBlockTime, quick: home };
    case 'no_block': return { text: jaStaff.noBlock, quick: home };
    case 'which_block': return { text: jaStaff.whichBlock, quick: act.times.slice(0, 12).map(({ start }) => typed(jaStaff.undoBlock(dayWords(dayOf(start), words.now), clockWords(toClock(minuteOf(start)))))) };
  }
}

/** Without the mark of what it was before. */
const plainly = ({ hold: _hold, came: _came, ...visit }: VisitSeen): VisitSeen => visit;

const fateWords = ({ yen: much, by, fate }: DepositFate): string => jaStaff.fate[fate === 'kept' ? 'kept' : by === 'shop' ? 'byHand' : 'returned'](yen(much));
const toldWords = ({ reachable, phone }: VisitSeen): string => (reachable ? jaStaff.told : jaStaff.untold(phone));

/** 「山田様 カット（担当 田中） 11/28(土) 15:00 → 16:00〜17:00」 */
function moveWords(was: VisitSeen, visit: VisitSeen, words: Words): string {
  const store = storeOf(visit.storeId, words);
  const person = (staffId: string) => (was.staffId === visit.staffId ? '' : ` ${staffWords(store, staffId)}`);
  const sameDay = dayOf(was.start) === dayOf(visit.start);
  const after = sameDay ? spanOf(visit) : datedSpan(visit, words);
  return jaStaff.change(customerOf(visit), menuWords(store, visit.menuIds), momentWords(was.start, words.now) + person(was.staffId), after + person(visit.staffId), whoWords(visit, words));
}

/** Who besides may change what is this person's. */
const managers = (staffId: string, { stores }: Words): string => {
  const store = stores.find(({ staff }) => staff.some((person) => person.id === staffId));
  return store ? listWords(activeStaff(store).filter((person) => person.manager && person.id !== staffId).map((person) => `${person.name}さん`), 3, '名') : '';
};

const daysWords = (days: readonly Day[], { now }: { now: Instant }): string => listWords(days.map((day) => dayWords(day, now)), 6, '日');
const offWords = (days: readonly Day[], part: Part | null, words: Words): string => [daysWords(days, words), part ? timeWords(part) : ''].filter(Boolean).join(' ');

function confirmOff({ staffId, days, part, visits }: Extract<DeskAct, { say: 'confirm_off' }>, words: Words): DeskPiece {
  const some = visits.some((one) => one.staffId !== null);
  const list = visits.map(({ visit, staffId: taker }, i) => jaStaff.numbered(i + 1, jaStaff.takes(datedVisit(visit, words), taker && personWords(taker, words)))).join('\n');
  return {
    text: `${jaStaff.confirmOff(personWords(staffId, words), offWords(days, part, words), list)}\n${some ? jaStaff.moveThem : jaStaff.leaveThem}`,
    quick: [...(some ? [{ label: buttons.moveThem, verb: 'yes' } as const] : []), { label: buttons.onlyOff, verb: 'only' }, { label: buttons.stop, verb: 'no' }],
  };
}

function offTaken({ staffId, days, part, moved, left }: Extract<DeskAct, { say: 'off_taken' }>, list: (visits: readonly VisitSeen[]) => string, words: Words): string {
  return [
    days.length > 0 ? jaStaff.offTaken(personWords(staffId, words), offWords(days, part, words)) : jaStaff.offAlready,
    ...(moved.length > 0 ? [jaStaff.offMoved(moved.map(({ visit }) => `${dayWords(dayOf(visit.start), words.now)} ${visitWords(visit, words, true)}`).join('\n'))] : []),
    ...(left.length > 0 ? [jaStaff.offLeft(list(left))] : []),
  ].join('\n');
}
