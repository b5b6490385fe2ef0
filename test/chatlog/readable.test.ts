import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readable } from '../../src/chatlog/readable.ts';

const quickReply = { items: [{ type: 'action', action: { type: 'message', label: 'はい', text: 'はい' } }, { type: 'action', action: { type: 'postback', label: 'いいえ', data: 'n' } }] };

test('a text is itself, its quick replies on the last line', () => {
  expect(readable({ type: 'text', text: '予約しますか？', quickReply })).toBe('予約しますか？\n[はい] [いいえ]');
});

test('a card reads from top to bottom, what is side by side on one line, buttons in brackets', () => {
  const card = {
    type: 'flex',
    altText: 'ご予約の確認',
    contents: {
      type: 'bubble',
      header: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'ご予約内容' }] },
      body: {
        type: 'box',
        layout: 'vertical',
        contents: [
          { type: 'box', layout: 'baseline', contents: [{ type: 'text', text: '日時' }, { type: 'text', text: '11月25日（水）15:00' }] },
          { type: 'separator' },
          { type: 'text', contents: [{ type: 'span', text: 'カット' }, { type: 'span', text: ' 60分' }] },
          { type: 'box', layout: 'vertical', action: { type: 'postback', data: 'x' }, contents: [{ type: 'text', text: '15:00' }] },
        ],
      },
      footer: { type: 'box', layout: 'horizontal', contents: [{ type: 'button', action: { type: 'postback', label: '予約する', data: 'y' } }, { type: 'button', action: { type: 'uri', label: '地図', uri: 'https://example.com/' } }] },
    },
  };
  expect(readable(card).split('\n')).toEqual(['ご予約の確認', 'ご予約内容', '日時 11月25日（水）15:00', 'カット 60分', '[15:00]', '[予約する] [地図 https://example.com/]']);
});

test('the alternative text is not repeated where the card says the same', () => {
  const contents = { type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'ご予約' }, { type: 'text', text: '15:00' }] } };
  expect(readable({ type: 'flex', altText: 'ご予約 15:00', contents })).toBe('ご予約\n15:00');
});

test('templates show their text and their buttons, a carousel its columns', () => {
  const actions = [{ type: 'message', label: 'はい', text: 'はい' }];
  expect(readable({ type: 'template', altText: '確認', template: { type: 'confirm', text: 'よろしいですか？', actions } })).toBe('確認\nよろしいですか？\n[はい]');
  const columns = [{ text: 'カット', actions }, { text: 'カラー', actions }];
  expect(readable({ type: 'template', altText: 'メニュー', template: { type: 'carousel', columns } }).split('\n')).toEqual(['メニュー', 'カット', '[はい]', '―――', 'カラー', '[はい]']);
});

test('doubled braces of textV2 are read as single ones', () => {
  expect(readable({ type: 'textV2', text: '{{空}} {smile}', substitution: { smile: { type: 'emoji' } } })).toBe('{空} (絵文字)');
});

test('whatever it is given, it gives some text', () => {
  fc.assert(fc.property(fc.anything(), (anything) => readable(anything).length > 0));
  const types = ['flex', 'template', 'text', 'imagemap', 'location', 'textV2'];
  fc.assert(fc.property(fc.constantFrom(...types), fc.jsonValue(), fc.jsonValue(), (type, contents, template) => readable({ type, contents, template, text: template }).length > 0));
});
