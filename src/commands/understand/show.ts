import { WEEKDAYS, weekdayOf } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import type { Days, Evidence, Heard, Times, When } from '../../understanding/heard.ts';

const KANJI = '月火水木金土日';
const PARTS: Record<string, string> = { date: '日付', time: '時間', menu: 'メニュー', staff: '担当', people: '人数', name: 'お名前', phone: '電話番号', choice: '選択', exclude: '除外', shift: 'ずらし' };

const wide = (char: string): boolean => /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(char);
/** Columns a terminal gives to a text: a Japanese character takes two. */
export const columns = (text: string): number => Array.from(text).reduce((sum, char) => sum + (wide(char) ? 2 : 1), 0);
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

const dayText = (day: Day): string => `${day} (${KANJI[WEEKDAYS.indexOf(weekdayOf(day))]})`;
const daysText = (days: Days): string => (Array.isArray(days) ? days.map(dayText).join(' / ') : `${days.from ? dayText(days.from) : ''} 〜 ${days.to ? dayText(days.to) : ''}`.trim());
const timesText = ({ from, to }: Times): string => (from !== null && from === to ? from : `${from ?? ''}〜${to ?? ''}`);
const whenText = ({ dates, time }: When): string => [dates ? daysText(dates) : null, time ? timesText(time) : null].filter(Boolean).join('  ');

function menusText(menus: NonNullable<Heard['menus']>): string {
  return [menus.set?.join('、'), menus.add && `＋${menus.add.join('、')}`, menus.remove && `−${menus.remove.join('、')}`].filter(Boolean).join('  ');
}
const staffText = (staff: NonNullable<Heard['staff']>): string => ('same' in staff ? '前と同じ人' : 'not' in staff ? `${staff.not}以外` : (staff.name ?? '指名なし'));

/** One row: what it is, what was heard, and the words that said it. */
type Row = { label: string; value: string; words?: string };
const said = (evidence: readonly Evidence[], ...parts: string[]): string => evidence.filter((e) => parts.includes(e.part) && e.words !== '').map((e) => `「${e.words}」`).join(' ');

function rows(heard: Heard): Row[] {
  const { evidence } = heard;
  const row = (label: string, value: unknown, ...parts: string[]): Row[] =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value), words: said(evidence, ...parts) }];
  return [
    ...row('意図', heard.intent),
    ...heard.when.flatMap((w) => row('日時', whenText(w), 'date', 'time', 'when')).map((r, i) => (i === 0 ? r : { ...r, words: '' })),
    ...row('対象の予約', heard.of && whenText(heard.of), 'of', 'replaced'),
    ...row('除外', heard.exclude && JSON.stringify(heard.exclude), 'exclude'),
    ...row('お受けできない', heard.refuse && `${heard.refuse.reason}${heard.refuse.instead ? `（${heard.refuse.instead.map(dayText).join('、')} なら）` : ''}`).map((r) => ({ ...r, words: `「${heard.refuse!.words}」` })),
    ...row('優先', heard.prefer), ...row('ずらし', heard.shift && JSON.stringify(heard.shift), 'shift'),
    ...row('メニュー', heard.menus && menusText(heard.menus), 'menu'),
    ...row('担当', heard.staff && staffText(heard.staff), 'staff'),
    ...row('店舗', heard.store, 'store'), ...row('人数', heard.people, 'people'), ...row('お名前', heard.name, 'name'), ...row('電話番号', heard.phone, 'phone'),
    ...row('選択', heard.choice && JSON.stringify(heard.choice), 'choice'), ...row('いつもの', heard.usual?.map((it) => (it === 'time' ? '時間' : '曜日')).join('と'), 'usual'),
    ...row('返事', heard.answer), ...row('質問', heard.topics.join('、')),
    ...heard.assumed.flatMap((a) => row('推定', `${PARTS[a.part] ?? a.part}: ${a.why}`).map((r) => ({ ...r, words: a.words ? `「${a.words}」` : '' }))),
  ];
}

/** What was heard, for a person to read: aligned, with the words that said each part. */
export function show(heard: Heard): string {
  const all = rows(heard);
  const widths = [Math.max(...all.map((r) => columns(r.label))), Math.max(...all.map((r) => columns(r.value)))] as const;
  const lines = all.map((r) => `  ${pad(r.label, widths[0])}  ${pad(r.value, widths[1])}  ${r.words ?? ''}`.trimEnd());
  return [`「${heard.text}」`, ...lines, ...heard.then.map((next) => `そのあと${show(next)}`)].join('\n');
}
