import type { BusinessHours, Opening } from './hours.ts';
import { nightsTooLong, overlapOf, readOpening } from './openings.ts';
import { isDay, WEEKDAYS } from './time.ts';

/** What is wrong with a value that should be `BusinessHours`, in plain English; empty when nothing is. For JSON that comes from outside our own files. */
export function hoursMistakes(value: unknown): string[] {
  const hours = value as BusinessHours | null;
  if (typeof hours !== 'object' || hours === null) return ['business_hours is not an object'];
  if (hours.v !== 1) return [`business_hours has version ${JSON.stringify(hours.v)}, known is 1`];
  const openings = (where: string, list: unknown): string[] => {
    if (!Array.isArray(list)) return [`${where} is not a list of openings`];
    const wrong = list.flatMap((opening: unknown) => {
      const read = readOpening(Array.isArray(opening) ? opening.join('-') : opening);
      return 'wrong' in read ? [`${where}: ${read.wrong}`] : [];
    });
    return wrong.length > 0 ? wrong : overlapOf(list as Opening[]) ? [`${where} has openings that overlap`] : [];
  };
  const whole = (name: 'gridMinutes' | 'noticeMinutes' | 'windowDays' | 'cancelDeadlineMinutes' | 'changeDeadlineMinutes', min: number): string[] =>
    Number.isInteger(hours[name]) && hours[name]! >= min ? [] : [`${name} is not a whole number of at least ${min}`];
  const weekly = WEEKDAYS.flatMap((day) => openings(day, hours.weekly?.[day]));
  return [
    ...(hours.timeZone === 'Asia/Tokyo' ? [] : ['timeZone is not Asia/Tokyo']),
    ...weekly,
    ...(weekly.length > 0 ? [] : nightsTooLong(hours.weekly).map(({ day, next }) => `${day} runs past midnight into the opening of ${next}`)),
    ...(hours.holidays === 'open' || hours.holidays === 'closed' ? [] : openings('holidays', hours.holidays)),
    ...(Array.isArray(hours.exceptions)
      ? hours.exceptions.flatMap((e) => (isDay(String(e?.day)) ? openings(e.day, e.openings) : [`${JSON.stringify(e?.day)} is not a day`]))
      : ['exceptions is not a list']),
    ...whole('gridMinutes', 1), ...whole('noticeMinutes', 0), ...whole('windowDays', 1), ...whole('cancelDeadlineMinutes', 0),
    ...(hours.changeDeadlineMinutes === undefined ? [] : whole('changeDeadlineMinutes', 0)),
  ];
}
