/** What a list of conversations can be asked for, by the acts that were said in them. */
import type { Act } from '../dialogue/says.ts';

type Said = Act['say'] | 'failed';

/** `failed` among the acts = something did not reach the customer. */
export const WHAT = {
  booked: ['booked', 'provisional', 'approved', 'deposit_asked', 'deposit_paid'],
  moved: ['moved'],
  cancelled: ['cancelled'],
  missed: ['miss'],
  refused: ['refused', 'cannot', 'too_late', 'overlap', 'one_each', 'declined', 'barred'],
  full: ['full'],
  handoff: ['handover'],
  waitlist: ['waiting', 'left'],
  offer: ['offer'],
  reminder: ['reminder'],
  failed: ['failed', 'trouble'],
} as const satisfies { readonly [what: string]: readonly Said[] };

export type What = keyof typeof WHAT;
export const WHATS = Object.keys(WHAT) as What[];
