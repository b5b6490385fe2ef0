/** Buttons of the desk: quick replies that answer a question, or say words that could be written as well. */
import type { messagingApi } from '@line/bot-sdk';
import type { DeskVerb } from '../desk/tap.ts';
import { DISPLAY_TEXT, QUICK_LABEL, shortened } from './limits.ts';

/** Writes postback data (`writeDeskTap` bound to the talk). */
export type DeskTapWriter = (verb: DeskVerb, value?: string) => string;

/** A button before it is one: what it says, what it sends. */
export type DeskButton = { label: string; verb: DeskVerb; value?: string };

/** A button for words that could be written as well. */
export const typed = (text: string): DeskButton => ({ label: text, verb: 'order', value: text });

export const deskItem = ({ label, verb, value }: DeskButton, tap: DeskTapWriter): messagingApi.QuickReplyItem =>
  ({ type: 'action', action: { type: 'postback', label: shortened(label, QUICK_LABEL), data: tap(verb, value), displayText: shortened(label, DISPLAY_TEXT) } });
