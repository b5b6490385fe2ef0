import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONTEXT, NOW, answersTo } from '../../src/commands/walk/world.ts';
import { MAX_HOPS } from '../../src/dialogue/hop.ts';
import { step } from '../../src/dialogue/step.ts';
import { freshTalk, reviveTalk } from '../../src/dialogue/talk.ts';
import type { Talk } from '../../src/dialogue/talk.ts';
import { writeTap } from '../../src/dialogue/tap.ts';
import { violations } from '../../src/line/limits.ts';
import { render } from '../../src/replies/render.ts';
import { event } from './arbitrary.ts';

test('any events in any order: it never throws, never hops too often, is never silent, and LINE would take every reply', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ event, pause: fc.nat(100), answers: fc.array(fc.nat(9), { minLength: MAX_HOPS, maxLength: MAX_HOPS }) }), { maxLength: 14 }), (turns) => {
      let talk: Talk = freshTalk(NOW);
      let now = NOW;
      for (const turn of turns) {
        now += turn.pause * 60_000;
        const ctx = { ...CONTEXT, now };
        const before = reviveTalk(JSON.parse(JSON.stringify(talk)), now);
        let stepped = step(before, turn.event, ctx);
        const says = [...stepped.says];
        for (let hop = 0; stepped.effect; hop++) {
          expect(hop).toBeLessThan(MAX_HOPS - 1);
          const { effect } = stepped;
          const answers = answersTo(effect);
          stepped = step(stepped.talk, { type: 'answered', effect, answer: answers[turn.answers[hop]! % answers.length]!.answer }, ctx);
          says.push(...stepped.says);
        }
        talk = stepped.talk;
        expect(talk.during).toBeUndefined();
        expect(JSON.stringify(talk).length).toBeLessThan(60_000);
        if (before.goal === 'human' || turn.event.type === 'unsent') continue;
        expect(says).not.toEqual([]);
        const messages = render(says, { now, stores: ctx.stores, customerName: null, tap: (verb, value) => writeTap(talk, 'me', verb, value) });
        expect(violations(messages)).toEqual([]);
        expect(JSON.stringify(messages)).not.toMatch(/undefined|NaN|Invalid Date/);
      }
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('the same talk and event give the same step', () => {
  fc.assert(fc.property(event, (e) => expect(step(freshTalk(NOW), e, CONTEXT)).toEqual(step(freshTalk(NOW), e, CONTEXT))), { numRuns: 100 });
});
