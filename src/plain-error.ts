/** A mistake the operator can put right. The message is one plain sentence, printed as it is and without a stack. */
export class PlainError extends Error {
  override name = 'PlainError';
}
