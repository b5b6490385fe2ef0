import { PlainError } from '../../plain-error.ts';

const LOCAL = /^(localhost|127\..*|\[::1\]|0\.0\.0\.0)$/;
/** Addresses of networks that nobody outside of them can reach. */
const PRIVATE = /^(10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|\[f[cd].*\]|.*\.(local|localhost|internal|lan|home|test))$/;
const EXAMPLE = 'https://aiteru.example.jp';
/** LINE takes no longer address. */
const LONGEST = 500;

/**
 * The address under which the app is reached, as `--url` gives it, without a slash at its end; its own `/webhook` may
 * be written or not. `simulated`: LINE is a simulator, which reaches this machine without TLS. Throws a PlainError.
 */
export function baseOf(given: string, simulated: boolean): string {
  if (!URL.canParse(given)) throw new PlainError(`--url: “${given}” is no address; write it as ${EXAMPLE}.`);
  const url = new URL(given);
  const here = LOCAL.test(url.hostname);
  if (url.protocol === 'http:' && here && simulated) return baseIn(url);
  if (url.protocol !== 'https:') throw new PlainError(`--url must begin with https://, not ${url.protocol}//: LINE sends webhooks only over TLS, to a certificate of a public authority.`);
  if (!simulated && (here || PRIVATE.test(url.hostname) || !url.hostname.includes('.'))) throw new PlainError(`--url: LINE cannot reach ${url.hostname} from the internet; write the address your app has there, such as ${EXAMPLE}.`);
  return baseIn(url);
}

function baseIn(url: URL): string {
  if (url.username || url.password || url.search || url.hash) throw new PlainError(`--url is the bare address of the app, such as ${EXAMPLE}, without a name, a question mark or a #.`);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/webhook$/, '');
  if (webhookAt(base, 'x'.repeat(40)).length > LONGEST) throw new PlainError(`--url is too long: LINE takes at most ${LONGEST} characters.`);
  return base;
}

/** Where a channel's webhooks go. */
export const webhookAt = (base: string, channel: string): string => `${base}/webhook${channel === 'default' ? '' : `/${channel}`}`;
