/** The program's own log: one JSON object a line, with ids to follow a turn by, and nobody's words in it. */
import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Level, Logger, LoggerOptions } from 'pino';

/** What a room is given to log with: facts first, then what happened. Ids go by `eventId`, `turnId`, `userId`. */
export type Log = {
  debug(facts: object, said: string): void;
  info(facts: object, said: string): void;
  warn(facts: object, said: string): void;
  error(facts: object, said: string): void;
};

/** Facts that are about a person, whatever room they come from. Shown at debug and below only. */
const PERSONAL = new Set(['text', 'message', 'messages', 'notes', 'name', 'displayName', 'phone', 'email', 'address', 'lineId', 'lineUserId', 'to', 'payload', 'raw', 'talk', 'data', 'replyToken', 'detail', 'where', 'parameters', 'query']);
const LINE_USER_ID = /U[0-9a-f]{32}/g;
const DEBUG = 20;

/**
 * A logger to standard output (or `to`) from `level` up. Above debug, personal facts are left out, and LINE user ids
 * in any text are cut to their last four digits.
 */
export function makeLog(level: Level | 'silent', to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Above debug the hook below has been there first.
    serializers: { err: (value: unknown) => (value instanceof Error ? stdSerializers.err(value) : value) },
    hooks: {
      logMethod(args, method, at) {
        method.apply(this, at > DEBUG ? (args.map((arg) => impersonal(arg, 0)) as typeof args) : args);
      },
    },
  };
  return to ? pino(options, to) : pino(options);
}

/** A copy without what is personal; errors keep type, message, code and stack. */
function impersonal(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll(LINE_USER_ID, (id) => `U…${id.slice(-4)}`);
  if (value instanceof Error) {
    const { type, message, stack } = stdSerializers.err(value);
    return impersonalText({ type, message, stack, ...('code' in value ? { code: value.code } : {}) });
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 4) return '…';
  if (Array.isArray(value)) return value.map((item) => impersonal(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, PERSONAL.has(key) && inner != null ? '(personal)' : impersonal(inner, depth + 1)]));
}

const impersonalText = (facts: object): object => Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, impersonal(fact, 4)]));
