/** A LINE message object as plain text: what the person on the phone can read and tap. For the log, the console and the terminal. */
import { isJson, listAt, objectAt, textAt } from './json.ts';
import type { Json } from './json.ts';

/** Lines of text; what can be tapped stands in brackets, quick replies on the last line. Never empty, never throws. */
export function readable(message: unknown): string {
  const taps = listAt(objectAt(message, 'quickReply'), 'items').map((item) => button(item['action'])).filter(Boolean);
  return [...body(message), taps.join(' ')].filter(Boolean).join('\n') || '[不明]';
}

/** Several messages of one turn, an empty line between them. */
export const readableAll = (messages: readonly unknown[]): string => messages.map(readable).join('\n\n');

function body(message: unknown): string[] {
  switch (textAt(message, 'type')) {
    case 'text':
      return [textAt(message, 'text')];
    case 'textV2':
      return [substituted(textAt(message, 'text'), objectAt(message, 'substitution'))];
    case 'flex':
      return titled(textAt(message, 'altText'), container(objectAt(message, 'contents')));
    case 'template':
      return titled(textAt(message, 'altText'), template(objectAt(message, 'template')));
    case 'imagemap':
      return [textAt(message, 'altText'), row(listAt(message, 'actions').map(button))];
    case 'sticker':
      return ['[スタンプ]'];
    case 'image':
      return [['[画像]', textAt(message, 'originalContentUrl')].join(' ').trim()];
    case 'video':
      return [['[動画]', textAt(message, 'originalContentUrl')].join(' ').trim()];
    case 'audio':
      return ['[音声]'];
    case 'location':
      return [['[位置情報]', textAt(message, 'title'), textAt(message, 'address')].filter(Boolean).join(' ')];
    case 'coupon':
      return ['[クーポン]'];
    default:
      return [`[${textAt(message, 'type') || '不明'}]`];
  }
}

/** The alternative text is what a notification shows; it is left out where the card says the same. */
function titled(alt: string, lines: string[]): string[] {
  const squeezed = (text: string) => text.replace(/\s+/g, '');
  return squeezed(lines.join('')).includes(squeezed(alt)) ? lines : [alt, ...lines];
}

function container(contents: Json): string[] {
  if (contents['type'] !== 'carousel') return bubble(contents);
  return listAt(contents, 'contents').flatMap((one, i) => (i === 0 ? bubble(one) : ['―――', ...bubble(one)]));
}

const bubble = (contents: Json): string[] =>
  ['header', 'hero', 'body', 'footer'].flatMap((part) => component(objectAt(contents, part))).filter(Boolean);

/** A component as lines: a vertical box stacks its children, any other puts them beside each other. */
function component(part: Json): string[] {
  const tap = isJson(part['action']) ? part['action'] : null;
  switch (part['type']) {
    case 'text': {
      const spans = listAt(part, 'contents').map((span) => textAt(span, 'text')).join('');
      return [tappable(spans || textAt(part, 'text'), tap)];
    }
    case 'button':
      return [button(tap)];
    case 'box': {
      const children = listAt(part, 'contents').map(component);
      const lines = part['layout'] === 'vertical' ? children.flat() : [row(children.flat())];
      return tap ? [tappable(lines.filter(Boolean).join(' '), tap)] : lines;
    }
    default:
      return [tap ? button(tap) : ''];
  }
}

function template(it: Json): string[] {
  const own = [textAt(it, 'title'), textAt(it, 'text'), row(listAt(it, 'actions').map(button))];
  const columns = listAt(it, 'columns').flatMap((column, i) => [i === 0 ? '' : '―――', ...template(column), button(column['action'])]);
  return [...own, ...columns].filter(Boolean);
}

const row = (parts: string[]): string => parts.filter(Boolean).join(' ');
const tappable = (text: string, tap: Json | null): string => (tap && text ? `[${text}]` : text);

/** `[予約する]`; a link shows where it leads. */
function button(action: unknown): string {
  if (!isJson(action)) return '';
  const label = textAt(action, 'label') || textAt(action, 'text') || textAt(action, 'displayText') || textAt(action, 'type');
  const uri = textAt(action, 'uri');
  return label || uri ? `[${[label === 'uri' ? '' : label, uri].filter(Boolean).join(' ')}]` : '';
}

/** `{name}` becomes its emoji or mention, a doubled brace a single one. */
const substituted = (text: string, by: Json): string =>
  text.replace(/\{\{|\}\}|\{(\w+)\}/g, (all, name: string | undefined) => {
    if (name === undefined) return all[0]!;
    return objectAt(by, name)['type'] === 'mention' ? '@' : '(絵文字)';
  });
