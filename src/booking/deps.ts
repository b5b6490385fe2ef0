import type { SlotOffer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import type { Job, News } from './news.ts';
import type { Answer, BookingReader, BookingWriter, Changed, Freed } from './ports.ts';
import type { SlotSource } from './slots.ts';

/** What a use case is given. Time and ids are arguments, so that a turn can be played again. */
export type BookingDeps = {
  now: Instant;
  /** Whose turn it is. */
  userId: string;
  /** The shops of this channel. */
  stores: readonly Store[];
  reader: BookingReader;
  /** The turn's own transaction; null = nothing was written in this turn, and nothing shall be. */
  writer: BookingWriter | null;
  slots: SlotSource;
  /** What was offered to him and can be answered, as far as the turn knows. */
  offers?: readonly SlotOffer[];
  newId: () => string;
  /** Where a deposit is paid, by the payment's id; left out = there is no link, and the shop takes deposits itself. */
  payLink?: ((paymentId: string) => string) | undefined;
};

/** The same inside a transaction. */
export type WritingDeps = BookingDeps & { writer: BookingWriter };

/** What came of an effect: the answer, what others must be told after COMMIT, the time it gave back, and what becomes due. */
export type Performed = { answer: Answer; changed: Changed[]; freed: Freed[]; news: News[]; jobs: Job[] };

/** What a change is given that nobody's turn asks for: a word of the shop's people, time that ran out. */
export type HouseDeps = Pick<WritingDeps, 'now' | 'stores' | 'writer' | 'newId' | 'payLink'>;

/** What came of it besides its result; as for an effect. */
export type Came<T> = { result: T } & Omit<Performed, 'answer'>;

export const nothingCame = <T>(result: T): Came<T> => ({ result, changed: [], freed: [], news: [], jobs: [] });

/** What reads for a customer are given then. The slot cache answers no question with a customer in it. */
export const onBehalf = (userId: string, deps: HouseDeps): WritingDeps => ({ ...deps, userId, reader: deps.writer, slots: { starts: async () => [] } });

/** What a change came to besides its answer. */
export type Followed = Pick<Performed, 'changed' | 'news' | 'jobs'>;

/** The same where rows are made. */
export type ChangeDeps = HouseDeps & { newId: () => string };

/** One consequence after another. */
export const joinedFollowed = (parts: readonly Followed[]): Followed => ({
  changed: parts.flatMap((part) => part.changed), news: parts.flatMap((part) => part.news), jobs: parts.flatMap((part) => part.jobs),
});

/** An answer that changed nothing. */
export const only = (answer: Answer): Performed => ({ answer, changed: [], freed: [], news: [], jobs: [] });

export const storeOf = (deps: Pick<BookingDeps, 'stores'>, id: string): Store | null => deps.stores.find((store) => store.id === id) ?? null;
