import { askName } from './dialogs.js';
import { call, problem } from './element.js';
import { Phone } from './phone.js';

const NAMES = ['佐藤さくら', '鈴木一郎', '高橋みゆき', '田中健', '伊藤あおい', '渡辺翔', '山本葵', '中村蓮'];
/** A load test may bring thousands of people; the page shows the newest. */
const MOST = 20;
const phones = new Map();
/** How far the platform's clock is ahead of ours. */
let ahead = 0;

/** Brings the page in line with the platform: one phone a person, the clock. */
async function refresh() {
  const state = await call('GET', '/state');
  setClock(state.now);
  const users = state.users.slice(-MOST);
  for (const [id, phone] of phones) {
    if (users.some((user) => user.id === id)) continue;
    phone.element.remove();
    phones.delete(id);
  }
  for (const user of users) {
    if (phones.has(user.id)) continue;
    const phone = new Phone(user, state.channels);
    phones.set(user.id, phone);
    document.getElementById('chats').append(phone.element);
  }
  return state;
}

async function add(role, name) {
  const taken = [...phones.values()].some((phone) => phone.user.name === name);
  // The same name is the same person after a restart; two at a time are two people.
  const id = taken ? `U${[...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')}` : undefined;
  const user = await call('POST', '/users', { name, role, id, follow: true });
  await refresh();
  phones.get(user.id)?.focus();
}

const nextName = () => NAMES.find((name) => ![...phones.values()].some((phone) => phone.user.name === name)) ?? `お客様${phones.size + 1}`;
const asking = (title, role, suggest) => async () => {
  const name = await askName(title, suggest());
  if (name !== null) await add(role, name.trim()).catch((error) => problem(error.message));
};
document.getElementById('new-customer').addEventListener('click', asking('新しいお客様', 'customer', nextName));
document.getElementById('new-staff').addEventListener('click', asking('新しいスタッフ', 'staff', () => 'スタッフ'));

const shown = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', month: 'numeric', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit' });
function setClock(now) {
  ahead = now - Date.now();
  tick();
}
function tick() {
  document.getElementById('clock').textContent = shown.format(Date.now() + ahead);
}
setInterval(tick, 1000);
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => call('POST', '/clock', { advance: button.dataset.advance }).then(({ now }) => setClock(now), (error) => problem(error.message)));
}

const stream = new EventSource('/api/stream');
stream.addEventListener('open', () => start().catch((error) => problem(error.message)));
stream.addEventListener('message', ({ data }) => {
  const change = JSON.parse(data);
  if (change.clock !== undefined) setClock(change.clock);
  if (change.users) refresh().catch((error) => problem(error.message));
  if (change.menus) for (const phone of phones.values()) phone.refresh();
  if (change.chat) phones.get(change.chat)?.refresh();
});
stream.addEventListener('error', () => problem('シミュレーターに接続できません。起動しているか確認してください。'));

/** Also after a reconnection: the platform may have been restarted, and begins empty. */
async function start() {
  const { users } = await refresh();
  for (const phone of phones.values()) phone.refresh();
  if (!users.some((user) => user.role === 'customer')) await add('customer', NAMES[0]);
}
