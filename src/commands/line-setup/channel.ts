import type { LineAccount } from '../../line/account.ts';
import type { BotInfo, Quota } from '../../line/sender.ts';
import { USUAL_COLOUR } from '../../model/colour.ts';
import type { Store } from '../../model/store.ts';
import { richMenu } from '../../replies/rich-menu.ts';
import { menuSteps } from './menu.ts';
import { troubled } from './step.ts';
import type { Step } from './step.ts';
import { webhookSteps } from './webhook.ts';

export type ChannelWish = {
  /** Null = left as it is. */
  webhook: string | null;
  /** The shops the channel answers for. */
  shops: readonly Pick<Store, 'name' | 'colour'>[];
  /** Null = the rich menu is left as it is. */
  draw: ((svg: string) => Promise<Buffer>) | null;
};

/** Sets one account up, as far as LINE's API can. `who` is how LINE calls it, null where LINE does not know us. */
export async function setUpChannel(account: LineAccount, { webhook, shops, draw }: ChannelWish): Promise<{ who: string | null; steps: Step[] }> {
  let bot: BotInfo;
  try {
    bot = await account.botInfo();
  } catch (error) {
    return { who: null, steps: [troubled('Asking LINE who we are', error)] };
  }
  const steps: Step[] = [];
  const step = async (what: string, take: () => Promise<Step[]>): Promise<void> => {
    try {
      steps.push(...(await take()));
    } catch (error) {
      steps.push(troubled(what, error));
    }
  };
  let active: boolean | null = null;
  await step('The month’s messages', async () => [quotaStep(await account.quota())]);
  await step('The webhook', async () => {
    const done = await webhookSteps(account, webhook);
    active = done.active;
    return done.steps;
  });
  if (draw) await step('The rich menu', () => menuSteps(account, richMenu(lookOf(shops, bot)), draw));
  steps.push(...byHand(bot, active));
  return { who: `${bot.displayName} (${bot.basicId})`, steps };
}

/** A shop's own name and colour; of several shops that of the account, in the first colour there is. */
const lookOf = (shops: ChannelWish['shops'], bot: BotInfo): { name: string; colour: string } => ({
  name: shops.length === 1 ? shops[0]!.name : bot.displayName, colour: shops.find((shop) => shop.colour)?.colour ?? USUAL_COLOUR,
});

function quotaStep({ limit, used }: Quota): Step {
  if (limit === null) return { mark: 'ok', says: `${used} messages sent this month, of any number.` };
  const sent = `${used} of this month’s ${limit} messages are used`;
  if (used >= limit) return { mark: 'wrong', says: `${sent}: answers to customers are free and still go out, but no offer, reminder or word to staff until next month, or with a larger plan (LINE Official Account Manager → 設定 → 月額プラン).` };
  if (used >= limit * 0.8) return { mark: 'by hand', says: `${sent}. Answers are free, but offers, reminders and words to staff count: think of a larger plan (LINE Official Account Manager → 設定 → 月額プラン).` };
  return { mark: 'ok', says: `${sent}.` };
}

/** What only a person can switch, in the LINE Official Account Manager; with its state where LINE tells. */
function byHand({ chatMode }: BotInfo, webhookActive: boolean | null): Step[] {
  const manager = 'https://manager.line.biz/ → 設定 → 応答設定';
  return [
    webhookActive === true
      ? { mark: 'ok', says: 'Webhook is on.' }
      : { mark: 'by hand', says: `Webhook: on (${webhookActive === null ? 'its state could not be read' : 'it is OFF now, and no message reaches the app'}). ${manager} → Webhook` },
    { mark: 'by hand', says: `あいさつメッセージ (greeting): off; Aiteru greets new friends itself. LINE does not tell whether it is. ${manager} → あいさつメッセージ` },
    { mark: 'by hand', says: `応答メッセージ (auto-reply): off, or customers get two answers. LINE does not tell whether it is. ${manager} → 応答メッセージ` },
    chatMode === 'chat'
      ? { mark: 'ok', says: 'チャット (chat by hand) is on: your people can answer a customer who asks for a person.' }
      : { mark: 'by hand', says: `チャット (chat by hand): on, if your people are to answer there when a customer asks for a person; it is off now. ${manager} → チャット` },
    { mark: 'by hand', says: 'Webhook redelivery (Webhookの再送): on, so that LINE sends again what came while the app was down. https://developers.line.biz/console/ → your channel → Messaging API → Webhook settings' },
  ];
}
