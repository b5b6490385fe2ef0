/** What a customer did on LINE, as a line of the log. */
import { isJson, objectAt, textAt } from './json.ts';
import type { Json } from './json.ts';

/**
 * A raw webhook event in words: its text as it is, anything else in brackets (`[スタンプ] thanks`). `shown` is what the
 * chat shows for a tap, which LINE does not send back. Never empty.
 */
export function described(event: unknown, shown?: string | null): string {
  switch (textAt(event, 'type')) {
    case 'message':
    case 'messageEdited':
      return ofMessage(objectAt(event, 'message'));
    case 'postback':
      return shown || ofPostback(objectAt(event, 'postback'));
    case 'follow':
      return objectAt(event, 'follow')['isUnblocked'] === true ? '[ブロック解除]' : '[友だち追加]';
    case 'unfollow':
      return '[ブロック]';
    case 'unsend':
      return '[送信取消]';
    default:
      return `[${textAt(event, 'type') || '不明'}]`;
  }
}

const bracketed = (name: string, ...details: string[]): string => [`[${name}]`, ...details.filter(Boolean)].join(' ');

function ofMessage(message: Json): string {
  const text = textAt(message, 'text');
  switch (message['type']) {
    case 'text':
      return text || '[空のメッセージ]';
    case 'sticker': {
      const keywords = Array.isArray(message['keywords']) ? message['keywords'].filter((k) => typeof k === 'string') : [];
      return bracketed('スタンプ', text || keywords.slice(0, 3).join(', '));
    }
    case 'image':
      return '[画像]';
    case 'video':
      return bracketed('動画', seconds(message));
    case 'audio':
      return bracketed('音声', seconds(message));
    case 'file':
      return bracketed('ファイル', textAt(message, 'fileName'));
    case 'location':
      return bracketed('位置情報', textAt(message, 'title'), textAt(message, 'address'));
    default:
      return bracketed(textAt(message, 'type') || '不明', text);
  }
}

const seconds = (message: Json): string => (typeof message['duration'] === 'number' ? `${Math.ceil(message['duration'] / 1000)}秒` : '');

/** A picker's result is worth reading; our own button data is not meant for people but better than nothing. */
function ofPostback(postback: Json): string {
  const params = isJson(postback['params']) ? postback['params'] : {};
  const picked = ['datetime', 'date', 'time'].map((key) => textAt(params, key)).find(Boolean);
  return picked ? `[日時の選択] ${picked.replace('T', ' ')}` : bracketed('ボタン', textAt(postback, 'data'));
}
