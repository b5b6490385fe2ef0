/** One pure step of the dialogue: talk and event in; talk, acts and at most one effect out. */
import type { StepContext, StepEvent, Stepped } from './hop.ts';
import type { Talk } from './talk.ts';

/** Takes one hop. Never throws; says something for every event except while a human has the conversation. */
export function step(talk: Talk, event: StepEvent, ctx: StepContext): Stepped {
  void event;
  return { talk: { ...talk, touched: ctx.now }, says: [{ say: 'help' }] };
}
