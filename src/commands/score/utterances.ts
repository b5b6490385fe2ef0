import { momentOf, settingOf, hearing, contextOf } from '../understand/setting.ts';
import { entitiesOf } from '../understand/line.ts';
import { understand } from '../../understanding/pipeline.ts';
import type { AskedContext } from '../../understanding/heard.ts';
import type { Item, Kind } from './run.ts';
import type { Outcome } from './table.ts';

type Labelled = { id: string; text: string; context: string | null; intent: string; alsoAccept?: string[]; entities: Record<string, unknown> };

const inAnyOrder = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
let shops: ReturnType<typeof settingOf> | undefined;

/** Messages with their intent: strict is the label itself, lenient also what the label says is as good; entities one by one. */
export const utterances: Kind = {
  name: 'messages',
  measures: ['strict', 'lenient', 'entities'],
  holds: (item) => typeof item['text'] === 'string' && typeof item['intent'] === 'string' && typeof item['entities'] === 'object',
  judge(item: Item): Outcome {
    const { id, text, context, intent, alsoAccept = [], entities } = item as Labelled;
    shops ??= settingOf();
    const known: AskedContext | null = contextOf(context);
    const heard = understand(text, hearing(shops, momentOf('2026-11-24T10:00'), known));
    const got: Record<string, unknown> = entitiesOf(heard);
    const wrong = Object.entries(entities).filter(([name, value]) => inAnyOrder(got[name]) !== inAnyOrder(value));
    const strict = heard.intent === intent;
    const lenient = strict || alsoAccept.includes(heard.intent);
    const asserted = Object.keys(entities).length > 0;
    const mistakes = [lenient ? null : `${intent} heard as ${heard.intent}`, ...wrong.map(([name, value]) => `${name} ${JSON.stringify(value)} heard as ${JSON.stringify(got[name])}`)].filter(Boolean);
    return { id, family: intent, marks: { strict, lenient, entities: asserted ? wrong.length === 0 : null }, wrong: mistakes.length > 0 ? `${text}: ${mistakes.join('; ')}` : null };
  },
};
