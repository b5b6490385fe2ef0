/** The script asks for something that cannot be: a button that is not there, a menu the shop does not have. */
export class ScriptError extends Error {
  override name = 'ScriptError';
  /** The turn that asked for it; 1, the file as a whole, where its world did. */
  line = 1;
}
