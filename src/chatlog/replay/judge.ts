/** Holds what a turn comes to now against what it came to then. */
import { readableAll } from '../readable.ts';
import { stable } from './stable.ts';
import { onlyAsks } from './turn.ts';
import type { Side, Verdict } from './turn.ts';

export type Judged = { verdict: Verdict; because: string[] };

/** Where the words stood in the message: beside the point. */
const OF_HEARD = new Set(['text', 'evidence']);
/** What a button carries changes with every question that is numbered otherwise; the customer does not see it. */
const OF_WORDS = new Set(['data']);
/** Ids of what was made in a salon in memory are its own. */
const OF_WORLD = new Set(['id', 'userId', 'reservationId', 'entryId', 'moving', 'text', 'evidence']);
/** What a talk is about; the number of its question and the time are not. */
const OF_TALK = ['goal', 'known', 'pending', 'visit', 'misses', 'later', 'assumed', 'spoken'] as const;

/** `apart`: the effects were not answered from the log, so that ids differ and answers may. */
export function judge(then: Side, now: Side, { apart = false } = {}): Judged {
  const leftOut = apart ? OF_WORLD : OF_HEARD;
  const differ = (of: (side: Side) => unknown, ignoring = leftOut): boolean => stable(of(then), ignoring) !== stable(of(now), ignoring);
  const found: [Verdict, string][] = [];
  if (differ((side) => changes(side, apart))) found.push(['booked differently', '予約・変更・キャンセル待ちの内容']);
  if (differ(({ acts }) => acts)) found.push(['decided differently', '伝える内容']);
  if (differ(asked)) found.push(['decided differently', '予定表への問い合わせ']);
  if (!now.unanswered && differ(({ talk }) => Object.fromEntries(OF_TALK.map((part) => [part, talk[part]])))) found.push(['decided differently', '覚えている内容']);
  if (differ(({ heard }) => heard)) found.push(['heard differently', '聞き取り']);
  if (differ(({ messages }) => readableAll(messages))) found.push(['worded differently', '言葉']);
  else if (!apart && differ(({ messages }) => messages, OF_WORDS)) found.push(['worded differently', '見た目（言葉は同じ）']);
  return { verdict: found[0]?.[0] ?? 'same', because: found.map(([, what]) => what) };
}

type Asked = { effect: Side['effects'][number]['effect']; answer: Side['effects'][number]['answer'] | null };
const writes = (side: Side): Asked[] => all(side).filter(({ effect }) => !onlyAsks(effect));
const all = ({ effects, unanswered }: Side): Asked[] => [...effects, ...(unanswered ? [{ effect: unanswered, answer: null }] : [])];

/** What was to be changed; in another world also what came of it. */
const changes = (side: Side, apart: boolean): unknown => writes(side).map(({ effect, answer }) => (apart ? { do: effect.do, answer } : effect));
const asked = (side: Side): unknown => all(side).filter(({ effect }) => onlyAsks(effect)).map(({ effect }) => effect);
