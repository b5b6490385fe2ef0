import type { AskedContext, Choice } from './heard.ts';
import { cue } from './cue.ts';
import type { Said } from './said.ts';

const KANJI = '一二三四五六七八九十';
const NUMBER = `([0-9]{1,2}|[${KANJI}]|ひと|ふた|み(?=つ)|いち|に(?=ばん|番)|さん(?=ばん|番))`;
const WORTH: Record<string, number> = { ひと: 1, ふた: 2, み: 3, いち: 1, に: 2, さん: 3 };
const valueOf = (said: string): number => WORTH[said] ?? (/\d/.test(said) ? +said : KANJI.indexOf(said) + 1);

const FROM_BELOW = cue(`(?:下|後ろ|うしろ|最後)から(?:${NUMBER})(?:番目?|つ目|個目|件目)`);
const ORDINAL = cue(`(?:上から|前から)?(?:no\\.?|#|その|第|候補|案)?${NUMBER}(?:番目?(?!早|遅|近|安|人気|線|丁|上|下|最|後|前|左|右|はじめ)|つ目|つめ|個目|件目|こ目|行目|ばん|本目|枠目)`);
const NAMED = cue(`(?:no\\.?|#|その|候補|案)${NUMBER}`);
const BARE = cue(`^(?:はい|じやあ|では|じや|ほな|えつと|あ|んじや)?、?\\(?${NUMBER}(?:\\)|\\.|で|の|が|を|に|です|番|お願い|がいい|の方|のやつ|、|。)*(?:お願い(?:します|いたします)?|いい(?:です)?|します|する|予約(?:します)?)?[。、]*$`);
const PLACES: readonly [RegExp, Choice][] = [
  [cue('真ん中|まんなか|中央'), { nth: 0 }],
  [cue('(?:一番|1番|いちばん)?(?<!以)(?:上|うえ)(?:の|が|で|を|に|です|。|$)(?!方に|の階)|(?:最初|はじめ|先頭|1個目|前者|左)(?:の|が|で|を|に|です|、|。|$)'), { nth: 1 }],
  [cue('(?:一番|1番|いちばん)(?:下|した|後ろ|最後)|(?:下|最後|ラスト|後者|右|しまい)(?:の|が|で|を|に|です|、|。|$)(?!診)'), { nth: -1 }],
];
const DESCRIBED: readonly [RegExp, Choice][] = [
  [cue('遅(?:い|め|かつた)|(?<!午)後の(?:方|ほう|時間|やつ)|あとの(?:方|ほう|時間|やつ)|遅番|後半'), { by: 'later' }],
  [cue('早(?:い|め)|先の(?:方|ほう|やつ)|近い(?:方|ほう|日)|(?<!午)前の(?:方|ほう|時間|やつ)|前半'), { by: 'earlier' }],
  [cue('(?:午前|午前中|朝|am)(?:の|が|で|の方|のほう|です|。|$)'), { by: 'morning' }],
  [cue('(?:午後|昼過ぎ|お昼|昼|pm)(?:の|が|で|の方|のほう|です|。|$)'), { by: 'afternoon' }],
  [cue('(?:夕方|夜|晩)(?:の|が|で|の方|のほう|です|。|$)'), { by: 'evening' }],
];
const THAT = cue('^(?:はい|じやあ|では|じや|ほな|なら|それなら|あ|うん|ほんなら|そしたら)?、?(?:それ|そこ|これ|ここ|そつち|こつち|そちら|こちら|あれ|その(?:時間|日|枠|時|日時|予約|やつ|方|お?時間帯)|この(?:時間|日|枠|日時|予約))(?:で|が|に|を|なら|の|でも|お願い|いい|。|、|$)');
const WHICHEVER = cue('(?:どれ|どちら|どつち|どこ)(?:でも|だつて)(?:いい|大丈夫|構|ok|おつけ|結構|ええ|可|お願い|。|$)');

/** A choice, and the stretch of `Said.text` that says it. */
export type ChoiceReading = { choice: Choice; at: number; end: number };
const reading = (match: RegExpExecArray, choice: Choice): ChoiceReading => ({ choice, at: match.index, end: match.index + match[0].length });

/**
 * Which of the things on offer is meant. Only heard where something is on offer.
 * @param offered how many things are on offer, 0 when it is not known.
 * @param saysWhen the message names a day or a time.
 * @param clockSaid the message names a time of its own, so that 「午後」 belongs to it.
 */
export function readChoice({ text }: Said, asked: AskedContext | null, offered: number, saysWhen: boolean, clockSaid: boolean): ChoiceReading | null {
  if (!OFFERING.has(asked ?? '')) return null;
  if (asked === 'confirming') {
    const that = THAT.exec(text);
    return that && reading(that, { by: 'that' });
  }
  const below = FROM_BELOW.exec(text);
  if (below) return reading(below, { nth: -valueOf(below[1]!) });
  for (const pattern of [ORDINAL, NAMED, BARE]) {
    const match = pattern.exec(text);
    const nth = match ? valueOf(match[1]!) : 0;
    if (match && nth >= 1 && (offered === 0 || nth <= offered) && !(pattern === BARE && offered === 0 && nth > 9)) return reading(match, { nth });
  }
  if (text.length <= 40 && !COMPARES.test(text) && !(saysWhen && (asked === 'asked_date' || asked === 'asked_time'))) {
    for (const [pattern, choice] of PLACES) {
      const match = pattern.exec(text);
      if (match) return reading(match, 'nth' in choice && choice.nth === 0 ? { nth: offered > 0 ? Math.ceil(offered / 2) : 2 } : choice);
    }
    for (const [pattern, choice] of DESCRIBED) {
      const match = pattern.exec(text);
      if (match && !(clockSaid && 'by' in choice && choice.by !== 'later' && choice.by !== 'earlier')) return reading(match, choice);
    }
    const that = THAT.exec(text) ?? (asked === 'asked_staff' ? null : WHICHEVER.exec(text));
    if (that) return reading(that, WHICHEVER.test(text) && !THAT.test(text) ? { nth: 1 } : { by: 'that' });
  }
  return null;
}

/** 「もっと遅い時間」 is none of those on offer. */
const COMPARES = cue('もう少し|もうちよ|もつと|さらに|よりも?(?:早|遅)');

/** Questions that put several things on offer. */
const OFFERING = new Set<string>(['offered_times', 'asked_menu', 'asked_staff', 'asked_date', 'asked_time', 'asked_store', 'asked_which_reservation', 'offered_freed_slot', 'confirming']);
