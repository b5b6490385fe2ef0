/** LINE messages as a chat shows them: blocks for the page, plain text and tappable actions for everybody else. */

export type Json = { [key: string]: unknown };
/** An action as the bot sent it: `type`, `label`, and `data`, `text`, `mode` … by type. */
export type Action = Json & { type: string };

/** A piece of a message. `button` is the place of its action in the message's list of buttons. */
export type Block =
  | { kind: 'column' | 'row' | 'bubble'; parts: Block[]; button?: number }
  | { kind: 'text'; text: string; bold?: true; size?: string; color?: string; button?: number }
  | { kind: 'button'; label: string; style: string; button: number }
  | { kind: 'line' }
  | { kind: 'picture'; label: string; button?: number };

export type Rendered = { text: string; blocks: Block[]; buttons: Action[]; quickReplies: Action[] };

/** A message object of the bot, taken apart for display. */
export function render(message: Json): Rendered {
  const buttons: Action[] = [];
  const blocks = blocksOf(message, buttons);
  const items = list((message['quickReply'] as Json | undefined)?.['items']);
  return { text: blocks.map(plain).filter(Boolean).join('\n'), blocks, buttons, quickReplies: items.map((item) => item['action'] as Action) };
}

function blocksOf(message: Json, buttons: Action[]): Block[] {
  const altText = str(message['altText']);
  switch (message['type']) {
    case 'text':
      return [{ kind: 'text', text: str(message['text']) }];
    case 'textV2':
      return [{ kind: 'text', text: substituted(message) }];
    case 'flex': {
      const contents = message['contents'] as Json;
      const bubbles = contents['type'] === 'carousel' ? list(contents['contents']) : [contents];
      return bubbles.map((bubble) => flexBubble(bubble, buttons));
    }
    case 'template':
      return template(message['template'] as Json, buttons);
    case 'imagemap':
      return [{ kind: 'bubble', parts: [{ kind: 'picture', label: altText }, ...list(message['actions']).map((a) => button(imagemapAction(a), 'link', buttons))] }];
    case 'location':
      return [{ kind: 'picture', label: `📍 ${str(message['title'])}\n${str(message['address'])}` }];
    default:
      return [{ kind: 'picture', label: PICTURES[str(message['type'])] ?? str(message['type']) }];
  }
}

const PICTURES: Record<string, string> = { sticker: 'スタンプ', image: '画像', video: '動画', audio: '音声', coupon: 'クーポン' };

function flexBubble(bubble: Json, buttons: Action[]): Block {
  const parts = ['header', 'hero', 'body', 'footer'].flatMap((name) => (bubble[name] ? [flexPart(bubble[name] as Json, buttons)] : []));
  return { kind: 'bubble', parts, ...tappable(bubble, buttons) };
}

function flexPart(part: Json, buttons: Action[]): Block {
  switch (part['type']) {
    case 'box': {
      const tap = tappable(part, buttons);
      return { kind: part['layout'] === 'vertical' ? 'column' : 'row', parts: list(part['contents']).map((p) => flexPart(p, buttons)), ...tap };
    }
    case 'text': {
      const spans = list(part['contents']).map((span) => str(span['text'])).join('');
      return {
        kind: 'text',
        text: spans || str(part['text']),
        ...(part['weight'] === 'bold' ? { bold: true as const } : {}),
        ...(part['size'] ? { size: str(part['size']) } : {}),
        ...(part['color'] ? { color: str(part['color']) } : {}),
        ...tappable(part, buttons),
      };
    }
    case 'button':
      return button(part['action'] as Action, str(part['style']) || 'link', buttons);
    case 'separator':
      return { kind: 'line' };
    case 'image':
    case 'icon':
    case 'video':
      return { kind: 'picture', label: part['type'] === 'video' ? '動画' : '画像', ...tappable(part, buttons) };
    default:
      return { kind: 'column', parts: [] };
  }
}

function template(t: Json, buttons: Action[]): Block[] {
  const caption = (of: Json): Block[] => [
    ...(of['thumbnailImageUrl'] || of['imageUrl'] ? [{ kind: 'picture' as const, label: '画像' }] : []),
    ...(of['title'] ? [{ kind: 'text' as const, text: str(of['title']), bold: true as const }] : []),
    ...(of['text'] ? [{ kind: 'text' as const, text: str(of['text']) }] : []),
  ];
  const card = (of: Json): Block => ({
    kind: 'bubble',
    parts: [...caption(of), ...(of['action'] ? [of['action'] as Action] : (list(of['actions']) as Action[])).map((a) => button(a, 'link', buttons))],
  });
  return t['type'] === 'carousel' || t['type'] === 'image_carousel' ? list(t['columns']).map(card) : [card(t)];
}

function button(action: Action, style: string, buttons: Action[]): Block {
  return { kind: 'button', label: str(action['label']) || str(action['text']) || action.type, style, button: buttons.push(action) - 1 };
}
const tappable = (part: Json, buttons: Action[]): { button?: number } =>
  part['action'] ? { button: buttons.push(part['action'] as Action) - 1 } : {};

const imagemapAction = (a: Json): Action => (a['type'] === 'uri' ? { ...a, type: 'uri', uri: a['linkUri'] } : { ...a, type: str(a['type']) });

/** textV2: `{{` is a brace, `{name}` what `substitution` says. */
function substituted(message: Json): string {
  const places = (message['substitution'] ?? {}) as Record<string, Json>;
  return str(message['text']).replace(/\{\{|\}\}|\{(\w+)\}/g, (all, key: string | undefined) =>
    key === undefined ? all[0]! : places[key]?.['type'] === 'mention' ? `@${key}` : '🙂',
  );
}

function plain(block: Block): string {
  if (block.kind === 'text') return block.text;
  if (block.kind === 'picture') return `[${block.label}]`;
  if (block.kind === 'button' || block.kind === 'line') return '';
  return block.parts.map(plain).filter(Boolean).join(block.kind === 'row' ? ' ' : '\n');
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
