import { toClock, toMinute } from '../../model/time.ts';
import { addDays } from '../../model/time.ts';
import type { HearingContext } from '../context.ts';
import { listed } from '../dates/days.ts';
import { dayOf } from '../../model/time.ts';
import type { Shift, When } from '../heard.ts';
import type { Placed } from '../reading/lexeme.ts';

export type PlacedShift = { shift: Shift; from: number; to: number };

const BETWEEN = /^(ほど|くらい|ぐらい|位|程|だけ|ばかり|の|、|時間)*$/;
const LATENESS = /^(遅れ|おくれ)/;
/** What only asks to be quick, or tells of being early: 「早く終わる」「早く着く」. */
const NO_SHIFT = /^(終|着|返|連絡|治|良|よくな|なり|来て|仕上|知|教)/;

/**
 * A shift of the time or day the talk is about: 「30分遅く」「もう少し早く」「1日後に」「同じ時間で」. Where nothing is known
 * to shift, it is still heard: the dialogue knows what it was about.
 */
export function shiftIn(text: string, lexemes: readonly Placed[], ctx: HearingContext): PlacedShift | null {
  for (let i = 0; i < lexemes.length; i++) {
    const lexeme = lexemes[i]!;
    const next = lexemes[i + 1];
    if (lexeme.is === 'time' && lexeme.atom.kind === 'same') return { shift: { same: 'time' }, from: lexeme.from, to: lexeme.to };
    if (lexeme.is === 'date' && lexeme.atom.kind === 'same' && !lexeme.atom.weekday && ctx.known.dates !== null && /^(同|おな)/.test(text.slice(lexeme.from, lexeme.from + 2))) return { shift: { same: 'day' }, from: lexeme.from, to: lexeme.to };
    if (lexeme.is === 'duration' || (lexeme.is === 'date' && lexeme.atom.kind === 'calendar' && lexeme.atom.day !== undefined && lexeme.atom.month === undefined)) {
      const found = by(text, lexeme, next);
      if (found) return found;
    }
    if (lexeme.is === 'signal' && lexeme.signal === 'bit' && next !== undefined) {
      const found = bit(text, lexeme, next, lexemes[i + 2]);
      if (found) return found;
    }
    if (lexeme.is === 'time' && lexeme.atom.kind === 'later' && ctx.known.time?.from && /その$|さらに$|それから$/.test(text.slice(Math.max(0, lexeme.from - 4), lexeme.from))) {
      return { shift: { minutes: lexeme.atom.minutes, direction: 'later' }, from: lexeme.from, to: lexeme.to };
    }
  }
  return null;
}

/** 「30分遅く」: a length and a direction. 「30分ずらして」 alone is taken as later. */
function by(text: string, lexeme: Placed, next: Placed | undefined): PlacedShift | null {
  if (next === undefined || next.from - lexeme.to > 8 || !BETWEEN.test(text.slice(lexeme.to, next.from))) return null;
  if (LATENESS.test(text.slice(next.from, next.from + 3)) || NO_SHIFT.test(text.slice(next.to, next.to + 3))) return null;
  const direction = directionOf(next);
  if (direction === null) return null;
  const sign = direction === 'earlier' ? -1 : 1;
  const length = lexeme.is === 'duration' ? lexeme.duration : lexeme.is === 'date' && lexeme.atom.kind === 'calendar' ? { days: lexeme.atom.day! } : {};
  const amount = 'minutes' in length && length.minutes !== undefined ? { minutes: sign * length.minutes } : { days: sign * (length.days ?? 0) };
  return { shift: { ...amount, direction }, from: lexeme.from, to: next.to };
}

function directionOf(lexeme: Placed): 'earlier' | 'later' | null {
  if (lexeme.is === 'time' && lexeme.atom.kind === 'shade') return lexeme.atom.by === 'early' ? 'earlier' : 'later';
  if (lexeme.is !== 'signal') return null;
  return lexeme.signal === 'sooner' ? 'earlier' : lexeme.signal === 'later' || lexeme.signal === 'shifted' ? 'later' : null;
}

/** 「もう少し早い時間」: a direction without a length. */
function bit(text: string, lexeme: Placed, next: Placed, after: Placed | undefined): PlacedShift | null {
  if (next.from - lexeme.to > 3) return null;
  if (next.is === 'signal' && next.signal === 'bit' && after !== undefined) return bit(text, next, after, undefined);
  const direction = directionOf(next);
  if (direction === null || (next.is === 'signal' && next.signal === 'shifted')) return null;
  if (LATENESS.test(text.slice(next.from, next.from + 3)) || NO_SHIFT.test(text.slice(next.to, next.to + 3))) return null;
  return { shift: { direction }, from: lexeme.from, to: next.to };
}

/** The shift applied to what the talk is about; only the part that moves is given. Null where that is not known. */
export function shifted(shift: Shift, ctx: HearingContext): When | null {
  const { dates, time } = ctx.known;
  if (shift.same === 'time') return time === null ? null : { dates: null, time };
  if (shift.same === 'day') return dates === null ? null : { dates, time: null };
  if (shift.days !== undefined) {
    const list = dates === null ? null : listed(dates, dayOf(ctx.now));
    return list === null || list.length === 0 ? null : { dates: list.map((day) => addDays(day, shift.days!)), time: null };
  }
  const start = time?.from ?? time?.to ?? null;
  if (start === null) return null;
  if (shift.minutes === undefined) return { dates: null, time: shift.direction === 'earlier' ? { from: null, to: start } : { from: start, to: null } };
  const moved = toMinute(start) + shift.minutes;
  return moved < 0 || moved >= 30 * 60 ? null : { dates: null, time: { from: toClock(moved), to: toClock(moved) } };
}
