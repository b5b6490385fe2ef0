/** What is said about the rules of a visit: 仮予約, limits, what is asked before the first one; and what the shop itself changed. */
import type { Act } from '../dialogue/says.ts';
import type { Reservation } from '../model/reservation.ts';
import { dayOf, minuteOf, toClock } from '../model/time.ts';
import { againButton, atHome, button } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { offerList } from './calendar-pieces.ts';
import { fateAfter, owedWords } from './deposit-pieces.ts';
import { donePiece, ofVisit } from './done-piece.ts';
import { ja } from './ja.ts';
import { nameWords, shortened } from './limits.ts';
import { storeOf, visitLine } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';
import { momentWords } from './when.ts';

type RuleAct = Extract<Act, { say: 'provisional' | 'approved' | 'declined' | 'lapsed' | 'cancelled_by_shop' | 'moved_by_shop' | 'barred' | 'ask_phone' | 'need_phone' | 'ask_notes' }>;

const human = (): Button => button(ja.buttons.human, 'human');
const stop = (): Button => button(ja.buttons.stop, 'stop');

export function rulePiece(act: RuleAct, words: Words, tap: TapWriter): Piece {
  switch (act.say) {
    case 'provisional': return provisional(act.visit, act.moved, words, tap);
    case 'approved': return donePiece(act.visit, ja.bookedTitle, [ja.approved, ...owedWords(act.visit, storeOf(act.visit.storeId, words))].join('\n'), words, tap);
    case 'declined': case 'lapsed': case 'cancelled_by_shop': return unwanted(act, words);
    case 'moved_by_shop': return { text: ja.movedByShop(visitLine(act.was, words), visitLine(act.visit, words)), quick: [...ofVisit(act.visit), human()] };
    case 'barred': return barred(act, words);
    case 'ask_phone': return { text: ja.askPhone, quick: [human(), stop()] };
    case 'need_phone': return { text: ja.needPhone };
    case 'ask_notes': return { text: ja.askNotes, quick: [button(ja.buttons.noNotes, 'no'), human(), stop()] };
  }
}

/** What was asked before the first visit and can be put right. */
export const toldSlots = (act: Extract<Act, { say: 'confirm' | 'confirm_move' }>): ('name' | 'phone' | 'notes')[] =>
  act.say === 'confirm' && act.told ? (['name', 'phone', 'notes'] as const).filter((slot) => act.told?.[slot] !== undefined) : [];

/** What was told before the first visit, to be looked over once. */
export function toldRows(act: Extract<Act, { say: 'confirm' | 'confirm_move' }>): [string, string][] {
  const told = act.say === 'confirm' ? act.told : undefined;
  return [
    ...(told?.name ? [[ja.rows.customer, `${nameWords(told.name)}様`] as [string, string]] : []), ...(told?.phone ? [[ja.rows.phone, told.phone] as [string, string]] : []),
    ...(told?.notes ? [[ja.rows.notes, shortened(told.notes.replaceAll(/\s+/g, ' '), 100)] as [string, string]] : []),
  ];
}

/** 仮予約: until when the shop answers, and what can be done with it meanwhile. */
function provisional(visit: Reservation, moved: boolean, words: Words, tap: TapWriter): Piece {
  const until = momentWords(visit.hold?.until ?? visit.start, words.now);
  return donePiece(visit, moved ? ja.provisionalMovedTitle : ja.provisionalTitle, (moved ? ja.provisionalMoved : ja.provisional)(until), words, tap);
}

/** The shop's no, or its silence, or its ending a visit, with what is free near it to tap. */
function unwanted({ say, visit, near, deposit }: Extract<Act, { say: 'declined' | 'lapsed' | 'cancelled_by_shop' }>, words: Words): Piece {
  const phone = storeOf(visit.storeId, words)?.phone || null;
  const offers = near.map((free) => ({ day: dayOf(free.start), time: toClock(minuteOf(free.start)) }));
  return {
    text: [ja[say](visitLine(visit, words)), ...(deposit ? [fateAfter(deposit)] : []), offers.length > 0 ? ja.near(offerList(offers, words)) : ja.lapsedWayOn(phone)].join('\n'),
    quick: [...offers.map((o) => againButton(o, visit, words.now)), ...atHome()],
  };
}

/** What one more booking stands against, and the way to it. */
function barred(act: Extract<Act, { say: 'barred' }>, words: Words): Piece {
  const phone = storeOf(act.storeId, words)?.phone || null;
  if (act.why === 'no_shows') return { text: ja.onlyByPhone(phone), quick: [human(), ...atHome().slice(2, 5)] };
  const many = act.visits.length > 1;
  const about = (visit: Reservation, alone: string, ofSeveral: string) => (many ? `${momentWords(visit.start, words.now)} ${ofSeveral}` : alone);
  const quick = act.visits.slice(0, 4).flatMap((v) => [button(about(v, ja.buttons.cancelVisit, ja.buttons.cancelThis), 'cancel', v.id), button(about(v, ja.buttons.moveVisit, ja.buttons.moveThis), 'move', v.id)]);
  return { text: [ja.tooMany(act.most ?? act.visits.length, act.visits.map((v) => `・${visitLine(v, words)}`).join('\n')), ja.tooManyWayOn(phone)].join('\n'), quick: [...quick, human(), ...atHome().slice(2, 5)] };
}
