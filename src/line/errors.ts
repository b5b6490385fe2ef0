/** LINE answered and said no. Ours to put right; `body` is what it said. */
export class LineRefused extends Error {
  override name = 'LineRefused';
  readonly status: number;
  readonly body: string;
  readonly requestId: string | null;
  readonly acceptedRequestId: string | null;

  constructor(call: string, status: number, body: string, ids: { requestId: string | null; acceptedRequestId: string | null }) {
    super(`LINE refused ${call}: ${status} ${body.slice(0, 300)}`);
    this.status = status;
    this.body = body;
    this.requestId = ids.requestId;
    this.acceptedRequestId = ids.acceptedRequestId;
  }
}

/** LINE could not be reached, was too slow, or broke (5xx). Theirs; worth another try. */
export class LineUnreachable extends Error {
  override name = 'LineUnreachable';
  /** False only when the request certainly did not leave us. */
  readonly maybeDelivered: boolean;

  constructor(call: string, reason: string, maybeDelivered: boolean, cause?: unknown) {
    super(`LINE unreachable at ${call}: ${reason}`, { cause });
    this.maybeDelivered = maybeDelivered;
  }
}
