/** A mistake the operator can put right. The message is one plain sentence, printed as it is and without a stack. */
export class PlainError extends Error {
  override name = 'PlainError';
  /** What a command ends with. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Errors of rooms that may not import this one; their messages are plain sentences too. */
const PLAIN_NAMES = ['PlainError', 'CannotMigrate', 'CannotImport', 'PostgresUnreachable', 'MongoAway', 'MongoAddressWrong'];

/** Answers of the system and of PostgreSQL that are about the machine or a setting, not about this program. */
const PLAIN: { readonly [code: string]: string } = {
  EADDRINUSE: 'The port is taken by another program',
  EACCES: 'Not allowed',
  EPERM: 'Not allowed',
  ENOENT: 'Not found',
  EISDIR: 'It is a directory, not a file',
  ENOSPC: 'The disk is full',
  ECONNREFUSED: 'Nothing answers there',
  ECONNRESET: 'The connection was cut',
  ENOTFOUND: 'No such host',
  EAI_AGAIN: 'The name of the host cannot be looked up now',
  ETIMEDOUT: 'No answer in time',
  EHOSTUNREACH: 'The host cannot be reached',
  '28P01': 'PostgreSQL refuses the password',
  '28000': 'PostgreSQL refuses the user',
  '3D000': 'PostgreSQL has no such database',
  '42501': 'PostgreSQL does not allow it',
  '53300': 'PostgreSQL has no connection left',
  '57P03': 'PostgreSQL is not ready',
};

/** The sentence for an error that is nobody's bug, or null for one that is: that one deserves its stack. */
export function plainly(error: unknown): string | null {
  if (error instanceof Error && PLAIN_NAMES.includes(error.name)) return error.message;
  // Node tries every address of a name and throws them together, with an empty message.
  if (error instanceof AggregateError && error.errors.length > 0) return plainly(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const meaning = PLAIN[error.code];
  return meaning ? `${meaning}: ${error.message.split('\n')[0]}` : null;
}
