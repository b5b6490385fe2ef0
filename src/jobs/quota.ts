/** Tells the managers of a channel's shops, once a month and level, that its messages run short. */
import type { News } from '../booking/news.ts';
import type { Level, Meter } from '../line/quota.ts';
import { change } from './change.ts';
import type { ChangeHouse } from './change.ts';

/** For `short` of line/channels.ts. Of several processes that find out, the first tells. */
export const tellShort = (house: ChangeHouse) => (channel: string, level: Exclude<Level, 'enough'>, { limit, used, month }: Meter): Promise<void> =>
  change(house, async (booking, _now, stores) => {
    const first = limit !== null && (await booking.once(`quota ${channel} ${month} ${level}`));
    const news = stores.filter((store) => store.channel === channel).map(({ id }): News => ({ to: 'staff', storeId: id, staffId: null, news: { kind: 'quota', level, used, limit: limit ?? 0, month } }));
    return { result: undefined, changed: [], news: first ? news : [], jobs: [] };
  });
