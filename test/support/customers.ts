/** Customers as they come: any number of conversations made up from a seed, each with second thoughts, taps and nonsense. */
import type { ScriptTurn } from '../../src/chatlog/script.ts';
import type { PlayHouse } from '../../src/play/around.ts';
import { Player } from '../../src/play/player.ts';
import { ScriptError } from '../../src/play/script-error.ts';

/** Numbers in [0, 1) that only depend on the seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const MENUS = ['カット', 'カラー', 'パーマ', 'カットとカラー', 'ヘッドスパ', '白髪染め', 'トリートメント', 'ホワイトニング', 'かっと'];
const DAYS = ['明日', '明後日', '土曜', '来週の火曜', '今度の日曜', '12/5', '11月30日', '来週', '週末', '月末', '今日', '2/30', '月曜', '再来週の水曜か木曜', '23日の祝日', '水曜以外'];
const TIMES = ['15時', '午後', '10時半', '夕方', '朝イチ', '18時以降', '1時', '13:00', '遅めの時間', '25時', '何時でも', '10時15分'];
const PEOPLE = ['佐藤さんで', '田中さん', '指名なしで', '誰でもいいです', '佐藤さん以外', '前と同じ人で', '鈴木さん'];
const WISHES = ['空いてますか', 'お願いします', '予約したいです', '空いてる？', 'でお願いできますか', ''];
const SECOND = ['やっぱり16時で', '1時間遅らせてください', '時間を変えたい', '次の日で', 'カラーも追加で', 'やっぱりやめます', '翌週の同じ時間で', 'もっと早い時間は', '担当を変えたい', '最初からやり直したい'];
const ANSWERS = ['はい', 'いいえ', 'お願いします', '2番で', 'それで', '遅い方で', 'ok', 'うーん', '大丈夫です', 'わかりました'];
const AROUND = ['キャンセルしたいです', '予約を確認したい', '予約を変更したい', '駐車場ありますか', '営業時間は', 'カットはいくらですか', 'キャンセル待ちお願いします', 'キャンセル待ちをやめます', 'スタッフと話したい', 'こんにちは', 'ありがとうございました', '支払いは？'];
const NAMES = ['山田です', '鈴木花子と申します', '名前は高橋です。電話は090-1234-5678です', 'スミスです'];
const NONSENSE = ['？？？', 'asdf', '🥺', '<b>太字</b>', '‮右から', 'テスト', '。', '１', 'あ', "'; DROP TABLE users; --", '   ', '髪がまとまらなくて'];

/** One made-up conversation, played in the house to its end. */
export async function play(house: PlayHouse, seed: number): Promise<void> {
  const random = chance(seed);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const likely = (share: number): boolean => random() < share;
  const now = Date.parse('2026-11-24T10:00:00+09:00') + Math.floor(random() * 20 * 86_400_000);
  const lane = { channel: 'default', lineId: `U${seed.toString(16).padStart(32, '0')}` };
  const player = new Player(house, lane, now);
  const taken = likely(0.5) ? [`${one(['佐藤', '田中'])} +${1 + Math.floor(random() * 5)}`] : [];
  await player.prepare({ title: '例', now: new Date(now).toISOString(), turns: [], endsLine: 1, world: { name: likely(0.6) ? one(['山田', '花子', 'Smith', '𠮷田🌸']) : '', taken } });
  const said = (): Partial<ScriptTurn> => {
    const kind = random();
    if (kind < 0.3) return { user: `${one(DAYS)}${likely(0.6) ? `の${one(TIMES)}` : ''}${likely(0.6) ? `、${one(MENUS)}` : ''}${likely(0.3) ? `、${one(PEOPLE)}` : ''}${one(WISHES)}` };
    if (kind < 0.5) return tap();
    if (kind < 0.6) return { user: one(ANSWERS) };
    if (kind < 0.68) return { user: one(SECOND) };
    if (kind < 0.78) return { user: likely(0.5) ? `${one(MENUS)}で` : likely(0.5) ? one(PEOPLE) : one(TIMES) };
    if (kind < 0.86) return { user: one(AROUND) };
    if (kind < 0.9) return { user: one(NAMES) };
    if (kind < 0.95) return { user: one(NONSENSE) };
    return one<Partial<ScriptTurn>>([{ sends: 'sticker' }, { sends: 'image' }, { event: 'unsend' }, { event: 'follow' }, { postback: '1.1.x.yes.' }, { event: 'unfollow' }]);
  };
  const tap = (): Partial<ScriptTurn> => {
    const button = one(player.buttons());
    if (!button) return { user: 'はい' };
    return button.type === 'datetimepicker' ? { pick: new Date(player.now + 4 * 86_400_000).toISOString().slice(0, 10) } : { tap: button.label };
  };
  const length = 2 + Math.floor(random() * 9);
  for (let n = 0; n < length; n++) {
    const pause = likely(0.1) ? { after: one(['2m', '40m', '3h', '1d']) } : {};
    const again = likely(0.03) ? { send: 'twice' as const } : {};
    try {
      await player.play({ line: n + 1, ...said(), ...pause, ...again });
    } catch (error) {
      // A stranger may have taken that time already; that is the salon's business, not the customer's.
      if (!(error instanceof ScriptError)) throw error;
    }
  }
}
