/** What the desk says to a person of the shop → LINE messages: text, with buttons for what comes next. */
import type { messagingApi } from '@line/bot-sdk';
import type { Agenda, LeftToUs } from '../booking/desk/ports.ts';
import type { DeskAct } from '../desk/says.ts';
import { deskItem, typed } from './desk-buttons.ts';
import type { DeskButton, DeskTapWriter } from './desk-buttons.ts';
import { changePiece } from './desk-pieces.ts';
import type { DeskPiece } from './desk-pieces.ts';
import { chatWords, datedVisit, inOrder, keptWords, ownWords, personWords, shopWords, unremindedMark, visitWords } from './desk-words.ts';
import { jaStaff } from './ja-staff.ts';
import { MESSAGES, QUICK_REPLIES, TEXT, nameWords, split } from './limits.ts';
import type { Words } from './names.ts';
import { dayWords } from './when.ts';

export type DeskWording = Words & { tap: DeskTapWriter };

/** One reply: 0 to 5 messages, empty only for no acts. */
export function renderDesk(acts: readonly DeskAct[], words: DeskWording): messagingApi.Message[] {
  const pieces = acts.map((act) => pieceOf(act, words));
  const texts = split(pieces.map((piece) => piece.text).filter(Boolean).join('\n\n'), TEXT).slice(0, MESSAGES);
  const items = (pieces.findLast((piece) => piece.quick)?.quick ?? []).slice(0, QUICK_REPLIES).map((b) => deskItem(b, words.tap));
  return texts.map((text, i): messagingApi.TextMessage => ({ type: 'text', text, ...(i === texts.length - 1 && items.length > 0 ? { quickReply: { items } } : {}) }));
}

const { buttons } = jaStaff;
/** What a person of the shop asks for most. */
const atDesk = (): DeskButton[] => [buttons.today, buttons.tomorrow, buttons.next, buttons.handoffs, buttons.help].map(typed);

function pieceOf(act: DeskAct, words: DeskWording): DeskPiece {
  const who = (staffId: string) => personWords(staffId, words);
  switch (act.say) {
    case 'linked': return { text: jaStaff.linked(who(act.staffId), shopWords(act.staffId, words)), quick: atDesk() };
    case 'not_linked': return { text: act.why === 'already' ? jaStaff.notLinked.already(who(act.staffId)) : jaStaff.notLinked[act.why] };
    case 'unlinked': return { text: jaStaff.unlinked(who(act.staffId)) };
    case 'as_customer': return { text: jaStaff.asCustomer, quick: [typed(buttons.staff)] };
    case 'as_staff': return { text: jaStaff.asStaff, quick: atDesk() };
    case 'desk_hello': return { text: jaStaff.hello, quick: atDesk() };
    case 'desk_help': return { text: [...(act.unknown ? [jaStaff.unknown] : []), ...jaStaff.help].join('\n'), quick: atDesk() };
    case 'weekly_off': return { text: jaStaff.weeklyOff, quick: atDesk() };
    case 'stale_tap': return { text: jaStaff.staleTap, quick: atDesk() };
    case 'agenda': return agenda(act, words);
    case 'next_visit': return { text: act.visit ? jaStaff.next(datedVisit(act.visit, words)) : jaStaff.noNext, quick: atDesk() };
    case 'found': return found(act, words);
    case 'calendar_made': return { text: jaStaff.calendar.made(act.url), quick: atDesk() };
    case 'confirm_calendar': return { text: jaStaff.calendar.confirm, quick: [{ label: buttons.newCalendar, verb: 'yes' }, typed(buttons.dropCalendar), { label: buttons.stop, verb: 'no' }] };
    case 'calendar_dropped': return { text: act.done ? jaStaff.calendar.dropped : jaStaff.calendar.none, quick: atDesk() };
    case 'no_calendar': return { text: jaStaff.calendar.noAddress, quick: atDesk() };
    case 'handoffs': return handoffs(act, words);
    case 'no_handoff': return { text: jaStaff.noHandoff, quick: atDesk() };
    case 'handed_back': return { text: jaStaff.handedBack(chatCustomer(act.chat)), quick: atDesk() };
    default: return changePiece(act, words, atDesk());
  }
}

function agenda({ days, staffId, more }: Extract<DeskAct, { say: 'agenda' }>, words: Words): DeskPiece {
  const heads = staffId === null ? [] : [jaStaff.agendaOf(personWords(staffId, words))];
  const shown = days.map((day) => dayLines(day, staffId, words).join('\n'));
  return { text: [...heads, shown.join('\n\n'), ...(more ? [jaStaff.moreDays(days.length)] : [])].join('\n'), quick: atDesk() };
}

/** One day: its visits, and who is off. Who does it is said where it is not the one who was asked about. */
function dayLines({ day, closed, visits, kept, off }: Agenda, staffId: string | null, words: Words): string[] {
  const away = off.map((id) => personWords(id, words)).filter(Boolean).join('、');
  return [
    `${jaStaff.agendaDay(dayWords(day, words.now), visits.length)}${closed ? jaStaff.closed : ''}`,
    ...inOrder(visits, kept).map((one) => ('kind' in one ? keptWords(one, words, staffId === null) : unremindedMark(one, words) + visitWords(one, words, staffId === null))),
    ...(away && !closed ? [jaStaff.off(away)] : []),
  ];
}

/** Each with the button that gives it back. */
function handoffs({ chats, ask }: Extract<DeskAct, { say: 'handoffs' }>, { now }: Words): DeskPiece {
  if (chats.length === 0) return { text: jaStaff.noHandoffs, quick: atDesk() };
  const list = chats.slice(0, MOST_CHATS).map((chat, i) => jaStaff.numbered(i + 1, chatWords(chat, now)));
  return {
    text: [ask ? jaStaff.askHandoff : jaStaff.handoffs(chats.length), ...list, ...(chats.length > MOST_CHATS ? [jaStaff.moreHandoffs] : [])].join('\n'),
    quick: [...chats.slice(0, 10).map((chat): DeskButton => ({ label: jaStaff.resume(chatCustomer(chat)), verb: 'resume', value: chat.userId })), ...atDesk().slice(0, 2)],
  };
}
const MOST_CHATS = 20;
const chatCustomer = ({ customer }: LeftToUs): string => (customer ? jaStaff.customer(nameWords(customer)) : jaStaff.someone);

function found({ visits, more, for: wish }: Extract<DeskAct, { say: 'found' }>, words: Words): DeskPiece {
  if (visits.length === 0) return { text: wish in jaStaff.noneOf ? jaStaff.noneOf[wish as keyof typeof jaStaff.noneOf] : jaStaff.notFound, quick: atDesk() };
  const [only] = visits;
  const alone = visits.length === 1 && only ? ownWords(only) : '';
  const list = visits.map((visit) => datedVisit(visit, words)).join('\n');
  return { text: [jaStaff.found(list + alone), ...(more ? [jaStaff.foundMore] : [])].join('\n'), quick: atDesk() };
}

