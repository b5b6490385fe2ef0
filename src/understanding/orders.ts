/** Hears a person of the shop: one message, one order. Pure; never throws. Linear in its length. */
import type { HearingContext } from './context.ts';
import { cue } from './cue.ts';
import type { Heard } from './heard.ts';
import { normalise } from './normalise.ts';
import type { Normalised } from './normalise.ts';
import type { Order, OrderKind } from './order.ts';
import { understand } from './pipeline.ts';
import { listen } from './said.ts';

type Rule = { order: OrderKind; says: RegExp; unless?: RegExp; needs?: (heard: Heard, customer: string | null) => boolean };

const OFF = '(?:休み|休む|休ませ|休暇|有休|有給|公休|欠勤|早退|早上がり)';
const BLOCK = '(?:ブロック|外出|中抜け|席を外|会議|ミーティング|研修|予約(?:を)?(?:入れないで|止めて|不可)|受付(?:を)?(?:停止|止めて)|閉めて|埋めて)';
const UNDO = '(?:取り消|キャンセル|解除|撤回|やめ|なし(?:で|に|$)|なくな|戻して|消して|外して)';

/** The narrowest first. */
const RULES: readonly Rule[] = [
  { order: 'unlink', says: cue('スタッフ(?:の)?(?:登録)?(?:を)?(?:解除|取り消|抹消)') },
  { order: 'link', says: cue('^(?:スタッフ|すたつふ|staff)(?:として)?(?:の)?登録') },
  { order: 'as_staff', says: cue('^スタッフ(?:モード|に戻|の画面|用)') },
  { order: 'as_customer', says: cue('(?:お?客様?|お客さん|顧客)(?:モード|として|側|用)') },
  { order: 'help', says: cue('^(?:ヘルプ|help|使い方|コマンド|できること|何ができ|操作|説明|\\?+$)') },
  { order: 'handoffs', says: cue('(?:引き?継ぎ?|ひきつぎ|返信待ち|対応待ち|有人)(?:の|お?客様?|お客さん|方|人|は|が|を)*(?:一覧|リスト|確認|見せ|教え|誰|ある|いる|います|あります|状況|\\?|$)') },
  { order: 'resume', says: cue('再開|(?:自動|ボット|bot)(?:応答|案内|返信)?(?:に|へ)?(?:戻|オン|on)|引き?継ぎ?(?:を)?(?:終|完了|解除)|対応(?:が|を)?(?:終|完了|済)') },
  { order: 'calendar', says: cue('カレンダー|calendar|ical|スケジュール連携|予定表の(?:url|リンク)') },
  { order: 'paid', says: cue('入金|(?:支払|振込)(?:い)?(?:を)?(?:済|確認|完了|ました|あり|受)|デポジット(?:を)?(?:受|確認)') },
  { order: 'approve', says: cue('承認(?!し?(?:ない|ません))|(?:仮予約)(?:を)?(?:ok|受け|確定|取つて)') },
  { order: 'decline', says: cue('お断り|断(?:り|る|つて)|却下|承認し?(?:ない|ません)|(?:仮予約)(?:を)?(?:取り消|キャンセル|ng)') },
  { order: 'no_show', says: cue('無断|ノーショー|noshow|来な(?:い|かつ)|来ませ(?:ん)|いらつしやいませ|いらつしやらな|すつぽか|来られな|来店(?:が)?(?:なし|な(?:い|かつ)|されませ|ありませ)|未来店') },
  { order: 'arrived', says: cue('来店|(?:来|着)(?:ました|られました|た$)|いらつしやいました|お見え|到着|チェックイン') },
  { order: 'on', says: cue(`${OFF}.{0,12}${UNDO}|${UNDO}.{0,6}${OFF}|出勤(?:に|します|でき|する)|働きます`) },
  { order: 'unblock', says: cue(`${BLOCK}.{0,12}${UNDO}|${UNDO}.{0,6}${BLOCK}`) },
  { order: 'weekly', says: cue(`毎週.*${OFF}|${OFF}.*毎週`) },
  { order: 'off', says: cue(OFF), unless: cue('誰|休み時間|休み(?:は|の人|の方|を教え|の一覧|の確認)|\\?|ですか|休みか') },
  { order: 'block', says: cue(BLOCK) },
  { order: 'book', says: cue('電話予約|飛び込み|電話で.{0,40}様'), unless: cue('キャンセル|取り消|変更|ずら') },
  { order: 'book', says: cue('電話で|電話予約|飛び込み|来店予約|予約(?:を)?(?:入れて(?!ない)|取つて(?!ない)|追加|登録|お願い)|代理'), needs: (heard) => heard.when.some((w) => w.time !== null) || heard.menus !== null },
  { order: 'move', says: cue('変更|ずらし|ずらす|変えて|移動|移し|振り替|延期|前倒し|リスケ|交代|代わ(?:り|つ)|担当(?:を|に)'), unless: cue('キャンセル|取り消') },
  { order: 'cancel', says: cue('キャンセル(?!待ち|料)|取り消|消して|削除') },
  { order: 'next', says: cue('^(?:次|つぎ|この次|いま|今)(?:の|は|に|来る)*(?:予約|お?客様?|お客さん|方|人|予定|来店|誰)*(?:は|を|って)?(?:何時|いつ|誰|どなた|教えて|ですか|です|か)*[。?]*$') },
  { order: 'book', says: cue('様'), needs: (heard, customer) => customer !== null && (heard.menus?.set ?? heard.menus?.add ?? []).length > 0 && heard.when.some((w) => w.time !== null) },
  { order: 'agenda', says: cue('予約|予定|スケジュール|一覧|シフト|休み|お?客様|お客さん|今日|本日|明日|空き|何件|台帳') },
  { order: 'hello', says: cue('^(?:お|ご)?(?:疲れ|つかれ|苦労|世話)|ありがと|おはよ|こんにち|こんばん|よろしく|了解|承知|わかりました|^はーい'), needs: (heard, customer) => heard.when.length === 0 && heard.answer === null && customer === null },
];

/** The order of a message. */
export function readOrder(text: string, ctx: HearingContext): Order {
  const heard = understand(text, ctx);
  const even = normalise(text);
  const said = listen(even).text;
  const { menus, staff } = ctx.lexicon;
  const customer = customerIn(even, staff.flatMap(called), menus.flatMap(called));
  const rule = RULES.find(({ says, unless, needs }) => says.test(said) && !unless?.test(said) && (needs?.(heard, customer) ?? true));
  // A bare day is its agenda; who is only named is looked for in it.
  const read = rule?.order ?? (heard.when.length > 0 || heard.refuse?.reason === 'past' || customer !== null ? 'agenda' : 'other');
  // 「15時の予約を明日の10時に」: one time for another.
  const order = read === 'agenda' && heard.of !== undefined && heard.when.length > 0 ? 'move' : read;
  return { ...heard, order, customer, to: newPerson(even, staff), code: order === 'link' ? codeIn(text) : null, minutes: order === 'block' ? minutesIn(even) : null };
}

/** A message that says who of the shop one is, as anybody may write it. */
export const isLink = (text: string): boolean => LINK.test(text.normalize('NFKC'));
const LINK = /^\s*(?:スタッフ|すたっふ|staff)\s*(?:として)?の?\s*(?:ご)?登録[\s:、。「『[("'-]*[0-9A-Za-z\s-]{0,24}[」』\])"']*\s*(?:です|で(?:お願い)?(?:します)?|お願い(?:します)?)?[。!\s]*$/iu;

/**
 * The code of a message, as the alphabet of codes has it: without look-alikes, so that O is 0 and I and L are 1.
 * Null where none is written.
 */
function codeIn(text: string): string | null {
  const [, written] = /登録[^0-9A-Za-z]*([0-9A-Za-z][0-9A-Za-z\s-]{0,24})/.exec(text.normalize('NFKC')) ?? [];
  const code = (written ?? '').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code === '' ? null : code;
}

const called = ({ name, aliases }: { name: string; aliases: string[] }): string[] => [name, ...aliases];

const TITLE = '(?:様|さま|さん|氏|ちゃん|くん|君)';
const NAME = '(?:\\p{Script=Han}|々|ヶ){1,6}(?:[ 　](?:\\p{Script=Han}|々){1,4})?|[ァ-ヶー]{2,14}(?:[ 　・][ァ-ヶー]{2,10})?|[ぁ-ん]{2,12}|[A-Za-z][A-Za-z.]{0,20}(?: [A-Za-z]{2,20})?';
const TITLED = new RegExp(`(${NAME})[\\p{So} 　]{0,2}(${TITLE})`, 'gu');
/** 「お客様」 and 「お客さん」 are nobody's name. */
const NOBODY = /客$|^[おご]?(?:つか|疲)れ|^ご?苦労|世話|^(?:お|次|その|この|あの|今|皆|何|神|担当)$|^皆|人$/;
/** An order in front of a name is no part of it: 「入金 山田様」. */
const COMMAND = /^(?:入金|再開|承認|却下|来店|到着|無断|取消|予約|電話|電話予約|来店予約|飛込|変更|移動|削除|確認|本日|今日|明日|午前|午後)$/;

/** Whom of the customers a message names: with 様 anybody, with さん nobody who works here. */
function customerIn({ text }: Normalised, staff: readonly string[], menus: readonly string[]): string | null {
  const found = [...text.matchAll(TITLED)].map(({ 1: said = '', 2: title = '', index }) => {
    const [first = '', ...rest] = said.split(/[ 　]/);
    const own = rest.length > 0 && (COMMAND.test(first) || menus.includes(first)) ? rest.join(' ') : said;
    // 「明日のやまださん」: the particle is not his.
    const name = index > 0 && /^[のをはにがとで][ぁ-ん]{2}/.test(own) ? own.slice(1) : own;
    return { name: name.trim(), polite: title === '様' || title === 'さま' };
  }).filter(({ name, polite }) => !NOBODY.test(name) && (polite || !staff.includes(name)));
  return (found.find((c) => c.polite) ?? found[0])?.name ?? null;
}

/** Who of the shop a visit goes to: the name with に behind it. */
function newPerson({ text }: Normalised, staff: HearingContext['lexicon']['staff']): string | null {
  const found = staff.filter((person) => called(person).some((word) => new RegExp(`${escaped(word)}(?:さん|先生)?(?:に|へ)(?!電話|連絡)`, 'u').test(text)));
  return found.length === 1 ? found[0]!.name : null;
}
const escaped = (word: string): string => word.normalize('NFKC').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const LASTS = /(?:(\d{1,2})時間(半)?|(\d{1,3})分)(?:間)?(?:ほど|くらい|ぐらい|だけ)?/;

/** How long, where a time from which is said: 「15時から30分」「1時間半」. */
function minutesIn({ text }: Normalised): number | null {
  const [, hours, half, minutes] = LASTS.exec(text.replaceAll(/\d{1,2}時\d{1,2}分/g, '')) ?? [];
  const all = hours ? Number(hours) * 60 + (half ? 30 : 0) : Number(minutes ?? 0);
  return all > 0 ? all : null;
}
