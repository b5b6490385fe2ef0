/** A freed slot in words: the push that offers it, and what the answer came to. */
import type { Act } from '../dialogue/says.ts';
import type { SlotOffer } from '../model/reservation.ts';
import { atHome, button } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { summaryCard } from './cards.ts';
import { ja } from './ja.ts';
import { jaWaiting } from './ja-waiting.ts';
import { nameWords } from './limits.ts';
import { storeOf, visitLine, visitRows, waitWords } from './names.ts';
import type { Words } from './names.ts';
import type { Piece } from './piece.ts';
import { momentWords } from './when.ts';

type WaitingAct = Extract<Act, { say: 'offer' | 'offer_revoked' | 'wait_closed' | 'offer_again' | 'offer_lost' | 'offer_overlap' | 'offer_declined' | 'offer_unknown' | 'waited' }>;

/** The same whenever they are tapped: the id says which offer is meant. */
const answers = (offer: SlotOffer): Button[] => [button(ja.buttons.accept, 'accept', offer.id), button(ja.buttons.decline, 'decline', offer.id)];

export function waitingPiece(act: WaitingAct, words: Words, tap: TapWriter): Piece {
  const { now } = words;
  switch (act.say) {
    case 'offer': return offer(act.offer, words, tap);
    case 'offer_revoked': return { text: jaWaiting.revoked(visitLine(act.offer, words), act.waits), quick: atHome() };
    case 'wait_closed': return { text: jaWaiting.closed(waitWords(act.entry, words)), quick: atHome() };
    case 'offer_again': return { text: jaWaiting.again(visitLine(act.offer, words), momentWords(act.offer.expiresAt, now)), quick: answers(act.offer) };
    case 'offer_lost': return { text: [jaWaiting.lost[act.why](momentWords(act.offer.start, now)), act.entry ? jaWaiting.goesOn(act.entry.position) : jaWaiting.isOver].join('\n'), quick: atHome() };
    case 'offer_overlap': return {
      text: jaWaiting.overlap(momentWords(act.offer.start, now), act.clash && visitLine(act.clash, words)),
      quick: [...(act.clash ? [button(ja.buttons.moveVisit, 'move', act.clash.id), button(ja.buttons.cancelVisit, 'cancel', act.clash.id)] : []), button(ja.buttons.decline, 'decline', act.offer.id), ...atHome()],
    };
    case 'offer_declined': return { text: [jaWaiting.declined(momentWords(act.offer.start, now)), act.entry ? jaWaiting.goesOn(act.entry.position) : jaWaiting.isOver].join('\n'), quick: atHome() };
    case 'offer_unknown': return { text: jaWaiting.unknown, quick: atHome() };
    case 'waited': return { text: jaWaiting.waited(act.entries.map((entry) => waitWords(entry, words)).join('、')), quick: atHome() };
  }
}

function offer(it: SlotOffer, words: Words, tap: TapWriter): Piece {
  const store = storeOf(it.storeId, words);
  const until = momentWords(it.expiresAt, words.now);
  const shop = nameWords(store?.name ?? '');
  return {
    card: summaryCard({
      title: jaWaiting.title, note: it.held ? jaWaiting.held(until) : jaWaiting.first(until), buttons: answers(it),
      rows: [[ja.rows.store, shop], ...visitRows(it, { ...words, stores: store ? [store] : [] }), [ja.rows.until, until]],
      altText: jaWaiting.alt(shop, visitLine(it, { ...words, stores: store ? [store] : [] }), until, it.held),
    }, tap),
  };
}
