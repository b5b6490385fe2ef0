/**
 * Whether a message is plainly a yes, so that a booking may be made or ended on it. Not what it resembles but what is
 * left of it decides: take away the words of assent, courtesy and pointing, and nothing may remain. An unknown word
 * leaves a rest, and the question is asked once more; that costs a message, a booking nobody wanted costs a visit.
 */
import { cue } from './cue.ts';
import type { Evidence, Heard } from './heard.ts';
import type { Said } from './said.ts';

/** Words that agree, whatever was asked. */
const YES = [
  '(?<![^。、])はいつ(?=[。、]|$)', 'はい', 'はあい', 'うん', 'うむ', 'うい', 'うす', 'ええよ?', 'おう', 'ほい', '(?<![^。、])そう', 'せや', 'んだ', 'もち(?:ろん)?', 'ぜひ', 'お願い', '願い', '頼(?:みます|む|んます)', 'たのんます', 'よろしく', 'よろしい', 'よろ', 'よし', 'よい', '(?<!は)いい(?!え)', '(?:それ|これ|そこ|そちら|こちら|そつち|こつち|その内容|この内容|その日時)で(?!は|も)', 'お願いしても(?:いい|よろしい)(?:です|でしよう)か[。?]?',
  '(?<!は)大丈夫(?!か)', '平気', '(?<!は)結構', '完璧', 'ばつちり', 'バッチリ', 'ok', 'おk', 'おけ(?:まる)?', 'おつけ', 'りよー?(?:う?かい)?', 'オッケー', 'オーケー', 'yes', 'sure', 'please', 'correct', 'confirm', 'perfect', 'y(?![a-z])', 'イエス',
  '了解', '承知', 'かしこまりました', 'わかりました', '合つて(?:い)?', 'あつて(?:い)?(?:ます|る)', '(?:それ|これ)が(?=いい)', '(?:それ|これ|そちら|こちら|そこ)に(?=し|決)', '(?:その|この)(?:日|時間|枠)で', '(?<![^。、])そうしましよう', '(?:お)?取り(?=ください)', '入れて(?:おいて)?', '入れといて', 'どうぞ', 'やつちやつて', '承諾', '同意', 'けつてい', 'hai(?![a-z])', 'soundsgood', '正しい', 'その(?:通り|とおり)', '構いませ(?:ん)?', 'かまいませ(?:ん)?', '構わない', '行きま(?:す|しよう)', 'いきま(?:す|しよう)', '[行い]け(?:ます|る)(?!か)', '伺います', '取ります', '取つて(?:おいて)?', 'うけます', '進めて', '決定', '決まり', '決めます', '確定', 'やつて', 'そうして', '〇', '○', '◯', 'らじや', 'ラジャ',
  '(?:問題|異論|異議|間違い|まちがい|相違|支障|差し支え)(?:は|も|が)?(?:な(?:い|く|し)|ありませ(?:ん)?|ございませ(?:ん)?)',
];
/** What is to be done, where the word itself agrees: 「予約します」 to 「予約してよろしいですか」. */
const DEEDS = {
  cancel: ['キャンセル待ち', '(?:予約(?:を|の)?)?キャンセル', '(?:予約(?:を|の)?)?取り消し?', '解除', '削除', '消して', '(?<=キャンセル)し(?:といて|ちやつて)'],
  move: ['(?:予約(?:を|の)?)?変更(?!点?は?(?:なし|ありませ))', '移動', '変えて(?!も)', 'ずらして(?!も)', '変えて(?=もらえ)'],
  // As it is: what is left as it is at a change is not changed.
  book: ['予約', '登録', '[こそ]のまま', '変更点?は?(?:なし|ありませ(?:ん)?)'],
} as const;
/** Courtesy, pointing at what is shown, and the small words between. */
const AROUND = [
  '(?:(?:して|で|お)?(?:もらえ|いただけ|頂け|くださ[いる]|くれ|でき)(?:ます|ませ(?:ん)?|る)?(?:でしよう)?か[?。]?)', 'thank(?:s|you)', '手続き', 'そしたら', 'それなら', '確認(?:しました|済み)', '(?:できれば)?と思います', '(?<=た)く存じます', 'm(?![a-z])', 'ありがとう(?:ございます|ございました)?', 'どうも', 'すみませ(?:ん)?が?', 'ごめんなさい', 'ごめん', '申し訳(?:ない|ありませ(?:ん)?|ございませ(?:ん)?)(?:です)?(?:が|けど)?', '恐れ入ります', '恐縮です', '助かります', 'うれしいです', '嬉しいです', 'よかつた', '(?:ご)?迷惑(?:を)?(?:お)?かけ(?:し|いたし)?ます(?:が)?', '残念(?:です|ながら)(?:が)?', 'お手数ですが', 'また', 'お手数(?:を|です|お?かけ(?:し|いたし)?ます|おかけいたします)*',
  '楽しみにして(?:い)?(?:ます|おります)', '(?:お)?待つて(?:い)?ます', '(?:当日|今後とも)', 'ございます', 'でござい', 'です', 'でした', 'お待たせ(?:して)?', 'でーす', 'でー', 'ます', 'ました', 'まし', 'っす', 'つす', 'する', 'します', 'して', 'しました', 'いたします', '致します', '申し上げます', '申します', 'ください', '下さい', 'ちようだい', 'ほしい', '欲しい', 'たい',
  'それ', 'これ', 'その', 'この', 'そちら', 'こちら', 'そこ', '内容', '日時', '日程', '日', '時間', '枠', '空き', 'わー?い', 'やつた', '待つてました', '(?:ご)?連絡(?=ありがとう)', '通り', 'とおり', '上記', '以上', '全部', '全て', 'すべて', '本当に', '絶対に?', '必ず', 'まさに', '方', '件', '予定',
  'あ', 'えつと', 'えーと', 'では', 'それでは', 'じやあ?', 'ほな', 'なら', 'さん', '先生', '様', '時', '分', '半', 'し', 'お', 'ご', 'で', 'に', 'を', 'は', 'も', 'の', 'と', 'ね', 'よ', 'わ', 'や', 'な(?!し|い|ん)', 'だ', '(?<=たい)(?:の|ん)です(?:が|けど|けれど)', 'いる', 'て', 'とも', '、', '。', 'ー', '~', '[wｗ笑草♪☆★^()（）ー・]',
];
const word = (words: readonly string[]): RegExp => cue(`(?:${[...words].sort((a, b) => b.length - a.length).join('|')})`, 'y');
const yes = word(YES);
const deeds = Object.entries(DEEDS).map(([deed, words]) => [deed as keyof typeof DEEDS, word(words)] as const);
const around = word(AROUND);

/** What a second sentence must not have: a question, a condition, a doubt, another wish. */
const DOUBTS = cue('\\?|か(?:ね|な)?(?:[。、]|$)|でも|けど|けれど|ただ|だが|やつぱ|待つ?て|考え|検討|確認|相談|聞い|聞き|後で|あとで|後ほど|のち|連絡|返事|返信|まだ|いや|違|変|キャンセル|取り消|やめ|ない|ませ|もし|かも|たら|れば|なら|教え|迷|不安|別|他|ほか', 'g');

/** The yes of a message, and what it names to be done; undefined where it is not plainly a yes. Linear in its length. */
export function consentIn(said: Said, evidence: readonly Evidence[]): Heard['consent'] {
  const { text, starts, of } = said;
  const repeated = (i: number): boolean => evidence.some((e) => e.part !== 'choice' && e.from <= of.starts[starts[i]!]! && of.starts[starts[i]!]! < e.to);
  let agreed = false;
  let doubt: number | undefined;
  const lastDoubt = (): number => (doubt ??= [...text.matchAll(DOUBTS)].at(-1)?.index ?? -1);
  let deed: Heard['consent'];
  const take = (pattern: RegExp, i: number): number => {
    pattern.lastIndex = i;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  for (let i = 0; i < text.length; ) {
    if (agreed && text[i - 1] === '。' && lastDoubt() < i) break;
    const named = deeds.map(([name, words]) => [name, take(words, i)] as const).find(([, length]) => length > 0);
    const assent = named ? 0 : take(yes, i);
    const length = named?.[1] || assent || take(around, i) || (repeated(i) ? 1 : 0);
    if (length === 0) return undefined;
    if (named && deed && deed !== named[0]) return undefined;
    deed = named?.[0] ?? deed;
    agreed ||= assent > 0 || named !== undefined;
    i += length;
  }
  return agreed ? (deed ?? 'any') : undefined;
}
