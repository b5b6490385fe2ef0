import { checkAction } from './limit-actions.ts';
import { isObject, listOf, needHttps, needText } from './limit-measures.ts';
import type { Found } from './limit-measures.ts';

/** REF says 30 KB and 50 KB; read as thousands, to be on the safe side. */
const BUBBLE_BYTES = 30_000;
const CAROUSEL_BYTES = 50_000;

/** A bubble, or up to twelve of one size: REF "Flex Message". */
export function checkFlex(found: Found, path: string, container: unknown): void {
  if (!isObject(container)) return void found.push({ path, rule: 'must be a bubble or a carousel' });
  if (container['type'] === 'bubble') return checkBubble(found, path, container);
  if (container['type'] !== 'carousel') return void found.push({ path: `${path}.type`, rule: 'must be bubble or carousel' });
  if (bytes(container) > CAROUSEL_BYTES) found.push({ path, rule: `at most ${CAROUSEL_BYTES} bytes as JSON` });
  const sizes = new Set<unknown>();
  listOf(found, `${path}.contents`, container['contents'], 1, 12, (bubble, at) => {
    sizes.add((isObject(bubble) && bubble['size']) || 'mega');
    checkBubble(found, at, bubble);
  });
  if (sizes.size > 1) found.push({ path: `${path}.contents`, rule: 'all bubbles must have one size' });
}

function checkBubble(found: Found, path: string, bubble: unknown): void {
  if (!isObject(bubble) || bubble['type'] !== 'bubble') return void found.push({ path, rule: 'must be a bubble' });
  if (bytes(bubble) > BUBBLE_BYTES) found.push({ path, rule: `at most ${BUBBLE_BYTES} bytes as JSON` });
  for (const block of ['header', 'body', 'footer']) {
    const box = bubble[block];
    if (box === undefined) continue;
    if (isObject(box) && box['type'] === 'box') checkPart(found, `${path}.${block}`, box);
    else found.push({ path: `${path}.${block}`, rule: 'must be a box' });
  }
  const hero = bubble['hero'];
  if (hero !== undefined) {
    if (isObject(hero) && HEROES.has(hero['type'])) checkPart(found, `${path}.hero`, hero);
    else found.push({ path: `${path}.hero`, rule: 'must be a box, an image or a video' });
  }
  if (bubble['action'] !== undefined) checkAction(found, `${path}.action`, bubble['action'], 'flexPart');
}

const HEROES: ReadonlySet<unknown> = new Set(['box', 'image', 'video']);
const IN_BASELINE: ReadonlySet<unknown> = new Set(['icon', 'text', 'filler']);
const IN_BOX: ReadonlySet<unknown> = new Set(['box', 'button', 'image', 'text', 'separator', 'filler']);

function checkPart(found: Found, path: string, part: Record<string, unknown>): void {
  switch (part['type']) {
    case 'box': {
      const baseline = part['layout'] === 'baseline';
      if (!baseline && part['layout'] !== 'horizontal' && part['layout'] !== 'vertical') found.push({ path: `${path}.layout`, rule: 'horizontal, vertical or baseline' });
      listOf(found, `${path}.contents`, part['contents'], 0, Infinity, (inner, at) => {
        if (isObject(inner) && (baseline ? IN_BASELINE : IN_BOX).has(inner['type'])) checkPart(found, at, inner);
        else found.push({ path: `${at}.type`, rule: `not allowed in a ${baseline ? 'baseline ' : ''}box` });
      });
      break;
    }
    case 'button':
      return checkAction(found, `${path}.action`, part['action'], 'flexButton');
    case 'text':
      if (part['contents'] === undefined) needText(found, `${path}.text`, part['text'], Infinity);
      else listOf(found, `${path}.contents`, part['contents'], 1, Infinity, (span, at) => {
        if (!isObject(span) || span['type'] !== 'span') found.push({ path: `${at}.type`, rule: 'must be a span' });
      });
      break;
    case 'image':
    case 'icon':
      needHttps(found, `${path}.url`, part['url']);
      break;
    case 'video':
      needHttps(found, `${path}.url`, part['url']);
      needHttps(found, `${path}.previewUrl`, part['previewUrl']);
      break;
  }
  if (part['action'] !== undefined) checkAction(found, `${path}.action`, part['action'], 'flexPart');
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
