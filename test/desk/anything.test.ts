import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONTEXT } from '../../src/commands/walk/world.ts';
import type { DeskEffect } from '../../src/booking/desk/ports.ts';
import type { DeskContext } from '../../src/desk/hop.ts';
import type { DeskAct } from '../../src/desk/says.ts';
import { stepAtDesk } from '../../src/desk/step.ts';
import { writeDeskTap } from '../../src/desk/tap.ts';
import { freshDesk, reviveDesk } from '../../src/desk/talk.ts';
import { MAX_HOPS } from '../../src/dialogue/hop.ts';
import { violations } from '../../src/line/limits.ts';
import { renderDesk } from '../../src/replies/desk.ts';
import { NOW, YES, answersTo, event } from './arbitrary.ts';

const [store] = CONTEXT.stores;
const staff = store!.staff[0]!;

test('any events in any order: the desk never throws, never hops too often, is never silent, and LINE would take every reply', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.record({ event, pause: fc.nat(60), answers: fc.array(fc.nat(9), { minLength: MAX_HOPS, maxLength: MAX_HOPS }) }), { maxLength: 12 }), (known, turns) => {
      let talk = freshDesk(NOW);
      let now = NOW;
      for (const turn of turns) {
        now += turn.pause * 60_000;
        const ctx: DeskContext = { now, me: known ? { staff, store: store! } : null, stores: CONTEXT.stores };
        let stepped = stepAtDesk(reviveDesk(JSON.parse(JSON.stringify(talk)), now), turn.event, ctx);
        const says = [...stepped.says];
        for (let hop = 0; stepped.effect; hop++) {
          expect(hop).toBeLessThan(MAX_HOPS - 1);
          const { effect } = stepped;
          const answers = answersTo(effect);
          stepped = stepAtDesk(stepped.talk, { type: 'answered', effect, answer: answers[turn.answers[hop]! % answers.length]! }, ctx);
          says.push(...stepped.says);
        }
        talk = stepped.talk;
        expect(JSON.stringify(talk).length).toBeLessThan(20_000);
        if (turn.event.type === 'unsent') continue;
        expect(says).not.toEqual([]);
        const messages = renderDesk(says, { now, stores: CONTEXT.stores, tap: (verb, value) => writeDeskTap(talk, verb, value) });
        expect(messages.length).toBeGreaterThan(0);
        expect(violations(messages)).toEqual([]);
        expect(JSON.stringify(messages)).not.toMatch(/undefined|NaN|Invalid Date|\[object/);
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);

/** What a customer would feel. */
const TOUCHES = new Set<DeskEffect['do']>(['cancel_visit', 'move_visit', 'decline', 'paid']);
const touches = (effect: DeskEffect): boolean => TOUCHES.has(effect.do) || (effect.do === 'mark' && effect.came === 'no_show') || (effect.do === 'off' && effect.move);
/** The question of the turn before that a yes to it may do this. */
const CONFIRMS = new Set<string>(['confirm_visit_cancel', 'confirm_visit_move', 'confirm_decline', 'confirm_paid', 'confirm_no_show', 'confirm_off']);

test('any events in any order: what touches a customer was shown in the reply before, and answered by a plain yes', () => {
  const ctx: DeskContext = { now: NOW, me: { staff, store: store! }, stores: CONTEXT.stores };
  let done = 0;
  fc.assert(
    fc.property(fc.array(fc.record({ event: fc.oneof(event, { arbitrary: fc.constantFrom(...YES), weight: 4 }), answers: fc.array(fc.nat(9), { minLength: MAX_HOPS, maxLength: MAX_HOPS }) }), { maxLength: 12 }), (turns) => {
      let talk = freshDesk(NOW);
      let shown: DeskAct[] = [];
      for (const turn of turns) {
        const pending = talk.pending;
        let stepped = stepAtDesk(talk, turn.event, ctx);
        const says = [...stepped.says];
        for (let hop = 0; stepped.effect; hop++) {
          const { effect } = stepped;
          if (touches(effect)) {
            done++;
            expect(shown.at(-1)?.say ?? '').toMatch(new RegExp([...CONFIRMS].join('|')));
            const asked = pending?.about === 'confirm' ? pending.effect : null;
            if (asked) expect({ ...effect, wish: null }).toEqual({ ...asked, wish: null });
            else expect(pending).toMatchObject({ about: 'off' });
            expect(turn.event.type === 'tapped' ? turn.event.tap?.seq === talk.seq : turn.event.type === 'ordered' && turn.event.order.when.length === 0 && turn.event.order.customer === null).toBe(true);
          }
          const answers = answersTo(effect);
          stepped = stepAtDesk(stepped.talk, { type: 'answered', effect, answer: answers[turn.answers[hop]! % answers.length]! }, ctx);
          says.push(...stepped.says);
        }
        talk = stepped.talk;
        if (turn.event.type !== 'unsent') shown = says;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(done).toBeGreaterThan(50);
}, 60_000);

test('what is stored of another version is begun anew, and never throws', () => {
  fc.assert(fc.property(fc.anything(), (stored) => expect(reviveDesk(stored, NOW)).toMatchObject({ v: 1, seq: expect.any(Number) })));
});
