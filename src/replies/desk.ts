/** What the desk says to a person of the shop → LINE messages: text, with buttons for what comes next. */
import type { messagingApi } from '@line/bot-sdk';
import type { Agenda, VisitSeen } from '../booking/desk/ports.ts';
import type { DeskAct } from '../desk/says.ts';
import type { DeskVerb } from '../desk/tap.ts';
import type { Reservation } from '../model/reservation.ts';
import { minuteOf, toClock } from '../model/time.ts';
import { jaStaff } from './ja-staff.ts';
import { DISPLAY_TEXT, MESSAGES, QUICK_LABEL, QUICK_REPLIES, TEXT, nameWords, shortened, split } from './limits.ts';
import { menuWords, staffWords, storeOf } from './names.ts';
import type { Words } from './names.ts';
import { clockWords, dayWords, momentWords } from './when.ts';

/** `tap` writes postback data (`writeDeskTap` bound to the talk). */
export type DeskWording = Words & { tap: (verb: DeskVerb, value?: string) => string };

/** A button before it is one: what it says, what it sends. */
export type DeskButton = { label: string; verb: DeskVerb; value?: string };
type Piece = { text: string; quick?: DeskButton[] };

/** One reply: 0 to 5 messages, empty only for no acts. */
export function renderDesk(acts: readonly DeskAct[], words: DeskWording): messagingApi.Message[] {
  const pieces = acts.map((act) => pieceOf(act, words));
  const texts = split(pieces.map((piece) => piece.text).filter(Boolean).join('\n\n'), TEXT).slice(0, MESSAGES);
  const items = (pieces.findLast((piece) => piece.quick)?.quick ?? []).slice(0, QUICK_REPLIES).map((b) => deskItem(b, words.tap));
  return texts.map((text, i): messagingApi.TextMessage => ({ type: 'text', text, ...(i === texts.length - 1 && items.length > 0 ? { quickReply: { items } } : {}) }));
}

/** A button for words that could be written as well. */
export const typed = (text: string): DeskButton => ({ label: text, verb: 'order', value: text });

export const deskItem = ({ label, verb, value }: DeskButton, tap: DeskWording['tap']): messagingApi.QuickReplyItem =>
  ({ type: 'action', action: { type: 'postback', label: shortened(label, QUICK_LABEL), data: tap(verb, value), displayText: shortened(label, DISPLAY_TEXT) } });

const { buttons } = jaStaff;
/** What a person of the shop asks for most. */
const atDesk = (): DeskButton[] => [buttons.today, buttons.tomorrow, buttons.next, buttons.handoffs, buttons.help].map(typed);

function pieceOf(act: DeskAct, words: DeskWording): Piece {
  const who = (staffId: string) => personWords(staffId, words);
  switch (act.say) {
    case 'linked': return { text: jaStaff.linked(who(act.staffId), shopWords(act.staffId, words)), quick: atDesk() };
    case 'not_linked': return { text: act.why === 'already' ? jaStaff.notLinked.already(who(act.staffId)) : jaStaff.notLinked[act.why] };
    case 'unlinked': return { text: jaStaff.unlinked(who(act.staffId)) };
    case 'as_customer': return { text: jaStaff.asCustomer, quick: [typed(buttons.staff)] };
    case 'as_staff': return { text: jaStaff.asStaff, quick: atDesk() };
    case 'desk_help': return { text: [...(act.unknown ? [jaStaff.unknown] : []), ...jaStaff.help].join('\n'), quick: atDesk() };
    case 'weekly_off': return { text: jaStaff.weeklyOff, quick: atDesk() };
    case 'stale_tap': return { text: jaStaff.staleTap, quick: atDesk() };
    case 'agenda': return agenda(act, words);
    case 'next_visit': return { text: act.visit ? jaStaff.next(`${dayOfVisit(act.visit, words)} ${visitWords(act.visit, words, true)}`) : jaStaff.noNext, quick: atDesk() };
    case 'found': return found(act, words);
  }
}

const personWords = (staffId: string, { stores }: Words): string =>
  nameWords(stores.flatMap((store) => store.staff).find((person) => person.id === staffId)?.name ?? '');
const shopWords = (staffId: string, { stores }: Words): string => nameWords(stores.find((store) => store.staff.some((person) => person.id === staffId))?.name ?? '');

const dayOfVisit = (visit: VisitSeen, { now }: Words): string => momentWords(visit.start, now).split(' ')[0]!;

function agenda({ days, staffId, more }: Extract<DeskAct, { say: 'agenda' }>, words: Words): Piece {
  const heads = staffId === null ? [] : [jaStaff.agendaOf(personWords(staffId, words))];
  const shown = days.map((day) => dayLines(day, staffId, words).join('\n'));
  return { text: [...heads, shown.join('\n\n'), ...(more ? [jaStaff.moreDays(days.length)] : [])].join('\n'), quick: atDesk() };
}

/** One day: its visits, and who is off. Who does it is said where it is not the one who was asked about. */
function dayLines({ day, closed, visits, off }: Agenda, staffId: string | null, words: Words): string[] {
  const away = off.map((id) => personWords(id, words)).filter(Boolean).join('、');
  return [
    `${jaStaff.agendaDay(dayWords(day, words.now), visits.length)}${closed ? jaStaff.closed : ''}`,
    ...visits.map((visit) => visitWords(visit, words, staffId === null)),
    ...(away && !closed ? [jaStaff.off(away)] : []),
  ];
}

function found({ visits, more }: Extract<DeskAct, { say: 'found' }>, words: Words): Piece {
  if (visits.length === 0) return { text: jaStaff.notFound, quick: atDesk() };
  const [only] = visits;
  const alone = visits.length === 1 && only ? ownWords(only) : '';
  const list = visits.map((visit) => `${dayOfVisit(visit, words)} ${visitWords(visit, words, true)}`).join('\n');
  return { text: [jaStaff.found(list + alone), ...(more ? [jaStaff.foundMore] : [])].join('\n'), quick: atDesk() };
}

/** What a customer told besides: telephone, notes. */
const ownWords = ({ phone, notes }: VisitSeen): string => `${phone ? jaStaff.phone(phone) : ''}${notes ? jaStaff.notes(shortened(notes.replaceAll(/\s+/g, ' '), 200)) : ''}`;

/** 「15:00〜16:00 カット 山田様（指名 佐藤）」 */
export function visitWords(visit: VisitSeen, words: Words, withWho: boolean): string {
  const store = storeOf(visit.storeId, words);
  const clock = (at: number) => clockWords(toClock(minuteOf(at)));
  const mark = visit.hold ? jaStaff.marks[visit.hold.for] : visit.came ? jaStaff.marks[visit.came] : '';
  const customer = visit.customer ? jaStaff.customer(nameWords(visit.customer)) : jaStaff.someone;
  return mark + jaStaff.visit(`${clock(visit.start)}〜${clock(visit.end)}`, menuWords(store, visit.menuIds), customer, withWho ? whoWords(visit, words) : null);
}

/** 「指名 佐藤」, or 「担当 佐藤」 where the customer did not ask for anybody. */
export const whoWords = (visit: Reservation, words: Words): string =>
  (visit.nominated ? jaStaff.nominated : jaStaff.charge)(staffWords(storeOf(visit.storeId, words), visit.staffId));

export const staffName = (staffId: string, storeId: string, words: Words): string => staffWords(storeOf(storeId, words), staffId);
