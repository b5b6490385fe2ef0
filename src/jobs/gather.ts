/** Keeps searches of the chat log quick: the words of what was said are gathered when nobody waits for it. */
import type { LogSearch } from '../chatlog/record.ts';
import { MINUTE } from '../model/time.ts';

export type GatherHouse = { search: Pick<LogSearch, 'gather'>; logger: { warn: (fields: Record<string, unknown>, message: string) => void } };

/** A step is short, so that turns do not wait long for the database; of more the next minute sees. */
const STEP = 50;
const STEPS = 20;

/** Gathers once a minute. Gives a function that stops it and resolves when the step in hand is over. */
export function gatherMinutely(house: GatherHouse): () => Promise<void> {
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => (round = round.then(() => gatherNow(house, () => stopped))), MINUTE);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await round;
  };
}

/** One round. Never throws: a log that is away is gathered later. */
export async function gatherNow({ search, logger }: GatherHouse, isStopped: () => boolean = () => false): Promise<void> {
  try {
    for (let n = 0; n < STEPS && !isStopped(); n++) if ((await search.gather(STEP)) < STEP) return;
  } catch (error) {
    logger.warn({ err: (error as Error).message }, 'the chat log cannot be gathered; it is searched more slowly');
  }
}
