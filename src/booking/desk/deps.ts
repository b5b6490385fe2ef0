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
  /** Where a calendar with that secret is; left out = the house has no address to give. */
  calendarLink?: ((secret: string) => string) | undefined;
};

/** The same inside a transaction. */
export type DeskWritingDeps = DeskDeps & Pick<HouseDeps, 'writer' | 'newId' | 'payLink'> & { desk: DeskWriter; newSecret: () => string };

/** What came of it; as for a customer's effect. `secret`: what stands for the mark in the message that leaves the house, and nowhere else. */
export type DeskPerformed = Came<DeskAnswer> & { secret?: string };

/** What only a person of the shop may ask for was asked by somebody else: a mistake of the caller. */
export function member({ me }: DeskDeps): Member {
  if (!me) throw new Error('somebody who is not of the shop asked for its calendar');
  return me;
}
