/** What the bot did between hearing and answering, and what came of it. */
import type { Answer, DayState, Effect } from '../../booking/ports.ts';
import { BARRED_WORDS, CLOSED_WORDS, LOST_WORDS, PROBLEM_WORDS, freeStarts, lookedFor } from './acts.ts';
import { clock, dayName, moment, visitName, waitName } from './names.ts';
import type { Naming } from './names.ts';

const UNKNOWN = { unknown: '知らない内容' };

function asked(effect: Effect, naming: Naming): string {
  switch (effect.do) {
    case 'look': {
      const time = effect.from === null && effect.until === null ? null : { from: effect.from, to: effect.until };
      return `空きを見る ${lookedFor({ ...effect.visit, days: effect.days, time }, naming)}`;
    }
    case 'soonest': return `最短の空きを見る ${lookedFor({ ...effect.visit, days: [], time: null }, naming)} ${moment(effect.after, naming)}〜`;
    case 'book': return `予約する ${visitName({ ...effect.visit, start: effect.start }, naming)}`;
    case 'move': return `変更する → ${visitName({ ...effect.visit, start: effect.start }, naming)}`;
    case 'cancel': return '取り消す';
    case 'wait': return `キャンセル待ちに入れる ${waitName({ ...effect.visit, from: effect.from, until: effect.until }, naming)}`;
    case 'leave': return 'キャンセル待ちをやめる';
    case 'accept': return '案内した空きを予約する';
    case 'decline': return '案内した空きを見送る';
    case 'mine': return '本人の予約を見る';
    default: return String((effect as { do?: unknown }).do ?? JSON.stringify(effect));
  }
}

const dayState = ({ day, open, closed }: DayState, naming: Naming): string =>
  `${dayName(day, naming)} ${closed ? CLOSED_WORDS[closed] : open.length === 0 ? '満席' : open.map(({ start, end }) => `${clock(start)}〜${clock(end)}`).join('・')}`;
const days = (list: readonly DayState[], naming: Naming): string =>
  list.length === 0 ? '空きなし' : list.slice(0, 3).map((day) => dayState(day, naming)).join('、') + (list.length > 3 ? ` ほか${list.length - 3}日` : '');
const cannot = (why: string): string => ({ ...PROBLEM_WORDS, ...UNKNOWN } as Record<string, string>)[why] ?? why;

function came(answer: Answer, naming: Naming): string {
  if ('barred' in answer) return `受けられない（${BARRED_WORDS[answer.barred.why]}）`;
  if ('cannot' in answer) return `できない（${cannot(answer.cannot)}）`;
  if ('taken' in answer) return `${answer.taken === 'full' ? '埋まっていた' : '本人の予約と重なる'}、${freeStarts(answer.nearest, naming)}`;
  if ('tooLate' in answer && answer.tooLate) return '締切を過ぎている';
  if ('gone' in answer) return 'もうない';
  switch (answer.to) {
    case 'look': return days(answer.days, naming) + (answer.staffCannot ? '（指名の担当は対応外）' : '');
    case 'soonest': return days(answer.days, naming);
    case 'book': case 'move': return 'done' in answer ? `成立 ${visitName(answer.done, naming)}` : '';
    case 'cancel': return answer.done ? `取り消した ${visitName(answer.done, naming)}` : 'もうない';
    case 'accept':
      if ('done' in answer) return `成立 ${visitName(answer.done, naming)}`;
      return 'lost' in answer ? `もうない（${LOST_WORDS[answer.lost]}）` : 'unknown' in answer ? 'その案内はない' : '本人の予約と重なる';
    case 'decline': return 'unknown' in answer ? 'その案内はない' : '見送った';
    case 'wait':
      if ('clash' in answer) return '本人の予約と重なる';
      return 'entry' in answer ? `${answer.position}番目${answer.already ? '（登録済み）' : ''}` : `待たずに空きあり ${answer.free.slice(0, 3).map(({ start }) => moment(start, naming)).join('、')}`;
    case 'leave': return answer.done ? 'やめた' : 'もうない';
    case 'mine': return answer.visits.length + answer.waits.length === 0 ? 'なし' : [...answer.visits.map((visit) => visitName(visit, naming)), ...answer.waits.map((wait) => `待ち ${waitName(wait, naming)}`)].join('、');
    default: return JSON.stringify(answer);
  }
}

/** `空きを見る カット 11/28(土) → 11/28(土) 15:00〜17:00`. What is not as this build knows it is shown as far as it goes. */
export function effectInWords({ effect, answer }: { effect: unknown; answer: unknown }, naming: Naming): string {
  return `${tried(() => asked(effect as Effect, naming), effect)} → ${tried(() => came(answer as Answer, naming), answer)}`;
}

function tried(words: () => string, value: unknown): string {
  try {
    return words();
  } catch {
    return asItIs(value);
  }
}
const asItIs = (value: unknown): string => (typeof value === 'object' && value !== null ? String(('do' in value && value.do) || ('to' in value && value.to) || JSON.stringify(value)) : '記録なし');
