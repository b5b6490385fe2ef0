import type { Json } from './render.ts';

/** LINE's own words for what it refuses; `tooManyToUser` is our wording, the reference gives none. */
export const SAYS = {
  invalidReplyToken: { status: 400, body: { message: 'Invalid reply token' } },
  failedToSend: { status: 400, body: { message: 'Failed to send messages' } },
  unauthorized: {
    status: 401,
    body: { message: 'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.' },
  },
  notFound: { status: 404, body: { message: 'Not found' } },
  tooLarge: { status: 413, body: { message: 'Payload Too Large' } },
  rateLimit: { status: 429, body: { message: 'The API rate limit has been exceeded. Try again later.' } },
  monthlyLimit: { status: 429, body: { message: 'You have reached your monthly limit.' } },
  tooManyToUser: { status: 429, body: { message: 'Too many messages have been sent to the same user.' } },
  serverError: { status: 500, body: { message: 'Internal server error' } },
} as const satisfies Record<string, { status: number; body: Json }>;

/** What goes wrong with the next calls to an endpoint. */
export type Fault = {
  /** `reply`, `push`, `profile`, … (see `line-api.ts`), or `*`. */
  endpoint: string;
  /** How many calls; each takes one away. */
  times: number;
  /** `status`: answer with it · `hang`: never answer · `drop`: cut the connection · `slow`: answer after `ms`. */
  how: 'status' | 'hang' | 'drop' | 'slow';
  status: number;
  body: Json;
  ms: number;
  /** LINE did what was asked although the caller does not learn it. */
  accepted: boolean;
};

/** Reads a fault from the control API; a sentence when it cannot be one. `status` may be a name of `SAYS`. */
export function faultOf(given: Json): Fault | string {
  const { endpoint = '*', times = 1, how, status, body, ms = 1000, accepted = false } = given;
  if (typeof endpoint !== 'string') return 'endpoint: the name of an endpoint, such as "reply" or "push", or "*"';
  if (typeof times !== 'number' || times < 1) return 'times: how many calls, 1 or more';
  const said = typeof status === 'string' ? SAYS[status as keyof typeof SAYS] : undefined;
  if (typeof status === 'string' && !said) return `status: a number, or one of ${Object.keys(SAYS).join(', ')}`;
  const kind = how ?? (status === undefined ? undefined : 'status');
  if (kind !== 'status' && kind !== 'hang' && kind !== 'drop' && kind !== 'slow') return 'how: "status", "hang", "drop" or "slow"';
  return {
    endpoint,
    times,
    how: kind,
    status: said?.status ?? (typeof status === 'number' ? status : 500),
    body: (body as Json | undefined) ?? said?.body ?? { message: 'Internal server error' },
    ms: Number(ms),
    accepted: accepted === true,
  };
}

/** The faults waiting for their calls. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }
  /** The fault of this call, if there is one; it counts as used. */
  take(endpoint: string): Fault | null {
    if (this.#waiting.length === 0) return null;
    const fault = this.#waiting.find((f) => f.endpoint === endpoint || f.endpoint === '*');
    if (!fault) return null;
    if (--fault.times <= 0) this.#waiting = this.#waiting.filter((f) => f !== fault);
    return fault;
  }
  list(): Fault[] {
    return this.#waiting;
  }
  clear(): void {
    this.#waiting = [];
  }
}
