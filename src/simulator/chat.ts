import { render } from './render.ts';
import type { Action, Block, Json } from './render.ts';

/** A line of a chat, by whoever said it. */
export type ChatMessage = {
  id: string;
  at: number;
  from: 'customer' | 'bot';
  /** LINE's message type. */
  type: string;
  /** What a person reads, Flex included, buttons not. */
  text: string;
  altText?: string;
  /** Blocks for the page; only for messages of the bot. */
  blocks?: Block[];
  buttons: Action[];
  /** How it came; only for messages of the bot. */
  via?: 'reply' | 'push';
  read?: true;
  unsent?: true;
};

/** What the customer's phone shows. */
export type ChatView = {
  userId: string;
  channel: string;
  friend: boolean;
  blocked: boolean;
  mode: 'active' | 'standby';
  loading: boolean;
  messages: ChatMessage[];
  /** The buttons above the keyboard right now. */
  quickReplies: Action[];
};

type Kept = ChatMessage & { seq: number; quickReplies: Action[]; tapped?: true };
type Waiter = { done: () => void; timer: NodeJS.Timeout };

/** One customer's talk with one bot. */
export class Chat {
  readonly userId: string;
  readonly channel: string;
  friend = false;
  blocked = false;
  mode: 'active' | 'standby' = 'active';
  loadingUntil = 0;
  richMenuId: string | null = null;
  #messages: Kept[] = [];
  #seq = 0;
  #heard = 0;
  #waiters: Waiter[] = [];
  readonly #keep: number;

  /** `keep`: how many messages are remembered. */
  constructor(userId: string, channel: string, keep: number) {
    this.userId = userId;
    this.channel = channel;
    this.#keep = keep;
  }

  /** The customer did something; an answer is what the bot says after this. */
  act(): void {
    this.#heard = this.#seq;
  }

  say(id: string, at: number, type: string, text: string): void {
    this.#add({ id, at, from: 'customer', type, text, buttons: [], quickReplies: [], seq: ++this.#seq });
  }

  /** Messages of one reply or push arrive together. */
  deliver(messages: readonly { id: string; message: Json }[], at: number, via: 'reply' | 'push'): void {
    for (const { id, message } of messages) {
      const { quickReplies, ...shown } = render(message);
      const altText = message['altText'] as string | undefined;
      this.#add({ id, at, from: 'bot', type: String(message['type']), ...shown, ...(altText ? { altText } : {}), via, quickReplies, seq: ++this.#seq });
    }
    this.loadingUntil = 0;
    this.close();
  }

  /** What the bot said since the customer's last act; waits for it up to `ms`, empty when nothing came. */
  answer(ms: number): Promise<ChatMessage[]> {
    const after = this.#heard;
    const said = this.#said(after);
    if (said.length > 0 || ms <= 0) return Promise.resolve(said);
    return new Promise((resolve) => {
      const done = (): void => resolve(this.#said(after));
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((w) => w.done !== done);
        done();
      }, ms);
      this.#waiters.push({ done, timer });
    });
  }

  /** Takes a message back on the customer's phone; false when it is not one of his. */
  unsend(id: string): boolean {
    const message = this.#messages.find((m) => m.id === id && m.from === 'customer' && !m.unsent);
    if (!message) return false;
    message.unsent = true;
    message.text = '';
    return true;
  }

  markRead(upTo: string): void {
    for (const message of this.#messages) {
      if (message.from === 'customer') message.read = true;
      if (message.id === upTo) return;
    }
  }

  lastOwn(): string | null {
    return this.#messages.findLast((m) => m.from === 'customer' && !m.unsent)?.id ?? null;
  }

  /**
   * The quick replies on the screen: those of the newest message, until one is tapped. A new message of either side
   * hides them; taking it back shows them again (LINE docs "using-quick-reply").
   */
  quickReplies(): Action[] {
    const newest = this.#messages.findLast((m) => !m.unsent);
    return newest && !newest.tapped ? newest.quickReplies : [];
  }

  /** Everything that can be tapped, what is nearest to the thumb first. */
  tappable(): { action: Action; messageId: string; quick: boolean }[] {
    const newest = this.#messages.findLast((m) => !m.unsent);
    const quick = this.quickReplies().map((action) => ({ action, messageId: newest!.id, quick: true }));
    const older = this.#messages.toReversed().flatMap((m) => m.buttons.map((action) => ({ action, messageId: m.id, quick: false })));
    return [...quick, ...older];
  }

  /** The nth action of a message's buttons. */
  buttonOf(id: string, button: number): Action | undefined {
    return this.#messages.find((m) => m.id === id)?.buttons[button];
  }

  /** A tapped quick reply takes the row away; pickers, camera and location leave it until something was sent. */
  hideQuickReplies(): void {
    const newest = this.#messages.findLast((m) => !m.unsent);
    if (newest) newest.tapped = true;
  }

  view(now: number): ChatView {
    return {
      userId: this.userId,
      channel: this.channel,
      friend: this.friend,
      blocked: this.blocked,
      mode: this.mode,
      loading: now < this.loadingUntil,
      messages: this.#messages.map(shown),
      quickReplies: this.quickReplies(),
    };
  }

  /** Lets everybody who waits for an answer go on with what there is. */
  close(): void {
    for (const { done, timer } of this.#waiters.splice(0)) {
      clearTimeout(timer);
      done();
    }
  }

  #said(after: number): ChatMessage[] {
    return this.#messages.filter((m) => m.from === 'bot' && m.seq > after).map(shown);
  }

  #add(message: Kept): void {
    this.#messages.push(message);
    if (this.#messages.length > this.#keep) this.#messages.splice(0, this.#messages.length - this.#keep);
  }
}

const shown = ({ seq: _seq, tapped: _tapped, quickReplies: _quick, ...message }: Kept): ChatMessage => message;
