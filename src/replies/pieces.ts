/** One act → its words, its card, its buttons. Every act that exists is a line here. */
import type { Act } from '../dialogue/says.ts';
import type { Known } from '../dialogue/talk.ts';
import type { Reservation } from '../model/reservation.ts';
import { activeMenus, activeStaff, menusOf } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { nextOpening } from '../model/hours.ts';
import { dayOf, minuteOf, toClock } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { aboutShop } from './about.ts';
import { atHome, button, changeButton, dayButton, pickButton } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { calendarPiece } from './calendar-pieces.ts';
import { summaryCard } from './cards.ts';
import { depositPiece, depositRow, fateAfter, fateBefore } from './deposit-pieces.ts';
import { donePiece, ofVisit } from './done-piece.ts';
import { ja } from './ja.ts';
import { jaWaiting } from './ja-waiting.ts';
import type { Example } from './ja.ts';
import { nameWords, shortened } from './limits.ts';
import { deadlineWords, knownWords, menuWords, staffWords, storeOf, visitLine, visitRows, waitWhen, waitWords } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';
import { problemWords, refusedWords } from './problems.ts';
import { reminderPiece } from './reminder.ts';
import { rulePiece, toldRows, toldSlots } from './rule-pieces.ts';
import { waitingPiece } from './waiting-pieces.ts';
import { clockWords, dayWords, listWords, minuteWords, momentWords, yen } from './when.ts';

const human = (): Button => button(ja.buttons.human, 'human');
const stop = (): Button => button(ja.buttons.stop, 'stop');

export function pieceOf(act: Act, words: Words, tap: TapWriter): Piece {
  const { now, stores } = words;
  const only = stores.length === 1 ? stores[0]! : null;
  const line = (visit: Reservation) => visitLine(visit, words);
  switch (act.say) {
    // ---- politeness
    case 'welcome': return { text: ja.welcome(only && nameWords(only.name), act.again, exampleOf(only)), quick: atHome() };
    case 'hello': return { text: ja.hello, quick: atHome() };
    case 'help': return { text: ja.help(exampleOf(only)), quick: atHome() };
    case 'thanked': return { text: ja.thanked, quick: atHome() };
    case 'bye': return { text: ja.bye, quick: atHome() };
    case 'stopped': return { text: act.kept.length > 0 ? ja.stoppedKept(act.kept.map(line).join('\n')) : ja.stopped, quick: [...act.kept.slice(0, 4).map((v) => button(ja.buttons.cancelVisit, 'cancel', v.id)), ...atHome()] };
    case 'started_over': return { text: ja.startedOver, quick: atHome() };
    case 'go_on': return { text: ja.goOn(knownWords(act.known, words)), quick: [button(ja.buttons.goOn, 'yes'), stop()] };
    case 'recap': return { text: ja.recap(knownWords(act.known, words), act.goal === 'move' ? 'move' : act.goal === 'wait' ? 'wait' : 'book') };
    case 'noted': return noted(act, words);
    case 'stale': return { text: ja.stale, quick: atHome() };
    case 'miss': return missed(act, words);
    case 'received': return { text: ja.received[act.what], quick: atHome() };
    case 'need_name': return { text: ja.nameless };
    case 'trouble': return { text: [ja.trouble, ...(only?.phone ? [ja.orCall(only.phone)] : [])].join('\n'), quick: atHome() };
    // ---- people
    case 'handover': return toStaff(act.reason, only, now);
    case 'still_human': return toStaff('still', storeOf(act.storeId, words) ?? only, now);
    case 'bot_back': return { text: act.why === 'given' ? ja.botBack.given : ja.botBack.quiet((storeOf(act.storeId, words) ?? only)?.phone || null) };
    case 'bot_again': return { text: ja.botAgain, quick: atHome() };
    case 'one_each': return { text: ja.oneEach(act.people, storeOf(act.storeId, words)?.phone || null), quick: [human()] };
    // ---- why not
    case 'refused': return { text: refusedWords(act, words), quick: [...(act.refuse.day && act.refuse.instead?.length ? [act.refuse.day] : []), ...(act.refuse.instead ?? [])].map((d) => dayButton(d, now)).concat(human()) };
    case 'cannot': return cannot(act, words);
    // ---- questions
    case 'ask_store': return { text: [ja.askStore, ...act.storeIds.slice(0, 30).map((id, i) => `${i + 1}. ${nameWords(storeOf(id, words)?.name ?? '')}`)].join('\n'), quick: act.storeIds.slice(0, 12).map((id) => button(nameWords(storeOf(id, words)?.name ?? ''), 'store', id)) };
    case 'at_store': return { text: ja.atStore(nameWords(storeOf(act.storeId, words)?.name ?? '')) };
    case 'ask_menu': return askMenu(act, storeOf(act.storeId, words));
    case 'ask_staff': {
      const store = storeOf(act.storeId, words);
      return { text: ja.askStaff, quick: [button(ja.anyone, 'staff', 'anyone'), ...act.staffIds.slice(0, 10).map((id) => button(staffWords(store, id), 'staff', id)), stop()] };
    }
    case 'ask_day': return {
      text: act.waiting ? ja.askWaitDay : act.days.length > 0 ? ja.askDayFree(listWords(act.days.slice(0, 3).map((d) => dayWords(d, now)))) : ja.askDay,
      quick: [...act.days.slice(0, 9).map((d) => dayButton(d, now)), ...pickButton(act.first, act.last), ...(act.waiting ? [] : [button(ja.buttons.earliest, 'earliest')]), stop()],
    };
    case 'ask_name': return { text: act.first ? ja.askFirstName : ja.askName };
    case 'ask_change': return { text: act.visit ? ja.askChangeOf(momentWords(act.visit.start, now)) : ja.askChange, quick: [...act.slots.map(changeButton), ...(act.visit ? [button(ja.buttons.cancelVisit, 'cancel', act.visit.id)] : []), stop()] };
    case 'ask_which': return { text: [ja.askWhich[act.for], ...numbered(act.visits.map(line))].join('\n'), quick: [...act.visits.slice(0, 11).map((v, i) => button(`${i + 1}. ${momentWords(v.start, now)}`, 'visit', v.id, momentWords(v.start, now))), stop()] };
    case 'ask_which_wait': return { text: [ja.askWhichWait, ...numbered(act.entries.map((e) => waitWords(e, words)))].join('\n'), quick: [...act.entries.slice(0, 11).map((e, i) => button(`${i + 1}. ${waitWhen(e, words)}`, 'entry', e.id)), stop()] };
    case 'confirm': case 'confirm_move': return confirm(act, words, tap);
    case 'confirm_cancel': {
      const question = [...(act.deposit ? [fateBefore(act.deposit, storeOf(act.visit.storeId, words))] : []), ja.confirmCancel].join('\n');
      const buttons = [button(ja.buttons.yesCancel, 'yes', '', ja.buttons.yes), button(ja.buttons.moveInstead, 'move', act.visit.id), button(ja.buttons.keep, 'no', '', ja.buttons.no)];
      return { card: summaryCard({ title: ja.confirmCancelTitle, rows: visitRows(act.visit, words), note: question, buttons, altText: `${line(act.visit)}\n${question}` }, tap), quick: buttons };
    }
    case 'confirm_leave': return { text: ja.confirmLeave(waitWords(act.entry, words)), quick: [button(ja.buttons.yesLeave, 'yes', '', ja.buttons.yes), button(ja.buttons.keep, 'no', '', ja.buttons.no)] };
    // ---- what was done
    case 'booked': return donePiece(act.visit, ja.bookedTitle, storeOf(act.visit.storeId, words)?.kind === 'clinic' ? ja.bookedClinic : ja.booked, words, tap);
    case 'moved': return donePiece(act.visit, ja.movedTitle, ja.moved, words, tap);
    case 'already_booked': return { text: act.visit.hold?.for === 'approval' ? ja.stillProvisional(line(act.visit), momentWords(act.visit.hold.until, now)) : ja.alreadyBooked(line(act.visit)), quick: [...ofVisit(act.visit), ...atHome()] };
    case 'cancelled': return { text: [ja.cancelled(line(act.visit)), ...(act.deposit ? [fateAfter(act.deposit)] : [])].join('\n'), quick: atHome() };
    case 'deposit_asked': case 'deposit_owed': case 'deposit_paid': case 'deposit_lapsed': case 'deposit_unneeded': return depositPiece(act, words, tap);
    case 'too_late': {
      const store = storeOf(act.visit.storeId, words);
      const why = ja.tooLate[act.for](momentWords(act.visit.start, now), store && deadlineWords(store.hours, act.for));
      return { text: [why + (store?.phone ? ja.callUs(store.phone) : ''), ja.lateTold].join('\n'), quick: [human(), ...atHome().slice(0, 5)] };
    }
    case 'gone': return { text: ja.gone[act.for], quick: atHome() };
    case 'kept': return { text: ja.kept(act.visit && line(act.visit)), quick: atHome() };
    case 'waiting': return { text: act.already ? ja.alreadyWaiting(waitWords(act.entry, words)) : ja.waiting(waitWords(act.entry, words), act.position), quick: atHome() };
    case 'left': return { text: ja.left(waitWords(act.entry, words)), quick: atHome() };
    case 'other_shop': return { text: ja.otherShop(line(act.visit)) };
    case 'still_waiting': return { text: ja.stillWaiting, quick: atHome() };
    case 'mine': return {
      text: [...(act.visits.length > 0 ? [ja.mine(act.visits.map((v) => `・${line(v)}`).join('\n'))] : []), ...(act.waits.length > 0 ? [ja.mineWaits(act.waits.map((w) => `・${jaWaiting.mineWait(waitWords(w, words), w.position, w.status === 'offered')}`).join('\n'))] : [])].join('\n\n'),
      quick: [...(act.visits.length === 1 ? ofVisit(act.visits[0]!) : act.visits.slice(0, 3).flatMap((v) => ofSeveral(v, now))), ...(act.waits.length > 0 ? [button(ja.buttons.leaveWait, 'leave'), ...(act.visits.length === 0 ? [button(ja.buttons.wait, 'wait')] : [])] : []), ...atHome()],
    };
    case 'no_visits': return { text: ja.noVisits[act.for], quick: atHome() };
    case 'no_such_visit': return { text: ja.noSuchVisit };
    case 'no_waits': return { text: ja.noWaits, quick: atHome() };
    case 'no_last': return { text: ja.noLast };
    case 'no_more': {
      const store = storeOf(act.storeId, words);
      return { text: [...(act.menuIds.length > 0 ? [ja.noMoreMenus(menuWords(store, act.menuIds))] : []), ...(act.staffId === null ? [] : [ja.noMoreStaff(staffWords(store, act.staffId))])].join('\n') };
    }
    // ---- about the shop
    case 'info': {
      const store = storeOf(act.storeId, words);
      return { ...(store && stores.length > 1 ? { heading: ja.ofShop(nameWords(store.name)) } : {}), text: (store && aboutShop(act, store, now)) ?? ja.unknownInfo(store?.phone || null), quick: atHome() };
    }
    case 'info_unknown': return { text: ja.unknownInfo(storeOf(act.storeId, words)?.phone ?? null), quick: atHome() };
    // ---- what the customer did not ask for
    case 'provisional': case 'approved': case 'declined': case 'lapsed': case 'cancelled_by_shop': case 'moved_by_shop': case 'barred': case 'ask_phone': case 'need_phone': case 'ask_notes': return rulePiece(act, words, tap);
    case 'offer': case 'offer_revoked': case 'wait_closed': case 'offer_again': case 'offer_lost': case 'offer_overlap': case 'offer_declined': case 'offer_unknown': case 'waited': return waitingPiece(act, words, tap);
    case 'reminder': return reminderPiece(act, words, tap);
    case 'see_you': return { text: (storeOf(act.visit.storeId, words)?.kind === 'clinic' ? ja.seeYouClinic : ja.seeYou)(momentWords(act.visit.start, now)), quick: [...ofVisit(act.visit), ...atHome()] };
    default: return calendarPiece(act, words, tap);
  }
}

const numbered = (lines: readonly string[]): string[] => lines.map((line, i) => `${i + 1}. ${line}`);
/** One of several: its day and time tell it apart, in a tap as in words. */
const ofSeveral = (visit: Reservation, now: Instant): Button[] => {
  const when = momentWords(visit.start, now);
  return [button(ja.buttons.moveOne(when), 'move', visit.id, ja.buttons.moveThat(when)), button(ja.buttons.cancelOne(when), 'cancel', visit.id, ja.buttons.cancelThat(when))];
};

/** A person of the shop answers: soon, or from the next opening on; the telephone is of use while somebody is there. */
function toStaff(why: 'asked' | 'misses' | 'still', store: Store | null, now: Instant): Piece {
  const opens = store && nextOpening(store.hours, now);
  const soon = why === 'still' ? ja.stillHuman : ja.handover[why];
  const text = opens ? ja.handoverLater[why](momentWords(opens, now)) : [soon, ...(store?.phone ? [ja.orCall(store.phone)] : [])].join('\n');
  return { text, quick: [button(ja.buttons.bot, 'bot')] };
}

/** The echo of what was just said. */
function noted(act: Extract<Act, { say: 'noted' }>, words: Words): Piece {
  const { known } = act;
  const when = act.slots.includes('day') || act.slots.includes('time');
  const said = knownWords({
    ...(known.storeId ? { storeId: known.storeId } : {}), ...(act.slots.includes('menu') && known.menuIds ? { menuIds: known.menuIds } : {}),
    ...(act.slots.includes('staff') && known.staff ? { staff: known.staff } : {}), ...(when && known.dates ? { dates: known.dates } : {}), ...(when && known.time ? { time: known.time } : {}), ...(known.or ? { or: known.or } : {}),
  }, words, act.slots.includes('store'));
  const name = act.slots.includes('name') && known.name ? `${nameWords(known.name)}様` : '';
  const all = [name, said].filter(Boolean).join('、');
  return all === '' ? {} : { text: act.changed.length > 0 ? ja.changed(all) : ja.noted(all) };
}

/** What a customer of this shop could write. */
const exampleOf = (store: Store | null): Example => ({
  menu: shortened(nameWords((store && activeMenus(store)[0]?.name) ?? '予約'), 20), staff: shortened(nameWords((store && activeStaff(store)[0]?.name) ?? '担当者の名前'), 20),
});

function missed(act: Extract<Act, { say: 'miss' }>, words: Words): Piece {
  const store = storeOf(act.storeId, words);
  const written = act.about ? ja.miss.example[act.about] : ja.miss.anything;
  const example = typeof written === 'string' ? written : written(exampleOf(store));
  return {
    text: [act.nth === 1 ? ja.miss.first : ja.miss.second, example, ...(store?.phone && (act.nth > 1 || store.kind === 'clinic') ? [ja.miss.phone(store.phone)] : [])].join('\n'),
    quick: act.nth === 1 ? atHome() : [human(), ...atHome().slice(0, 5)],
  };
}

function cannot({ problem, storeId }: Extract<Act, { say: 'cannot' }>, words: Words): Piece {
  const store = storeOf(storeId, words);
  const others = problem.why === 'staff_off' || problem.why === 'staff_hours' ? problem.others.slice(0, 4).map((id) => button(staffWords(store, id), 'staff', id)) : [];
  return { text: problemWords(problem, store, words), ...(others.length > 0 ? { quick: others } : {}) };
}

function askMenu(act: Extract<Act, { say: 'ask_menu' }>, store: Store | null): Piece {
  const menus = store ? menusOf(store, act.menuIds) : [];
  const lines = menus.slice(0, 40).map((m) => `・${ja.menuLine(nameWords(m.name), minuteWords(m.duration), yen(m.price))}`);
  return { text: [ja.askMenu, ...lines].join('\n'), quick: [...menus.slice(0, 12).map((m) => button(nameWords(m.name), 'menu', m.id)), stop()] };
}

/** Readings a customer may not have meant; the others are plain from the summary. */
const GUESSES: ReadonlySet<string> = new Set(['twelve_hour', 'next_weekday', 'sunday_week', 'this_month', 'next_year', 'typo']);

/** The summary before anything is booked or moved, with everything that was assumed. */
function confirm(act: Extract<Act, { say: 'confirm' | 'confirm_move' }>, words: Words, tap: TapWriter): Piece {
  const store = storeOf(act.proposal.storeId, words);
  const moving = act.say === 'confirm_move';
  const when = momentWords(act.proposal.start, words.now);
  const assumed = act.assumed.filter((a) => GUESSES.has(a.why)).slice(0, 2).map((a) =>
    ja.assumed(shortened(a.words, 30), a.part === 'time' ? clockWords(toClock(minuteOf(act.proposal.start))) : dayWords(dayOf(act.proposal.start), words.now)));
  const question = [...(act.approval ? [moving ? ja.moveNeedsApproval : ja.needsApproval] : []), moving ? ja.confirmMove : ja.confirm].join('\n');
  const rows = [...(moving ? [[ja.rows.before, `${momentWords(act.from.start, words.now)} ${staffWords(store, act.from.staffId)}`] as [string, string]] : []), ...visitRows(act.proposal, words), ...toldRows(act), ...(moving ? [] : depositRow(store, act.proposal.menuIds))];
  const alt = `${visitLine(act.proposal, words)} ${rows.filter(([name]) => name === ja.rows.price || name === ja.rows.minutes).map(([, value]) => value).join(' ')}\n${question}`;
  const buttons = [button(moving ? ja.buttons.yesMove : act.approval ? ja.buttons.yesAsk : ja.buttons.yesBook, 'yes', '', ja.buttons.yes), button(ja.buttons.change, 'no', '', ja.buttons.change), button(ja.buttons.stop, 'stop')];
  const opening = moving ? '' : act.changed.length > 0 ? noted({ say: 'noted', slots: act.changed, changed: act.changed, known: knownOf(act) }, words).text : act.free ? ja.isFree(when) : '';
  return {
    ...(opening || assumed.length > 0 ? { text: [opening, ...assumed].filter(Boolean).join('\n') } : {}),
    card: summaryCard({ title: moving ? ja.confirmMoveTitle : ja.confirmTitle, rows, note: question, buttons, altText: alt }, tap),
    quick: [button(ja.buttons.yes, 'yes'), ...(['day', 'time', 'menu', 'staff'] as const).map(changeButton), ...toldSlots(act).map(changeButton), stop()],
  };
}

/** A proposal as something known, to echo what changed in it. */
const knownOf = (act: Extract<Act, { say: 'confirm' | 'confirm_move' }>): Known => {
  const { proposal } = act;
  const day = dayOf(proposal.start);
  const time = toClock(minuteOf(proposal.start));
  return { storeId: proposal.storeId, menuIds: proposal.menuIds, staff: proposal.staffId ?? ('anyone' as const), dates: [day], time: { from: time, to: time }, ...(act.say === 'confirm' && act.name ? { name: act.name } : {}) };
};
