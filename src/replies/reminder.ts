/** 「明日のご予約」: a visit to come, told without being asked. */
import type { Act } from '../dialogue/says.ts';
import { stillOwn } from '../model/hours.ts';
import { addDays, dayOf } from '../model/time.ts';
import { button } from './buttons.ts';
import type { TapWriter } from './buttons.ts';
import { summaryCard } from './cards.ts';
import { ja } from './ja.ts';
import { storeOf, visitLine, visitRows } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';

/** The buttons are on the card, where they stay; past the shop's deadline its telephone stands for them. */
export function reminderPiece({ visit }: Extract<Act, { say: 'reminder' }>, words: Words, tap: TapWriter): Piece {
  const store = storeOf(visit.storeId, words);
  const day = dayOf(visit.start);
  const today = dayOf(words.now);
  const title = ja.reminder.title[day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : 'later'];
  const may = (wish: 'cancel' | 'move') => store !== null && stillOwn(store.hours, visit, words.now, wish);
  const buttons = [...(may('move') ? [button(ja.buttons.moveVisit, 'move', visit.id)] : []), ...(may('cancel') ? [button(ja.buttons.cancelVisit, 'cancel', visit.id)] : [])];
  const own = store?.policy.reminders.words ?? null;
  const waiting = store?.kind === 'clinic' ? ja.reminder.waitingClinic : ja.reminder.waiting;
  const change = buttons.length > 0 ? ja.reminder.change : store?.phone ? ja.reminder.call(store.phone) : '';
  const note = [own, waiting + change].filter(Boolean).join('\n');
  const rows: [string, string][] = [...visitRows(visit, words).filter(([name]) => name !== ja.rows.price), ...(store?.phone ? [[ja.rows.phone, store.phone] as [string, string]] : [])];
  return { card: summaryCard({ title, rows, note, buttons, altText: `${title}\n${visitLine(visit, words)}\n${note}` }, tap) };
}
