/** What booking answered, as words for the person who asked. */
import type { DeskAnswer, DeskEffect } from '../booking/desk/ports.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { ask, say, want } from './stepped.ts';
import type { DeskTalk } from './talk.ts';
import { beforeOff, timeDone } from './time.ts';
import { done, found } from './visit.ts';

export function answered(talk: DeskTalk, effect: DeskEffect, answer: DeskAnswer, ctx: DeskContext): DeskStepped {
  switch (answer.to) {
    case 'link': return linked(talk, answer);
    case 'unlink': return ctx.me ? say(talk, { say: 'unlinked', staffId: ctx.me.staff.id }) : say(talk, { say: 'not_linked', why: 'no_code' });
    case 'agenda': {
      const asked = effect.do === 'agenda' ? effect : null;
      return say(talk, { say: 'agenda', days: answer.days, staffId: asked?.staffId ?? null, more: (asked?.days.length ?? 0) > answer.days.length });
    }
    case 'next': return say(talk, { say: 'next_visit', visit: answer.visit });
    case 'not_yours': return say(talk, { say: 'not_yours', staffId: answer.staffId });
    case 'find': return found(talk, answer, ctx);
    case 'handoffs': return chatsFound(talk, answer);
    case 'hand_back': return say(talk, answer.chat ? { say: 'handed_back', chat: answer.chat } : { say: 'no_handoff' });
    case 'book_visit': return say(talk, 'done' in answer ? { say: 'visit_booked', visit: answer.done } : { say: 'visit_cannot_move', why: answer.cannot });
    case 'calendar': {
      if (!answer.offered) return say(talk, { say: 'no_calendar' });
      return answer.made ? ask(talk, { about: 'confirm', effect: { do: 'new_calendar' } }, { say: 'confirm_calendar' }) : want(talk, { do: 'new_calendar' });
    }
    case 'new_calendar': return say(talk, answer.url === null ? { say: 'no_calendar' } : { say: 'calendar_made', url: answer.url });
    case 'drop_calendar': return say(talk, { say: 'calendar_dropped', done: answer.ended });
    case 'before_off': return effect.do === 'before_off' ? beforeOff(talk, effect, answer) : say(talk, { say: 'desk_help', unknown: true });
    case 'cancel_visit': case 'move_visit': case 'approve': case 'decline': case 'mark': case 'paid': return done(talk, answer);
    case 'off': case 'on': case 'block': case 'unblock': return timeDone(talk, effect, answer);
  }
}

/** 「山田様 再開」: given back at once; of several it is asked whose. */
function chatsFound(talk: DeskTalk, { chats }: Extract<DeskAnswer, { to: 'handoffs' }>): DeskStepped {
  if (talk.during?.do !== 'resume') return say(talk, { say: 'handoffs', chats, ask: false });
  const [only, another] = chats;
  if (!only) return say(talk, { say: 'no_handoff' });
  return another ? say(talk, { say: 'handoffs', chats, ask: true }) : want(talk, { do: 'hand_back', userId: only.userId });
}

function linked(talk: DeskTalk, answer: Extract<DeskAnswer, { to: 'link' }>): DeskStepped {
  if (!('refused' in answer)) return say(talk, { say: 'linked', staffId: answer.staffId });
  if (answer.refused !== 'already') return say(talk, { say: 'not_linked', why: answer.refused });
  return say(talk, answer.staffId === null ? { say: 'not_linked', why: 'elsewhere' } : { say: 'not_linked', why: 'already', staffId: answer.staffId });
}
