import { weekdayOf } from '../../model/time.ts';
import type { Calendar, DateAtom } from '../dates/atoms.ts';
import { firstOf, lastOf } from '../dates/days.ts';
import { narrow } from '../dates/narrow.ts';
import { changesTo } from '../meaning/changes.ts';
import type { Normalised } from '../normalise.ts';
import type { Clocked, Period, TimeSaid } from '../times/atoms.ts';
import { both, inPeriod, rangeOf, saidBy } from '../times/said.ts';
import { countBefore, isAllDay } from './ambiguous.ts';
import { bendDate, bendTime, spanned } from './bending.ts';
import type { DateItem, Item, TimeItem } from './item.ts';
import { MOST_PHRASES } from './lexeme.ts';
import type { Placed } from './lexeme.ts';
import { linkOf, suffixesAt } from './suffixes.ts';
import type { Link } from './suffixes.ts';

type Pending = { value: number; width: number; from: number; to: number; link: Link };

/** One pass over the lexemes: phrases grow to the right, words behind them bend them, numbers wait for their unit. */
export class Composer {
  readonly items: Item[] = [];
  private pending: Pending[] = [];
  private taken = 0;
  private readonly text: string;
  private readonly plain: string;
  private readonly calendar: Calendar;

  constructor(text: Normalised, calendar: Calendar) {
    this.text = text.folded;
    this.plain = text.text;
    this.calendar = calendar;
  }

  /** Takes the next lexeme; false when it says nothing about days or times. */
  take(lexeme: Placed): boolean {
    if ((lexeme.is === 'date' || lexeme.is === 'time' || lexeme.is === 'number') && ++this.taken > MOST_PHRASES) return false;
    if (lexeme.is === 'date') return this.date(lexeme.atom, lexeme.from, lexeme.to);
    if (lexeme.is === 'number') return this.number(lexeme);
    if (lexeme.is === 'duration') return this.stretch(lexeme.duration.days, lexeme.from, lexeme.to);
    if (lexeme.is !== 'time') return false;
    if (lexeme.atom.kind === 'now') return this.date({ kind: 'relative', days: 0 }, lexeme.from, lexeme.to);
    if (lexeme.atom.kind === 'thence') return this.thence(lexeme.to);
    const said = saidBy(lexeme.atom);
    if (said === null) return false;
    this.time(said, lexeme.from, lexeme.to);
    return true;
  }

  /** 「18時まで仕事なのでそれ以降」: from what was said last. */
  private thence(to: number): boolean {
    const last = this.items.at(-1);
    if (last === undefined) return false;
    if (last.is === 'time') last.time = { from: last.time.to ?? last.time.from, to: null, point: false, assumed: last.time.assumed };
    else bendDate(last, 'after', this.calendar);
    last.to = to;
    return true;
  }

  /** 「明日から1週間」 */
  private stretch(days: number | undefined, from: number, to: number): boolean {
    const last = this.items.at(-1);
    if (days === undefined || last?.is !== 'date' || !last.open || this.linkTo(from, last) !== 'join') return false;
    return this.grow({ kind: 'span', days }, 'join', from, to);
  }

  private linkTo(from: number, before: Item | undefined): Link {
    if (before === undefined) return 'text';
    if (from <= before.to) return 'join';
    return linkOf(this.text, before.to, from);
  }

  private date(atom: DateAtom, from: number, to: number): boolean {
    const before = this.items.at(-1);
    const link = this.linkTo(from, before);
    // 「8/4に…、当日使える」 names no further day.
    if (atom.kind === 'same' && !atom.weekday && before !== undefined && link !== 'join') return false;
    if (atom.kind === 'calendar' && isAllDay(atom, before, this.text, from)) return false;
    if (atom.kind === 'offset' && before !== undefined) {
      const counts = countBefore(atom, before, link);
      if (counts !== null) {
        this.items.pop();
        return this.date({ ...atom, counts }, before.from, to);
      }
    }
    const grown = this.grow(atom, link, from, to);
    if (grown) return true;
    // 「来週の前半か後半」 goes on in the week named; elsewhere a part alone says nothing.
    if (atom.kind === 'part' && atom.of === undefined && link !== 'or') return false;
    const waiting = this.dayNumber(atom, from) ?? this.claim(atom, from);
    const scope = this.scope();
    const found = narrow(null, waiting.atom, { ...this.calendar, scope, spoken: this.spoken() });
    if (found === null) return false;
    const item: DateItem = { is: 'date', found, atoms: [waiting.atom], from: waiting.from, to, link: waiting.link ?? link, open: false, except: false, till: false, bent: false };
    this.items.push(...waiting.items, item);
    if (waiting.atom.kind !== atom.kind) return this.grow(atom, 'join', from, to);
    this.suffixes(item);
    this.joinRange();
    return true;
  }

  /** 「28(土)」: a number right before a weekday is a day. */
  private dayNumber(atom: DateAtom, from: number): { atom: DateAtom; from: number; link?: Link; items: Item[] } | null {
    const n = this.pending.at(-1);
    if (atom.kind !== 'weekday' || n === undefined || n.to < from - 1 || n.value < 1 || n.value > 31) return null;
    this.pending.pop();
    const before = this.claim({ kind: 'calendar', day: n.value }, n.from);
    return { ...before, link: n.link, from: n.from, atom: { kind: 'calendar', day: n.value } };
  }

  /** Narrows the last date by this atom where the two make one phrase. */
  private grow(atom: DateAtom, link: Link, from: number, to: number): boolean {
    const last = this.items.at(-1);
    const date = this.items.findLast((item) => item.is === 'date');
    if (date === undefined || date.except || this.pending.length > 0) return false;
    if (last === date && date.open && link === 'join' && atom.kind !== 'span') return false;
    const wide = ['week', 'month', 'year', 'season', 'weekend', 'open'].includes(date.found.grain);
    const close = last === date && link === 'join';
    const picks = date.found.grain === 'part' && last === date && ['class', 'weekday', 'nth'].includes(atom.kind);
    if (link === 'or' || (!close && !((wide || picks) && last === date) && !(wide && link !== 'comma'))) return this.repeats(date, atom, link, to);
    if (!close && (atom.kind === 'part' || atom.kind === 'span' || atom.kind === 'relative')) return false;
    if (date.bent && date.found.grain !== 'open') return false;
    const found = narrow(date.range && close ? date.range.end : date.found, atom, this.calendar);
    if (found === null) return this.repeats(date, atom, link, to);
    if (date.range && close) spanned(date, date.range.start, found);
    else date.found = found;
    this.shareWithList(date, atom);
    date.atoms.push(atom);
    date.apart ||= last === date && this.text.slice(date.to, from).replace(/[の ]/g, '') !== '';
    date.open = false;
    if (last === date) {
      date.to = to;
      this.suffixes(date);
    }
    return true;
  }

  /** 「来週か再来週の土曜」: the weekday is meant of both weeks. */
  private shareWithList(date: DateItem, atom: DateAtom): void {
    const at = this.items.lastIndexOf(date);
    const before = this.items[at - 1];
    if (date.link !== 'or' || before?.is !== 'date' || before.bent || before.apart || before.except || before.atoms.length > 1) return;
    if (atom.kind !== 'weekday' && atom.kind !== 'class' && atom.kind !== 'nth') return;
    if ((before.found.grain !== date.atoms[0]!.kind && before.found.grain !== 'prefix') || before.found.grain === 'weekend') return;
    const found = narrow(before.found, atom, this.calendar);
    if (found !== null) before.found = found;
  }

  /** 「16日、日曜ですよね」「23日って祝日ですけど」: what only says again which day it is. */
  private repeats(date: DateItem, atom: DateAtom, link: Link, to: number): boolean {
    if ((atom.kind !== 'weekday' && !(atom.kind === 'class' && atom.days === 'holidays')) || date.found.grain !== 'day' || link === 'or' || link === 'break' || date !== this.items.at(-1)) return false;
    const found = narrow(date.found, atom, this.calendar);
    if (found === null || (found.refuse && !date.found.refuse)) return false;
    date.to = to;
    this.suffixes(date);
    return true;
  }

  /** 「土曜かその次の土曜」 counts from the day said in this message before, else from the one the talk is about. */
  private spoken(): Calendar['spoken'] {
    const last = this.items.findLast((item) => item.is === 'date');
    const days = last?.found.days;
    const said = Array.isArray(days) && days.length === 1 ? days[0]! : null;
    const { spoken } = this.calendar;
    // 「月曜お休みでしたね。前の日で」: a bare weekday on which the talk's day falls is that day.
    const same = said !== null && spoken !== null && last?.atoms.length === 1 && last.atoms[0]!.kind === 'weekday' && weekdayOf(said) === weekdayOf(spoken);
    return said === null || same ? spoken : said;
  }

  /** The week or month the next day of a list is looked for in. */
  private scope(): Calendar['scope'] {
    return this.items.findLast((item) => item.is === 'date')?.found.scope ?? {};
  }

  private time(said: TimeSaid, from: number, to: number): void {
    const before = this.items.at(-1);
    const link = this.linkTo(from, before);
    const numbers = this.claimNumbers();
    for (const n of numbers) this.items.push(this.bareClock(n, said));
    const item: TimeItem = { is: 'time', time: said, from, to, link: numbers.length > 0 ? this.linkTo(from, this.items.at(-1)) : link, open: false, except: false, till: false };
    if (numbers.length === 0 && before?.is === 'time' && this.sharesPeriod(before, item)) {
      this.items.pop();
      item.time = before.range ? rangeOf(before.range.start, both(before.range.end, item.time)) : both(before.time, item.time);
      item.from = before.from;
      item.link = before.link;
    }
    this.items.push(item);
    this.suffixes(item);
    this.joinRange();
  }

  /** 午後 + 3時, 夜 + 8時, 仕事終わり + 19時: the part of the day belongs to the clock. */
  private sharesPeriod(before: TimeItem, item: TimeItem): boolean {
    return (item.link === 'join' || item.link === 'topic' || item.link === 'comma') && !before.open && !before.except && !before.time.point && (before.range?.end ?? before.time).period !== undefined && (before.range === undefined || !before.range.end.point);
  }

  private bareClock(n: Pending, like: TimeSaid): TimeItem {
    const clock: Clocked = { minute: n.value * 60, exact: n.value > 12 };
    const period: Period | undefined = typeof like.from === 'object' && like.from !== null ? like.from.period : undefined;
    const time: TimeSaid = { from: clock, to: null, point: true, assumed: [] };
    const impossible: TimeSaid = { ...time, refuse: 'impossible_time' };
    const open = this.rangeMark(n.to);
    return { is: 'time', time: n.value > 29 ? impossible : period === undefined ? time : inPeriod(time, period), from: n.from, to: open ?? n.to, link: n.link, open: open !== null, except: false, till: false };
  }

  private rangeMark(at: number): number | null {
    const { suffixes, to } = suffixesAt(this.text, at, this.plain);
    return suffixes[0] === 'from' ? to : null;
  }

  /** A bare number counts only in a list or range: after a day or clock, or before one that has the unit. */
  private number(n: { value: number; width: number; from: number; to: number }): boolean {
    const before = this.items.at(-1);
    const link = this.linkTo(n.from, before);
    if (n.width === 4 && before?.is === 'date' && link === 'join' && n.value < 2400 && n.value % 5 === 0 && n.value % 100 < 60) {
      const minute = Math.floor(n.value / 100) * 60 + (n.value % 100);
      this.time({ from: { minute, exact: true }, to: null, point: true, assumed: [] }, n.from, n.to);
      return true;
    }
    if (n.width > 2) return false;
    // am10, 午後3: right behind a part of the day a number is an hour.
    if (before?.is === 'time' && before.time.period !== undefined && !before.time.point && n.from === before.to && n.value <= 12) {
      this.time({ from: { minute: n.value * 60, exact: false }, to: null, point: true, assumed: [] }, n.from, n.to);
      return true;
    }
    this.pending.push({ ...n, link });
    return true;
  }

  /** Ends a list that bare numbers carried on: 「3/20、21、22」, 「10時〜12」. Called where the next lexeme is no number. */
  settle(next: Placed | null): void {
    if (this.pending.length === 0) return;
    const last = this.pending.at(-1)!;
    if (next?.is === 'date' && next.atom.kind === 'weekday' && next.from <= last.to + 1) return;
    if (next !== null && this.connects(last.to, next.from)) {
      if (next.is === 'date' || next.is === 'time') return;
      // 「1〜2時間」「2、3回」: the unit of the last says what the others count.
      if (next.is === 'duration' || next.is === 'mask') this.pending = [];
    }
    for (const n of this.claimNumbers()) this.continueList(n);
  }

  /** A day with から behind it and no end is open: 「来週から」. A stay (5日から3泊) begins on its day. */
  finish(): void {
    for (const item of this.items) {
      if (item.is !== 'date' || !item.open || item.found.refuse || /^[^。\n]{0,20}泊/.test(this.text.slice(item.to, item.to + 24))) continue;
      const from = firstOf(item.found.days);
      const last = lastOf(item.found.days);
      if (from !== null && (last === null || last >= this.calendar.today)) item.found = { ...item.found, days: { from, to: null }, grain: 'open' };
    }
  }

  private connects(from: number, to: number): boolean {
    const mark = this.rangeMark(from);
    const link = linkOf(this.text, mark !== null && mark <= to ? mark : from, to);
    return mark !== null ? link === 'join' : link === 'or' || link === 'comma';
  }

  private continueList(n: Pending): void {
    const before = this.items.at(-1);
    if (before === undefined) return;
    const link = this.linkTo(n.from, before);
    const ranged = before.open && link === 'join';
    if (!ranged && link !== 'or' && link !== 'comma') return;
    if (before.is === 'date') {
      if (before.found.grain !== 'day' || n.value < 1 || n.value > 31 || !before.atoms.some((a) => a.kind === 'calendar')) return;
      const found = narrow(null, { kind: 'calendar', day: n.value }, { ...this.calendar, scope: this.scope() });
      if (found === null) return;
      const item: DateItem = { is: 'date', found, atoms: [{ kind: 'calendar', day: n.value }], from: n.from, to: n.to, link, open: false, except: false, till: false, bent: false };
      this.items.push(item);
      this.suffixes(item);
    } else {
      if (n.value > 29 || (!ranged && n.width < 2)) return;
      const item = this.bareClock(n, before.time);
      item.link = link;
      this.items.push(item);
      if (!item.open) this.suffixes(item);
    }
    this.joinRange();
  }

  private claimNumbers(): Pending[] {
    const numbers = this.pending;
    this.pending = [];
    return numbers;
  }

  /** The numbers waiting in front of an atom with the unit: 「16,17日」, 「2、3日後」, 「10〜12日」. */
  private claim(atom: DateAtom, from: number): { atom: DateAtom; from: number; link?: Link; items: Item[] } {
    const numbers = this.claimNumbers();
    if (numbers.length === 0) return { atom, from, items: [] };
    const first = numbers[0]!;
    if (atom.kind === 'offset') return { atom: { ...atom, counts: [...numbers.map((n) => n.value), ...atom.counts] }, from: first.from, link: first.link, items: [] };
    if (atom.kind !== 'calendar' || atom.day === undefined) return { atom, from, items: [] };
    const items: Item[] = [];
    let scope = this.scope();
    for (const n of numbers) {
      const found = narrow(null, { kind: 'calendar', day: n.value, ...(atom.month !== undefined && { month: atom.month }) }, { ...this.calendar, scope });
      if (found === null) continue;
      const open = this.rangeMark(n.to);
      items.push({ is: 'date', found, atoms: [{ kind: 'calendar', day: n.value }], from: n.from, to: open ?? n.to, link: items.length === 0 ? n.link : 'or', open: open !== null, except: false, till: false, bent: false });
      scope = found.scope;
    }
    const gap = linkOf(this.text, items.at(-1)?.to ?? from, from);
    return { atom, from, link: gap, items };
  }

  /** Applies what stands behind an item. */
  private suffixes(item: Item): void {
    const { suffixes, to } = suffixesAt(this.text, item.to, this.plain);
    if (suffixes.length === 0) return;
    item.to = to;
    item.open = false;
    for (const suffix of suffixes) {
      item.open = suffix === 'from';
      if (suffix === 'except') item.except = true;
      if (suffix === 'till') item.till = true;
      if (item.is === 'time') bendTime(item, suffix);
      else bendDate(item, suffix, this.calendar);
    }
  }

  /** Joins the last two items where the first is the start and the second the end of a range. */
  private joinRange(): void {
    const [start, end] = [this.items.at(-2), this.items.at(-1)];
    if (start === undefined || end === undefined || !start.open || start.except) return;
    const near = end.link === 'join' || (end.till && end.link !== 'break' && end.from - start.to <= 20);
    if (!near || (!end.till && changesTo(this.text, end))) return;
    if (start.is === 'time' && end.is === 'time') {
      const plain = end.till ? { ...end.time, from: end.time.to, to: null, point: true } : end.time;
      end.time = rangeOf(start.time, plain);
      end.range = { start: start.time, end: plain };
    } else if (start.is === 'date' && end.is === 'date') {
      if (!spanned(end, start.found, end.found)) return;
      end.atoms = [...start.atoms, ...end.atoms];
    } else return;
    end.from = start.from;
    end.link = start.link;
    this.items.splice(-2, 1);
  }
}
