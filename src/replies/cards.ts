/** Flex cards: a summary with its buttons, and times to tap. The altText says what the card does. */
import type { messagingApi } from '@line/bot-sdk';
import { flexButton, inRows } from './buttons.ts';
import type { Button, TapWriter } from './buttons.ts';
import { ALT_TEXT, BUBBLE_BYTES, clipped, shortened } from './limits.ts';

const INK = '#1F2A37';
const MUTED = '#6B7280';
const ACCENT = '#0F766E';

const text = (words: string, style: Partial<messagingApi.FlexText> = {}): messagingApi.FlexText => ({
  type: 'text', text: shortened(words || '―', 300), size: 'sm', color: INK, wrap: true, ...style,
});

const row = ([name, value]: readonly [string, string]): messagingApi.FlexBox => ({
  type: 'box', layout: 'horizontal', spacing: 'md',
  contents: [text(name, { color: MUTED, flex: 2 }), text(value, { flex: 5, weight: 'bold' })],
});

const flex = (altText: string, contents: messagingApi.FlexContainer): messagingApi.FlexMessage => ({ type: 'flex', altText: clipped(altText, ALT_TEXT), contents });

/** A titled list of facts, a closing line, and buttons below (the first one stands out; a link, which opens an address, before them all). */
export function summaryCard(
  card: { title: string; rows: readonly (readonly [string, string])[]; note?: string; buttons: readonly Button[]; link?: { label: string; uri: string } | null; altText: string },
  tap: TapWriter,
): messagingApi.FlexMessage {
  const link: messagingApi.FlexButton[] = card.link ? [{ type: 'button', style: 'primary', height: 'sm', action: { type: 'uri', ...card.link } }] : [];
  const body: messagingApi.FlexComponent[] = [
    text(card.title, { weight: 'bold', size: 'md', color: ACCENT }), { type: 'separator', margin: 'md' },
    { type: 'box', layout: 'vertical', spacing: 'sm', margin: 'md', contents: card.rows.map(row) },
    ...(card.note ? [text(card.note, { margin: 'lg' })] : []),
  ];
  const buttons = [...link, ...card.buttons.map((b, i) => flexButton(b, tap, i === 0 && !card.link ? 'primary' : 'secondary'))];
  const footer: messagingApi.FlexBubble['footer'] = { type: 'box', layout: 'vertical', spacing: 'sm', contents: buttons };
  return flex(card.altText, { type: 'bubble', size: 'mega', body: { type: 'box', layout: 'vertical', contents: body }, ...(buttons.length > 0 ? { footer } : {}) });
}

/** Times as buttons, three in a row under their day; as many as a bubble can hold. */
export function timesCard(days: readonly { title: string; buttons: readonly Button[] }[], altText: string, tap: TapWriter): messagingApi.FlexMessage | null {
  const contents: messagingApi.FlexComponent[] = [];
  let bytes = 0;
  for (const day of days) {
    for (const [i, line] of inRows(day.buttons, 3).entries()) {
      const boxes: messagingApi.FlexComponent[] = [
        ...(i === 0 ? [text(day.title, { weight: 'bold', color: ACCENT, ...(contents.length > 0 ? { margin: 'lg' } : {}) })] : []),
        { type: 'box', layout: 'horizontal', spacing: 'sm', margin: 'sm', contents: [...line.map((b) => flexButton(b, tap, 'secondary')), ...fillers(3 - line.length)] },
      ];
      bytes += JSON.stringify(boxes).length * 3;
      if (bytes > BUBBLE_BYTES) break;
      contents.push(...boxes);
    }
  }
  return contents.length > 0 ? flex(altText, { type: 'bubble', size: 'mega', body: { type: 'box', layout: 'vertical', contents } }) : null;
}

const fillers = (n: number): messagingApi.FlexComponent[] => Array.from({ length: n }, () => ({ type: 'filler' }));
