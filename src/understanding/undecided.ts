import { cue } from './cue.ts';
import type { Scene } from './scene.ts';

const UNDECIDED = cue('考え(?!直)|検討|相談|(?:予定|都合|家族|夫|妻|主人)?(?:を|に|が|と)?確認し(?:て(?!ました|い)|ます|たい)|(?:後|あと|のち)(?:で|ほど|から)(?:返事|連絡|お返事|ご連絡|決め)|返事(?:は|を)?(?:待|後|あと|まだ|少し)|保留|未定|まだ(?:わか|決ま|決め)|た(?:ぶん|分)|多分|(?:行け|大丈夫|いけ)そう|かも(?:です|しれ|[。、]|$)');

/** Neither yes nor no yet: 「ちょっと考えさせてください」「夫に確認します」「たぶん大丈夫です」. */
export const isUndecided = (scene: Scene): boolean => UNDECIDED.test(scene.text);
