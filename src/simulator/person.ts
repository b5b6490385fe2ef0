import type { Channel } from './channels.ts';
import type { Chat, ChatMessage } from './chat.ts';
import { messageId, token } from './ids.ts';
import { markAsReadTokenFor } from './line-api.ts';
import type { Platform } from './platform.ts';
import { richMenuFor } from './rich-menus.ts';
import type { Action, Json } from './render.ts';
import type { Delivery } from './webhooks.ts';

/** What came of something a person did. `webhook` null: LINE tells the bot nothing about it. */
export type Done = { did: string; webhookEventId: string | null; messageId: string | null; webhook: Delivery | null };
/** Which button is meant: by what it says, by its postback data, by the text it sends, or by its place in a message. */
export type Which = { label?: string; data?: string; text?: string; messageId?: string; button?: number };
/** A person asked for what his phone does not offer; the sentence says what it does offer. */
export class NotThere extends Error {
  override name = 'NotThere';
}

/** Media and the like, with the fields LINE sends for them. */
export type Sendable =
  | { type: 'sticker'; packageId?: string; stickerId?: string; keywords?: string[]; text?: string }
  | { type: 'image' | 'video' | 'audio'; duration?: number }
  | { type: 'file'; fileName?: string; fileSize?: number }
  | { type: 'location'; title?: string; address?: string; latitude?: number; longitude?: number };

/** A person's hands on his phone, in the chat with one bot. */
export class Person {
  readonly id: string;
  readonly chat: Chat;
  readonly #platform: Platform;
  readonly #channel: Channel;

  constructor(platform: Platform, channel: Channel, id: string) {
    this.#platform = platform;
    this.#channel = channel;
    this.id = id;
    this.chat = platform.chat(channel, id);
  }

  /** Writes a text. */
  say(text: string, quotedMessageId?: string): Promise<Done> {
    return this.#message({ type: 'text', text, quoteToken: token(), ...(quotedMessageId ? { quotedMessageId } : {}) }, text);
  }

  /** Sends a sticker, a picture, a place … */
  send(what: Sendable): Promise<Done> {
    const media = { contentProvider: { type: 'line' } };
    switch (what.type) {
      case 'sticker':
        return this.#message({ packageId: '446', stickerId: '1988', stickerResourceType: 'STATIC', quoteToken: token(), ...what }, what.text ?? what.keywords?.join(' ') ?? '');
      case 'image':
        return this.#message({ ...media, quoteToken: token(), ...what }, '');
      case 'video':
        return this.#message({ ...media, quoteToken: token(), duration: 3000, ...what }, '');
      case 'audio':
        return this.#message({ ...media, duration: 3000, ...what }, '');
      case 'file':
        return this.#message({ fileName: 'document.pdf', fileSize: 1234, ...what }, what.fileName ?? 'document.pdf');
      case 'location':
        return this.#message({ title: '現在地', address: '東京都千代田区丸の内1-9-1', latitude: 35.681236, longitude: 139.767125, ...what }, what.title ?? '現在地');
    }
  }

  /** Taps a button or a quick reply. A picker needs `pick`. */
  tap(which: Which): Promise<Done> {
    const found = this.#find(which);
    const { action, quick } = found;
    switch (action.type) {
      case 'message':
        return this.say(String(action['text']));
      case 'postback':
        if (quick) this.chat.hideQuickReplies();
        return this.#postback(action, {});
      case 'datetimepicker':
        throw new NotThere(`「${label(action)}」 is a picker: pick a ${String(action['mode'])} with it`);
      case 'location':
        return this.send({ type: 'location' });
      case 'camera':
      case 'cameraRoll':
        return this.send({ type: 'image' });
      default:
        if (quick) this.chat.hideQuickReplies();
        return Promise.resolve({ did: `opened ${String(action['uri'] ?? action['clipboardText'])}`, webhookEventId: null, messageId: null, webhook: null });
    }
  }

  /** Picks a date `YYYY-MM-DD`, a time `HH:MM` or both `YYYY-MM-DDTHH:MM`, within what the picker allows. */
  pick(which: Which, value: string): Promise<Done> {
    const { action, quick } = this.#find(which, 'datetimepicker');
    const mode = String(action['mode']) as keyof typeof PICKED;
    const picked = value.replace(/t|\s/, 'T');
    if (!PICKED[mode].test(picked)) throw new NotThere(`「${label(action)}」 picks a ${mode}, not ${value}`);
    const bound = (name: string): string => String(action[name] ?? '').replace('t', 'T');
    if ((bound('min') && picked < bound('min')) || (bound('max') && picked > bound('max'))) {
      throw new NotThere(`「${label(action)}」 can be set from ${bound('min') || 'any'} to ${bound('max') || 'any'}, not to ${value}`);
    }
    if (quick) this.chat.hideQuickReplies();
    return this.#postback(action, { [mode]: picked });
  }

  /** Taps an area of the rich menu: by its label, what it says or carries, or its place counted from 0. */
  tapMenu(which: Which): Promise<Done> {
    const areas = (richMenuFor(this.#channel, this.id)?.['areas'] ?? []) as { action: Action }[];
    const asked = Object.values(which).some((value) => value !== undefined);
    const area = areas.find(({ action }, n) => asked && (which.label === undefined || label(action) === which.label) && (which.data === undefined || action['data'] === which.data) &&
      (which.text === undefined || action['text'] === which.text) && (which.button === undefined || which.button === n));
    if (!area) throw new NotThere(areas.length === 0 ? 'there is no rich menu' : `no such area ${JSON.stringify(which)}; the rich menu offers ${areas.map(({ action }) => `「${label(action)}」`).join(' ')}`);
    const { action } = area;
    if (action.type === 'message') return this.say(String(action['text']));
    if (action.type === 'postback') return this.#postback(action, {});
    return Promise.resolve({ did: `opened ${String(action['uri'] ?? action.type)}`, webhookEventId: null, messageId: null, webhook: null });
  }

  /** Sends postback data no button carries any more: an old message scrolled up to, or a forgery. */
  postback(data: string, params: Record<string, string> = {}): Promise<Done> {
    return this.#postback({ type: 'postback', data }, params);
  }

  /** Adds the bot as a friend. */
  follow(): Promise<Done> {
    const isUnblocked = this.chat.blocked;
    this.chat.friend = true;
    this.chat.blocked = false;
    return this.#event('follow', { type: 'follow', follow: { isUnblocked } });
  }
  /** Blocks the bot; it is told, and nothing it sends arrives. */
  block(): Promise<Done> {
    this.chat.blocked = true;
    this.chat.friend = false;
    return this.#event('block', { type: 'unfollow' }, false);
  }

  /** Takes a message back, the newest own one where none is named. */
  unsend(id = this.chat.lastOwn()): Promise<Done> {
    if (id === null || !this.chat.unsend(id)) throw new NotThere('there is no message of this person to take back');
    return this.#event('unsend', { type: 'unsend', unsend: { messageId: id } }, false);
  }

  /** What the bot said since; waits for it up to `ms` real milliseconds. */
  answer(ms: number): Promise<ChatMessage[]> {
    return this.chat.answer(ms);
  }

  async #message(message: Json & { type: string }, shown: string): Promise<Done> {
    const id = messageId(this.#platform.clock.now());
    const readable = message.type === 'file' ? {} : { markAsReadToken: markAsReadTokenFor(this.id, id) };
    this.chat.say(id, this.#platform.clock.now(), message.type, shown);
    const done = await this.#event(message.type, { type: 'message', message: { id, ...readable, ...message } });
    return { ...done, messageId: id };
  }

  async #postback(action: Action, params: Record<string, string>): Promise<Done> {
    const shown = action['displayText'];
    const id = typeof shown === 'string' && shown !== '' ? messageId(this.#platform.clock.now()) : null;
    if (id !== null) this.chat.say(id, this.#platform.clock.now(), 'text', String(shown));
    const postback = { data: action['data'], ...(Object.keys(params).length > 0 ? { params } : {}) };
    const done = await this.#event('postback', { type: 'postback', postback });
    return { ...done, messageId: id };
  }

  async #event(did: string, what: Json & { type: string }, answerable = true): Promise<Done> {
    this.chat.act();
    const event = this.#platform.eventOf(this.#channel, this.id, what, answerable);
    this.#platform.changed({ chat: this.id, channel: this.#channel.name });
    const webhook = await this.#platform.deliver(this.#channel, [event]);
    return { did, webhookEventId: String(event['webhookEventId']), messageId: null, webhook };
  }

  #find(which: Which, type?: string): { action: Action; quick: boolean } {
    const all = this.chat.tappable().filter((t) => type === undefined || t.action.type === type);
    const asked = Object.entries(which).filter(([, value]) => value !== undefined);
    const fits = all.filter(
      ({ action, messageId: of, quick }) =>
        (which.label === undefined || label(action) === which.label) &&
        (which.data === undefined || action['data'] === which.data) &&
        (which.text === undefined || action['text'] === which.text) &&
        (which.messageId === undefined || of === which.messageId) &&
        (which.button === undefined || (!quick && this.chat.buttonOf(of, which.button) === action)),
    );
    if (fits[0] && (asked.length > 0 || all.length === 1)) return fits[0];
    const offered = all.map(({ action }) => `「${label(action)}」`).join(' ') || 'nothing';
    throw new NotThere(`no ${type === undefined ? 'button' : 'picker'} ${JSON.stringify(which)}; the chat offers ${offered}`);
  }
}

const PICKED = { date: /^\d{4}-\d\d-\d\d$/, time: /^\d\d:\d\d$/, datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/ } as const;
const label = (action: Action): string => String(action['label'] ?? action['text'] ?? action.type);
