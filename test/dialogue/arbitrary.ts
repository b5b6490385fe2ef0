/** Anything a customer and understanding could ever bring, sense or not. */
import fc from 'fast-check';
import { heardOf } from '../../src/commands/walk/events.ts';
import type { StepEvent } from '../../src/dialogue/hop.ts';
import { VERBS } from '../../src/dialogue/tap.ts';
import { INTENTS, REFUSALS, TOPICS } from '../../src/understanding/heard.ts';
import type { Heard } from '../../src/understanding/heard.ts';

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const day = some('2026-11-20', '2026-11-24', '2026-11-25', '2026-11-26', '2026-12-01', '2027-06-01');
const clock = some('00:00', '09:00', '10:00', '10:10', '11:00', '12:00', '23:30', '25:00');
const dates = fc.oneof(fc.array(day, { minLength: 1, maxLength: 3 }), fc.record({ from: fc.option(day), to: fc.option(day) }));
const time = fc.oneof(clock.map((c) => ({ from: c, to: c })), fc.record({ from: fc.option(clock), to: fc.option(clock) }));
const name = some('cut', 'perm', 'sato', 'tanaka', 'nobody');

export const heard: fc.Arbitrary<Heard> = fc.record({
  intent: fc.constantFrom(...INTENTS), when: fc.array(fc.record({ dates: fc.option(dates), time: fc.option(time) }), { maxLength: 3 }), of: fc.option(fc.record({ dates: fc.option(dates), time: fc.option(time) }), { nil: undefined }),
  exclude: fc.option(fc.record({ weekdays: fc.array(some('wed' as const, 'sat' as const)), time }, { requiredKeys: [] })),
  refuse: fc.option(fc.record({ reason: fc.constantFrom(...REFUSALS), words: fc.string(), day, time, instead: fc.array(day, { maxLength: 2 }) }, { requiredKeys: ['reason', 'words'] })),
  usual: fc.subarray(['time' as const, 'weekday' as const]), prefer: fc.option(some('any' as const, 'earliest' as const, 'latest' as const)), shift: fc.option(fc.record({ minutes: fc.integer({ min: -90, max: 90 }), days: fc.integer({ min: -3, max: 9 }), direction: some('earlier' as const, 'later' as const), same: some('time' as const, 'day' as const) }, { requiredKeys: [] })),
  menus: fc.option(fc.record({ set: fc.array(name), add: fc.array(name), remove: fc.array(name) }, { requiredKeys: [] })), staff: fc.option(fc.oneof(fc.record({ name: fc.option(name) }), fc.constant({ same: true as const }), fc.record({ not: name }))),
  store: fc.option(some('shop', 'other')), people: fc.option(fc.nat(5)), name: fc.option(some('山田')), phone: fc.option(some('09012345678')),
  choice: fc.option(fc.oneof(fc.record({ nth: fc.integer({ min: -3, max: 20 }) }), fc.record({ by: some('earlier' as const, 'later' as const, 'morning' as const, 'evening' as const) }), fc.constant({ by: 'that' as const }))),
  answer: fc.option(some('yes' as const, 'no' as const)), consent: fc.option(some('any' as const, 'book' as const, 'move' as const, 'cancel' as const)), stop: fc.boolean(), detail: fc.option(fc.array(some('menu' as const, 'day' as const, 'time' as const, 'name' as const, 'store' as const), { minLength: 1 }), { nil: undefined }),
  topics: fc.array(fc.constantFrom(...TOPICS), { maxLength: 2 }), question: fc.boolean(),
}).map(({ intent, of, detail, consent, refuse, ...rest }) => heardOf(intent, { ...rest, refuse: refuse as Heard['refuse'], exclude: rest.exclude as Heard['exclude'], shift: rest.shift as Heard['shift'], menus: rest.menus as Heard['menus'], ...(of ? { of } : {}), ...(consent ? { consent } : {}), ...(detail ? { detail } : {}) }));

export const event: fc.Arbitrary<StepEvent> = fc.oneof(
  { arbitrary: fc.record({ heard, more: fc.array(heard, { maxLength: 2 }) }).map(({ heard: h, more }): StepEvent => ({ type: 'heard', heard: heardOf(h.intent, { ...h, then: more }) })), weight: 6 },
  fc.record({ verb: fc.constantFrom(...VERBS), value: fc.oneof(fc.string(), some('cut', 'sato', 'anyone', 'shop', 'visit', 'wait', 'time', 'day', '2026-11-25', '2026-11-25T10:00', '2026-11-25T10:00/sato')), seq: fc.nat(5) }).map((tap): StepEvent => ({ type: 'tapped', tap })),
  fc.constantFrom<StepEvent>({ type: 'followed', again: false }, { type: 'sent', what: 'audio' }, { type: 'unsent' }, { type: 'tapped', tap: { bad: 'forged' } }),
);
