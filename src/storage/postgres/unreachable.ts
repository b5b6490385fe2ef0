/** Theirs: PostgreSQL did not let us in. The message is one plain line and never holds the password. */
export class PostgresUnreachable extends Error {
  override name = 'PostgresUnreachable';
}

/** `localhost:5432/aiteru`, what a person needs to find the database; nothing secret. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    return `${searchParams.get('host') ?? (decodeURIComponent(hostname) || 'localhost')}:${port || 5432}${decodeURIComponent(pathname)}`;
  } catch {
    return 'an address that is not a URL';
  }
}

type DriverError = { code?: string; message?: string; errors?: { message?: string }[] };

const inWords = (url: string, e: DriverError): string => {
  switch (e.code) {
    case 'ECONNREFUSED': return 'nothing answers there. Is PostgreSQL running?';
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'the host is unknown.';
    case 'ETIMEDOUT': case 'EHOSTUNREACH': case 'ENETUNREACH': return 'the host cannot be reached.';
    case '28P01': case '28000': return `user ${userOf(url)} was refused. Is the password right?`;
    case '3D000': return 'the server has no such database.';
    case '53300': return 'it has no connection left for us (max_connections).';
    case '57P03': return 'it is still starting up.';
    default: return e.message || e.errors?.[0]?.message || String(e);
  }
};

const userOf = (url: string): string => {
  try {
    return decodeURIComponent(new URL(url).username) || '(none given)';
  } catch {
    return '(none given)';
  }
};

/** The one line that says which database could not be reached, and why as far as the driver knows. */
export function unreachable(url: string, cause: unknown): PostgresUnreachable {
  const e = (typeof cause === 'object' && cause !== null ? cause : { message: String(cause) }) as DriverError;
  return new PostgresUnreachable(`PostgreSQL at ${placeOf(url)} cannot be reached: ${inWords(url, e)}`.replaceAll(/\s+/g, ' '), { cause });
}
