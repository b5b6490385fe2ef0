import { cue } from './cue.ts';
import type { UsualHeard } from './heard.ts';
import type { Mention } from './marks.ts';

/** What is to be as at the last visit; `spoken` = 「前と同じ時間で」, which may be the time spoken of before. */
export type UsualReading = { usual: UsualHeard[]; spoken: boolean; at: number; end: number };

const LAST = '(?:いつも|前回|この前|こないだ|この間|先日|先月|以前)';
const AS_LAST = `(?:${LAST}の(?:同じ)?|(?:${LAST}|前)と(?:同じ|おなじ)の?)`;
/** 「いつもの日時」 is both. */
const USUAL = cue(`${AS_LAST}(?:(日時)|(曜日)(?:(?:の|と|で|、)?(?:同じ|おなじ)?(時間帯?|時刻))?|(時間帯?|時刻))`);

/** The hour, or the day of the week, of the last visit: 「いつもの時間で」「前回と同じ曜日」. */
export function readUsual(text: string): UsualReading | null {
  const found = USUAL.exec(text);
  if (!found) return null;
  const [words, both, weekday, withWeekday, time] = found;
  return {
    usual: [...(both || weekday ? (['weekday'] as const) : []), ...(both || withWeekday || time ? (['time'] as const) : [])],
    spoken: words.startsWith('前と'), at: found.index, end: found.index + words.length,
  };
}

const JOINS = cue('(?:の|やつ|メニュー|内容|コース|もの)、?(?:と|に|に?プラス(?:で|して)?|に?加えて|\\+)、?$');

/** The menus of 「いつものとトリートメントで」 come to those of the last visit. */
export function besideLast(text: string, mentions: readonly Mention[]): Mention[] {
  const first = mentions.find((m) => m.mark === 'wanted' || m.mark === 'added');
  const joins = first !== undefined && JOINS.test(text.slice(0, first.at));
  return mentions.map((m) => (joins && m.mark === 'wanted' ? { ...m, mark: 'added' } : m));
}
