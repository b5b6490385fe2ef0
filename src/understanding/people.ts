import { cue } from './cue.ts';
import type { Said } from './said.ts';

const COUNT = cue('([0-9]{1,3})(?:人|名)(?:様|分|組)?(?!目|前後|掛|乗|の(?:スタッフ|先生|美容師)|くらい(?:の|い)|ずつ|気|暮|称|義|刺|札|字|物|古屋)', 'g');
const ADULTS_AND_CHILDREN = cue('(?:大人|おとな)(?:が|は)?([0-9]{1,2})(?:人|名)?(?:と|、|で|\\+|・|に)?(?:こども|幼児|赤ちやん|小学生|学生|中学生)(?:が|は)?([0-9]{1,2})(?:人|名)?');
const ME_AND = cue('(?:私|わたし|自分|僕|俺|うち|大人|母|父|妻|夫|主人|嫁)と(?:こども|娘|息子|孫|友人|友達|ともだち|妹|弟|姉|兄)(?:が)?([0-9]{1,2})(?:人|名)');
const AND_ME = cue('(?:こども|娘|息子|孫|友人|友達|妹|弟)(?:が)?([0-9]{1,2})(?:人|名)と(?:私|わたし|自分|僕|俺|大人|母|父|妻|夫|主人)');
const ALONE = cue('(?:^|[、。でに])(?:お)?ひとり(?:さま|様)?(?:で|です|分|。|、|$)|(?:私|わたし|自分|僕)(?:だけ|一人|ひとり|1人)|おひとりさま');
const TWO = cue('(?:お)?(?:ふたり|2り)(?:で|です|分|とも|いつしよ|一緒|、|。|$|様)');
const HEADS = cue('人数(?:は|を|が|も)?(?:[0-9]{1,2}(?:人|名)?(?:から|では?なく|じやなく))?([0-9]{1,2})');

/** How many come, where it is said; null otherwise. Ages, floors and 「2人目」 are no people. */
export function readPeople({ text }: Said): { people: number; at: number; end: number } | null {
  const as = (match: RegExpExecArray | RegExpMatchArray, people: number) => ({ people, at: match.index!, end: match.index! + match[0].length });
  const both = ADULTS_AND_CHILDREN.exec(text);
  if (both) return as(both, +both[1]! + +both[2]!);
  const withMe = ME_AND.exec(text) ?? AND_ME.exec(text);
  if (withMe) return as(withMe, +withMe[1]! + 1);
  const last = [...text.matchAll(COUNT)].at(-1);
  if (last && +last[1]! > 0) return as(last, +last[1]!);
  const heads = HEADS.exec(text);
  if (heads && +heads[1]! > 0) return as(heads, +heads[1]!);
  const two = TWO.exec(text);
  if (two) return as(two, 2);
  const alone = ALONE.exec(text);
  return alone ? as(alone, 1) : null;
}
