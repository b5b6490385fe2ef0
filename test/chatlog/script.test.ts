import { describe, expect, test } from '@jest/globals';
import { readScript } from '../../src/chatlog/script.ts';

const HEAD = 'title: 例\nnow: 2026-11-24T10:12:00+09:00\n';
const mistakes = (text: string): string[] => {
  const read = readScript(text);
  return 'mistakes' in read ? read.mistakes : [];
};

test('a script is read with the line of every turn', () => {
  const read = readScript(`${HEAD}turns:\n  - user: 明日空いてる？\n    say: [open]\n  - tap: はい\nends: { bookings: 0 }\n`);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  expect(read.script.turns.map(({ line, user, tap }) => [line, user ?? tap])).toEqual([[4, '明日空いてる？'], [6, 'はい']]);
  expect(read.script.endsLine).toBe(7);
});

test('times, dates and 「no」 stay text', () => {
  const read = readScript(`${HEAD}turns:\n  - user: no\n    heard: { when: 15:00 }\n    book: { when: 2026-11-28T15:00 }\n`);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  expect(read.script.turns[0]).toMatchObject({ user: 'no', heard: { when: '15:00' }, book: { when: '2026-11-28T15:00' } });
});

describe('a script with mistakes is refused whole, each by its line', () => {
  test.each([
    ['broken YAML', 'title: [\n', /^\d: this is not YAML: .{1,100}$/],
    ['no title', 'now: 2026-11-24T10:12:00+09:00\nturns:\n  - user: a\n', /^1: title: /],
    ['a clock without a zone', 'title: a\nnow: 2026-11-24T10:12:00\nturns:\n  - user: a\n', /^2: now: a moment such as/],
    ['no turns', `${HEAD}turns: []\n`, /^3: turns: /],
    ['a misspelt key', `${HEAD}turns:\n  - user: a\n    herd: {}\n`, /^5: turns\.0: no key “herd” here; did you mean “heard”\?$/],
    ['a misspelt key of the world', `${HEAD}world:\n  shopp: salon\nturns:\n  - user: a\n`, /^4: world: no key “shopp” here; did you mean “shop”\?$/],
    ['a span that is none', `${HEAD}turns:\n  - user: a\n    after: 40\n`, /^5: turns\.0\.after: /],
    ['an act that does not exist', `${HEAD}turns:\n  - user: a\n    say: [hello, confrim]\n`, /^5: turns\.0\.say\.1: no act “confrim”; did you mean “confirm”\?$/],
    ['a fact the act does not have', `${HEAD}turns:\n  - user: a\n    say: [{ confirm: { proposl: {} } }]\n`, /^5: turns\.0\.say\.0: confirm has no fact “proposl”; did you mean “proposal”\?$/],
    ['a push of an act that does not exist', `${HEAD}turns:\n  - pause: 5m\n    told: [ofer]\n`, /^5: turns\.0\.told\.0: no act “ofer”; did you mean “offer”\?$/],
    ['a notice that does not exist', `${HEAD}turns:\n  - pause: 5m\n    notices: [bokked]\n`, /^5: turns\.0\.notices\.0: no notice “bokked”; did you mean “booked”\?$/],
    ['a fact of an act without any', `${HEAD}turns:\n  - user: a\n    say: [{ hello: { name: a } }]\n`, /hello has no fact “name”; it has none$/],
    ['two acts in one item', `${HEAD}turns:\n  - user: a\n    say: [{ hello: {}, help: {} }]\n`, /one act an item; this one has hello and help$/],
    ['something nobody can hear', `${HEAD}turns:\n  - user: a\n    heard: { mneu: カット }\n`, /^5: turns\.0\.heard: nothing heard is called “mneu”; did you mean “menu”\?$/],
    ['a phone number that YAML reads as a number', `${HEAD}turns:\n  - user: a\n    heard: { phone: 09012345678 }\n`, /^5: turns\.0\.heard: phone: write it in quotes/],
    ['an intent that does not exist', `${HEAD}turns:\n  - user: a\n    heard: { intent: bok }\n`, /no intent “bok”; did you mean “book”\?$/],
    ['an effect with a fact it does not have', `${HEAD}turns:\n  - user: a\n    book: { staf: 佐藤 }\n`, /^5: turns\.0\.book: book has no “staf”; did you mean “staff”\?$/],
    ['a goal that does not exist', `${HEAD}turns:\n  - user: a\nends: { goal: idel }\n`, /^5: ends\.goal: no goal “idel”; did you mean “idle”\?$/],
    ['a turn in which nothing is done', `${HEAD}turns:\n  - say: [hello]\n`, /^4: a turn is exactly one of user, tap, .*; this one has none$/],
    ['a turn in which two things are done', `${HEAD}turns:\n  - user: a\n    tap: b\n`, /this one has user and tap$/],
  ])('%s', (_what, text, said) => {
    expect(mistakes(text).join('\n')).toMatch(new RegExp(said.source, 'm'));
  });

  test('all of them at once', () => {
    expect(mistakes(`${HEAD}turns:\n  - user: a\n    say: [confrim]\n  - user: b\n    heard: { intnt: book }\n`)).toHaveLength(2);
  });
});
