/** A load generator cheap enough to share two cores with what it measures: raw sockets, one request at a time each. */
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { MeasuredLine } from './line.ts';

export const SECRET = '0123456789abcdef0123456789abcdef';

export type LoadResult = {
  /** Replies that reached LINE, a second. */
  perSecond: number;
  turns: number;
  /** Milliseconds until the webhook was acknowledged, and until LINE had the answer. */
  ack: { p50: number; p99: number };
  answer: { p50: number; p99: number };
  failed: number;
};

/** What the n-th turn of a customer is: a raw event without the fields every event has; null = this customer is done. */
export type NextEvent = (customer: number, n: number) => object | null;

export type Load = {
  port: number;
  line: MeasuredLine;
  /** Customers writing side by side; each waits for his answer before he writes again. */
  customers: number;
  /** Ends after so many seconds, or when every customer is done. */
  seconds: number;
  next: NextEvent;
  now: () => number;
  ticks: () => number;
  /** Distinguishes the events of runs on one database. */
  run: string;
  /** A second load of the same customers. */
  part?: string;
};

export const lineIdOf = (run: string, customer: number): string => `U${(run + customer.toString(16)).padStart(32, '0')}`;

/** Runs a load to its end. */
export async function load({ port, line, customers, seconds, next, now, ticks, run, part = '' }: Load): Promise<LoadResult> {
  const acks: number[] = [];
  const answers: number[] = [];
  let failed = 0;
  const waiting = new Map<string, () => void>();
  line.onReply = (token) => {
    waiting.get(token)?.();
    waiting.delete(token);
  };
  const began = ticks();
  const until = began + seconds * 1000;
  let last = began;

  await Promise.all(Array.from({ length: customers }, async (_, customer) => {
    const socket = await open(port);
    try {
      for (let n = 0; ticks() < until; n++) {
        const what = next(customer, n);
        if (!what) break;
        const token = `${run}${part}-${customer}-${n}`;
        const event = {
          ...what, mode: 'active', timestamp: now(), source: { type: 'user', userId: lineIdOf(run, customer) }, webhookEventId: `E${token}`,
          deliveryContext: { isRedelivery: false }, replyToken: token,
        };
        const body = Buffer.from(JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [event] }));
        const sent = ticks();
        const answered = new Promise<boolean>((resolve) => {
          const patience = setTimeout(() => resolve(false), 20_000);
          waiting.set(token, () => { clearTimeout(patience); resolve(true); });
        });
        const status = await post(socket, body);
        acks.push(ticks() - sent);
        if (status !== 200 || !(await answered)) {
          failed++;
          waiting.delete(token);
          continue;
        }
        last = ticks();
        answers.push(last - sent);
      }
    } finally {
      socket.destroy();
    }
  }));
  return { perSecond: Math.round(answers.length / ((last - began) / 1000)), turns: answers.length, ack: quantiles(acks), answer: quantiles(answers), failed };
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });

/** One request on a kept connection; gives the status. */
function post(socket: Socket, body: Buffer): Promise<number> {
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  const head = `POST /webhook HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nx-line-signature: ${signature}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let text = '';
    const cut = () => reject(new Error('the connection was cut'));
    const read = (part: string) => {
      text += part;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      socket.off('data', read);
      socket.off('close', cut);
      resolve(Number(text.slice(9, 12)));
    };
    socket.on('data', read);
    socket.once('close', cut);
    socket.write(head);
    socket.write(body);
  });
}

function quantiles(values: number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}
