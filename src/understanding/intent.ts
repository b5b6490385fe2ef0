import type { Intent } from './heard.ts';
import { ANSWERING_RULES } from './intents/answering.ts';
import { BARE_TIME_RULES, BOOKING_RULES, SHORTCUT_RULES } from './intents/booking.ts';
import { HELP_RULES, OUTSIDE_RULES, START_OVER_RULES } from './intents/conversation.ts';
import { COURTESY_RULES } from './intents/courtesy.ts';
import { HUMAN_RULES } from './intents/human.ts';
import { QUESTION_RULES, TOPIC_RULES } from './intents/questions.ts';
import type { Rule } from './intents/rule.ts';
import { VISIT_RULES } from './intents/visits.ts';
import { WAITLIST_RULES } from './intents/waitlist.ts';
import type { Scene } from './scene.ts';

/** What a message can mean, the narrowest families first. */
export const INTENT_RULES: readonly Rule[] = [
  ...HUMAN_RULES,
  ...START_OVER_RULES,
  ...OUTSIDE_RULES,
  ...WAITLIST_RULES,
  ...VISIT_RULES,
  ...QUESTION_RULES,
  ...HELP_RULES,
  ...SHORTCUT_RULES,
  ...ANSWERING_RULES,
  ...BOOKING_RULES,
  ...COURTESY_RULES,
  ...TOPIC_RULES,
  ...BARE_TIME_RULES,
];

const NOTHING: Rule = { intent: 'out_of_scope', because: 'nothing of ours in it', holds: () => true };

/** The first rule that holds. */
export const decide = (scene: Scene): Rule => INTENT_RULES.find((rule) => rule.holds(scene)) ?? NOTHING;
export const intentOf = (scene: Scene): Intent => decide(scene).intent;
