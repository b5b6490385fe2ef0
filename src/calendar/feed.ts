/** A person's visits and time off as iCalendar (RFC 5545), for the calendar of his phone. The same visits give the same bytes. */
import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { ICalLuxonDateTimeStub } from 'ical-generator';
import type { CalendarVisit, TimeKept } from '../booking/desk/ports.ts';
import { DAY, addDays, at, dayOf, toLocal } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Staff, Store } from '../model/store.ts';
import { jaStaff } from '../replies/ja-staff.ts';
import { nameWords } from '../replies/limits.ts';
import { menuWords } from '../replies/names.ts';

/** How much of the past and of the time to come is in it. */
export const PAST = 30 * DAY;
export const AHEAD = 180 * DAY;
const ZONE = 'Asia/Tokyo';
/** How often a calendar may come again. */
const SECONDS = 15 * 60;

/** Japan has had one offset since 1951. */
const VTIMEZONE = ['BEGIN:VTIMEZONE', `TZID:${ZONE}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'TZNAME:JST', 'END:STANDARD', 'END:VTIMEZONE'].join('\r\n');

/** A moment for the generator, whatever the zone of this process: in Japan's time where a zone is asked for, else in UTC. */
class Moment implements ICalLuxonDateTimeStub {
  readonly isValid = true;
  readonly zone = { type: 'iana' };
  readonly #at: Instant;
  readonly #inUtc: boolean;

  constructor(moment: Instant, inUtc = false) {
    this.#at = moment;
    this.#inUtc = inUtc;
  }

  setZone(zone?: string): Moment {
    return new Moment(this.#at, zone === 'utc');
  }
  toFormat(format: string): string {
    const [day = '', time = ''] = (this.#inUtc ? new Date(this.#at).toISOString() : `${toLocal(this.#at)}:00`).split('T');
    return format === 'yyyyLLdd' ? day.replaceAll('-', '') : time.slice(0, 8).replaceAll(':', '');
  }
  toJSDate(): Date {
    return new Date(this.#at);
  }
  toJSON(): string {
    return this.toJSDate().toJSON();
  }
}

export type Feed = { store: Store; staff: Staff; visits: readonly CalendarVisit[]; kept: readonly (TimeKept & { madeAt: Instant })[]; now: Instant };

export function feedOf({ store, staff, visits, kept, now }: Feed): string {
  const { calendar: words } = jaStaff;
  const feed = ical({ name: words.name(nameWords(staff.name), nameWords(store.name)), prodId: { company: 'Aiteru', product: 'Aiteru', language: 'JA' }, ttl: SECONDS, timezone: { name: null, generator: () => VTIMEZONE } });
  feed.x([{ key: 'X-WR-TIMEZONE', value: ZONE }]);
  const place = [store.name, store.address].filter(Boolean).join(' ');
  for (const visit of visits) {
    const gone = visit.status === 'canceled';
    const mark = gone ? words.cancelled : visit.hold ? jaStaff.marks[visit.hold.for] : visit.came ? jaStaff.marks[visit.came] : '';
    feed.createEvent({
      id: `visit-${visit.id}@aiteru`, start: new Moment(visit.start), end: new Moment(visit.end), timezone: ZONE,
      summary: `${mark}${menuWords(store, visit.menuIds)} ${visit.customer ? jaStaff.customer(nameWords(visit.customer)) : jaStaff.someone}`,
      description: visit.nominated ? words.nominated : words.free, location: place,
      // Later changes have the higher number; within a second nobody looks.
      sequence: Math.max(0, Math.round((visit.changedAt - visit.madeAt) / 1000)), stamp: new Moment(visit.changedAt), lastModified: new Moment(visit.changedAt), created: new Moment(visit.madeAt),
      status: gone ? ICalEventStatus.CANCELLED : visit.status === 'pending' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: gone ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  }
  const away = staff.absences.filter((day) => at(day, 0) >= now - PAST && at(day, 0) <= now + AHEAD);
  for (const day of away) {
    feed.createEvent({ id: `off-${staff.id}-${day}@aiteru`, start: new Moment(at(day, 0)), end: new Moment(at(addDays(day, 1), 0)), allDay: true, summary: words.off, stamp: new Moment(at(day, 0)), transparency: ICalEventTransparency.OPAQUE });
  }
  // A whole day off is in it already.
  for (const time of kept.filter((one) => one.kind === 'block' || !away.includes(dayOf(one.start)))) {
    feed.createEvent({
      id: `kept-${time.id}@aiteru`, start: new Moment(time.start), end: new Moment(time.end), timezone: ZONE, summary: time.kind === 'off' ? words.off : words.block,
      stamp: new Moment(time.madeAt), lastModified: new Moment(time.madeAt), created: new Moment(time.madeAt), transparency: ICalEventTransparency.OPAQUE,
    });
  }
  return feed.toString();
}
