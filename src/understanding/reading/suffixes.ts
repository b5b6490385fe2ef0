import { lexicon } from './lexicon.ts';
import type { Words } from './lexicon.ts';

/** What stands right behind a day or a time and bends it. `plain` bends nothing and belongs to the phrase. */
export type Suffix = 'from' | 'after' | 'beyond' | 'past' | 'till' | 'before' | 'around' | 'hourLong' | 'except' | 'plain' | 'stop';

const suffixWords: readonly Words<Suffix>[] = [
  ['から ~ - より スタートで スタート', 'from'],
  ['以降 以後 いこう いご 移行 意向 から後 からあと', 'after'],
  ['より後 よりあと より後ろ より遅く より遅い より遅め', 'beyond'],
  ['過ぎ すぎ 過ぎくらい 過ぎごろ 過ぎ頃 すぎくらい すぎごろ 回った頃 まわった頃 回ったくらい 過ぎて 過ぎたら ちょい過ぎ ちょっと過ぎ 少し過ぎ ちょいすぎ ちょっとすぎ を過ぎ を回 をすぎ を少し過ぎ をちょっと過ぎ', 'past'],
  ['まで までに までの 迄 迄に までで までには 以前 いぜん 以前で には終わ に終わ には帰 には出な には出た に上が には上が', 'till'],
  ['前 まえ より前 よりまえ より早く より早い より早め 前まで 前までに 前に 前くらい 前ごろ 前頃 の前 の前に になる前 ちょっと前 少し前 ちょい前', 'before'],
  ['頃 ころ ごろ くらい ぐらい 位 あたり 辺り 前後 付近 近辺 程 ほど 近く 前後くらい くらいの時間 とかその辺 らへん', 'around'],
  ['台 代', 'hourLong'],
  ['以外 いがい 以外の を除く を除い を除き 除く 除き 抜き を抜い を避け を外し をのぞ をさけ は除い は避け は外し じゃない日 ではない日 はNG NG は× ×', 'except'],
  ['中 じゅう ちゅう の間 のあいだ の間で のうち 内 ちょうど ジャスト きっかり ぴったり 丁度 ちょうどで の枠 枠 開始 着 発 当日', 'plain'],
  ['の前半 の間違 の間隔 の前髪 の前回 の前日 の前後 前半 後半 中旬 中頃 中ごろ 中日 中盤 中ほど 前髪 前回 前日 前払 前処 前撮 前向 前もって 前の人 前と同 中学 中野 中村 中央 中国 中止 中華 中井 中島 中田 中山 中心 中西 中川 内科 内容 内田 内覧 内線 内山 台風 程度の差 着付 着物 着替 着き 着く 発毛 発表 発送 位置 からの帰 からだ からか から始 よりも より良 よりいい -ん すぎる すぎま すぎない すぎなく すぎなん すぎて困 前のカット 前の予約 ほどい まで待 までどのく 代わり 代金 代表 以降キャンセル', 'stop'],
];

const SUFFIXES = lexicon([suffixWords], true);

const isKatakana = (char: string | undefined): boolean => char !== undefined && char >= 'ァ' && char <= 'ヶ';

/** The suffixes from `at` on (spaces between forgiven) and where they end. 「12/5カラー」 has none: `plain` is the text unfolded. */
export function suffixesAt(text: string, at: number, plain = text): { suffixes: Suffix[]; to: number } {
  const suffixes: Suffix[] = [];
  let to = at;
  for (;;) {
    const from = text[to] === ' ' ? to + 1 : to;
    const found = isKatakana(plain[from]) ? null : SUFFIXES.at(text, from);
    if (found === null || found.meaning === 'stop') return { suffixes, to };
    suffixes.push(found.meaning);
    to = found.to;
    if (suffixes.length > 4) return { suffixes, to };
  }
}

/** How two days or times hang together by the words between them. */
export type Link = 'join' | 'comma' | 'topic' | 'or' | 'text' | 'break';

const linkWords: readonly Words<Exclude<Link, 'text'>>[] = [
  ['どこか どっか どれか どっちか いずれか のうち の に で を が ( ) [ ] 「 」 【 】 ね ： : ! no t', 'join'],
  ['は なら だと でしたら ですが ですけど なんですが なんですけど なのですが なんだけど やねんけど って の場合 だったら であれば だけど けど えっと えーと あの できれば よければ もし 希望で 希望 できたら 可能なら 可能であれば もしできれば とりあえず 予約で で、 です だ', 'topic'],
  ['、 , ・', 'comma'],
  ['か または もしくは あるいは それか それとも or でも と や とか も / & + 若しくは 及び および ないし か、 または、 もしくは、 かな かも どちらか もしくわ、 かそれか あと または or、 |', 'or'],
  ['。 \n ? 。', 'break'],
];
const LINKS = lexicon([linkWords], true);
const STRENGTH: readonly Link[] = ['join', 'topic', 'comma', 'or', 'break'];

/** What the text between two phrases says about them; `text` when it holds anything else. Long gaps are text. */
export function linkOf(text: string, from: number, to: number): Link {
  if (to - from > 24) return 'text';
  let link: Link = 'join';
  for (let at = from; at < to; ) {
    if (text[at] === ' ' || text[at] === '.') { at++; continue; }
    const found = LINKS.at(text, at);
    if (found === null || found.to > to) return text.slice(at, to).includes('。') || text.slice(at, to).includes('\n') ? 'break' : 'text';
    if (STRENGTH.indexOf(found.meaning) > STRENGTH.indexOf(link)) link = found.meaning;
    at = found.to;
  }
  return link;
}
