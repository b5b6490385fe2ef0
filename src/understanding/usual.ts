import { cue } from './cue.ts';
import type { UsualHeard } from './heard.ts';

/** 「前の時間で」 goes back to what was said before, 「前と同じ時間で」 to the last visit. */
const LAST = '(?:いつも|前回|この前|こないだ|この間|先日|先月|以前)';
const AS_LAST = `(?:${LAST}の(?:同じ)?|(?:${LAST}|前)と(?:同じ|おなじ)の?)`;
const USUAL = cue(`${AS_LAST}(?:(曜日)(?:の|と|で|、)?(?:同じ|おなじ)?(時間帯?|時刻)?|(時間帯?|時刻)(?!は))`);
/** 「いつもの日時」 is both. */
const BOTH = cue(`${AS_LAST}日時`);

/** The hour, or the day of the week, of the last visit: 「いつもの時間で」「前回と同じ曜日」. */
export function readUsual(text: string): UsualHeard[] {
  if (BOTH.test(text)) return ['weekday', 'time'];
  const [, weekday, withWeekday, time] = USUAL.exec(text) ?? [];
  return [...(weekday ? (['weekday'] as const) : []), ...(withWeekday || time ? (['time'] as const) : [])];
}
