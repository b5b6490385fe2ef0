/** LINE accounts and the shops they answer for. */

/** A channel of the settings; `stores` null = it names none. */
export type ChannelStores = { readonly name: string; readonly stores: readonly string[] | null };

/**
 * The one channel that answers for a shop: the one that names it, else the one the shop's file names, else `default`,
 * else the first that names no shops. No two answer for the same shop, so that what is said goes out by one account.
 * Without any channel in the settings every channel that a shop names is there.
 */
export function answeringChannel(channels: readonly ChannelStores[], shop: { name: string; channel: string }): string {
  const named = channels.find((c) => c.stores?.includes(shop.name)) ?? channels.find((c) => c.name === shop.channel);
  const rest = channels.find((c) => c.name === 'default') ?? channels.find((c) => c.stores === null);
  return (named ?? rest)?.name ?? shop.channel;
}

/** What an operator should know about his channels and shops, a sentence each; empty where every channel has a shop and every shop it names is there. */
export function channelDoubts(channels: readonly ChannelStores[], shops: readonly { name: string; channel: string }[]): string[] {
  if (shops.length === 0) return ['There is no shop yet. Load one with bin/aiteru import SHOP.yml.'];
  const missing = channels.flatMap(({ name, stores }) => (stores ?? []).filter((shop) => !shops.some((s) => s.name === shop))
    .map((shop) => `The channel ${name} names the shop ${shop}, and there is none of that name. Import its file, or write its name as it is there.`));
  const idle = channels.filter(({ name, stores }) => stores === null && !shops.some((shop) => answeringChannel(channels, shop) === name))
    .map(({ name }) => `The channel ${name} answers for no shop: name its shops under stores in LINE_CHANNELS_FILE, or write channel: ${name} in a shop's file.`);
  const alone = shops.filter((shop) => channels.length > 0 && !channels.some(({ name }) => name === answeringChannel(channels, shop)))
    .map(({ name, channel }) => `No channel answers for the shop ${name}: its file says channel: ${channel}, and the settings have none of that name.`);
  return [...missing, ...idle, ...alone];
}
