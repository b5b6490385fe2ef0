/** A customer's visit at the desk: which one is meant, what is asked before it is touched, and what became of it. */
import type { DeskAnswer, VisitSeen } from '../booking/desk/ports.ts';
import { mayTouch } from '../model/store.ts';
import { at, dayOf, minuteOf, toMinute } from '../model/time.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { ask, say, want } from './stepped.ts';
import type { DeskTalk, Seen, Wish } from './talk.ts';

export const seen = ({ id, start, end, staffId, nominated }: VisitSeen): Seen => ({ id, start, end, staffId, nominated });

/** Those a description fits: none, the one, or which of them. */
export function found(talk: DeskTalk, { visits, more }: Extract<DeskAnswer, { to: 'find' }>, ctx: DeskContext): DeskStepped {
  const wish: Wish = talk.during && talk.during.do !== 'resume' ? talk.during : { do: 'show' };
  const [only, another] = visits;
  if (wish.do === 'show' || !only) return say(talk, { say: 'found', visits, more, for: wish.do });
  if (!another) return wished(talk, only, wish, ctx);
  // 「明日の山田様の予約を16時に」: tomorrow's of two is meant.
  const onDay = wish.do === 'move' && wish.day !== null ? visits.filter((visit) => dayOf(visit.start) === wish.day) : [];
  if (onDay.length === 1) return wished(talk, onDay[0]!, wish, ctx);
  return ask(talk, { about: 'which', visits: visits.map(seen), wish }, { say: 'ask_visit', for: wish.do, visits, more });
}

/** Whatever touches a customer is shown first. */
export function wished(talk: DeskTalk, visit: VisitSeen, wish: Wish, { me }: DeskContext): DeskStepped {
  if (wish.do !== 'show' && me && !mayTouch(me.store, me.staff, visit.staffId)) return say(talk, { say: 'not_yours', staffId: visit.staffId });
  switch (wish.do) {
    case 'show': return say(talk, { say: 'found', visits: [visit], more: false, for: 'show' });
    case 'cancel': return ask(talk, { about: 'confirm', effect: { do: 'cancel_visit', reservationId: visit.id, wish: 'shop' } }, { say: 'confirm_visit_cancel', visit });
    case 'approve': return want(talk, { do: 'approve', reservationId: visit.id });
    case 'decline': return ask(talk, { about: 'confirm', effect: { do: 'decline', reservationId: visit.id } }, { say: 'confirm_decline', visit });
    case 'paid': return ask(talk, { about: 'confirm', effect: { do: 'paid', reservationId: visit.id } }, { say: 'confirm_paid', visit });
    case 'mark':
      if (wish.came !== 'no_show') return want(talk, { do: 'mark', reservationId: visit.id, came: wish.came });
      return ask(talk, { about: 'confirm', effect: { do: 'mark', reservationId: visit.id, came: 'no_show' } }, { say: 'confirm_no_show', visit });
    case 'move': {
      if (visit.hold?.for === 'approval') return say(talk, { say: 'visit_cannot_move', why: 'unanswered' });
      const start = newStart(visit, wish);
      if (start === visit.start && (wish.staffId === null || wish.staffId === visit.staffId)) return ask(talk, { about: 'when', visit: seen(visit) }, { say: 'ask_new_time', visit });
      const effect = { do: 'move_visit' as const, reservationId: visit.id, start, staffId: wish.staffId, wish: 'shop' as const };
      return ask(talk, { about: 'confirm', effect }, { say: 'confirm_visit_move', visit, start, staffId: wish.staffId });
    }
  }
}

/** What was not said stays. */
const newStart = ({ start }: Seen, { day, time }: Extract<Wish, { do: 'move' }>): number => at(day ?? dayOf(start), time === null ? minuteOf(start) : toMinute(time));

/** What became of it. */
export function done(talk: DeskTalk, answer: Extract<DeskAnswer, { to: 'cancel_visit' | 'move_visit' | 'approve' | 'decline' | 'mark' | 'paid' }>): DeskStepped {
  if (answer.to === 'move_visit') {
    if ('gone' in answer) return say(talk, { say: 'visit_gone' });
    return say(talk, 'cannot' in answer ? { say: 'visit_cannot_move', why: answer.cannot } : { say: 'visit_moved', visit: answer.done, was: answer.was });
  }
  if (answer.to === 'mark') {
    if (answer.marked === null) return say(talk, { say: 'visit_gone' });
    return say(talk, answer.marked === 'too_early' ? { say: 'too_early' } : { say: 'visit_marked', visit: answer.marked, came: answer.marked.came ?? null });
  }
  if (answer.to === 'paid') return say(talk, 'refused' in answer ? { say: 'visit_not_paid', why: answer.refused } : { say: 'visit_paid', visit: answer.done, yen: answer.yen });
  if (answer.done === null) return say(talk, { say: 'visit_gone' });
  const says = { cancel_visit: 'visit_cancelled', approve: 'visit_approved', decline: 'visit_declined' } as const;
  return say(talk, { say: says[answer.to], visit: answer.done, ...(answer.deposit ? { deposit: answer.deposit } : {}) });
}
