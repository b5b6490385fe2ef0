/** What a shop asks before the first visit: the name, the phone number, and anything it should know. Asked once, in the shop's order. */
import type { Terms } from '../booking/ports.ts';
import type { FirstVisitQuestion } from '../model/policy.ts';
import type { Store } from '../model/store.ts';
import type { Heard, Intent } from '../understanding/heard.ts';
import { asksInfo } from './info.ts';
import type { StepContext } from './hop.ts';
import type { Act } from './says.ts';
import type { Known, Talk } from './talk.ts';

const ASKS: Record<FirstVisitQuestion, Act> = { name: { say: 'ask_name', first: true }, phone: { say: 'ask_phone' }, notes: { say: 'ask_notes' } };

/** A name that only LINE told is none a shop can write down. */
const isGiven = (question: FirstVisitQuestion, known: Known, ctx: StepContext): boolean =>
  question === 'name' ? Boolean(known.name) : question === 'phone' ? Boolean(known.phone ?? ctx.customer.phone) : known.notes !== undefined;

/** The next question, for a customer who books here for the first time; null = nothing is open. */
export function nextQuestion(store: Store, terms: Terms | undefined, known: Known, ctx: StepContext): { about: FirstVisitQuestion; ask: Act } | null {
  const open = terms?.first ? store.policy.firstVisit.find((question) => !isGiven(question, known, ctx)) : undefined;
  return open ? { about: open, ask: ASKS[open] } : null;
}

/** What was told, for the summary; null where nothing was asked. */
export function toldFirst(store: Store, terms: Terms | undefined, known: Known, ctx: StepContext): { name?: string; phone?: string; notes?: string } | null {
  const { firstVisit } = store.policy;
  if (!terms?.first || firstVisit.length === 0) return null;
  const phone = known.phone ?? ctx.customer.phone;
  return {
    ...(firstVisit.includes('name') && known.name ? { name: known.name } : {}),
    ...(firstVisit.includes('phone') && phone ? { phone } : {}),
    ...(firstVisit.includes('notes') && known.notes ? { notes: known.notes } : {}),
  };
}

/** As much as a note can hold, and how short a message is that is only a wish of its own or a no. */
const MOST = 500;
const SHORT = 25;
/** Wishes that are not meant for the shop's notes, when they are said shortly. */
const COMMANDS: readonly Intent[] = ['cancel', 'reschedule', 'list_reservations', 'leave_waitlist', 'join_waitlist', 'help', 'repeat_last', 'greet', 'thanks', 'affirm'];
/** A person is asked for, not only something told that a person should hear of. */
const A_PERSON = /スタッフ|店員|オペレーター|人間|人と|担当者?(?:と|に)|相談(?:したい|でき|させて)|話(?:したい|せ|させて)|電話(?:したい|して|くだ)/;
const GIVES_UP = /やめ|また(?:今度|改めて|の機会)|キャンセル|見送/;
/** Nothing to tell. 「会話はなしで」 is something. */
const NONE = /^(?:いえ|いいえ|いや|今のところ|今回は|特に|とくに|別に|何も|なにも)*[、,]?(?:は|も)?(?:なし|無し|ない|ありません|ございません|大丈夫|だいじょうぶ|結構|不要|オッケー|ok)(?:です|でございます|ので|よ|ね)*[、。!！]*(?:大丈夫です|お願いします|よろしくお願いします)?[。!！]*$/i;
/** 「あります」 says that there is something, not what. */
const NOTHING_YET = /^(?:はい|ええ)?[、,]?(?:あります|ある|ありますよ|います)?[。!！]*$/;
/** What may stand beside a detail of a visit without being a note. */
const FILLER = /(?:やっぱり?|じゃあ?|では|すみません|変更|変え(?:て|たい)|お願い(?:します|いたします|したい(?:です)?)?|してください|ください|下さい|したい|でき(?:れば|ます|る)?か?|です|ます|時間|日にち|担当|メニュー|さん|先生|あと|追加|やめ|なし|希望|都合|(?:の)?方が?|いい|良い|よい|ほしい|欲しい|行き(?:たい)?|伺い(?:たい)?|入れて|取って|[でにをはがのてともかしま、。!！?？\s])/g;
/** A sentence about himself, not a question. */
const TELLS = /(?:です|ます|ました|ません|たい|ので|から)(?:ね|よ)?[。!！]*$/;
const ASKS_FOR = /教え|知り|聞き|[?？]|か(?:ね|な)?[。]*$/;

/** The note a message is when we asked for one; null = it is something else: a question, another wish, a detail put right, a bare yes. */
export function noteIn(talk: Talk, heard: Heard): string | null {
  if (talk.pending?.about !== 'notes') return null;
  const text = heard.text.trim();
  const short = text.length <= SHORT;
  if (short && GIVES_UP.test(text)) return null;
  if (NONE.test(text) || (text.length <= 5 && heard.answer === 'no')) return '';
  if (text.length < 3 || NOTHING_YET.test(text) || (asksInfo(heard) && (heard.question || ASKS_FOR.test(text) || !TELLS.test(text))) || (heard.question && heard.topics.length > 0)) return null;
  if (heard.intent === 'start_over' || (short && COMMANDS.includes(heard.intent)) || (heard.intent === 'talk_to_human' && A_PERSON.test(text))) return null;
  const said = heard.evidence.map((e) => heard.text.slice(e.from, e.to));
  const left = said.reduce((rest, words) => rest.replace(words, ''), heard.text).replace(FILLER, '');
  return said.length > 0 && left.length <= 1 ? null : text.slice(0, MOST);
}
