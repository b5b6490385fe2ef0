/** What booking answered, as words for the person who asked. */
import type { DeskAnswer, DeskEffect } from '../booking/desk/ports.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { say } from './stepped.ts';
import type { DeskTalk } from './talk.ts';

export function answered(talk: DeskTalk, effect: DeskEffect, answer: DeskAnswer, ctx: DeskContext): DeskStepped {
  switch (answer.to) {
    case 'link': return linked(talk, answer);
    case 'unlink': return ctx.me ? say(talk, { say: 'unlinked', staffId: ctx.me.staff.id }) : say(talk, { say: 'not_linked', why: 'no_code' });
    case 'agenda': {
      const asked = effect.do === 'agenda' ? effect : null;
      return say(talk, { say: 'agenda', days: answer.days, staffId: asked?.staffId ?? null, more: (asked?.days.length ?? 0) > answer.days.length });
    }
    case 'next': return say(talk, { say: 'next_visit', visit: answer.visit });
    case 'find': return say(talk, { say: 'found', visits: answer.visits, more: answer.more });
  }
}

function linked(talk: DeskTalk, answer: Extract<DeskAnswer, { to: 'link' }>): DeskStepped {
  if (!('refused' in answer)) return say(talk, { say: 'linked', staffId: answer.staffId });
  if (answer.refused !== 'already') return say(talk, { say: 'not_linked', why: answer.refused });
  return say(talk, answer.staffId === null ? { say: 'not_linked', why: 'elsewhere' } : { say: 'not_linked', why: 'already', staffId: answer.staffId });
}
