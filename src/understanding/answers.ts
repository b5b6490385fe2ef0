import type { AskedContext } from './heard.ts';
import { cue } from './cue.ts';
import { ANSWERS } from './cues/answers.ts';
import type { Scene } from './scene.ts';

/** Words of denial inside an assent, or that only excuse: they say no no. */
const NO_DENIAL = cue('問題(?:は|も)?(?:な[いし]|ありませ[んn]?|ございませ)|間違い(?:は|も)?(?:な[いし]|ありませ|ござい)|まちがいない|違いない|構いませ|かまいませ|申し訳|すみませ|すいませ|ごめん|行けない(?:こと|わけ)|(?:異論|相違|異存|差し?支え|支障|不備)(?:は|も)?(?:な[いし]|ありませ[んn]?|ございませ[んn]?)|それしか|しかな', 'g');
const EMPHATIC = '(?:です|でーす|っす|だ|や|よ|ね|わ|で|が|けど|とも|ー|~)*';
const PLAIN_YES = cue(`^(?:はい|うん|ええ|そう|そや|せや|ok|オッケー|おつけ|yes|お願いし?ます?|お願いいたします|よろしく(?:お願い(?:します|いたします))?|それで(?:お願い(?:します)?|いい|大丈夫)?|いいよ|うい|おう|もちろん|ぜひ|了解|承知(?:しました)?|わかりました|合つてます|行きます|おお|うむ|よし|オーケー|いいね|確定|決定)${EMPHATIC}(?:、?(?:お願いします|それでお願いします|大丈夫です|はい|そうです|合つてます))?[。、]*$`);
const PLAIN_NO = cue(`^(?:いえ|あ|じやあ|では|うーん|やつぱり?|すみませ?ん?|今回は|今日は|もう)*、?(?:いいえ|いえ|いや|ううん|no|ノー|違い?ます|違う|違つ|ちやう(?:ちやう)?|ちやいます|だめ|ダメ|無理|やめ(?:と[きく]|ておき)?(?:ます|く|る)?|また(?:今度)?(?:に(?:し|す)(?:ます|る))?|また(?:改めて|連絡)(?:し|れんらく)?(?:します|する)?|結構|大丈夫|いらない|いりません|不要|嫌|やだ|特に(?:ない|なし|ありません?)|ない|なし|見送り?(?:ます|る)|遠慮(?:します|しときます|しておきます)|考え(?:ます|させてください|とき?ます)|検討(?:します)?)${EMPHATIC}[。、]*(?:ありがとうございます|ありがとう|すみません)?[。、]*$`);
const AFTER = cue('[、。]*(?:どうも)?(?:ありがとう(?:ございます|ございました)?|すみません|ごめんなさい|わざわざ|感謝)+[。、]*$');
const BEFORE = cue('^(?:あ|えつと|えーと|うーん|うん、そうですね|そうですね|そしたら|ほな|じやあ?|では|それでは|それじや|んじや|なら|ほんなら|すみませ?ん|ありがとうございます|ありがとう|了解です|わかりました)[、。]+');

/** The first line of each list is anchored at the beginning. */
const YES_START = cue(ANSWERS.yes[0]);
const NO_START = cue(ANSWERS.no[0]);
const NO_ANYWHERE = cue(ANSWERS.no.slice(1).join('|'));
const STRONG_NO = cue('(?<!間)違い?ます|やつぱり?(?:やめ|いい|無理)|やめ(?:ます|と|てお)|しません|またに|キャンセルし(?:ない|ません)');
const YES_ANYWHERE = cue(ANSWERS.yes.slice(1).join('|'));
const YES_FIRST = cue('(?:それ|これ|そこ|その[^。、]{1,8}|この[^。、]{1,8}|はい)(?:で|が)(?:大丈夫|いい|結構|ok)|[時分半日曜]で(?:大丈夫|いい|結構|ok)');
const FINE = cue(ANSWERS.fine.join('|'));

/** After these questions 「大丈夫です」「いいです」「結構です」 is a polite no. */
const OFFERS: readonly (AskedContext | null)[] = ['offered_waitlist', 'offered_freed_slot', 'offered_times', 'asked_change', 'asked_menu', 'asked_date', 'asked_time', 'asked_which_reservation', null];
/** Only after these is a yes or no looked for inside a longer sentence. */
const YES_OR_NO: readonly (AskedContext | null)[] = ['confirming', 'confirming_cancel', 'offered_waitlist', 'offered_freed_slot', 'offered_times', 'asked_change'];

/** はい or いいえ at the beginning of a message that goes on with something else. */
export function opensWith(scene: Scene): 'yes' | 'no' | null {
  if (!YES_OR_NO.includes(scene.asked)) return null;
  return NO_START.test(scene.text) ? 'no' : YES_START.test(scene.text) ? 'yes' : null;
}

/** はい or いいえ as an answer to what we asked last; null when the message is neither. */
export function readAnswer(scene: Scene): 'yes' | 'no' | null {
  const { asked } = scene;
  const begun = scene.text.replace(BEFORE, '').replace(BEFORE, '');
  const text = begun.replace(AFTER, '') || begun;
  if (text === '') return null;
  if (!YES_OR_NO.includes(asked)) return PLAIN_YES.test(text) ? 'yes' : PLAIN_NO.test(text) ? 'no' : null;
  const plain = text.replace(NO_DENIAL, (said) => (/問題|違い|構|かま|異|相違|支/.test(said) ? 'はい' : ''));
  if (NO_START.test(plain)) return 'no';
  if (YES_START.test(plain) && !STRONG_NO.test(plain)) return 'yes';
  if (asked === 'confirming_cancel' && scene.has('keeps')) return 'no';
  if (NO_ANYWHERE.test(plain)) return 'no';
  if (YES_FIRST.test(plain)) return 'yes';
  if (FINE.test(plain)) return OFFERS.includes(asked) ? 'no' : 'yes';
  return YES_ANYWHERE.test(plain) ? 'yes' : null;
}
