import { cue } from './cue.ts';
import type { Intent } from './heard.ts';
import type { Said } from './said.ts';
import { cueFinder, withoutContrasts } from './scene.ts';

/** Ends of sentences, words that begin another wish, and the end of a cancelling that goes on (「…をキャンセルして、」). */
const BREAK = cue('[。?]+|、?(?=(?:あと(?![はでのか]|[0-9])|それと|それから|ついでに|あわせて|合わせて、|加えて|別件|それとは別|そのほか|次に、|代わりに))|(?:キャンセル|取り消し)(?:(?:して|し|で|お願いして|をお願いして|したくて?|したいのと|と)(?:から|おいて|もらつて|いただいて)?、|して(?!くだ|ほし|もら|いただ|お|く|も|い|ちよう|や))', 'g');
/** Fewer words than these hold no second wish. */
const LONG_ENOUGH = 10;

/** Cuts a message where another wish may begin: offsets into `Said.text`. */
function clauses(text: string): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(BREAK)) {
    const to = match.index + match[0].length;
    if (to > from && text.slice(from, to).replace(/[。、?]/g, '').length > 2) {
      out.push({ from, to });
      from = to;
    }
  }
  if (from < text.length) out.push({ from, to: text.length });
  return out;
}

type Act = 'cancel' | 'move' | 'list' | 'wait' | 'leave' | 'book';
const ACT_OF: Partial<Record<Intent, Act>> = {
  cancel: 'cancel', reschedule: 'move', list_reservations: 'list', join_waitlist: 'wait', leave_waitlist: 'leave', book: 'book', check_availability: 'book', earliest: 'book', repeat_last: 'book',
};
const BEGINS_ANEW = cue('^、?(?:あと|それと|それから|ついでに|あわせて|加えて|別件|それとは別|次に|代わりに)');
const MAY_BE_SEVERAL = ['cancel', 'change', 'listsOwn', 'waitlist', 'freed', 'wantsBooking'] as const;

/**
 * The stretches of `Said.text` that each hold one wish, or null when the message holds one. Only acts on different
 * visits are different wishes: a question beside a booking, or a reason before a change, is not.
 */
export function severalWishes(said: Said, intentOf: (from: number, to: number) => Intent): { from: number; to: number }[] | null {
  if (said.text.length < LONG_ENOUGH || said.text.length > 400) return null;
  const parts = clauses(said.text);
  if (parts.length < 2) return null;
  const whole = cueFinder(withoutContrasts(said.text));
  if (whole.has('another') || whole.has('ifFull') || MAY_BE_SEVERAL.filter((name) => whole.has(name)).length + (whole.has('wants') ? 1 : 0) < 2) return null;
  const wishes: { from: number; to: number; act: Act | null }[] = [];
  for (const part of parts) {
    const act = actOf(said.text.slice(part.from, part.to), intentOf(part.from, part.to));
    const last = wishes.at(-1);
    if (last && (act === null || last.act === null || act === last.act || !standsAlone(said.text.slice(part.from, part.to), act, last.act))) {
      last.to = part.to;
      last.act ??= act;
    } else wishes.push({ ...part, act });
  }
  return wishes.length > 1 ? wishes : null;
}

/** 「予約している中村です」 names no act although it names a booking. */
function actOf(clause: string, intent: Intent): Act | null {
  const act = ACT_OF[intent] ?? null;
  const { has } = cueFinder(withoutContrasts(clause));
  // 「行けなくなりました」 before another wish is its reason.
  if (act === 'cancel') return has('cancel') ? act : null;
  if (act !== 'book') return act;
  return has('wantsBooking') || has('available') || (has('wants') && !has('booked')) ? act : null;
}

/** A clause is a wish of its own when it says its act outright or begins with 「あと」. */
function standsAlone(clause: string, act: Act, before: Act): boolean {
  const { has } = cueFinder(withoutContrasts(clause));
  if (before === 'wait' && act === 'book') return BEGINS_ANEW.test(clause) && has('wantsBooking');
  if (act === 'book') return (before === 'cancel' || before === 'list' || before === 'leave' ? has('wantsBooking') || has('wants') || has('available') : has('wantsBooking')) && (before !== 'move' || BEGINS_ANEW.test(clause));
  if (act === 'cancel') return has('cancel');
  return true;
}
