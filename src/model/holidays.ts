import holidays from '@holiday-jp/holiday_jp';
import type { Day } from './time.ts';

const byDay: Record<string, { name: string } | undefined> = holidays.holidays;

/** The Japanese name of a public holiday (substitute and national holidays included), or null. To 2050. */
export const holidayName = (day: Day): string | null => byDay[day]?.name ?? null;
export const isHoliday = (day: Day): boolean => byDay[day] !== undefined;
