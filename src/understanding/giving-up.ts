import { cue } from './cue.ts';
import type { Intent } from './heard.ts';
import type { Scene } from './scene.ts';

const ANOTHER_TIME = cue('また(?:今度|次回|改めて|あらためて|後で|あとで|の機会|(?:連絡|電話)(?:し|いた)|に(?:し|す|させ|でも)|来(?:ます|る)|考え|お願いし)|改めて(?:連絡|お願い|します)|出直し');
const ONLY_LOOKED = cue('(?:見|みる|聞|きい|確認|調べ)(?:る|た|て|み|い|し|かつ)*(?:だけ|のみ)(?:です|でし|な|$|。|なので|なんで)|参考(?:に|まで)');
const LATER = cue('考え(?:ます|とき|させ|てみ|て(?:から|また))|検討(?:し|いた|させ|中)|相談してから|(?:諦|あきら)め|(?:他|別|ほか|よそ)(?:の[^。、]{1,5})?(?:を|で|に)(?:探|予約|取|行|決|当た)');
/** Said of the whole matter: 「もう大丈夫です」「今回はいいです」; a bare 「大丈夫です」 is only an answer. */
const ENOUGH = cue('(?:もう|今日は|今回は|とりあえず|一旦|いつたん|やつぱり?)(?:は|も|もう)?、?(?:いい(?:です|や|わ)?(?:[。、!]|$)|大丈夫|結構|なしで|不要)');

/** 「元のままで」: nothing is to change. */
const AS_IT_WAS = cue('(?:元|もと|今|いま|最初|はじめ)の(?:予約|時間|日にち|日程|日)?の?まま');

const CAN_END: readonly Intent[] = ['deny', 'thanks', 'out_of_scope', 'greet', 'cancel'];

/** Whether the whole matter is given up, not only the last question answered with no. */
export const givesUp = (scene: Scene, intent: Intent): boolean =>
  CAN_END.includes(intent) &&
  (scene.has('givesUp') || scene.has('refuses') || ANOTHER_TIME.test(scene.text) || ONLY_LOOKED.test(scene.text) || LATER.test(scene.text) || ENOUGH.test(scene.text) || AS_IT_WAS.test(scene.text));
