/** What the shop's people are told, in words: one message, however many pieces of news. */
import type { messagingApi } from '@line/bot-sdk';
import type { StaffNews } from '../booking/news.ts';
import type { Reservation } from '../model/reservation.ts';
import { deskItem, typed } from './desk-buttons.ts';
import type { DeskButton } from './desk-buttons.ts';
import type { DeskWording } from './desk.ts';
import { whoWords } from './desk-words.ts';
import { jaStaff } from './ja-staff.ts';
import { MESSAGES, TEXT, nameWords, shortened, split } from './limits.ts';
import { menuWords, staffWords, storeOf } from './names.ts';
import type { Words } from './names.ts';
import { clockWords, momentWords, visitWords, yen } from './when.ts';
import { dayOf, minuteOf, toClock } from '../model/time.ts';

/** `people`: what customers are called, by id; who is not there has told no name. */
export type NoticeWords = DeskWording & { people: ReadonlyMap<string, string> };

/** As much of a customer's words as a notice has room for. */
const MOST_WORDS = 200;

/** One push, within every limit of the platform; what a customer who waits wrote several times is one line. */
export function renderNotices(news: readonly StaffNews[], words: NoticeWords): messagingApi.Message[] {
  const lines = joined(news).map(({ last, more }) => noticeWords(last, words, more));
  const handed = news.find((n) => n.kind === 'handover');
  const texts = split([...lines, ...(handed ? [jaStaff.notice.how(customerWords(handed.userId, words))] : [])].join('\n\n'), TEXT).slice(0, MESSAGES);
  const { today, handoffs, approve, decline } = jaStaff.buttons;
  const [asked, ...more] = news.flatMap((n) => (n.kind === 'approval_asked' ? [n.visit.id] : []));
  // Of several it is to be said which.
  const answers: DeskButton[] = asked !== undefined && more.length === 0 ? [{ label: approve, verb: 'approve', value: asked }, { label: decline, verb: 'decline', value: asked }] : [];
  const chats = new Set(news.flatMap((n) => (n.kind === 'handover' ? [n.userId] : [])));
  const resume = [...chats].slice(0, 3).map((id): DeskButton => ({ label: jaStaff.resume(customerWords(id, words)), verb: 'resume', value: id }));
  const items = [...answers, ...resume, typed(today), ...(handed ? [typed(handoffs)] : [])].map((b) => deskItem(b, words.tap));
  return texts.map((text, i): messagingApi.TextMessage => ({ type: 'text', text, ...(i === texts.length - 1 ? { quickReply: { items } } : {}) }));
}

/** What a waiting customer wrote last stands for all he wrote since we told of him. */
function joined(news: readonly StaffNews[]): { last: StaffNews; more: number }[] {
  const same = (a: StaffNews, b: StaffNews): boolean => a.kind === 'handover' && b.kind === 'handover' && a.why === 'waiting' && b.why === 'waiting' && a.userId === b.userId;
  return news.flatMap((one, i) => (news.slice(i + 1).some((later) => same(one, later)) ? [] : [{ last: one, more: news.slice(0, i).filter((earlier) => same(one, earlier)).length }]));
}

export const customerWords = (id: string, { people }: NoticeWords): string => {
  const name = people.get(id);
  return name ? jaStaff.customer(nameWords(name)) : jaStaff.someone;
};

function noticeWords(news: StaffNews, words: NoticeWords, more: number): string {
  const { notice } = jaStaff;
  if (news.kind === 'handover') {
    const said = news.words === null ? notice.sent : notice.words(shortened(news.words.replaceAll(/\s+/g, ' ').trim(), MOST_WORDS));
    const customer = customerWords(news.userId, words);
    return news.why === 'waiting' ? notice.waiting(customer, said, more) : notice[news.why](customer, said);
  }
  if (news.kind === 'quota') return notice.quota[news.level](news.limit, news.used);
  const { visit } = news;
  const store = storeOf(visit.storeId, words);
  const menus = menuWords(store, visit.menuIds);
  const customer = 'customer' in news && news.customer ? jaStaff.customer(nameWords(news.customer)) : customerWords(visit.userId, words);
  const who = whoWords(visit, words);
  const when = visitWords(visit.start, visit.end, words.now);
  switch (news.kind) {
    case 'booked': case 'cancelled': case 'approval_lapsed': case 'late_cancel_asked': case 'late_move_asked': return notice[news.kind](when, menus, customer, who);
    case 'approval_asked': return notice.approval_asked(when, menus, customer, who, momentWords(visit.hold?.until ?? visit.start, words.now));
    case 'moved': return notice.moved(customer, menus, news.was ? before(news.was, visit, words) : '', after(news.was ?? visit, visit, words), who);
    case 'unreachable': return notice.unreachable(when, menus, customer, who, notice.because[news.why]);
    case 'deposit': return notice.deposit[news.what](when, customer, yen(news.yen));
    case 'offer_failed': return notice.offer_failed(when, menus, jaStaff.charge(staffWords(store, visit.staffId)));
  }
}

/** Where a visit was, with its person where that changed. */
const before = (was: Reservation, visit: Reservation, words: Words): string =>
  [momentWords(was.start, words.now), ...(was.staffId === visit.staffId ? [] : [staffWords(storeOf(was.storeId, words), was.staffId)])].join(' ');

/** Where it is now; the day again only where it is another. */
function after(was: Reservation, visit: Reservation, { now }: Words): string {
  if (dayOf(was.start) !== dayOf(visit.start)) return visitWords(visit.start, visit.end, now);
  const clock = (at: number) => clockWords(toClock(minuteOf(at)));
  return `${clock(visit.start)}〜${clock(visit.end)}`;
}
