import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Effect } from '../../src/booking/ports.ts';
import { heardOf } from '../../src/commands/walk/events.ts';
import { CONTEXT, NOW, OPEN_DAY, answersTo } from '../../src/commands/walk/world.ts';
import { MAX_HOPS } from '../../src/dialogue/hop.ts';
import type { StepEvent } from '../../src/dialogue/hop.ts';
import type { Act } from '../../src/dialogue/says.ts';
import { step } from '../../src/dialogue/step.ts';
import { freshTalk } from '../../src/dialogue/talk.ts';
import type { Talk } from '../../src/dialogue/talk.ts';
import type { Heard } from '../../src/understanding/heard.ts';
import { event } from './arbitrary.ts';
import { Chat } from './chat.ts';

/** Plays one turn and gives what was done to the shop's calendar besides what was said. */
function turn(before: Talk, first: StepEvent, picks: readonly number[]): { talk: Talk; says: Act[]; done: Effect[] } {
  let stepped = step(before, first, CONTEXT);
  const says = [...stepped.says];
  const done: Effect[] = [];
  for (let hop = 0; stepped.effect && hop < MAX_HOPS; hop++) {
    const { effect } = stepped;
    if (effect.do === 'book' || effect.do === 'move' || effect.do === 'cancel' || effect.do === 'leave') done.push(effect);
    const answers = answersTo(effect);
    stepped = step(stepped.talk, { type: 'answered', effect, answer: answers[picks[hop]! % answers.length]!.answer }, CONTEXT);
    says.push(...stepped.says);
  }
  return { talk: stepped.talk, says, done };
}

type Shown = Extract<Act, { say: 'confirm' | 'confirm_move' | 'confirm_cancel' | 'confirm_leave' }>;
const shownIn = (says: readonly Act[]): Shown | undefined => says.filter((act): act is Shown => act.say === 'confirm' || act.say === 'confirm_move' || act.say === 'confirm_cancel' || act.say === 'confirm_leave').at(-1);

/** Whether what was done is exactly what the summary on screen shows. */
function isShown(done: Effect, shown: Shown | undefined): boolean {
  if (done.do === 'cancel') return shown?.say === 'confirm_cancel' && shown.visit.id === done.reservationId;
  if (done.do === 'leave') return shown?.say === 'confirm_leave' && shown.entry.id === done.entryId;
  if (done.do !== 'book' && done.do !== 'move') return true;
  if (shown?.say !== (done.do === 'book' ? 'confirm' : 'confirm_move')) return false;
  const { proposal } = shown;
  return proposal.start === done.start && proposal.staffId === done.visit.staffId && proposal.menuIds.join() === done.visit.menuIds.join();
}

/** A message that is a yes and nothing else. */
const isPlainYes = (heard: Heard): boolean =>
  heard.consent !== undefined && heard.topics.length === 0 && !heard.of && !heard.detail && !heard.stop && !heard.shift && !heard.refuse && heard.answer !== 'no';

/** Ways into a summary, so that chance gets there often. */
const book = (clock: string): StepEvent => ({ type: 'heard', heard: heardOf('book', { menus: { set: ['cut'] }, staff: { name: null }, when: [{ dates: [OPEN_DAY], time: { from: clock, to: clock } }] }) });
const likely = fc.constantFrom<StepEvent>(
  book('10:00'), book('11:00'), { type: 'heard', heard: heardOf('affirm', { answer: 'yes', consent: 'any' }) }, { type: 'heard', heard: heardOf('affirm', { answer: 'yes' }) },
  { type: 'heard', heard: heardOf('cancel') }, { type: 'heard', heard: heardOf('reschedule', { when: [{ dates: [OPEN_DAY], time: { from: '11:00', to: '11:00' } }] }) },
  { type: 'heard', heard: heardOf('affirm', { answer: 'yes', consent: 'any', topics: ['price'], question: true }) }, { type: 'heard', heard: heardOf('book', { question: true }) },
  { type: 'heard', heard: heardOf('list_reservations', { choice: { by: 'that' }, question: true }) }, { type: 'heard', heard: heardOf('leave_waitlist') },
);

test('whatever comes in whatever order, a visit is booked, moved or ended only on a plain yes, or a tap of the newest buttons, and is the very one shown', () => {
  let deeds = 0;
  fc.assert(
    fc.property(fc.array(fc.record({ event: fc.oneof({ arbitrary: likely, weight: 3 }, event), tapYes: fc.nat(7), picks: fc.array(fc.nat(9), { minLength: MAX_HOPS, maxLength: MAX_HOPS }) }), { maxLength: 12 }), (turns) => {
      let talk = freshTalk(NOW);
      let shown: Shown | undefined;
      for (const each of turns) {
        // A tap of yes now and then: of the buttons on screen, or of older ones.
        const first: StepEvent = each.tapYes < 2 ? { type: 'tapped', tap: { verb: 'yes', value: '', seq: talk.seq - each.tapYes } } : each.event;
        const { done, says, talk: after } = turn(talk, first, each.picks);
        for (const effect of done) {
          deeds++;
          expect(first.type === 'tapped' ? !('bad' in first.tap) && first.tap.verb === 'yes' && first.tap.seq === talk.seq : first.type === 'heard' && isPlainYes(first.heard)).toBe(true);
          expect(isShown(effect, shown)).toBe(true);
        }
        if (done.length > 1) throw new Error('two deeds on one yes');
        shown = shownIn(says) ?? shown;
        talk = after;
      }
    }),
    { numRuns: 2500 },
  );
  expect(deeds).toBeGreaterThan(100);
}, 120_000);

describe('with the summary on screen', () => {
  const summary = async (): Promise<Chat> => {
    const chat = new Chat();
    await chat.say('土曜の15時にカット、佐藤さんでお願いします');
    chat.act('confirm');
    return chat;
  };

  test.each([
    'あれ、いま入ってる予約って何時でしたっけ', 'いいですね、考えます', 'OK、でも友達に聞いてから', '予約したい人は他にもいますか', 'それでいいですか？', 'うーん、それでいいのかな', 'はい？', '予約は結構です', 'うん、いや、やっぱりちょっと',
    'はい、でもキャンセル料かかりますか？', 'はい、お願いします。駐車場ありますか？', '予約は何分前に行けばいいですか', '子供連れでも予約できますか', '確認してから返事します', 'はい、16時で', 'お願いします、カラーも', 'キャンセルで',
  ])('「%s」 books nothing', async (text) => {
    const chat = await summary();
    await chat.say(text);
    expect(chat.visits).toEqual([]);
  });

  test.each(['はい', 'お願いします', 'それでお願いできますか？', '相違ございません。', '問題ありません。楽しみにしています😊', 'はい、土曜の15時で大丈夫です！', 'お願いしたいのですが', 'ほなそれで', 'りょ', 'OKです〜', 'はい。子供も一緒に行きます', 'その内容で予約をお願いいたします。'])('「%s」 books', async (text) => {
    const chat = await summary();
    await chat.say(text);
    expect(chat.visits).toEqual(['2026-11-28T15:00 佐藤']);
  });

  test('the button of an older summary does not book what a newer one shows', async () => {
    const chat = await summary();
    const older = chat.talk.seq;
    await chat.say('やっぱり16時で');
    expect(await chat.tap('yes', '', older)).toContain('stale');
    expect(chat.visits).toEqual([]);
    await chat.tap('yes');
    expect(chat.visits).toEqual(['2026-11-28T16:00 佐藤']);
  });

  test('an agreement with a question in it is answered first, and the summary stays', async () => {
    const chat = await summary();
    expect(await chat.say('はい、お願いします。駐車場ありますか？')).toEqual(['info', 'confirm']);
  });
});

describe('asked whether to cancel', () => {
  const asked = async (): Promise<Chat> => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    await chat.say('予約をキャンセルしたいです');
    chat.act('confirm_cancel');
    return chat;
  };
  test.each(['キャンセルするとお金かかりますか？', 'え、どの予約ですか', 'キャンセルするか迷ってます', '今キャンセルすると迷惑ですか', 'そのままで大丈夫です', 'キャンセルしたら後でまた取れますか'])('「%s」 cancels nothing', async (text) => {
    const chat = await asked();
    await chat.say(text);
    expect(chat.visits).toHaveLength(1);
  });
  test.each(['はい', 'キャンセルお願いします', '取り消してください', '申し訳ないですがキャンセルで', '予約キャンセルでお願いします'])('「%s」 cancels', async (text) => {
    const chat = await asked();
    await chat.say(text);
    expect(chat.visits).toEqual([]);
  });
});

test('a wish to move where there is no visit keeps the booking under way', async () => {
  const chat = new Chat();
  await chat.say('土曜の15時にカット、佐藤さんでお願いします');
  expect(await chat.event({ type: 'heard', heard: heardOf('reschedule') })).toEqual(['no_visits', 'confirm']);
});
