/** スタッフ登録: a one-time code makes a LINE account that of a person of the shop. */
import { HOUR } from '../../model/time.ts';
import { nothingCame } from '../deps.ts';
import type { DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { DeskEffect } from './ports.ts';

/** After so many wrong codes within an hour, of one account or of all at a channel, none is looked at. */
export const MOST_OWN = 5;
export const MOST_ALL = 100;

/**
 * Links the account. A code that does not exist, one that is over and one that was used are answered alike, and after too many wrong ones
 * even a right one is: nobody learns a code by trying.
 */
export async function link({ code }: Extract<DeskEffect, { do: 'link' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { desk, account, stores, now, me } = deps;
  if (me) return nothingCame({ to: 'link', refused: 'already', staffId: me.staff.id });
  const { own, all } = await desk.guesses(account, now - HOUR);
  if (own >= MOST_OWN || all >= MOST_ALL) return nothingCame({ to: 'link', refused: 'later' });
  const staffId = await desk.useCode(code, stores.map((store) => store.id), now);
  if (staffId === null) {
    await desk.guessed(account, now);
    return nothingCame({ to: 'link', refused: 'wrong' });
  }
  // Known at another account of ours by the same id: his shop there keeps him.
  if (!(await desk.setAccount(staffId, account.lineId))) return nothingCame({ to: 'link', refused: 'already', staffId: null });
  return nothingCame({ to: 'link', staffId });
}

/** スタッフ登録解除. His calendar ends with it. */
export async function unlink({ desk, me, now }: DeskWritingDeps): Promise<DeskPerformed> {
  if (me) {
    await desk.setAccount(me.staff.id, null);
    await desk.setCalendar(me.staff.id, null, now);
  }
  return nothingCame({ to: 'unlink' });
}
