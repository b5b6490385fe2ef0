import { cue } from './cue.ts';

/** How a thing was named: wished, wished besides, contradicted, taken away, or left as it is. */
export type Mark = 'wanted' | 'added' | 'not' | 'removed' | 'kept';
/** Where a name of the shop stands in `Said.text`. */
export type Mention = { at: number; end: number; name: string; mark: Mark };

const NOT = cue('^(?:の(?:方|予約|人))?(?:では?なくて?|じやなくて?(?!いい)|じやなし|やなくて?|やのうて|とちやうくて|ちやうくて|ちやうて|じやない(?=人|方|先生|スタッフ|メニュー)|よりも?(?!後|前)|ではなし|でなくて?)');
const OLD = cue('^(?:の(?:予約|ところ))?(?:を|から)');
const NEW = cue('^(?:に|へ)(?!も|追加|する場合)');
const REMOVED = cue('^(?:の(?:方|予約|ほう))?(?:は|を|だけ|も|のみ|が)*(?:やつぱり?|もう|今回は|とりあえず|今日は|ちよつと)?、?(?:なし(?!で?も)|やめ|外し|外す|抜き|抜い|いら|不要|要ら|要り|キャンセル(?!待)|取り消|消し|削|結構|必要(?:な|あり)|大丈夫(?:です)?(?:[。、]|$)|遠慮|パス|またこ?今度|また今度|避け|無理|嫌|苦手|以外|NG|ng|抜きで)');
const KEPT = cue('^(?:は|だけ|の方は|を|も)?(?:そのまま|残|キープ)');
const ADDED = cue('^(?:も|を?追加|も?プラス|をつけ|を付け)(?!う)');

const WINDOW = 24;

/** Reads how each mention was meant from the words behind it; mentions in order of place. */
export function mark(text: string, places: readonly Omit<Mention, 'mark'>[]): Mention[] {
  const after = places.map((p) => text.slice(p.end, p.end + WINDOW));
  return places.map((place, i) => {
    const tail = after[i]!.replace(/^(?:さん|先生|ちやん|くん|君|様)/, '');
    const next = places[i + 1];
    const near = next !== undefined && next.at - place.end <= 14;
    if (NOT.test(tail)) return { ...place, mark: 'not' };
    if (near && next.name !== place.name && OLD.test(tail) && NEW.test(after[i + 1]!.replace(/^(?:さん|先生|ちやん|くん|君|様)/, ''))) return { ...place, mark: 'not' };
    if (KEPT.test(tail)) return { ...place, mark: 'kept' };
    if (REMOVED.test(tail)) return { ...place, mark: 'removed' };
    return { ...place, mark: ADDED.test(tail) ? 'added' : 'wanted' };
  });
}

/** Finds every word of a list that is not inside an earlier find; longer words come first in the list. */
export function findWords<Word extends { spelling: string; name: string }>(text: string, words: readonly Word[], accept: (at: number, end: number, word: Word) => boolean = () => true): Omit<Mention, 'mark'>[] {
  const found: Omit<Mention, 'mark'>[] = [];
  for (const word of words)
    for (let at = text.indexOf(word.spelling); at >= 0; at = text.indexOf(word.spelling, at + word.spelling.length)) {
      const end = at + word.spelling.length;
      if (found.every((f) => end <= f.at || f.end <= at) && accept(at, end, word)) found.push({ at, end, name: word.name });
      if (found.length > 60) return found.sort((a, b) => a.at - b.at);
    }
  return found.sort((a, b) => a.at - b.at);
}
