import { loadSettings } from '../../config.ts';
import type { Channel, Settings } from '../../config.ts';
import { LineAccount } from '../../line/account.ts';
import { tokensOf } from '../../line/channels.ts';
import { realNow } from '../../main.ts';
import { channelDoubts } from '../../model/channels.ts';
import type { Store } from '../../model/store.ts';
import { nearest } from '../../nearest.ts';
import { PlainError } from '../../plain-error.ts';
import { shopsIn } from './shops.ts';
import { setUpChannel } from './channel.ts';
import type { ChannelWish } from './channel.ts';
import type { Step } from './step.ts';
import { baseOf, webhookAt } from './url.ts';

export type SetupOptions = { url?: string; channel?: string; menu: boolean };

const LINE = 'https://api.line.me';
const LINE_DATA = 'https://api-data.line.me';

/** Sets every channel of the settings up, or the one named; says what it did. False = something is wrong. */
export async function setUp(options: SetupOptions, say: (line: string) => void): Promise<boolean> {
  const settings = loadSettings();
  const channels = chosen(settings, options.channel);
  const base = options.url === undefined ? null : baseOf(options.url, settings.lineApiBaseUrl !== null);
  const shops = await shopsIn(settings);
  let well = true;
  for (const doubt of channelDoubts(settings.channels, shops)) say(doubt);
  for (const channel of channels) well = (await oneChannel(channel, { base, shops, menu: options.menu, settings }, say)) && well;
  return well;
}

function chosen({ channels }: Settings, name: string | undefined): Channel[] {
  if (channels.length === 0) {
    throw new PlainError('No LINE channel is set. Put LINE_CHANNEL_ID and LINE_CHANNEL_SECRET of your Messaging API channel into .env; docs/line-setup.md says where to find them.');
  }
  if (name === undefined) return channels;
  const found = channels.filter((channel) => channel.name === name);
  if (found.length > 0) return found;
  const names = channels.map((channel) => channel.name);
  const meant = nearest(name, names);
  throw new PlainError(`There is no channel ${name} in the settings${meant ? `; did you mean ${meant}?` : `; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`}`);
}

type Common = { base: string | null; shops: readonly Store[]; menu: boolean; settings: Settings };
async function oneChannel(channel: Channel, { base, shops, menu, settings }: Common, say: (line: string) => void): Promise<boolean> {
  const baseUrl = settings.lineApiBaseUrl ?? LINE;
  const notes: Step[] = [];
  const tokens = tokensOf(channel, { baseUrl, now: realNow }, () => notes.push({ mark: 'wrong', says: 'LINE refuses the access token of the settings; tokens are fetched with ID and secret instead. Take the old token out of the settings.' }));
  const account = new LineAccount({ baseUrl, dataBaseUrl: settings.lineDataApiBaseUrl ?? settings.lineApiBaseUrl ?? LINE_DATA, tokens });
  try {
    const wish: ChannelWish = {
      webhook: base && webhookAt(base, channel.name), shops: shops.filter((shop) => shop.channel === channel.name),
      draw: menu ? async (svg) => (await import('./draw.ts')).drawn(svg) : null,
    };
    const { who, steps } = await setUpChannel(account, wish);
    const all = [...notes, ...steps];
    say(`\n${channel.name}${who ? `: ${who}` : ''}${wish.shops.length > 0 ? `, for ${wish.shops.map((shop) => shop.name).join('、')}` : ''}`);
    for (const { mark, says } of all) say(`  ${mark.padEnd(8)} ${says}`);
    const changed = all.filter((step) => step.mark === 'changed').length;
    const wrong = all.filter((step) => step.mark === 'wrong').length;
    const byHand = all.some((step) => step.mark === 'by hand') ? ' What is marked “by hand” only a person can do.' : '';
    say(`  ${changed === 0 ? 'Nothing was changed' : `${changed} changed`}${wrong > 0 ? `, ${wrong} wrong` : ''}.${byHand}`);
    return wrong === 0;
  } finally {
    await account.close();
  }
}
