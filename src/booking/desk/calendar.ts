/** カレンダー: a person's own feed of visits, by an address nobody can guess. */
import { nothingCame } from '../deps.ts';
import { member } from './deps.ts';
import type { DeskDeps, DeskPerformed, DeskWritingDeps } from './deps.ts';

/** Stands for the secret wherever it is kept; the message that leaves the house has it in its place. */
export const SECRET = '●●●●●●';

/** Whether there is one, and whether there can be. */
export async function ownCalendar(deps: DeskDeps): Promise<DeskPerformed> {
  return nothingCame({ to: 'calendar', made: await deps.desk.hasCalendar(member(deps).staff.id), offered: deps.calendarLink !== undefined });
}

/** A new address; the one before leads nowhere any more. */
export async function newCalendar(deps: DeskWritingDeps): Promise<DeskPerformed> {
  if (!deps.calendarLink) return nothingCame({ to: 'new_calendar', url: null });
  const secret = deps.newSecret();
  await deps.desk.setCalendar(member(deps).staff.id, secret, deps.now);
  return { ...nothingCame({ to: 'new_calendar', url: deps.calendarLink(SECRET) }), secret };
}

export async function dropCalendar(deps: DeskWritingDeps): Promise<DeskPerformed> {
  return nothingCame({ to: 'drop_calendar', ended: await deps.desk.setCalendar(member(deps).staff.id, null, deps.now) });
}
