import { call, element, problem } from './element.js';
import { messageElements } from './messages.js';
import { pickWith } from './dialogs.js';

/** One person's phone, in the chat with one bot. */
export class Phone {
  constructor(user, channels) {
    this.user = user;
    this.channel = channels[0].name;
    this.talk = element('div', { className: 'talk', ariaLive: 'polite' });
    this.quick = element('div', { className: 'quick', hidden: true });
    this.menu = element('div', { className: 'rich', hidden: true });
    this.bar = element('button', { type: 'button', className: 'bar-of-menu', hidden: true, onclick: () => this.#openMenu(this.menu.hidden) });
    this.state = element('small');
    this.element = element('section', { className: `phone ${user.role}`, ariaLabel: user.name }, this.#top(channels), this.talk, this.quick, this.#writing(), this.bar, this.menu);
    this.refresh();
  }

  /** Draws what the phone shows now; calls that come while one runs are one more. */
  async refresh() {
    if (this.busy) return void (this.again = true);
    this.busy = true;
    try {
      do {
        this.again = false;
        this.#draw(await call('GET', `/users/${this.user.id}/chat?channel=${encodeURIComponent(this.channel)}`));
      } while (this.again);
    } catch (error) {
      problem(error.message);
    } finally {
      this.busy = false;
    }
  }

  focus() {
    this.element.scrollIntoView({ behavior: 'smooth', inline: 'center' });
    this.input.focus({ preventScroll: true });
  }

  #draw(chat) {
    this.chat = chat;
    this.state.textContent = chat.blocked ? 'ブロック中' : this.user.role === 'staff' ? 'スタッフ' : chat.friend ? '友だち' : 'お客様';
    this.blocking.textContent = chat.blocked ? 'ブロックを解除する' : 'ブロックする';
    const shown = messageElements(chat.messages, (messageId, button) => this.#tapMessage(messageId, button));
    if (!chat.messages.some((message) => message.from === 'customer')) shown.push(this.#hint());
    if (chat.loading) shown.push(element('div', { className: 'said bot' }, element('div', { className: 'bubble typing', ariaLabel: '入力中' }, element('i'), element('i'), element('i'))));
    this.talk.replaceChildren(...shown);
    this.quick.hidden = chat.quickReplies.length === 0;
    this.quick.replaceChildren(...chat.quickReplies.map((action) => element('button', { type: 'button', textContent: action.label, onclick: () => this.#do(action, { label: action.label }) })));
    this.#drawMenu(chat.richMenu);
    // Last, when the row of quick replies has taken its room.
    this.talk.scrollTop = this.talk.scrollHeight;
    clearTimeout(this.later);
    if (chat.loading) this.later = setTimeout(() => this.refresh(), 5000);
  }

  /** The rich menu below everything, opened and closed by its bar. */
  #drawMenu(menu) {
    const id = menu?.image ? menu.richMenuId : undefined;
    if (this.menuId === id) return;
    this.menuId = id;
    this.bar.hidden = this.menu.hidden = true;
    if (id === undefined) return;
    const { size, areas, chatBarText, image, selected } = menu;
    const percent = (part, whole) => `${(100 * part) / whole}%`;
    const taps = areas.map(({ bounds, action }, button) => {
      const tap = element('button', { type: 'button', ariaLabel: action.label ?? action.text ?? action.type, onclick: () => this.#do(action, { button }, 'menu') });
      Object.assign(tap.style, { left: percent(bounds.x ?? 0, size.width), top: percent(bounds.y ?? 0, size.height), width: percent(bounds.width, size.width), height: percent(bounds.height, size.height) });
      return tap;
    });
    this.menu.replaceChildren(element('img', { src: image, alt: chatBarText }), ...taps);
    this.bar.textContent = this.bar.ariaLabel = chatBarText;
    this.bar.hidden = false;
    this.#openMenu(selected === true);
  }

  #openMenu(open) {
    this.menu.hidden = !open;
    this.bar.ariaExpanded = String(open);
    this.talk.scrollTop = this.talk.scrollHeight;
  }

  #hint() {
    if (this.user.role === 'staff') return element('p', { className: 'hint', textContent: 'お店からのお知らせがここに届きます' });
    const first = '明日空いてる？';
    return element('p', { className: 'hint' }, '予約アシスタントに話しかけてみましょう', element('button', { type: 'button', textContent: first, onclick: () => this.act('say', { text: first }) }));
  }

  #tapMessage(messageId, button) {
    const message = this.chat.messages.find((m) => m.id === messageId);
    this.#do(message.buttons[button], { messageId, button });
  }

  /** What a tap does; a picker asks first, a link opens. */
  async #do(action, which, how = 'tap') {
    if (action.type === 'datetimepicker') {
      const value = await pickWith(action);
      if (value !== null) await this.act('pick', { ...which, value });
    } else if (action.type === 'uri' && /^https?:/.test(action.uri)) {
      window.open(action.uri, '_blank', 'noopener');
    } else {
      await this.act(how, which);
    }
  }

  /** Does something as this person, and says so when the bot was not reached. */
  async act(what, body) {
    try {
      const { webhook } = await call('POST', `/users/${this.user.id}/${what}`, { ...body, channel: this.channel });
      if (webhook && webhook.reason !== 'ok') problem(`予約アシスタントに届きませんでした（${webhook.reason}: ${webhook.detail}）`);
    } catch (error) {
      problem(error.message);
    }
    this.refresh();
  }

  #top(channels) {
    const choices = channels.map(({ name, displayName }) => element('option', { value: name, textContent: displayName }));
    const bots = element('select', { ariaLabel: 'トーク相手', hidden: channels.length < 2, onchange: () => ((this.channel = bots.value), this.refresh()) }, ...choices);
    this.blocking = element('button', { type: 'button' });
    const item = (label, act) => element('button', { type: 'button', textContent: label, onclick: act });
    const menu = element('details', { className: 'menu' }, element('summary', { textContent: '⋮', ariaLabel: 'メニュー' }));
    this.blocking.addEventListener('click', () => this.act(this.chat.blocked ? 'unblock' : 'block', {}));
    const items = [
      item('スタンプを送る', () => this.act('send', { type: 'sticker', keywords: ['OK', 'いいね'] })),
      item('写真を送る', () => this.act('send', { type: 'image' })),
      item('位置情報を送る', () => this.act('send', { type: 'location' })),
      item('直前の発言を取り消す', () => this.act('unsend', {})),
      item('直前のイベントを再送', () => this.#redeliver()),
      this.blocking,
    ];
    menu.append(element('div', { onclick: () => (menu.open = false) }, ...items));
    return element('div', { className: 'top' },
      element('span', { className: 'avatar', textContent: [...this.user.name][0] ?? '?', ariaHidden: 'true' }),
      element('span', { className: 'who' }, element('strong', { textContent: this.user.name }), this.state),
      bots, menu);
  }

  async #redeliver() {
    const events = await call('GET', `/events?user=${this.user.id}`);
    const last = events.at(-1);
    if (!last) return problem('まだイベントがありません');
    await call('POST', `/events/${last.event.webhookEventId}/redeliver`, {});
  }

  #writing() {
    this.input = element('input', { placeholder: this.user.role === 'staff' ? 'メッセージ' : '例：明日の午後、カットできますか？', maxLength: 5000, ariaLabel: 'メッセージ', enterKeyHint: 'send', autocomplete: 'off' });
    const send = () => {
      const text = this.input.value;
      if (text.trim() === '') return;
      this.input.value = '';
      this.act('say', { text });
    };
    return element('form', { className: 'write', onsubmit: (event) => (event.preventDefault(), send()) }, this.input, element('button', { type: 'submit', className: 'strong', textContent: '送信' }));
  }
}
