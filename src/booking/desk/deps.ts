import type { Staff, Store } from '../../model/store.ts';
import type { Came, HouseDeps } from '../deps.ts';
import type { BookingReader } from '../ports.ts';
import type { Account, DeskAnswer, DeskReader, DeskWriter } from './ports.ts';

/** Who of the shop's people asks, and his shop. */
export type Member = { staff: Staff; store: Store };

export type DeskDeps = {
  now: number;
  account: Account;
  /** Null = not known to be anybody's account; then nothing but a code is taken. */
  me: Member | null;
  /** The shops of the channel. */
  stores: readonly Store[];
  reader: BookingReader;
  desk: DeskReader;
};

/** The same inside a transaction. */
export type DeskWritingDeps = DeskDeps & Pick<HouseDeps, 'writer' | 'newId' | 'payLink'> & { desk: DeskWriter };

/** What came of it; as for a customer's effect. */
export type DeskPerformed = Came<DeskAnswer>;

/** What only a person of the shop may ask for was asked by somebody else: a mistake of the caller. */
export function member({ me }: DeskDeps): Member {
  if (!me) throw new Error('somebody who is not of the shop asked for its calendar');
  return me;
}
