import type { Scene } from '../scene.ts';
import type { Rule } from './rule.ts';

const nothingElse = (s: Scene): boolean => s.menus.length === 0 && s.staff === null && s.people === null && s.when.when.every((w) => w.time === null);

/** Politeness, when the message holds nothing else. */
export const COURTESY_RULES: readonly Rule[] = [
  { intent: 'thanks', because: 'thanks', holds: (s) => s.has('thanks') && nothingElse(s) },
  { intent: 'thanks', because: 'has understood', holds: (s) => s.has('understood') && nothingElse(s) },
  { intent: 'greet', because: 'greets', holds: (s) => s.has('greets') && nothingElse(s) },
];
