import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import type { BusinessHours } from '../../model/hours.ts';
import { readShop } from '../../model/shop-file.ts';
import type { Shop } from '../../model/shop-file.ts';
import { WEEKDAYS } from '../../model/time.ts';
import type { Clock, Instant } from '../../model/time.ts';
import { nearest } from '../../nearest.ts';
import { PlainError } from '../../plain-error.ts';
import type { HearingContext, Lexicon } from '../../understanding/context.ts';
import { CONTEXTS } from '../../understanding/heard.ts';
import type { AskedContext } from '../../understanding/heard.ts';

/** The shops whose words are known without a file of one's own. */
export const EXAMPLES = ['salon', 'clinic'] as const;
/** Whose words are understood, and the hours where they are one shop's. */
export type Setting = { lexicon: Lexicon; hours: BusinessHours | null };

const shopAt = (path: string): Shop => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new PlainError(`${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`);
  }
  const read = readShop(text);
  if ('mistakes' in read) throw new PlainError(read.mistakes.map((m) => `${path}:${m.line}: ${m.message}`).join('\n'));
  return read.shop;
};

const lexiconOf = (shops: readonly Shop[]): Lexicon => ({
  stores: shops.map((s) => ({ name: s.name, aliases: [] })),
  menus: shops.flatMap((s) => s.menus.map(({ name, aliases }) => ({ name, aliases }))),
  staff: shops.flatMap((s) => s.staff.map(({ name, aliases }) => ({ name, aliases }))),
});

/** The setting of one shop file, or of both example shops without one. */
export function settingOf(file?: string): Setting {
  if (file !== undefined) {
    const shop = shopAt(file);
    return { lexicon: lexiconOf([shop]), hours: shop.hours };
  }
  return { lexicon: lexiconOf(EXAMPLES.map(exampleShop)), hours: null };
}

const exampleShop = (name: string): Shop => shopAt(resolve(import.meta.dirname, `../../../prisma/shops/${name}.yml`));
/** The setting of one of the example shops. */
export function exampleSetting(name: (typeof EXAMPLES)[number]): Setting {
  const shop = exampleShop(name);
  return { lexicon: lexiconOf([shop]), hours: shop.hours };
}

/** The same opening every day, as the measuring sets give it; they name no grid of starts, so every minute is one. */
export function everyDay(open: Clock, close: Clock): BusinessHours {
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, [[open, close]]])) as BusinessHours['weekly'];
  return { v: 1, timeZone: 'Asia/Tokyo', weekly, holidays: 'open', exceptions: [], gridMinutes: 1, noticeMinutes: 0, windowDays: 366, cancelDeadlineMinutes: 0 };
}

/** The moment this process began; the clock itself is for `main.ts`, which would load every database's client. */
export const processStart = (): Instant => Math.floor(performance.timeOrigin);

/** A moment as it was given; one without a zone is Japanese time. */
export function momentOf(said: string | undefined): Instant {
  if (said === undefined) return processStart();
  const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said.includes('T') ? said : `${said}T09:00`}+09:00`;
  const moment = Date.parse(zoned);
  if (Number.isNaN(moment)) throw new PlainError(`${said} is not a moment; expected one such as 2026-11-24T10:00+09:00.`);
  return moment;
}

export function contextOf(said: string | null | undefined): AskedContext | null {
  if (said === undefined || said === null) return null;
  const label = CONTEXTS.find((c) => c === said);
  if (label) return label;
  const meant = nearest(said, CONTEXTS);
  throw new PlainError(`${said} is no context${meant ? `; did you mean ${meant}` : ''}. There are: ${CONTEXTS.join(', ')}.`);
}

/** What understanding is told besides the text, with nothing known of the conversation but our last question. */
export const hearing = (setting: Setting, now: Instant, asked: AskedContext | null): HearingContext => ({
  now, judgedAt: now, hours: setting.hours, lexicon: setting.lexicon, asked, known: { dates: null, time: null }, offered: [],
});
