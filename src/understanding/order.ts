/**
 * What a person of the shop wants of the desk. The same days, times, menus and people are read as for customers; only
 * the commands are others. Everything is plain JSON, as `Heard` is.
 */
import type { Heard } from './heard.ts';

export const ORDERS = [
  // ---- who one is
  'link', 'unlink', 'as_customer', 'as_staff', 'help', 'hello',
  // ---- what there is
  'agenda', 'next', 'handoffs', 'calendar',
  // ---- a customer's visit
  'cancel', 'move', 'book', 'arrived', 'no_show', 'approve', 'decline', 'paid', 'resume',
  // ---- one's own time
  'off', 'on', 'weekly', 'block', 'unblock',
  /** An answer, or nothing of ours: what is open decides. */
  'other',
] as const;
export type OrderKind = (typeof ORDERS)[number];

export type Order = Heard & {
  order: OrderKind;
  /** A customer as he was called, without 様. */
  customer: string | null;
  /** Who of the shop is to have the visit from now on: 「佐藤さんに変更」. */
  to: string | null;
  /** Of `link`: the code in its own spelling; null = none was written. */
  code: string | null;
  /** Of `block`: minutes, where it is said how long instead of until when. */
  minutes: number | null;
};
