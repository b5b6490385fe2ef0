import { cue } from './cue.ts';
import type { AskedContext, Detail } from './heard.ts';

const CALLED: Readonly<Record<Detail, string>> = {
  store: '店舗|お?店(?=を|が|の方|$)', menu: 'メニュー|施術|コース', staff: '担当(?:者)?|スタッフ|先生|美容師|指名',
  day: '日にち|日付|日程|日時|曜日|(?<![今本明昨翌]|予約)日(?=を|が|だけ|の方)', time: '時間(?!帯は)|時刻|日時', name: '(?:予約)?名前|名義|氏名',
};
/** What says that a detail is to be another. */
const CHANGES = '[^。]{0,6}?(?:変え|変更|違(?:い|う|つ)|間違|直し|訂正|修正|ずら|選び直)';
/** 「他の日」「別の時間」: what is to be another without a word of change. */
const ANOTHER: Readonly<Record<Detail, string>> = { store: 'お?店|店舗|支店|院', menu: 'メニュー|コース', staff: '人|方(?!法|が)|担当|スタッフ|先生|美容師', day: '日(?!曜|程表)', time: '時間', name: '名前' };
const compiled = Object.entries(CALLED).map(([detail, words]) => ({
  detail: detail as Detail,
  toChange: cue(`(?:${words})(?:が|を|の方|だけ|も|は|と)*${CHANGES}|(?:他|ほか|別)の(?:${ANOTHER[detail as Detail]})|違う(?:${ANOTHER[detail as Detail]})${detail === 'store' ? '|[他別]店舗?|他院' : ''}`),
  answer: cue(`^(?:じやあ|あ|えつと|では|はい)?、?(?:予約の)?(?:${words})(?:と[^。、]{1,6})?(?:が|を|の方|だけ|で|です|お願い(?:します)?|。|、)*$|と(?:${words})(?:です|で|を|。)*$`),
}));

/** The details that are to be another: 「時間を変えたい」, or 「時間」 when we asked which. */
export const readDetails = (text: string, asked: AskedContext | null): Detail[] =>
  compiled.filter(({ toChange, answer }) => toChange.test(text) || (asked === 'asked_change' && answer.test(text))).map(({ detail }) => detail);
