import type { Intent } from '../heard.ts';
import type { Scene } from '../scene.ts';

/** One line of how an intent is recognised; the first rule that holds decides. `because` is for readers and failed tests. */
export type Rule = { intent: Intent; because: string; holds: (scene: Scene) => boolean };

/** A booking is being made: a changed detail is a correction, not the moving of a visit. */
export const underWay = ({ asked }: Scene): boolean => asked !== null && !['confirming_cancel', 'asked_which_reservation', 'offered_waitlist', 'offered_freed_slot'].includes(asked);

/** 「…の12時で」 at the end is a wish. */
const ENDS_WITH_WISH = /[時分半0-9日曜後前方朝夜]で[。、]*$/;
/** Asks for a booking in so many words, or names enough of one and says please. */
export const orders = (s: Scene): boolean => s.has('wantsBooking') || (s.has('wants') && s.menus.some((m) => m.mark === 'wanted' || m.mark === 'added') && (s.hasWhen || s.staff !== null)) || (s.hasWhen && ENDS_WITH_WISH.test(s.text));
