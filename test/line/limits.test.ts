import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { violations } from '../../src/line/limits.ts';
import { mistakes } from '../../src/simulator/contract.ts';

type Json = Record<string, unknown>;

/** Both our own check and, independently, the simulator's on LINE's OpenAPI schemas. */
function judged(messages: unknown[]): { ours: string[]; lines: string[] } {
  return {
    ours: violations(messages).map((v) => v.path),
    lines: mistakes('ReplyMessageRequest', { replyToken: 't', messages }).map((d) => d.property),
  };
}
const accepted = (...messages: unknown[]): void => expect(judged(messages)).toEqual({ ours: [], lines: [] });
const refused = (path: string, ...messages: unknown[]): void => {
  const { ours, lines } = judged(messages);
  expect(ours).toContain(path);
  expect(lines.length).toBeGreaterThan(0);
};

const text = (more: Json = {}): Json => ({ type: 'text', text: 'x', ...more });
const quick = (...actions: unknown[]): Json => text({ quickReply: { items: actions.map((action) => ({ type: 'action', action })) } });
const say = (label: string, more: Json = {}): Json => ({ type: 'message', label, text: 'x', ...more });
const box = (contents: unknown[], more: Json = {}): Json => ({ type: 'box', layout: 'vertical', contents, ...more });
const bubble = (more: Json = {}): Json => ({ type: 'bubble', body: box([{ type: 'text', text: 'x' }]), ...more });
const flex = (contents: unknown, altText: unknown = '予約の確認'): Json => ({ type: 'flex', altText, contents });
const template = (of: Json): Json => ({ type: 'template', altText: 'x', template: of });
const picker = (mode: string, more: Json = {}): Json => quick({ type: 'datetimepicker', label: 'x', data: 'd', mode, ...more });
const PICK = 'messages[0].quickReply.items[0].action';
/** One grapheme, eleven UTF-16 units. */
const FAMILY = '👨‍👩‍👧‍👦';

describe('texts', () => {
  test('5,000 UTF-16 units and no more; an emoji counts two', () => {
    accepted(text({ text: '😀'.repeat(2500) }));
    refused('messages[0].text', text({ text: `${'😀'.repeat(2500)}x` }));
  });
  test('not empty', () => refused('messages[0].text', text({ text: '' })));
  test('one to five messages', () => {
    accepted(...Array.from({ length: 5 }, () => text()));
    refused('messages', ...Array.from({ length: 6 }, () => text()));
    refused('messages');
  });
  test('braces of textV2 are doubled or named', () => {
    accepted({ type: 'textV2', text: '{{name}} 様' });
    accepted({ type: 'textV2', text: '{who}さん', substitution: { who: { type: 'mention', mentionee: { type: 'all' } } } });
    refused('messages[0].text', { type: 'textV2', text: '{name} 様' });
    refused('messages[0].text', { type: 'textV2', text: '} 様' });
  });
  test('a kind LINE does not know', () => refused('messages[0].type', { type: 'tekst', text: 'x' }));
});

describe('quick replies', () => {
  test('13 at most, at least one', () => {
    accepted(quick(...Array.from({ length: 13 }, () => say('x'))));
    refused('messages[0].quickReply.items', quick(...Array.from({ length: 14 }, () => say('x'))));
    refused('messages[0].quickReply.items', quick());
  });
  test('a label of 20 characters as people count them', () => {
    accepted(quick(say('あ'.repeat(20))));
    accepted(quick(say(FAMILY.repeat(20))));
    refused(`${PICK}.label`, quick(say('あ'.repeat(21))));
    refused(`${PICK}.label`, quick(say('')));
    refused(`${PICK}.label`, quick({ type: 'message', text: 'x' }));
  });
  test('camera, camera roll and location only here; rich menu switches nowhere', () => {
    for (const type of ['camera', 'cameraRoll', 'location']) {
      accepted(quick({ type, label: 'x' }));
      refused('messages[0].contents.footer.contents[0].action.type', flex(bubble({ footer: box([{ type: 'button', action: { type, label: 'x' } }]) })));
    }
    refused(`${PICK}.type`, quick({ type: 'richmenuswitch', label: 'x', data: 'd', richMenuAliasId: 'a' }));
  });
});

describe('actions', () => {
  test('postback data of 300 units, display text of 300 characters', () => {
    const postback = (more: Json): Json => quick({ type: 'postback', label: 'x', data: 'd', ...more });
    accepted(postback({ data: 'd'.repeat(300), displayText: FAMILY.repeat(300) }));
    refused(`${PICK}.data`, postback({ data: 'd'.repeat(301) }));
    refused(`${PICK}.data`, postback({ data: '' }));
    refused(`${PICK}.displayText`, postback({ displayText: 'あ'.repeat(301) }));
    refused(`${PICK}.text`, postback({ displayText: 'x', text: 'x' }));
    accepted(postback({ inputOption: 'openKeyboard', fillInText: '12/3 14時 カット' }));
    refused(`${PICK}.fillInText`, postback({ fillInText: 'x' }));
    refused(`${PICK}.fillInText`, postback({ fillInText: 'x', inputOption: 'openRichMenu' }));
  });
  test('message text of 300 characters', () => {
    accepted(quick(say('x', { text: FAMILY.repeat(300) })));
    refused(`${PICK}.text`, quick(say('x', { text: 'あ'.repeat(301) })));
  });
  test('addresses: 1,000 characters, four schemes, percent-encoded', () => {
    const uri = (to: string): Json => quick({ type: 'uri', label: 'x', uri: to });
    accepted(uri('tel:0312345678'));
    accepted(uri(`https://e.jp/${'a'.repeat(987)}`));
    for (const bad of [`https://e.jp/${'a'.repeat(988)}`, 'javascript:alert(1)', 'https://e.jp/予約', 'https://e.jp/a b']) refused(`${PICK}.uri`, uri(bad));
  });
  test('clipboard text of 1 to 1,000', () => {
    accepted(quick({ type: 'clipboard', label: 'x', clipboardText: 'x'.repeat(1000) }));
    refused(`${PICK}.clipboardText`, quick({ type: 'clipboard', label: 'x', clipboardText: '' }));
    refused(`${PICK}.clipboardText`, quick({ type: 'clipboard', label: 'x', clipboardText: 'x'.repeat(1001) }));
  });
});

describe('pickers', () => {
  test('write by mode, between 1900 and 2100, the last after the first', () => {
    accepted(picker('date', { initial: '2026-11-25', min: '1900-01-01', max: '2100-12-31' }));
    accepted(picker('time', { initial: '15:00', min: '00:00', max: '23:59' }));
    accepted(picker('datetime', { initial: '2026-11-25T15:00', min: '2026-11-25t10:00', max: '2026-11-25T23:59' }));
  });
  test.each([
    ['date', { initial: '2026-11-25T15:00' }, 'initial'],
    ['date', { min: '2026-13-01' }, 'min'],
    ['date', { min: '1899-12-31' }, 'min'],
    ['date', { max: '2101-01-01' }, 'max'],
    ['date', { min: '2026-11-25', max: '2026-11-25' }, 'max'],
    ['time', { initial: '24:00' }, 'initial'],
    ['time', { min: '9:00' }, 'min'],
    ['time', { min: '20:00', max: '10:00' }, 'max'],
    ['datetime', { initial: '2026-11-25' }, 'initial'],
    ['datetime', { min: '2026-11-25t20:00', max: '2026-11-25T10:00' }, 'max'],
    ['week', {}, 'mode'],
  ])('a %s with %j is refused', (mode, more, at) => refused(`${PICK}.${at}`, picker(mode, more)));
});

describe('Flex', () => {
  test('alternative text of 1 to 1,500', () => {
    accepted(flex(bubble(), 'あ'.repeat(1500)));
    refused('messages[0].altText', flex(bubble(), 'あ'.repeat(1501)));
    refused('messages[0].altText', flex(bubble(), ''));
    refused('messages[0].altText', { type: 'flex', contents: bubble() });
  });
  test('twelve bubbles of one size', () => {
    accepted(flex({ type: 'carousel', contents: Array.from({ length: 12 }, () => bubble({ size: 'micro' })) }));
    refused('messages[0].contents.contents', flex({ type: 'carousel', contents: Array.from({ length: 13 }, () => bubble()) }));
    refused('messages[0].contents.contents', flex({ type: 'carousel', contents: [] }));
    refused('messages[0].contents.contents', flex({ type: 'carousel', contents: [bubble(), bubble({ size: 'kilo' })] }));
    accepted(flex({ type: 'carousel', contents: [bubble(), bubble({ size: 'mega' })] }));
  });
  test('30 KB a bubble, 50 KB a carousel', () => {
    const big = (bytes: number): Json => bubble({ body: box([{ type: 'text', text: 'x'.repeat(bytes) }]) });
    accepted(flex(big(29_800)));
    refused('messages[0].contents', flex(big(31_000)));
    accepted(flex({ type: 'carousel', contents: [big(24_000), big(24_000)] }));
    refused('messages[0].contents', flex({ type: 'carousel', contents: [big(26_000), big(26_000)] }));
  });
  test('a button has a label of up to 40, other parts need none', () => {
    const button = (action: Json): Json => flex(bubble({ footer: box([{ type: 'button', action }]) }));
    accepted(button(say('あ'.repeat(40))));
    refused('messages[0].contents.footer.contents[0].action.label', button(say('あ'.repeat(41))));
    refused('messages[0].contents.footer.contents[0].action.label', button({ type: 'message', text: 'x' }));
    accepted(flex(bubble({ body: box([{ type: 'text', text: 'x', action: { type: 'message', text: 'x' } }]) })));
  });
  test('a text says something, or has spans that do', () => {
    refused('messages[0].contents.body.contents[0].text', flex(bubble({ body: box([{ type: 'text', text: '' }]) })));
    accepted(flex(bubble({ body: box([{ type: 'text', contents: [{ type: 'span', text: 'x' }] }]) })));
  });
  test('what may be where', () => {
    refused('messages[0].contents.body.contents[0].type', flex(bubble({ body: box([{ type: 'button', action: say('x') }], { layout: 'baseline' }) })));
    accepted(flex(bubble({ body: box([{ type: 'icon', url: 'https://e.jp/i.png' }, { type: 'text', text: 'x' }], { layout: 'baseline' }) })));
    refused('messages[0].contents.body.contents[0].type', flex(bubble({ body: box([{ type: 'icon', url: 'https://e.jp/i.png' }]) })));
    refused('messages[0].contents.body.layout', flex(bubble({ body: box([], { layout: 'diagonal' }) })));
    refused('messages[0].contents.hero', flex(bubble({ hero: { type: 'text', text: 'x' } })));
    refused('messages[0].contents.body', flex(bubble({ body: { type: 'text', text: 'x' } })));
    refused('messages[0].contents.body.contents[0].url', flex(bubble({ body: box([{ type: 'image', url: 'http://e.jp/i.png' }]) })));
  });
});

describe('templates', () => {
  const buttons = (more: Json = {}): Json => template({ type: 'buttons', text: 'x', actions: [say('x')], ...more });
  test('buttons: text of 160, of 60 below a title; title of 40; four actions with labels of 20', () => {
    accepted(buttons({ text: 'あ'.repeat(160), actions: Array.from({ length: 4 }, () => say('あ'.repeat(20))) }));
    refused('messages[0].template.text', buttons({ text: 'あ'.repeat(161) }));
    refused('messages[0].template.text', buttons({ text: 'あ'.repeat(61), title: 'x' }));
    refused('messages[0].template.text', buttons({ text: 'あ'.repeat(61), thumbnailImageUrl: 'https://e.jp/i.png' }));
    refused('messages[0].template.title', buttons({ title: 'あ'.repeat(41) }));
    refused('messages[0].template.actions', buttons({ actions: Array.from({ length: 5 }, () => say('x')) }));
    refused('messages[0].template.actions[0].label', buttons({ actions: [say('あ'.repeat(21))] }));
  });
  test('confirm: text of 240, exactly two actions', () => {
    const confirm = (words: string, n: number): Json => template({ type: 'confirm', text: words, actions: Array.from({ length: n }, () => say('x')) });
    accepted(confirm('あ'.repeat(240), 2));
    refused('messages[0].template.text', confirm('あ'.repeat(241), 2));
    refused('messages[0].template.actions', confirm('x', 1));
    refused('messages[0].template.actions', confirm('x', 3));
  });
  test('carousel: ten columns of three actions, text of 120 or 60', () => {
    const columns = (n: number, more: Json = {}): Json => template({ type: 'carousel', columns: Array.from({ length: n }, () => ({ text: 'x', actions: [say('x')], ...more })) });
    accepted(columns(10, { text: 'あ'.repeat(120), actions: [say('x'), say('x'), say('x')] }));
    refused('messages[0].template.columns', columns(11));
    refused('messages[0].template.columns[0].actions', columns(1, { actions: [say('x'), say('x'), say('x'), say('x')] }));
    refused('messages[0].template.columns[0].text', columns(1, { text: 'あ'.repeat(121) }));
    refused('messages[0].template.columns[0].text', columns(1, { text: 'あ'.repeat(61), title: 'x' }));
  });
  test('pictures: label of 12', () => {
    const pictures = (label: string): Json => template({ type: 'image_carousel', columns: [{ imageUrl: 'https://e.jp/i.png', action: say(label) }] });
    accepted(pictures('あ'.repeat(12)));
    refused('messages[0].template.columns[0].action.label', pictures('あ'.repeat(13)));
  });
});

test('media need https addresses of at most 2,000 characters', () => {
  const image = (url: string): Json => ({ type: 'image', originalContentUrl: url, previewImageUrl: 'https://e.jp/p.png' });
  accepted(image(`https://e.jp/${'a'.repeat(1987)}`));
  refused('messages[0].originalContentUrl', image(`https://e.jp/${'a'.repeat(1988)}`));
  refused('messages[0].originalContentUrl', image('http://e.jp/i.png'));
});

test('whatever LINE’s schemas refuse for its size, ours refuses too', () => {
  const words = (max: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom('あ', 'x', '😀', FAMILY, '\n'), { minLength: 0, maxLength: 12 }).chain((units) => fc.integer({ min: 0, max }).map((n) => units.join('').repeat(n)));
  const action = fc.oneof(
    fc.record({ type: fc.constant('message'), label: words(4), text: words(60) }),
    fc.record({ type: fc.constant('postback'), label: words(4), data: words(60), displayText: words(60) }),
  );
  const part: fc.Arbitrary<Json> = fc.oneof(fc.record({ type: fc.constant('text'), text: words(3) }), fc.record({ type: fc.constant('button'), action }));
  const message = fc.oneof(
    fc.record({ type: fc.constant('text'), text: words(1000), quickReply: fc.record({ items: fc.array(fc.record({ type: fc.constant('action'), action }), { minLength: 0, maxLength: 15 }) }) }),
    fc.record({ altText: words(300), parts: fc.array(part, { maxLength: 4 }) }).map(({ altText, parts }) => flex(bubble({ body: box(parts) }), altText)),
  );
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
      const { ours, lines } = judged(messages);
      if (ours.length === 0) expect(lines).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a text message is checked in well under 0.05 ms', () => {
  const message = quick(say('はい'), say('いいえ'));
  for (let i = 0; i < 5_000; i++) violations([message]);
  const started = performance.now();
  for (let i = 0; i < 5_000; i++) violations([message]);
  expect((performance.now() - started) / 5_000).toBeLessThan(0.05);
});
