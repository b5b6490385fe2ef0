import type { AskedContext, StaffHeard } from './heard.ts';
import { cue } from './cue.ts';
import { findWords, mark } from './marks.ts';
import type { Mention } from './marks.ts';
import type { Said } from './said.ts';
import type { ShopWords } from './shop-words.ts';

const TITLE = cue('^(?:さん|さま|様|先生|せんせ|ちやん|くん|君|氏|院長|店長)');
/** What may follow a name without さん: it is a choice, not an introduction (「田中です」). */
const CHOSEN = cue('^(?:で(?!す|し|予約し)|が|に|を|は|か|と(?!申|い)|の|じや|では|や|以外|指名|希望|担当|お願い|も|へ|、|。|\\?|$)');
const INTRODUCES = cue('^(?:です|でし|と申|と(?:い|言)い|と言|だけど|ですが|と名|名義|より)');
const ASKED_FOR = cue('(?:担当|指名|先生|スタッフ)(?:は|を|が|者は|の方は)?$');

/**
 * The people of the shop a message names. A bare 「田中です」 is how a customer of that name introduces himself, unless
 * we have just asked for whom.
 */
export function readStaff(said: Said, shop: ShopWords, asked: AskedContext | null): Mention[] {
  const { text } = said;
  const places = findWords(text, shop.staff, (at, end, word) => {
    const tail = text.slice(end, end + 8);
    if (TITLE.test(tail)) return true;
    if (asked === 'asked_name') return false;
    if (INTRODUCES.test(tail)) return asked === 'asked_staff' || ASKED_FOR.test(text.slice(Math.max(0, at - 6), at));
    if (word.kana && !(asked === 'asked_staff' || /^(?:で(?!す)|指名|がいい|に切|にお願)/.test(tail))) return false;
    return CHOSEN.test(tail) || asked === 'asked_staff';
  });
  return mark(text, places);
}

const ANYONE = cue(
  [
    '指名(?:とか|なんか)?(?:は|を|も)?(?:特に|とくに)?(?:なし|ない|なく|しない|しません|無|いい(?!です?か)|大丈夫|結構|ありませ|不要|いら|フリー|せず)', 'ノー指名', 'フリーで', '(?:誰|どなた|どの(?:人|方|先生|スタッフ|担当)|どんな人|どちら(?:の(?:先生|方|スタッフ))|どつちの(?:先生|人|方))(?:さん)?(?:が担当)?(?:でも|だつて|やつても|だろうと)', '誰(?:が|に)[^。、]{0,8}(?:いい|構|大丈夫)',
    'おまかせ(?!コース)', 'まかせ(?:ます|る|たい)', '(?:担当|先生|スタッフ|指名|美容師)(?:者)?(?:さん)?(?:の|に|に関して)?(?:は|について)?(?:特に|とくに)?(?:希望|指定|こだわり|要望)?(?:は|も)?(?:特に|とくに)?(?:なし|ない|ありませ|ございませ|こだわら|こだわりませ|気にし|問い?ませ|問わ|誰でも|どなたでも|どちらでも|なんでも)', '(?:空い|手の空い|あい)て(?:い)?る(?:人|方|スタッフ|先生|担当)', '(?:行ける|入れる|対応できる|できる|出勤して(?:い)?る)(?:人|方|スタッフ|先生)(?:で|なら|に)', '(?:人|担当|先生|スタッフ)(?:は)?選(?:びません|ばない)',
  ].join('|'),
);
const ANYONE_WHEN_ASKED = cue('^(?:いえ|いいえ|いや|あ|えつと|うーん)?、?(?:特に|とくに|別に|誰も)?(?:は)?、?(?:なし(?:で)?|ない|ありませ|ございませ|いません|いない|こだわ(?:り|ら)|希望(?:は)?(?:な|あり)|どちらでも|どつちでも|なんでも|何でも|いい|大丈夫|結構|おまかせ|気にし|問わ|問いま|フリー|適当|いいえ|いえ|どうでも)');
const SAME = cue('(?:(?<!午)前|前回|この前|この間|こないだ|いつも|先日|以前|前々回|毎回|昨年|去年|同じ)(?:に)?(?:と)?(?:(?:同じ|一緒の?|おな)|(?:に)?(?:担当|お?世話|やつて|切つて|し)(?:して)?(?:くれた|もらつた|くださつた|いただいた|になつた|もらつてる|いただいてる|くれてる))?(?:の)?(?:担当|施術)?(?:人|方|担当者?|先生|スタッフ|美容師|スタイリスト|衛生士)(?:さん)?(?!が?い(?:ます|る)|が?予約|は)');

/** 指名: who is wished. `place` is where in `Said.text` it was said. */
export type StaffReading = { staff: StaffHeard; mentions: Mention[]; place: { at: number; end: number } };

/** 「佐藤さんか田中さんで」 where there are no others is anyone. `all` = the names of the shop's people. */
function allOfThem(text: string, wanted: readonly Mention[], all: readonly string[]): boolean {
  const named = new Set(wanted.map((m) => m.name));
  if (named.size < 2 || named.size < new Set(all).size) return false;
  return /か|でも|どちら|どつち/.test(text.slice(wanted[0]!.end, wanted.at(-1)!.end + 8));
}

/** 指名 as said: a person, anyone, the same one as before, or not this one. */
export function staffHeard(said: Said, mentions: Mention[], asked: AskedContext | null, all: readonly string[]): StaffReading | null {
  const wanted = mentions.filter((m) => m.mark === 'wanted' || m.mark === 'added');
  const named = wanted.at(-1);
  const anyone = ANYONE.exec(said.text) ?? (asked === 'asked_staff' && mentions.length === 0 ? ANYONE_WHEN_ASKED.exec(said.text) : null);
  if (allOfThem(said.text, wanted, all)) return { staff: { name: null }, mentions, place: { at: wanted[0]!.at, end: wanted.at(-1)!.end } };
  if (named && !(anyone && anyone.index > named.at && wanted.length < mentions.length)) return { staff: { name: (asked === 'asked_staff' ? named : wanted[0]!).name }, mentions, place: named };
  if (anyone) return { staff: { name: null }, mentions, place: { at: anyone.index, end: anyone.index + anyone[0].length } };
  const same = SAME.exec(said.text);
  // 「前の方」 of times or visits on offer is the earlier one.
  const earlier = same !== null && /^前の方$/.test(same[0]) && (asked === 'offered_times' || asked === 'asked_which_reservation');
  if (same && !earlier) return { staff: { same: true }, mentions, place: { at: same.index, end: same.index + same[0].length } };
  const not = mentions.find((m) => m.mark === 'not' || m.mark === 'removed');
  return not ? { staff: { not: not.name }, mentions, place: not } : null;
}
