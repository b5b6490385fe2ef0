import { addDays, fromLocal } from '../../../src/model/time.ts';
import type { Day } from '../../../src/model/time.ts';
import { understand } from '../../../src/understanding/pipeline.ts';
import { INTENT_RULES } from '../../../src/understanding/intent.ts';
import type { HearingContext, Lexicon } from '../../../src/understanding/context.ts';
import type { AskedContext, Heard, Intent } from '../../../src/understanding/heard.ts';
import { exampleShop } from '../../support/shops.ts';

/** A Tuesday. */
export const TODAY: Day = '2026-11-24';
export const TOMORROW: Day = addDays(TODAY, 1);
const NOW = fromLocal(`${TODAY}T10:00`);

const shops = [exampleShop('salon'), exampleShop('clinic')];
/** The words of both example shops. */
export const LEXICON: Lexicon = {
  stores: [],
  menus: shops.flatMap((s) => s.menus.map(({ name, aliases }) => ({ name, aliases }))),
  staff: shops.flatMap((s) => s.staff.map(({ name, aliases }) => ({ name, aliases }))),
};
export const context = (asked: AskedContext | null = null, more: Partial<HearingContext> = {}): HearingContext => ({
  now: NOW, judgedAt: NOW, hours: shops[0]!.hours, lexicon: LEXICON, asked, known: { dates: null, time: null }, offered: [], ...more,
});
/** A lexicon of these names without aliases. */
export const lexicon = (menus: readonly string[], staff: readonly string[] = [], stores: readonly string[] = []): Lexicon => {
  const named = (names: readonly string[]) => names.map((name) => ({ name, aliases: [] }));
  return { menus: named(menus), staff: named(staff), stores: named(stores) };
};

export const hear = (text: string, asked: AskedContext | null = null, more: Partial<HearingContext> = {}): Heard => understand(text, context(asked, more));

/** Fails with everything that was heard: explanations appear only then. */
export function expectIntent(text: string, asked: AskedContext | null, ...accepted: Intent[]): void {
  const heard = hear(text, asked);
  if (accepted.includes(heard.intent)) return;
  const because = INTENT_RULES.filter((rule) => rule.intent === heard.intent).map((rule) => rule.because);
  throw new Error(`「${text}」${asked ? ` after ${asked}` : ''} should be ${accepted.join(' or ')} and is ${heard.intent} (one of: ${because.join('; ')})\n${JSON.stringify(heard, null, 1)}`);
}
