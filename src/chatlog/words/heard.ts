/** What was understood of a message, as rows for an operator: the part, its value, and the words that said it. */
import { isJson } from '../json.ts';
import { WEEKDAY } from '../../replies/when.ts';
import { weekdayOf } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import type { Assumption, Days, Evidence, Exclusion, Heard, Intent, Refusal, Shift, StaffHeard, Times, Topic, UsualHeard, When } from '../../understanding/heard.ts';

export const PART_WORDS: { readonly [part: string]: string } = {
  store: 'お店', menu: 'メニュー', staff: '担当', day: '日にち', date: '日付', time: '時間', name: 'お名前', phone: '電話番号', notes: 'ご要望', people: '人数', choice: '選択', exclude: '除外', shift: 'ずらし',
};
export const INTENT_WORDS: { readonly [intent in Intent]: string } = {
  check_availability: '空き照会', book: '予約', cancel: '取消', reschedule: '変更', list_reservations: '予約の確認', join_waitlist: 'キャンセル待ち', leave_waitlist: 'キャンセル待ちをやめる',
  hours_info: '営業時間', address_info: '場所', phone_info: '電話番号', menu_info: 'メニューの質問', price_info: '料金', staff_info: '担当の質問', payment_info: '支払い', talk_to_human: '人と話したい',
  affirm: 'はい', deny: 'いいえ', greet: '挨拶', thanks: 'お礼', correct: '訂正', choose: '選択', earliest: '最短', repeat_last: '前回と同じ', start_over: '最初から', help: '使い方', out_of_scope: '対象外',
};
export const REFUSAL_WORDS: { readonly [reason in Refusal['reason']]: string } = {
  past: '過去', impossible_date: 'ない日付', impossible_time: 'ない時刻', weekday_mismatch: '曜日が違う', out_of_hours: '営業時間外', beyond_window: '受付期間より先',
};
export const ASSUMED_WORDS: { readonly [why in Assumption['why']]: string } = {
  twelve_hour: '午前か午後かを営業時間から', nearest_weekday: '一番近い曜日', next_weekday: '次の曜日', sunday_week: '日曜始まりの週', this_month: '今月', next_year: '来年', fuzzy: 'およそ', daypart: '時間帯から', typo: '誤字', shifted: '前の日時からずらした',
};
export const TOPIC_WORDS: { readonly [topic in Topic]: string } = {
  hours: '営業時間', closing_day: '定休日', address: '住所', access: '行き方', parking: '駐車場', phone: '電話番号', menus: 'メニュー', price: '料金', duration: '所要時間', staff: '担当', payment: '支払い', prepay: '前払い',
  belongings: '持ち物', nomination: '指名料', cancel_policy: 'キャンセル規定', waitlist_state: 'キャンセル待ちの順番',
};
const USUAL_WORDS: { readonly [usual in UsualHeard]: string } = { time: '時間', weekday: '曜日' };
const PREFER = { any: 'いつでも', earliest: 'なるべく早く', latest: 'なるべく遅く' };
const CHOICE = { earlier: '早い方', later: '遅い方', morning: '午前の方', afternoon: '午後の方', evening: '夜の方', that: 'それ' };

/** One row; `words` = the words that said it, each in 「」. */
export type HeardRow = { label: string; value: string; words: string };

const dayText = (day: Day): string => `${day} (${WEEKDAY[weekdayOf(day)]})`;
const daysText = (days: Days): string => (Array.isArray(days) ? days.map(dayText).join(' / ') : `${days.from ? dayText(days.from) : ''} 〜 ${days.to ? dayText(days.to) : ''}`.trim());
const timesText = ({ from, to }: Times): string => (from !== null && from === to ? from : `${from ?? ''}〜${to ?? ''}`);
const whenText = ({ dates, time }: When): string => [dates ? daysText(dates) : null, time ? timesText(time) : null].filter(Boolean).join('  ');
const menusText = (menus: NonNullable<Heard['menus']>): string =>
  [menus.set?.join('、'), menus.add && `＋${menus.add.join('、')}`, menus.remove && `−${menus.remove.join('、')}`].filter(Boolean).join('  ');
const staffText = (staff: StaffHeard): string => ('same' in staff ? '前と同じ人' : 'not' in staff ? `${staff.not}以外` : (staff.name ?? '指名なし'));
const excludeText = ({ weekdays, dates, holidays, time }: Exclusion): string =>
  [weekdays?.map((day) => `${WEEKDAY[day]}曜`).join('・'), dates?.map(dayText).join('・'), holidays && '祝日', time && timesText(time)].filter(Boolean).join(' ');
const shiftText = ({ minutes, days, direction, same }: Shift): string =>
  [days !== undefined && `${days > 0 ? '+' : ''}${days}日`, minutes !== undefined && `${minutes > 0 ? '+' : ''}${minutes}分`, direction === 'earlier' ? '早く' : direction === 'later' ? '遅く' : null, same && (same === 'time' ? '同じ時間' : '同じ日')].filter(Boolean).join(' ');
const choiceText = (choice: NonNullable<Heard['choice']>): string => ('nth' in choice ? `${choice.nth < 0 ? `後ろから${-choice.nth}` : choice.nth}番目` : CHOICE[choice.by]);
const refuseText = ({ reason, instead }: Refusal): string => `${REFUSAL_WORDS[reason] ?? reason}${instead?.length ? `（${instead.map(dayText).join('、')} なら）` : ''}`;

const quoted = (words: readonly string[]): string => [...new Set(words)].filter(Boolean).map((w) => `「${w}」`).join(' ');
const saidBy = (evidence: readonly Evidence[], parts: readonly string[]): string => quoted(evidence.filter((e) => parts.includes(e.part)).map((e) => e.words));

/** A part that is not as it should be is shown as it is. */
function row<T>(heard: Heard, label: string, value: T | null | undefined, text: (value: T) => string, ...parts: string[]): HeardRow[] {
  if (value === null || value === undefined) return [];
  const safe = <U>(how: () => U, otherwise: U): U => {
    try {
      return how();
    } catch {
      return otherwise;
    }
  };
  const shown = safe(() => text(value), JSON.stringify(value));
  return shown === '' ? [] : [{ label, value: shown, words: safe(() => saidBy(heard.evidence, parts), '') }];
}

const plain = (value: unknown): string => String(value);

/** Everything that was heard but what was assumed and refused; what follows in the same message comes behind 「そのあと」. Never throws. */
export function heardRows(given: unknown): HeardRow[] {
  if (!isJson(given)) return [];
  const heard = given as unknown as Heard;
  const list = <T>(value: T[] | undefined): T[] => (Array.isArray(value) ? value : []);
  return [
    ...row(heard, '意図', heard.intent, (intent) => INTENT_WORDS[intent] ?? intent),
    ...list(heard.when).flatMap((when, i) => row(heard, '日時', when, whenText, ...(i === 0 ? ['date', 'time', 'when'] : []))),
    ...row(heard, '対象の予約', heard.of, whenText, 'of', 'replaced'), ...row(heard, '除外', heard.exclude, excludeText, 'exclude'),
    ...row(heard, '優先', heard.prefer, (prefer) => PREFER[prefer] ?? prefer), ...row(heard, 'ずらし', heard.shift, shiftText, 'shift'),
    ...row(heard, 'メニュー', heard.menus, menusText, 'menu'), ...row(heard, '担当', heard.staff, staffText, 'staff'), ...row(heard, 'お店', heard.store, plain, 'store'),
    ...row(heard, '人数', heard.people, (people) => `${people}名`, 'people'), ...row(heard, 'お名前', heard.name, plain, 'name'), ...row(heard, '電話番号', heard.phone, plain, 'phone'),
    ...row(heard, '選択', heard.choice, choiceText, 'choice'), ...row(heard, 'いつもの', heard.usual, (usual) => usual.map((it) => USUAL_WORDS[it] ?? it).join('と'), 'usual'), ...row(heard, '返事', heard.answer, (answer) => (answer === 'yes' ? 'はい' : 'いいえ')),
    ...row(heard, '中止', heard.stop || null, () => 'やめる'), ...row(heard, '変えたい所', heard.detail, (detail) => detail.map((it) => PART_WORDS[it] ?? it).join('・')),
    ...row(heard, '質問', list(heard.topics).length > 0 ? heard.topics : null, (topics) => topics.map((it) => TOPIC_WORDS[it] ?? it).join('、')),
    ...list(heard.then).flatMap((next) => heardRows(next).map((it) => ({ ...it, label: `そのあと${it.label}` }))),
  ];
}

/** What was taken as it was although it was not said in full. */
export function assumedRows(given: unknown): HeardRow[] {
  const assumed = isJson(given) && Array.isArray(given['assumed']) ? given['assumed'].filter(isJson) : [];
  return assumed.map((it) => ({ label: PART_WORDS[String(it['part'])] ?? String(it['part']), value: (ASSUMED_WORDS as Record<string, string>)[String(it['why'])] ?? String(it['why']), words: quoted([String(it['words'] ?? '')]) }));
}

/** What cannot be, and why. */
export function refusedRows(given: unknown): HeardRow[] {
  if (!isJson(given) || !isJson(given['refuse'])) return [];
  const refuse = given['refuse'] as unknown as Refusal;
  return row(given as unknown as Heard, '', refuse, refuseText).map((it) => ({ ...it, words: quoted([String(refuse.words ?? '')]) }));
}
