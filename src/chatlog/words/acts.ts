/** Acts in an operator's words: what the bot decided to say, in a few characters each. */
import type { DayState, FreeStart, LostOffer } from '../../booking/ports.ts';
import type { Act, LookedFor, Offer, OpenDay, Problem } from '../../dialogue/says.ts';
import type { Known, SlotName } from '../../dialogue/talk.ts';
import type { Reservation } from '../../model/reservation.ts';
import type { Refusal } from '../../understanding/heard.ts';
import { clockWords, yen } from '../../replies/when.ts';
import { PART_WORDS, REFUSAL_WORDS, TOPIC_WORDS } from './heard.ts';
import { clock, dayName, daysName, menuNames, moment, staffName, storeName, timesName, visitName, waitName } from './names.ts';
import type { Naming } from './names.ts';

type ActWords = { readonly [name in Act['say']]: (act: Act & { say: name }, naming: Naming) => string };

const SENT = { sticker: 'スタンプ', image: '画像', video: '動画', audio: '音声', file: 'ファイル', location: '位置情報', unknown: '不明' };
const FOR = { cancel: '取消', move: '変更', leave: 'キャンセル待ち', list: '確認' };
export const PROBLEM_WORDS: { readonly [why in Problem['why']]: string } = {
  past: '過ぎた日時', too_soon: '直前すぎる', beyond_window: '受付期間より先', closed: '休み', outside_hours: '営業時間外', staff_off: '担当の休み', staff_cannot: '担当の対応外', staff_hours: '担当の勤務時間外',
  nobody_can: '対応できる担当なし', too_long: '閉店に間に合わない', off_grid: '開始時刻の刻み外', no_phone: '電話番号でない', unknown_menu: '知らないメニュー', unknown_staff: '知らない担当',
};
export const CLOSED_WORDS: { readonly [why in NonNullable<DayState['closed']>]: string } = {
  closing_day: '定休日', holiday: '祝日休み', exception: '臨時休業', past: '過ぎた日', beyond_window: '受付期間より先', staff_off: '担当の休み', outside_hours: '営業時間外', too_soon: '受付締切後',
};
export const BARRED_WORDS = { open_bookings: '予約が上限', no_shows: '無断キャンセルが続いた' };
const GOALS = { idle: '', look: '空き照会', book: '予約', move: '変更', cancel: '取消', wait: 'キャンセル待ち', human: '担当者' };
const REASONS: { readonly [reason: string]: string } = { asked: 'お客様の希望', misses: '聞き返しが続いた' };
/** What a question was about. */
export const ABOUT_WORDS: { readonly [about: string]: string } = {
  store: 'お店', menu: 'メニュー', staff: '担当', day: '日にち', time: '時間', name: 'お名前', phone: '電話番号', notes: 'お店に伝えたいこと', confirm: '予約の確認', move: '変更の確認', cancel: '取消の確認',
  waitlist: 'キャンセル待ちの誘い', leave: 'キャンセル待ちをやめる確認', which: 'どの予約か', change: 'どこを変えるか', start_look: '空きを見るか', offer: '空きの案内',
};

const joined = (...parts: (string | null | undefined | false)[]): string => parts.filter(Boolean).join(' ');
const slotNames = (slots: readonly SlotName[]): string => slots.map((slot) => PART_WORDS[slot] ?? slot).join('・');
const offer = ({ day, time, staffId }: Offer, naming: Naming): string => joined(dayName(day, naming), clockWords(time), staffId && staffName(staffId, naming));
const offers = (list: readonly Offer[], naming: Naming): string => (list.length === 0 ? '近くに空きなし' : `近い空き ${list.slice(0, 3).map((one) => offer(one, naming)).join('、')}${list.length > 3 ? ' ほか' : ''}`);
const openDays = (days: readonly OpenDay[], naming: Naming): string =>
  days.slice(0, 3).map(({ day, spans }) => joined(dayName(day, naming), spans.map(({ from, to }) => `${clockWords(from)}〜${clockWords(to)}`).join('・'))).join('、') + (days.length > 3 ? ` ほか${days.length - 3}日` : '');
export const lookedFor = ({ menuIds, staffId, days, time }: Pick<LookedFor, 'menuIds' | 'staffId' | 'days' | 'time'>, naming: Naming): string =>
  joined(menuIds.length > 0 && menuNames(menuIds, naming), staffId !== null && staffName(staffId, naming), days.length > 0 && daysName(days, naming), time && timesName(time));
export const freeStarts = (free: readonly FreeStart[], naming: Naming): string => (free.length === 0 ? '近くに空きなし' : `近い空き ${free.slice(0, 3).map(({ start }) => moment(start, naming)).join('、')}`);
const visits = (list: readonly Reservation[], naming: Naming): string => list.map((visit) => visitName(visit, naming)).join('、');

export const knownName = ({ menuIds, staff, dates, time, name, people }: Known, naming: Naming): string =>
  joined(menuIds && menuNames(menuIds, naming), staff && staffName(staff, naming), dates && daysName(dates, naming), time && timesName(time), name && `${name}様`, people !== undefined && people > 1 && `${people}名`);

function problem(it: Problem, naming: Naming): string {
  const facts = 'day' in it && it.day ? dayName(it.day, naming) : '';
  const time = 'time' in it && it.time ? (typeof it.time === 'string' ? clockWords(it.time) : timesName(it.time)) : '';
  const who = 'staffId' in it && it.staffId !== null ? staffName(it.staffId, naming) : '';
  return joined(PROBLEM_WORDS[it.why], facts, time, who, it.why === 'closed' && `（${CLOSED_WORDS[it.because]}）`, 'menuIds' in it && menuNames(it.menuIds, naming));
}

export const refusal = ({ reason, words }: Refusal): string => `${REFUSAL_WORDS[reason]}「${words}」`;

const FATES = { returned: '（予約金は返金）', kept: '（予約金は返金なし）' } as const;
const yenOf = ({ deposit }: Reservation): string | false => deposit !== undefined && yen(deposit.yen);
export const LOST_WORDS: { readonly [why in LostOffer]: string } = { late: '期限切れ', taken: '他の人が先', ended: '終了' };

const ACTS: ActWords = {
  welcome: ({ again }) => (again ? 'おかえりの挨拶' : '友だち追加の挨拶'), hello: () => '挨拶', help: () => '使い方の案内', thanked: () => 'お礼への返事', bye: () => '結びの挨拶',
  stopped: ({ kept }, n) => joined('手続きを中止', kept.length > 0 && `（${visits(kept, n)} はそのまま）`),
  miss: ({ nth, about }) => `聞き返し${nth > 1 ? `${nth}回目` : ''}${about ? `（${ABOUT_WORDS[about] ?? about}を聞いていた）` : ''}`,
  started_over: () => '最初から', handover: ({ reason }) => `担当者へ引き継ぎ（${REASONS[reason] ?? reason}）`, still_human: () => '担当者が対応中', bot_again: () => 'ボットに戻る', bot_back: ({ why }) => (why === 'given' ? 'スタッフがボットに戻した' : '時間が過ぎてボットに戻る'),
  go_on: ({ known }, n) => joined('続けるか確認', knownName(known, n)), received: ({ what }) => `${SENT[what]}を受け取った`, stale: () => '古いボタン', trouble: () => '不具合のお詫び',
  recap: ({ known, goal }, n) => joined('前回の続き', GOALS[goal], knownName(known, n)),
  noted: ({ slots, changed, known }, n) => joined(changed.length > 0 ? `${slotNames(changed)}を変更` : `${slotNames(slots)}を承った`, knownName(known, n)),
  one_each: ({ people }) => `お一人ずつの予約と案内（${people}名）`,
  refused: ({ refuse }) => `受けられない日時: ${refusal(refuse)}`, cannot: ({ problem: it }, n) => `お受けできない: ${problem(it, n)}`,
  ask_store: () => 'お店を聞く', at_store: ({ storeId }, n) => `お店は${storeName(storeId, n)}`, ask_menu: () => 'メニューを聞く', ask_staff: () => '担当を聞く',
  ask_day: ({ waiting }) => (waiting ? '待つ日を聞く' : '日にちを聞く'),
  ask_time: ({ looked, days }, n) => joined('時間を聞く', lookedFor({ ...looked, days: [] }, n), openDays(days, n)),
  ask_name: () => 'お名前を聞く', need_name: () => 'お名前が必要と伝える', ask_phone: () => '電話番号を聞く', need_phone: () => '電話番号が必要と伝える', ask_notes: () => 'お店に伝えたいことを聞く', ask_change: ({ slots }) => `どこを変えるか聞く${slots.length > 0 ? `（${slotNames(slots)}）` : ''}`,
  ask_which: (act, n) => `${FOR[act.for]}する予約を聞く（${visits(act.visits, n)}）`, ask_which_wait: ({ entries }) => `どのキャンセル待ちか聞く（${entries.length}件）`,
  confirm: ({ proposal, changed }, n) => joined('予約の確認', visitName(proposal, n), changed.length > 0 && `（${slotNames(changed)}を変更）`),
  confirm_move: ({ from, proposal }, n) => `変更の確認 ${visitName(from, n)} → ${visitName(proposal, n)}`, confirm_cancel: ({ visit, deposit }, n) => joined('取消の確認', visitName(visit, n), deposit && FATES[deposit.fate]),
  confirm_leave: ({ entry }, n) => `キャンセル待ちをやめる確認 ${waitName(entry, n)}`,
  open: ({ looked, days, exact }, n) => (exact ? `空いている ${joined(offer(exact, n), menuNames(looked.menuIds, n))}` : `空き ${joined(openDays(days, n), looked.menuIds.length > 0 && menuNames(looked.menuIds, n))}`),
  full: ({ looked, near, taken }, n) => `${taken ? '先に埋まった' : '満席'} ${joined(lookedFor(looked, n), offers(near, n))}`,
  overlap: ({ clash, near }, n) => joined('ほかの予約と重なる', clash && visitName(clash, n), offers(near, n)), near: ({ near }, n) => offers(near, n),
  booked: ({ visit }, n) => `予約 ${visitName(visit, n)}`, provisional: ({ visit }, n) => `仮予約 ${visitName(visit, n)}`, already_booked: ({ visit }, n) => `予約済み ${visitName(visit, n)}`, moved: ({ visit }, n) => `変更 ${visitName(visit, n)}`,
  cancelled: ({ visit, deposit }, n) => joined('取消', visitName(visit, n), deposit && FATES[deposit.fate]), too_late: (act, n) => `${FOR[act.for]}の締切後 ${visitName(act.visit, n)}`, barred: ({ why }) => `予約を受けられない（${BARRED_WORDS[why]}）`, gone: (act) => `${FOR[act.for]}するものがもうない`,
  kept: ({ visit }, n) => joined('予約はそのまま', visit && visitName(visit, n)), still_waiting: () => 'キャンセル待ちはそのまま', other_shop: ({ visit }, n) => `別のお店へは変更できない ${visitName(visit, n)}`, no_last: () => '前回の予約なし', no_more: ({ menuIds, staffId }, n) => joined('今はない', menuIds.length > 0 && menuNames(menuIds, n), staffId !== null && staffName(staffId, n)),
  waiting: ({ entry, position, already }, n) => `キャンセル待ち${already ? '（登録済み）' : ''} ${waitName(entry, n)}（${position}番目）`, wait_not_needed: ({ offers: list }, n) => `待たずに空きあり ${list.slice(0, 3).map((one) => offer(one, n)).join('、')}`,
  left: ({ entry }, n) => `キャンセル待ちをやめた ${waitName(entry, n)}`, mine: ({ visits: list, waits }, n) => joined('予約の一覧', visits(list, n), waits.length > 0 && `キャンセル待ち${waits.length}件`),
  no_such_visit: () => 'その予約はない', no_visits: (act) => `${FOR[act.for]}する予約がない`, no_waits: () => 'キャンセル待ちがない',
  info: ({ topic, menuIds }, n) => joined(`案内: ${TOPIC_WORDS[topic]}`, menuIds.length > 0 && menuNames(menuIds, n)), info_unknown: () => '案内できる情報なし',
  offer: ({ offer: it }, n) => `空きの案内 ${visitName(it, n)}（${clock(it.expiresAt)}まで）`, offer_again: ({ offer: it }, n) => `空きの案内をもう一度 ${visitName(it, n)}`,
  offer_revoked: ({ offer: it }, n) => `空きの案内を取り消す ${visitName(it, n)}`, wait_closed: ({ entry }, n) => `返事がなくキャンセル待ちを終了 ${waitName(entry, n)}`,
  offer_lost: ({ offer: it, why }, n) => `案内した空きはもうない（${LOST_WORDS[why]}） ${visitName(it, n)}`, offer_overlap: ({ offer: it }, n) => `案内した空きは本人の予約と重なる ${visitName(it, n)}`,
  offer_declined: ({ offer: it }, n) => `空きの案内を見送る ${visitName(it, n)}`, offer_unknown: () => 'その案内はない', waited: ({ entries }, n) => `キャンセル待ち終了 ${entries.map((entry) => waitName(entry, n)).join('、')}`,
  deposit_asked: ({ visit }, n) => joined('予約金のお願い', yenOf(visit), visitName(visit, n)), deposit_owed: ({ visit }) => joined('予約金はお店で', yenOf(visit)), deposit_paid: ({ visit }, n) => joined('予約金を確認、予約', visitName(visit, n)),
  deposit_lapsed: ({ visit, why }, n) => `${why === 'late' ? '予約金が期限までになく' : '予約金の支払いができず'}取消 ${visitName(visit, n)}`, deposit_unneeded: ({ yen: amount }) => `遅れて届いた予約金${yen(amount)}を返金`,
  cancelled_by_shop: ({ visit }, n) => `お店の都合で取消 ${visitName(visit, n)}`, moved_by_shop: ({ visit, was }, n) => `お店の都合で変更 ${visitName(was, n)} → ${visitName(visit, n)}`,
  reminder: ({ visit }, n) => `リマインド ${visitName(visit, n)}`, see_you: ({ visit }, n) => `来店の返事 ${visitName(visit, n)}`,
  approved: ({ visit }, n) => `仮予約を承認 ${visitName(visit, n)}`, declined: ({ visit }, n) => `仮予約を辞退 ${visitName(visit, n)}`, lapsed: ({ visit }, n) => `仮予約が期限切れ ${visitName(visit, n)}`,
};

/** An act of any build: one that is not known is shown by its name, one that lacks what it should have as it is. */
export function actInWords(act: unknown, naming: Naming): string {
  const name = typeof act === 'object' && act !== null && 'say' in act ? String(act.say) : '';
  const words = Object.hasOwn(ACTS, name) ? (ACTS as unknown as Record<string, (act: unknown, naming: Naming) => string>)[name] : undefined;
  try {
    return words ? words(act, naming) : name || JSON.stringify(act) || '';
  } catch {
    return name;
  }
}
