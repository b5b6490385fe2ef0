import type { AskedContext } from './heard.ts';
import { SURNAMES } from './words/surnames.ts';
import { source } from './normalise.ts';
import type { Normalised } from './normalise.ts';

const KANJI = '\\p{Script=Han}々ヶ';
const PART = `(?:[${KANJI}]{1,5}|[ァ-ヶー]{2,10}|[ぁ-ん]{2,8}|[A-Za-z]{2,15})`;
const SAYS_NAME = '(?:と(?:申|もう|い(?:い|う)|言|名の)|っていい|って言い|でございます)';
/** 「…と申します」「名前は…です」: whatever stands there is the name. */
const MARKED = [
  new RegExp(`(?:名前|氏名|名義|予約名|なまえ|フルネーム)(?:は|が|を|:|：|、)\\s*(?:.{1,10}(?:では?なく|じゃなく)て?[、\\s]*)?(${PART}(?:[ 　・]?${PART})??)(?=です|でし|と申|とい|で(?:お|予約|取)|に(?:変|し)|さん|様|、|。|!|\\s|$)`, 'u'),
  new RegExp(`(?:^|[、。!?\\s,.]|の|は|る|た)([${KANJI}]{1,5}(?:[ 　][${KANJI}]{1,4})?|[ァ-ヶー]{2,8}(?:[ 　・]?[ァ-ヶー]{2,8})?|[${KANJI}]{1,4}[ぁ-ん]{2,4}|[A-Za-z]{2,15}(?: [A-Za-z]{2,15})?)${SAYS_NAME}`, 'u'),
  new RegExp(`(?:^|[、。!?\\s,.])([ぁ-ん]{2,9}(?:[ 　][ぁ-ん]{2,6})?)と(?:申|もうし|いいます|言います)`, 'u'),
];
/** A known surname and what may follow it when the customer introduces himself. */
const GIVEN = `(?:[ 　]?(?:[${KANJI}]{1,3}|[ぁ-ん]{2,4}|[ァ-ヶー]{2,5}))??`;
const AFTER_NAME = '(?:です|でし[たて]|だけど|だが|ですが|だよ|や(?:けど|ねん|で)|名義|より(?=[、。\\s]|$)|でございます|と申|といいます|と言います|なんですが)';
const surnames = [...SURNAMES.keys()].sort((a, b) => b.length - a.length).join('|');
const BY_SURNAME = new RegExp(`(?<![${KANJI}])((?:${surnames})${GIVEN})${AFTER_NAME}`, 'u');
const readings = [...new Set(SURNAMES.values())].filter((kana) => kana.length >= 3).sort((a, b) => b.length - a.length).join('|');
const BY_READING = new RegExp(`(?:^|[、。!?\\s])((?:${readings})(?:[ 　]?[ぁ-ん]{2,4})??)(?:です|と申|といいます|ですが)`, 'u');
/** 「西村香織、090-…」: a name and a number side by side. */
const BESIDE_PHONE = new RegExp(`(?:^|[、。!?\\s])([${KANJI}]{2,4}[ 　]?(?:[${KANJI}]{1,4}|[ぁ-ん]{2,4})?|[ァ-ヶー]{2,8}[ 　・]?[ァ-ヶー]{0,8})[、,\\s]+(?=(?:\\+81|0)\\d[\\d-]{7,})`, 'u');
const OBVIOUSLY_NOT = /予約|希望|確認|変更|メニュー|カット|カラー|お願い|大丈夫|結構|時間|電話|番号|何|誰|どこ|[?？\d]|学校|会社|病院|医院|保険|商店|公園|駅|^(?:はい|いいえ|うん|ない|なし|えっと|これ|それ|ここ|私|わたし|以上|無理|嫌|違|本名|名前|戻|やめ|キャンセル|ちょっと|やっぱ|ありがとう|こんにちは|了解|わか|教え|後で|ヘルプ|人|スタッフ)/;
/** Nobody gives himself a title: 「田中さんじゃなくて佐藤さんです」 speaks of others. */
const TITLED = /(?:さん|さま|様|先生|ちゃん|くん|氏)$/;
const WHOLE = new RegExp(`^(?:(?:はい|えっと|あ|ええ|私は|わたしは)[、,\\s]*)?(?:(?:名前|氏名|予約名|名義)(?:は|が|:)?\\s*)?([\\p{Script=Han}々ヶぁ-んァ-ヶー\\p{Script=Latin}][\\p{Script=Han}々ヶぁ-んァ-ヶー\\p{Script=Latin}'.・ 　-]{0,23}?)(?:です|と申します|といいます|と言います|でございます|だよ|になります|でお願いします|で)?(?:[。、.!！\\n].{0,12}|\\s+(?:よろしく|お願い|おねがい).{0,12})?$`, 'u');

/** The customer's own name, as written. After 「お名前は？」 the whole message may be it. */
export function readName(of: Normalised, asked: AskedContext | null, isShopWord: (name: string) => boolean): { name: string; words: string; from: number; to: number } | null {
  const patterns = [...MARKED, BY_SURNAME, BY_READING, BESIDE_PHONE, ...(asked === 'asked_name' ? [WHOLE] : [])];
  for (const pattern of patterns) {
    const match = pattern.exec(of.text);
    const name = match?.[1]?.trim();
    if (!match || !name || OBVIOUSLY_NOT.test(name) || (pattern !== WHOLE && (isShopWord(name) || TITLED.test(name)))) continue;
    const at = match.index + match[0].indexOf(match[1]!);
    const { words, from, to } = source(of, at, at + name.length);
    return { name: words.replace(/\s+/g, ' '), words, from, to };
  }
  return null;
}
