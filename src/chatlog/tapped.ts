/** What a customer's chat shows for a tap. LINE sends only the button's data back; a log is read by people. */
import { readAt, readTap } from '../dialogue/tap.ts';
import type { Tap, Verb } from '../dialogue/tap.ts';
import { isDay } from '../model/time.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { ja } from '../replies/ja.ts';
import { clockWords, dayWords } from '../replies/when.ts';

/** What a tap is read by: the shops it may name, and when it was made. */
export type TapReader = { customerId: string; stores: readonly Store[]; now: Instant };

/** The words of a tap; null where it has none of its own: a picker's result, an id that is no more, data that is not ours. */
export function shownTap(data: string, { customerId, stores, now }: TapReader): string | null {
  const tap = readTap(data, customerId);
  return 'bad' in tap ? null : ofVerb(tap, stores, now) || null;
}

function ofVerb({ verb, value }: Tap, stores: readonly Store[], now: Instant): string | undefined {
  const named = (items: (store: Store) => readonly { id: string; name: string }[], id: string | null) => stores.flatMap(items).find((it) => it.id === id)?.name;
  switch (verb) {
    case 'store': return stores.find((store) => store.id === value)?.name;
    case 'menu': return named((store) => store.menus, value);
    case 'staff': return value === 'anyone' ? ja.anyone : named((store) => store.staff, value);
    case 'day': return isDay(value) ? dayWords(value, now) : undefined;
    case 'at': {
      const at = readAt(value);
      return at ? [dayWords(at.day, now), clockWords(at.time), named((store) => store.staff, at.staffId)].filter(Boolean).join(' ') : undefined;
    }
    case 'change': return Object.entries(ja.buttons.slot).find(([slot]) => slot === value)?.[1];
    default: return PLAIN[verb];
  }
}

const PLAIN: { readonly [V in Verb]?: string } = {
  yes: ja.buttons.yes, no: ja.buttons.no, stop: ja.buttons.stop, book: ja.buttons.book, human: ja.buttons.human, bot: ja.buttons.bot,
  hours: ja.buttons.hours, menus: ja.buttons.menus, mine: ja.buttons.mine, wait: ja.buttons.wait, leave: ja.buttons.leaveWait, earliest: ja.buttons.earliest,
  visit: '[予約を選択]', entry: '[キャンセル待ちを選択]', cancel: ja.buttons.cancelVisit, move: ja.buttons.moveVisit,
  accept: ja.buttons.accept, decline: ja.buttons.decline,
};
