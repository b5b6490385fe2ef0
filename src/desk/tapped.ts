/** A button of the desk: it answers the question it was shown with. */
import type { DeskStepped } from './hop.ts';
import { say } from './stepped.ts';
import type { DeskTap } from './tap.ts';
import type { DeskTalk } from './talk.ts';

export function tapped(talk: DeskTalk, _tap: DeskTap | null): DeskStepped {
  return say(talk, { say: 'stale_tap' });
}
