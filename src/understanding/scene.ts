import type { HearingContext } from './context.ts';
import type { ChoiceReading } from './choices.ts';
import { cue, cues } from './cue.ts';
import { ANSWERS } from './cues/answers.ts';
import { BOOKING } from './cues/booking.ts';
import { CHANGE } from './cues/change.ts';
import { COURTESY } from './cues/courtesy.ts';
import { HUMAN } from './cues/human.ts';
import { ASKING, OFFERED_HERE } from './cues/questions.ts';
import { WAITLIST } from './cues/waitlist.ts';
import type { AskedContext, Detail, Topic, UsualHeard } from './heard.ts';
import type { Mention } from './marks.ts';
import type { StaffReading } from './staff.ts';
import type { WhenReading } from './when.ts';

const CUES = cues({ ...BOOKING, ...CHANGE, ...WAITLIST, ...HUMAN, ...COURTESY, ...ANSWERS, asking: ASKING, offeredHere: OFFERED_HERE });
export type CueName = keyof typeof CUES;

/** Everything a rule about intents may look at. */
export type Scene = {
  /** `Said.text` without what is only contradicted (「キャンセルじゃなくて予約」 = 「予約」). */
  text: string;
  asked: AskedContext | null;
  ctx: HearingContext;
  /** Whether a cue of `cues/` is in the message. */
  has: (name: CueName) => boolean;
  /** Where it is, -1 when it is not. */
  at: (name: CueName) => number;
  when: WhenReading;
  hasWhen: boolean;
  /** Names a day or time after this place of the text. */
  whenAfter: (at: number) => boolean;
  menus: Mention[];
  staff: StaffReading | null;
  /** The shop named, in a channel with several. */
  store: string | null;
  people: number | null;
  name: string | null;
  phone: string | null;
  choice: ChoiceReading | null;
  topics: Topic[];
  usual: UsualHeard[];
  /** The whole visit is to be as the last one, not only who was there or when it was. */
  asLast: boolean;
  /** Details that are to be another, whether or not it is said which. */
  details: Detail[];
  /** A detail of a visit is named. */
  hasDetail: boolean;
};

const CONTRASTED = cue('(?:キャンセル待ち|キャンセル|予約|(?:日程|日時|時間)?変更|確認|取り消し|質問|相談|お問い?合わせ?)(?:の(?:話|こと|方|連絡|依頼))?(?:では?なくて?|じやなくて?|やなくて?|やのうて|ちやうくて)', 'g');
/** 「お休みでしたか。」 only takes note of what we said. */
const TAKES_NOTE = cue('^(?:あ|えつ?|へえ)*、?(?:そう|休み|定休日|いつぱい|満席|無理|だめ|埋まつて(?:い|る)?|空いて(?:い)?ない|なし)(?:なん|だつたん|ん)?(?:です|でした)(?:か|ね)+[。、?]+(?=.)');
const blank = (said: string): string => '、'.repeat(said.length);
/** The text without acts that are named only to say they are not meant. Keeps the length. */
export const withoutContrasts = (text: string): string => text.replace(TAKES_NOTE, blank).replace(CONTRASTED, blank);

/** Looks cues up in a text, each at most once. */
/** A stretch of a text left blank. */
export const blankAt = (text: string, { at, end }: { at: number; end: number }): string => text.slice(0, at) + blank(text.slice(at, end)) + text.slice(end);

export function cueFinder(text: string): Pick<Scene, 'has' | 'at'> {
  const found = new Map<CueName, number>();
  const at = (name: CueName): number => {
    let place = found.get(name);
    if (place === undefined) found.set(name, (place = text.search(CUES[name])));
    return place;
  };
  return { at, has: (name) => at(name) >= 0 };
}
