import { cue } from './cue.ts';
import type { AskedContext, Detail } from './heard.ts';

/** What customers call the details of a visit. */
const NAMES: readonly (readonly [Detail, string])[] = [
  ['day', '日にち|日付|日程|日時|曜日|予約日|来店日|(?<![0-9今明毎翌当前後先休])日(?=を|だけ|の方|のほう|で(?:す|お願)|$)'],
  ['time', '時間(?!帯は|が?(?:ない|空))|時刻|開始時間|(?<!日)時(?=間|刻)'],
  ['menu', 'メニュー|コース|施術|診療内容'],
  ['staff', '担当者?|スタッフ|指名|美容師|スタイリスト|先生(?=を|は|だけ|の方|で|$)'],
  ['store', '店舗|お店'],
  ['name', '名前|氏名'],
];
const TO_CHANGE = '(?:だけ|のほう|の方|のみ|も)?(?:を|は|が|の)?(?:別の(?:に|もの)|他のに)?(?:だけ)?(?:変え|かえ|変更|直し|直せ|なおし|ずら|動かし|訂正|修正|違い?ま|違う|間違)';

const CHANGED = NAMES.map(([detail, name]) => [detail, cue(`(?:${name})${TO_CHANGE}`)] as const);
const NAMED = NAMES.map(([detail, name]) => [detail, cue(name)] as const);

/** The details a message names as to be changed; right after we asked 「どこを変更しますか」 the name alone will do. */
export const readDetails = (text: string, asked: AskedContext | null): Detail[] =>
  (asked === 'asked_change' ? NAMED : CHANGED).filter(([, pattern]) => pattern.test(text)).map(([detail]) => detail);
