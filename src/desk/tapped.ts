/** A button of the desk: it answers the question it was shown with; those of a notice begin something. */
import type { DeskContext, DeskStepped } from './hop.ts';
import { again, no, yes } from './reply.ts';
import { say, want } from './stepped.ts';
import type { DeskTap } from './tap.ts';
import type { DeskTalk } from './talk.ts';

export function tapped(talk: DeskTalk, tap: DeskTap | null, ctx: DeskContext): DeskStepped {
  const stale = (): DeskStepped => say(talk, { say: 'stale_tap' });
  if (!ctx.me) return say(talk, { say: 'not_linked', why: 'no_code' });
  if (tap?.verb === 'approve' || tap?.verb === 'decline') return want(talk, { do: 'find', of: { id: tap.value, customer: null, days: null, time: null, staffId: null }, when: 'ahead', hold: 'approval' }, { do: tap.verb });
  if (tap?.verb === 'resume') return want(talk, { do: 'handoffs', customer: null, userId: tap.value }, { do: 'resume' });
  const { pending } = talk;
  if (!tap || !pending || tap.seq !== talk.seq) return stale();
  switch (tap.verb) {
    case 'no': return no(talk);
    case 'yes': case 'asked': case 'only': return yes(talk, pending, tap.verb) ?? stale();
    case 'visit': {
      const visit = pending.about === 'which' ? pending.visits.find(({ id }) => id === tap.value) : undefined;
      return visit && pending.about === 'which' ? again(talk, visit, pending.wish) : stale();
    }
    case 'order': return stale();
  }
}
