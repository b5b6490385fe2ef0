import type { Words } from '../reading/lexicon.ts';
import type { Clocked, Period, TimeAtom } from './atoms.ts';

const at = (hour: number, minute = 0): Clocked => ({ minute: hour * 60 + minute, exact: true });

/** Convention 10: parts of the day are windows, cut to the shop's hours; 午前中 is from opening to noon exactly. */
export const periodWords: readonly Words<TimeAtom>[] = [
  ['午前 午前中 ごぜん 午前中の ごぜん中 午前の部 午前中いっぱい am a.m.', { kind: 'period', period: 'am', from: 'open', to: at(12), exactly: true }],
  ['午後 ごご 午后 五後 午後の部 PM p.m.', { kind: 'period', period: 'pm', from: at(12), to: 'close' }],
  ['早朝 朝方', { kind: 'period', period: 'dawn', from: 'open', to: at(9) }],
  ['朝 あさ 朝のうち 朝方の 午前早め 朝早く 朝早い時間 朝早め 午前中の早い時間 午前の早い時間', { kind: 'period', period: 'morning', from: 'open', to: at(11) }],
  ['昼前 お昼前 ひるまえ おひるまえ 午前遅め 午前中の遅い時間', { kind: 'period', period: 'noon', from: at(11), to: at(12) }],
  ['昼 お昼 ひる おひる お昼時 昼頃 お昼頃 お昼ごろ 昼ごろ お昼前後 昼前後 ランチタイム お昼どき', { kind: 'period', period: 'noon', from: at(11), to: at(14), until: 720 }],
  ['昼過ぎ 昼すぎ お昼過ぎ お昼すぎ ひるすぎ おひるすぎ 午後の早い時間 午後早め 午後の早め 午後早い時間', { kind: 'period', period: 'noon', from: at(13), to: at(15) }],
  ['昼間 日中 ひるま にっちゅう', { kind: 'period', period: 'noon', from: at(11), to: at(16) }],
  ['昼休み 昼休憩 お昼休み ひるやすみ', { kind: 'period', period: 'noon', from: at(12), to: at(13) }],
  ['夕方 ゆうがた 夕刻 夕がた ゆう方 夕方頃 夕方ごろ 午後の遅い時間 午後の遅めの時間 午後の遅め 午後遅め', { kind: 'period', period: 'evening', from: at(16), to: at(18) }],
  ['夜 よる 夜間 晩 夜遅く 夜遅め 夜の部 夜分 夕食後', { kind: 'period', period: 'night', from: at(18), to: 'close' }],
  ['仕事終わり 仕事おわり 仕事帰り 仕事後 仕事の後 仕事のあと 会社帰り 退勤後 仕事上がり 仕事あがり 学校終わり 学校帰り 放課後 会社終わり 会社のあと 会社の後 勤務後 勤務終わり 勤務のあと 定時後 バイト終わり バイト後 パート終わり パート後 部活終わり 部活後 授業終わり 授業後 大学終わり 学校のあと 学校の後 終業後 しごとおわり しごと終わり', { kind: 'period', period: 'night', from: at(18), to: 'close' }],
  ['深夜 夜中 真夜中 しんや よなか', { kind: 'period', period: 'midnight', from: at(22), to: at(28) }],
];
/** Parts of the day that name the day too. */
export const dayAndPeriodWords: readonly Words<{ days: number; period: string }>[] = [
  ['今夜 今晩 こんや こんばん 今宵 tonight', { days: 0, period: '夜' }],
  ['今朝 けさ', { days: 0, period: '朝' }],
  ['明朝 みょうちょう', { days: 1, period: '朝' }],
  ['明晩 みょうばん', { days: 1, period: '夜' }],
  ['昨夜 昨晩 ゆうべ 昨夜', { days: -1, period: '夜' }],
  ['翌朝', { days: 1, period: '朝' }],
];
/** Points that need the shop's hours or a fixed clock. Convention 10: 朝イチ is opening time, 午後イチ 13:00. */
export const momentWords: readonly Words<TimeAtom>[] = [
  ['朝イチ 朝一 朝一番 朝いち あさいち あさ一 あさいちばん 朝イチバン 開店と同時 開店直後 開店時間 開店してすぐ 開院と同時 開院直後 オープンと同時 オープン直後 開店時 一番早い枠 開店 開院時間 診療開始', { kind: 'moment', at: 'open' }],
  ['午後イチ 午後一 午後いち 午後一番 ごごいち 午後イチバン 昼イチ 昼一', { kind: 'moment', at: at(13) }],
  ['正午 しょうご ちょうど正午', { kind: 'moment', at: at(12) }],
  ['今から いまから 今すぐ いますぐ この後 このあと このあとすぐ これから', { kind: 'now' }],
  ['同じ時間 おなじ時間 おなじじかん 同じじかん 同時間 同時刻 同じ時刻 同じ時間帯 時間はそのまま 時間そのまま 時間は同じ 時間は変えず', { kind: 'same' }],
  ['それ以降 それ以後 それより後 それより遅い時間', { kind: 'thence' }],
  ['早い時間 早い時間帯 早めの時間 早めの時間帯', { kind: 'shade', by: 'early' }],
  ['遅い時間 遅い時間帯 遅めの時間 遅めの時間帯', { kind: 'shade', by: 'late' }],
];

/** The minute a clock means in a part of the day: 夜8時 is 20:00, 夜12時 midnight, 午後3時 15:00. NaN when it cannot be. */
export function minuteIn(period: Period, minute: number): number {
  const hour = Math.floor(minute / 60);
  const later = minute + 720;
  if (hour > 12) return period === 'am' && hour < 24 ? NaN : minute;
  switch (period) {
    case 'am': case 'dawn': case 'morning': return minute;
    case 'pm': return hour === 12 ? minute : later;
    case 'noon': return hour >= 10 ? minute : later;
    case 'evening': return later;
    case 'night': return hour === 12 ? later : hour <= 3 ? minute + 1440 : later;
    case 'midnight': return hour === 12 ? later : hour >= 9 ? later : minute + 1440;
  }
}
