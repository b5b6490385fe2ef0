/**
 * LINE's limits on outgoing messages, as documented in the Messaging API reference (many are not in its OpenAPI file).
 * Plain functions, because every message passes here before it leaves.
 */
import { checkAction } from './limit-actions.ts';
import { checkFlex } from './limit-flex.ts';
import { isObject, listOf, maySay, needHttps, needText } from './limit-measures.ts';
import type { Found, Violation } from './limit-measures.ts';
import { checkTemplate } from './limit-templates.ts';

export type { Violation };

/** What LINE would refuse in the messages of one reply or push; empty when it would take them. */
export function violations(messages: readonly unknown[]): Violation[] {
  const found: Found = [];
  listOf(found, 'messages', messages, 1, 5, (message, path) => checkMessage(found, path, message));
  return found;
}

function checkMessage(found: Found, path: string, message: unknown): void {
  if (!isObject(message)) return void found.push({ path, rule: 'must be a message' });
  checkContent(found, path, message);
  const { quickReply, sender } = message;
  if (quickReply !== undefined) {
    const items = isObject(quickReply) ? quickReply['items'] : null;
    listOf(found, `${path}.quickReply.items`, items, 1, 13, (item, at) => {
      if (!isObject(item) || item['type'] !== 'action') return void found.push({ path: `${at}.type`, rule: 'must be action' });
      checkAction(found, `${at}.action`, item['action'], 'quickReply');
      if (item['imageUrl'] !== undefined) needHttps(found, `${at}.imageUrl`, item['imageUrl']);
    });
  }
  if (isObject(sender)) {
    maySay(found, `${path}.sender.name`, sender['name'], 20);
    if (sender['iconUrl'] !== undefined) needHttps(found, `${path}.sender.iconUrl`, sender['iconUrl']);
  }
}

const ALT_TEXT = 1500;
const TEXT = 5000;

function checkContent(found: Found, path: string, message: Record<string, unknown>): void {
  switch (message['type']) {
    case 'text':
      return needText(found, `${path}.text`, message['text'], TEXT);
    case 'textV2':
      needText(found, `${path}.text`, message['text'], TEXT);
      return checkBraces(found, path, message);
    case 'flex':
      needText(found, `${path}.altText`, message['altText'], ALT_TEXT);
      return checkFlex(found, `${path}.contents`, message['contents']);
    case 'template':
      needText(found, `${path}.altText`, message['altText'], ALT_TEXT);
      return checkTemplate(found, `${path}.template`, message['template']);
    case 'imagemap':
      needText(found, `${path}.altText`, message['altText'], ALT_TEXT);
      return needHttps(found, `${path}.baseUrl`, message['baseUrl']);
    case 'sticker':
      needText(found, `${path}.packageId`, message['packageId'], Infinity);
      return needText(found, `${path}.stickerId`, message['stickerId'], Infinity);
    case 'image':
    case 'video':
      needHttps(found, `${path}.originalContentUrl`, message['originalContentUrl']);
      return needHttps(found, `${path}.previewImageUrl`, message['previewImageUrl']);
    case 'audio':
      return needHttps(found, `${path}.originalContentUrl`, message['originalContentUrl']);
    case 'location':
      needText(found, `${path}.title`, message['title'], 100);
      return needText(found, `${path}.address`, message['address'], 100);
    default:
      found.push({ path: `${path}.type`, rule: 'not a message we send' });
  }
}

/** In textV2 a single brace opens a placeholder, so those of a customer's name must be doubled. */
function checkBraces(found: Found, path: string, message: Record<string, unknown>): void {
  const placeholders = isObject(message['substitution']) ? message['substitution'] : {};
  if (Object.keys(placeholders).length > 100) found.push({ path: `${path}.substitution`, rule: 'at most 100 placeholders' });
  const bare = String(message['text']).replace(/\{\{|\}\}/g, '').replace(/\{([0-9a-zA-Z_]{1,20})\}/g, (all, key: string) => (Object.hasOwn(placeholders, key) ? '' : all));
  if (/[{}]/.test(bare)) found.push({ path: `${path}.text`, rule: 'braces must be doubled or name a placeholder' });
}
