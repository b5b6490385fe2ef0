/** お客様, as an operator looks for them. */
export type Person = {
  userId: string;
  /** LINE's user id. */
  lineId: string | null;
  /** Empty until LINE or the customer tells it. */
  name: string;
  phone: string | null;
};

/** Who the customers are. Implemented in storage/postgres and storage/memory. */
export interface People {
  /**
   * Whoever goes by this: our id, LINE's id, the phone number, the name; where nobody does, whoever has it in the name.
   * Blanks, hyphens, letter case and the width of letters make no difference. At most a hundred, by name.
   */
  known(key: string): Promise<Person[]>;
  /** Names that share a character with it, for 「もしかして」. At most a thousand. */
  like(key: string): Promise<string[]>;
  /** Those of these ids that there are. */
  byId(userIds: readonly string[]): Promise<Person[]>;
}
