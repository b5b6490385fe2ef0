/** Chats that are left to a person of the shop: who waits, and giving them back to the bot. */
import { MINUTE } from '../../model/time.ts';
import { nothingCame } from '../deps.ts';
import { isCalled } from './agenda.ts';
import { member } from './deps.ts';
import type { DeskDeps, DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { DeskEffect, LeftToUs } from './ports.ts';

/** Of this shop and still with a person, longest first. */
async function open(deps: DeskDeps): Promise<LeftToUs[]> {
  const { store } = member(deps);
  const left = await deps.desk.leftToUs(store.channel);
  return left
    .filter((chat) => (chat.storeId ?? store.id) === store.id && (chat.handedBack ?? -Infinity) < chat.since && deps.now - chat.touched <= store.policy.handoffMinutes * MINUTE)
    .sort((a, b) => a.since - b.since);
}

/** 引き継ぎ一覧, or those who are called so. */
export async function handoffs({ customer, userId }: Extract<DeskEffect, { do: 'handoffs' }>, deps: DeskDeps): Promise<DeskPerformed> {
  const chats = await open(deps);
  return nothingCame({ to: 'handoffs', chats: chats.filter((chat) => (userId === undefined || chat.userId === userId) && (customer === null || isCalled({ customer: chat.customer, notes: null }, customer))) });
}

/** 再開: the bot answers the customer's next message. */
export async function handBack({ userId }: Extract<DeskEffect, { do: 'hand_back' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const chat = (await open(deps)).find((one) => one.userId === userId);
  if (!chat) return nothingCame({ to: 'hand_back', chat: null });
  await deps.desk.handBack(member(deps).store.channel, userId, deps.now);
  return nothingCame({ to: 'hand_back', chat });
}
