import { addDays, dayOf, weekdayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { fates } from './meaning/changes.ts';
import type { Fate } from './meaning/changes.ts';
import type { HearingContext } from './context.ts';
import { addMonths, firstOfMonth, lastOfMonth, listed, monthOf, nextWeekday, yearOf } from './dates/days.ts';
import type { Calendar } from './dates/atoms.ts';
import type { Assumption, Evidence, Exclusion, Refusal, Shift, When } from './heard.ts';
import { Composer } from './reading/composer.ts';
import type { Item, PlacedSignal } from './reading/item.ts';
import { english } from './reading/english.ts';
import { lex } from './reading/lexer.ts';
import type { Placed } from './reading/lexeme.ts';
import { outsideNames } from './reading/shop-names.ts';
import type { Normalised } from './normalise.ts';
import { source } from './normalise.ts';
import { gathered } from './meaning/gather.ts';
import { resolved } from './meaning/resolve.ts';
import { shiftIn, shifted } from './times/shifts.ts';
import type { PlacedShift } from './times/shifts.ts';

/** What a message says about days and times. */
export type WhenReading = {
  /** Alternatives in the order said; the new ones where something is changed. Empty when a refusal stands. */
  when: When[];
  /** The days and times a change replaces (「明日の予約を明後日に」: tomorrow), to find the reservation meant. */
  replaced: When[];
  exclude: Exclusion | null;
  refuse: Refusal | null;
  prefer: 'any' | 'earliest' | 'latest' | null;
  shift: Shift | null;
  assumed: Assumption[];
  evidence: Evidence[];
  /** One piece of the original text that carries the day and time. */
  datePhrase: string | null;
  /** Stretches of `Normalised.text` that were read as days and times, or as something that cannot be one. */
  consumed: { from: number; to: number }[];
};

/**
 * Reads the days and times of a message. Pure and linear in its length.
 */
export function readWhen(text: Normalised, ctx: HearingContext): WhenReading {
  // Words and numbers, without those inside names of the shop.
  const lexemes = answered(outsideNames(lex(text), text.folded, ctx.lexicon), text.folded, ctx.asked);
  // 「30分遅く」 moves what the talk is about; its words say nothing else.
  const shift = shiftIn(text.folded, lexemes, ctx);
  const rest = shift === null ? lexemes : lexemes.filter((l) => l.to <= shift.from || l.from >= shift.to);
  // Phrases: 来週 + の + 土曜, 午後 + 3時 + から.
  const calendar: Calendar = { ...calendarOf(ctx), fromSpoken: shift?.shift.same === 'time' };
  const { items, signals, consumed } = foreign(text, ctx) ?? compose(text, rest, calendar);
  // What is wanted, what will not do, what is replaced and what is only told.
  const answering = ctx.asked === 'asked_date' || ctx.asked === 'asked_time' || ctx.asked === 'offered_times';
  const fate = fates(text.folded, items, signals, answering);
  const of = (which: Fate): Item[] => items.filter((_, i) => fate[i] === which);
  // Which time belongs to which day, what it means on calendar and clock, and whether that can be.
  const reading = monthPutRight(resolved({ wanted: gathered(of('wanted'), calendar), unwanted: of('unwanted'), replaced: of('replaced'), signals, text, ctx }), calendar);
  if (shift === null) return { ...reading, consumed };
  const { from, to } = shift;
  const whole = withShift(reading, shift, ctx);
  return { ...whole, consumed: [...consumed, { from, to }], datePhrase: whole.datePhrase ?? source(text, from, to).words };
}

/** 「11月じゃなくて12月です」: where the month alone is put right, the day of it stays. */
function monthPutRight<R extends { when: When[]; replaced: When[] }>(reading: R, { spoken }: Calendar): R {
  const [right, more] = reading.when;
  const wrong = reading.replaced[0]?.dates;
  if (spoken === null || !right || more || right.time || !isMonthEnd(right.dates) || !wrong || !isMonthEnd(wrong) || firstOfMonth(wrong.to!) !== firstOfMonth(spoken)) return reading;
  const day = addMonths(spoken, monthsBetween(spoken, right.dates.to!));
  return { ...reading, when: [{ dates: [day], time: null }] };
}

const isMonthEnd = (days: When['dates']): days is { from: Day | null; to: Day } => days !== null && !Array.isArray(days) && days.to !== null && days.to === lastOfMonth(days.to);
const monthsBetween = (a: Day, b: Day): number => (yearOf(b) - yearOf(a)) * 12 + monthOf(b) - monthOf(a);

/** 「28」 after 「何日がよろしいですか」, 「3」 after 「何時ですか」: a number alone answers what was asked. */
const ALONE = /^(?:はい|じやあ?|では|えつと|ええと|あの)?[、。\s]*\d{1,4}(?:です|で|に|が|から|お願いします|おねがいします|いいです|希望|かな|[。、!\s])*$/;

function answered(lexemes: readonly Placed[], text: string, asked: HearingContext['asked']): readonly Placed[] {
  const [only, more] = lexemes;
  if (only?.is !== 'number' || more !== undefined || text.length > 30 || !ALONE.test(text)) return lexemes;
  const { value, width, from, to } = only;
  const high = width === 4 ? Math.floor(value / 100) : value;
  const low = width === 4 ? value % 100 : 0;
  if (width === 3) return lexemes;
  if (asked === 'asked_date') return [{ is: 'date', atom: { kind: 'calendar', ...(width === 4 ? { month: high, day: low } : { day: value }) }, from, to }];
  if (asked !== 'asked_time' || high > 24 || low > 59) return lexemes;
  return [{ is: 'time', atom: { kind: 'clock', clock: { minute: high * 60 + low, exact: high > 12 } }, from, to }];
}

/** A message without any Japanese is read by chrono. */
function foreign(text: Normalised, ctx: HearingContext): ReturnType<typeof compose> | null {
  const items = english(text.text, ctx.now);
  return items && { items, signals: [], consumed: items.map(({ from, to }) => ({ from, to })) };
}

/** What is shifted fills in what was not said; 「明後日の同じ時間」 is the time said before, else the one known. */
function withShift(reading: Omit<WhenReading, 'consumed'>, { shift }: PlacedShift, ctx: HearingContext): Omit<WhenReading, 'consumed'> {
  // 「土曜の予約を来週の同じ時間に」: of that week the same weekday is meant.
  if (shift.same === 'time') reading = { ...reading, when: reading.when.map((w) => ({ ...w, dates: sameWeekday(w.dates, reading.replaced) })) };
  const saidTime = shift.same === 'time' ? (reading.when.find((w) => w.time !== null)?.time ?? null) : null;
  const moved = saidTime === null ? shifted(shift, ctx) : { dates: null, time: saidTime };
  if (moved === null || reading.refuse !== null) return { ...reading, shift };
  const filled = reading.when.map((w) => ({ dates: w.dates ?? moved.dates, time: w.time ?? moved.time }));
  const assumed = { part: moved.dates ? ('date' as const) : ('time' as const), why: 'shifted' as const, words: '' };
  return { ...reading, when: filled.length > 0 ? filled : [moved], shift, assumed: [...reading.assumed, assumed] };
}

/** Of a whole week the weekday of the visit that is moved; any other days as they are. */
function sameWeekday(days: When['dates'], replaced: readonly When[]): When['dates'] {
  const moved = replaced.find((w) => w.dates !== null)?.dates ?? null;
  if (days === null || Array.isArray(days) || days.from === null || days.to !== addDays(days.from, 6) || !Array.isArray(moved) || moved.length !== 1) return days;
  return [nextWeekday(days.from, weekdayOf(moved[0]!))];
}

function calendarOf(ctx: HearingContext): Calendar {
  const today = dayOf(ctx.now);
  const known = ctx.known.dates === null ? null : listed(ctx.known.dates, today);
  return { today, spoken: known?.length === 1 ? known[0]! : null, scope: {}, hours: ctx.hours };
}

function compose(text: Normalised, lexemes: readonly Placed[], calendar: Calendar): { items: Item[]; signals: PlacedSignal[]; consumed: { from: number; to: number }[] } {
  const composer = new Composer(text, calendar);
  const signals: PlacedSignal[] = [];
  const masked: { from: number; to: number }[] = [];
  lexemes.forEach((lexeme, i) => {
    if (lexeme.is === 'signal') signals.push({ signal: lexeme.signal, from: lexeme.from, to: lexeme.to });
    if (lexeme.is === 'time' && lexeme.atom.kind === 'shade') signals.push({ signal: lexeme.atom.by === 'early' ? 'earliest' : 'latest', from: lexeme.from, to: lexeme.to });
    if (lexeme.is === 'mask' || lexeme.is === 'duration') masked.push({ from: lexeme.from, to: lexeme.to });
    if (lexeme.is !== 'number') composer.settle(lexeme);
    composer.take(lexeme);
    if (i === lexemes.length - 1) composer.settle(null);
  });
  composer.finish();
  const items = composer.items.filter((item) => item.is === 'time' || item.found.grain !== 'prefix');
  return { items, signals, consumed: [...items.map(({ from, to }) => ({ from, to })), ...masked] };
}
