import type { ChatMessage, ChatView } from './chat.ts';
import type { Done, Person, Sendable, Which } from './person.ts';
import type { Action } from './render.ts';

/** Real milliseconds a test waits for an answer before it fails. */
const PATIENCE_MS = 10_000;

/**
 * A customer in a test: does something, and is given what the bot answered. Waits for the answer itself, never for
 * time. `silently` gives what was done without waiting, for bots that shall say nothing.
 */
export class SimulatedUser {
  readonly id: string;
  readonly name: string;
  readonly #person: Person;
  readonly #now: () => number;

  constructor(person: Person, name: string, now: () => number) {
    this.id = person.id;
    this.name = name;
    this.#person = person;
    this.#now = now;
  }

  say(text: string): Promise<ChatMessage[]> {
    return this.#answered(this.#person.say(text), `「${text}」`);
  }
  send(what: Sendable): Promise<ChatMessage[]> {
    return this.#answered(this.#person.send(what), what.type);
  }
  /** By label, or by anything else that tells it apart. */
  async tap(which: string | Which): Promise<ChatMessage[]> {
    return this.#answered(this.#person.tap(asWhich(which)), `tap ${JSON.stringify(which)}`);
  }
  /** An area of the rich menu, by its label. */
  menu(label: string): Promise<ChatMessage[]> {
    return this.#answered(this.#person.tapMenu({ label }), `menu ${label}`);
  }
  /** A date, a time or both, with the picker of that label (the only one, where none is named). */
  async pick(value: string, which: string | Which = {}): Promise<ChatMessage[]> {
    return this.#answered(this.#person.pick(asWhich(which), value), `pick ${value}`);
  }
  postback(data: string, params: Record<string, string> = {}): Promise<ChatMessage[]> {
    return this.#answered(this.#person.postback(data, params), `postback ${data}`);
  }
  follow(): Promise<ChatMessage[]> {
    return this.#answered(this.#person.follow(), 'follow');
  }
  block(): Promise<Done> {
    return this.#person.block();
  }
  unsend(messageId?: string): Promise<Done> {
    return this.#person.unsend(messageId);
  }

  /** The same hands, without waiting for an answer. */
  get silently(): Person {
    return this.#person;
  }
  /** The next thing the bot says, answer or not; fails when it stays silent. */
  hears(ms = PATIENCE_MS): Promise<ChatMessage[]> {
    this.#person.chat.act();
    return this.#heard('anything', ms);
  }
  /** What was said since the last act, without waiting. */
  heardSoFar(): Promise<ChatMessage[]> {
    return this.#person.answer(0);
  }

  chat(): ChatView {
    return this.#person.chat.view(this.#now());
  }
  /** Everything in the chat as text, `name: …` and `bot: …`. */
  transcript(): string {
    return this.chat().messages.map((m) => `${m.from === 'bot' ? 'bot' : this.name}: ${m.unsent ? '(unsent)' : m.text || `[${m.type}]`}`).join('\n');
  }
  quickReplies(): Action[] {
    return this.#person.chat.quickReplies();
  }

  async #answered(done: Promise<Done>, what: string): Promise<ChatMessage[]> {
    const { webhook } = await done;
    if (webhook && webhook.reason !== 'ok') throw new Error(`the webhook of ${what} was not taken: ${webhook.reason} ${webhook.detail}`);
    return this.#heard(what, PATIENCE_MS);
  }
  async #heard(what: string, ms: number): Promise<ChatMessage[]> {
    const said = await this.#person.answer(ms);
    if (said.length === 0) throw new Error(`no answer within ${ms} ms to ${what}\n${this.transcript()}`);
    return said;
  }
}

const asWhich = (which: string | Which): Which => (typeof which === 'string' ? { label: which } : which);
