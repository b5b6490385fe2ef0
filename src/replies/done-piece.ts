import type { Reservation } from '../model/reservation.ts';
import { atHome, button } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { summaryCard } from './cards.ts';
import { ja } from './ja.ts';
import { storeOf, visitLine, visitRows } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';

/** What can be done with a visit that stands. */
export const ofVisit = (visit: Reservation): Button[] => [button(ja.buttons.moveVisit, 'move', visit.id), button(ja.buttons.cancelVisit, 'cancel', visit.id)];

/** A visit that was booked, moved or said yes to: its facts, the shop's number, and what can be done with it. */
export function donePiece(visit: Reservation, title: string, sentence: string, words: Words, tap: TapWriter): Piece {
  const store = storeOf(visit.storeId, words);
  const rows: [string, string][] = [...visitRows(visit, words), ...(store?.phone ? [[ja.rows.phone, store.phone] as [string, string]] : [])];
  return { card: summaryCard({ title, rows, note: sentence, buttons: [], altText: `${sentence}\n${visitLine(visit, words)}` }, tap), quick: [...ofVisit(visit), ...atHome()] };
}
