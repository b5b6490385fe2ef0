/** Quick replies and Flex buttons: a tap sends its data, and shows the words a customer could have typed. */
import type { messagingApi } from '@line/bot-sdk';
import type { Offer } from '../dialogue/says.ts';
import type { SlotName } from '../dialogue/talk.ts';
import type { Verb } from '../dialogue/tap.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Day, Instant } from '../model/time.ts';
import { ja } from './ja.ts';
import { DISPLAY_TEXT, FLEX_LABEL, QUICK_LABEL, shortened } from './limits.ts';
import { clockWords, dayWords } from './when.ts';

/** Writes postback data (`writeTap`, bound to talk and customer). */
export type TapWriter = (verb: Verb, value?: string) => string;

/** A button before it is one: what it says, what it sends. */
export type Button = { label: string; verb: Verb; value?: string; typed?: string; picker?: { first: Day; last: Day } };

export const button = (label: string, verb: Verb, value = '', typed = label): Button => ({ label, verb, value, typed });

const postback = (b: Button, tap: TapWriter, most: number): messagingApi.PostbackAction => ({
  type: 'postback', label: shortened(b.label, most), data: tap(b.verb, b.value ?? ''), displayText: shortened(b.typed ?? b.label, DISPLAY_TEXT),
});

export const quickItem = (b: Button, tap: TapWriter): messagingApi.QuickReplyItem => ({
  type: 'action',
  action: b.picker
    ? { type: 'datetimepicker', label: shortened(b.label, QUICK_LABEL), data: tap(b.verb, ''), mode: 'date', initial: b.picker.first, min: b.picker.first, max: b.picker.last }
    : postback(b, tap, QUICK_LABEL),
});

export const flexButton = (b: Button, tap: TapWriter, style: 'primary' | 'secondary' | 'link'): messagingApi.FlexButton => ({
  type: 'button', style, height: 'sm', action: postback(b, tap, FLEX_LABEL),
});

// ---- the buttons there are ---------------------------------------------------------------------------------------

export const timeButton = (offer: Offer, now: Instant, withDay: boolean, who?: string): Button => {
  const when = `${withDay ? `${dayWords(offer.day, now)} ` : ''}${clockWords(offer.time)}`;
  return button(who ? `${when} ${who}` : when, 'at', `${offer.day}T${offer.time}${offer.staffId ? `/${offer.staffId}` : ''}`, who ? `${when} ${who}` : when);
};

/** A visit like this one at another time, whenever it is tapped. */
export const againButton = (offer: Offer, { nominated, staffId, menuIds }: Reservation, now: Instant): Button =>
  ({ ...timeButton(offer, now, true), verb: 'again', value: `${offer.day}T${offer.time}/${nominated ? staffId : ''}/${menuIds.join(',')}` });

export const dayButton = (day: Day, now: Instant): Button => button(dayWords(day, now), 'day', day);

/** The calendar of the phone. LINE refuses one whose ends are the same day. */
export const pickButton = (first: Day, last: Day): Button[] => (first < last ? [{ label: ja.buttons.pickDay, verb: 'day', picker: { first, last } }] : []);

export const changeButton = (slot: SlotName): Button => button(ja.buttons.slot[slot], 'change', slot);

export const atHome = (): Button[] => [
  button(ja.buttons.book, 'book'), button(ja.buttons.earliest, 'earliest'), button(ja.buttons.mine, 'mine'), button(ja.buttons.menus, 'menus'),
  button(ja.buttons.hours, 'hours'), button(ja.buttons.human, 'human'),
];

/** Clocks in rows, for a card. */
export const inRows = <T>(items: readonly T[], width: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, i) => items.slice(i * width, (i + 1) * width));

