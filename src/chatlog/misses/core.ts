/** What is left of a message when everything that was understood, and what is only polite, is taken away. */
import { isJson } from '../json.ts';

/** Politeness and the words of every booking; nothing of these is worth an alias. */
const GENERAL = new RegExp([
  'お(?:願|ねが)い(?:いた|し|致)?(?:ます|します|したい(?:です|の)?)?', 'よろしく', '宜しく', 'すみません', 'すいません', 'ありがとう(?:ございます)?', 'こんにちは', 'こんばんは', 'はじめまして',
  '(?:して|やって|受けて|してもらい|やってもらい)?(?:ほしい|欲しい|いただきたい|頂きたい|もらいたい)(?:です)?', '(?:し|やり|受け|うけ|行き|いき|取り|とり)?たい(?:の|ん)?(?:です(?:けど|が|けれど)?)?', '(?:でき|出来)(?:ます|る)(?:か|かな)?', 'あり(?:ます|ません)か?', '(?:し|やっ)て(?:い)?ます?か?',
  'ください', '下さい', '希望(?:です|します)?', '予約', '空(?:い|き)(?:て|が)?(?:い?ます|る)?', '大丈夫', 'いいです', 'でしょうか', 'ですか', 'ですけど', 'です(?:が|ね|よ)?', 'ます(?:か|が)?', 'いくら', '何分',
].join('|'), 'gu');
/** Particles left over at the ends. */
const FRAYED = /^(?:[をにはがでのともへや、]|から|って|とか)+|(?:[をにはがでのともへやかねよ、]|から|って|とか)+$/gu;
const NO_WORD = /[^\p{L}\p{N}ー〜・]+/u;

/** Pieces of it with a blank between them; empty where nothing is left. */
export function coreOf(text: string, heard: unknown): string {
  const units = Array.from({ length: text.length }, (_, i) => text[i]!);
  for (const { from, to } of evidenceIn(heard)) units.fill(' ', Math.max(0, from), Math.max(0, to));
  const left = units.join('').toWellFormed().normalize('NFKC').toLowerCase().replaceAll(GENERAL, ' ');
  // What stands alone is a word as it is.
  const whole = left.trim() === text.normalize('NFKC').toLowerCase().trim();
  return left.split(NO_WORD).map((piece) => (whole ? piece : piece.replaceAll(FRAYED, ''))).filter(isTelling).join(' ');
}

/** A piece may be a word: two characters, three where they are hiragana. */
const isTelling = (piece: string): boolean => Array.from(piece).length >= (/^[ぁ-ゖー]+$/.test(piece) ? 3 : 2) && !/^\d+$/.test(piece);

function evidenceIn(heard: unknown): { from: number; to: number }[] {
  const all = isJson(heard) && Array.isArray(heard['evidence']) ? heard['evidence'] : [];
  return all.filter((it): it is { from: number; to: number } => isJson(it) && typeof it['from'] === 'number' && typeof it['to'] === 'number');
}
