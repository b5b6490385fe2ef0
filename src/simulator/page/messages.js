import { element } from './element.js';

const time = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', month: 'numeric', day: 'numeric', weekday: 'short' });

/** All messages of a chat as elements; `tap(messageId, button)` is what a button does. */
export function messageElements(messages, tap) {
  let today = '';
  return messages.flatMap((message) => {
    const date = day.format(message.at);
    const divider = date === today ? [] : [element('div', { className: 'day', textContent: date })];
    today = date;
    return [...divider, messageElement(message, tap)];
  });
}

function messageElement(message, tap) {
  if (message.unsent) return element('div', { className: 'note', textContent: '送信を取り消しました' });
  const said = element('div', { className: `said ${message.from}` });
  const stamp = element('time', { textContent: `${message.read ? '既読\n' : ''}${time.format(message.at)}`, title: message.via ?? '' });
  said.append(message.from === 'customer' ? customerBubble(message) : botBubble(message, (button) => tap(message.id, button)), stamp);
  return said;
}

const PICTURES = { sticker: '😀 スタンプ', image: '🖼 写真', video: '🎬 動画', audio: '🎤 音声', file: '📎 ファイル', location: '📍 位置情報' };

function customerBubble({ type, text }) {
  if (type === 'text') return element('div', { className: 'bubble', textContent: text });
  return element('div', { className: 'bubble picture', textContent: `${PICTURES[type] ?? type} ${text}`.trim() });
}

function botBubble({ blocks }, tap) {
  const cards = blocks.filter((block) => block.kind === 'bubble');
  if (cards.length > 1) return element('div', { className: 'cards' }, ...cards.map((card) => cardElement(card, tap)));
  if (cards.length === 1) return cardElement(cards[0], tap);
  const picture = blocks.every((block) => block.kind === 'picture');
  return element('div', { className: picture ? 'bubble picture' : 'bubble' }, ...blocks.map((block) => blockElement(block, tap)));
}

const cardElement = (card, tap) => tappable(element('div', { className: 'card' }, ...card.parts.map((part) => blockElement(part, tap))), card.button, tap);

function blockElement(block, tap) {
  switch (block.kind) {
    case 'text': {
      const shown = element('div', { className: ['text', block.bold ? 'bold' : '', /^\w+$/.test(block.size ?? '') ? block.size : ''].join(' '), textContent: block.text });
      if (/^#[0-9a-f]{6}$/i.test(block.color ?? '')) shown.style.color = block.color;
      return tappable(shown, block.button, tap);
    }
    case 'button':
      return element('button', { type: 'button', className: `tap ${block.style}`, textContent: block.label, onclick: () => tap(block.button) });
    case 'line':
      return element('hr');
    case 'picture':
      return tappable(element('div', { className: 'text', textContent: block.label }), block.button, tap);
    default:
      return tappable(element('div', { className: block.kind === 'row' ? 'row' : 'column' }, ...block.parts.map((part) => blockElement(part, tap))), block.button, tap);
  }
}

function tappable(shown, button, tap) {
  if (button === undefined) return shown;
  shown.classList.add('can-tap');
  shown.setAttribute('role', 'button');
  shown.tabIndex = 0;
  shown.addEventListener('click', (event) => {
    event.stopPropagation();
    tap(button);
  });
  return shown;
}
