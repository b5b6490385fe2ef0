import { opensWith } from './answers.ts';
import { readChoice } from './choices.ts';
import { consentIn } from './consent.ts';
import type { HearingContext } from './context.ts';
import { cue } from './cue.ts';
import type { Assumption, Detail, Evidence, Heard, When } from './heard.ts';
import { readDetails } from './details.ts';
import { givesUp } from './giving-up.ts';
import { decide } from './intent.ts';
import { underWay } from './intents/rule.ts';
import { menusHeard, readMenus } from './menus.ts';
import { findWords } from './marks.ts';
import { readName } from './names.ts';
import { normalise } from './normalise.ts';
import { readPeople } from './people.ts';
import { readPhone } from './phone.ts';
import { foldWord, listen, wordsOf } from './said.ts';
import type { Said } from './said.ts';
import { blankAt, cueFinder, withoutContrasts } from './scene.ts';
import type { Scene } from './scene.ts';
import { MENU_FAMILIES } from './words/menu-words.ts';
import { wordsOfShop } from './shop-words.ts';
import type { ShopWords } from './shop-words.ts';
import { readStaff, staffHeard } from './staff.ts';
import { WAITLIST_ALONE, intentOfTopics, readTopics, topicsBeside } from './topics.ts';
import { repairTypos } from './typos.ts';
import { isUndecided } from './undecided.ts';
import { besideLast, readUsual } from './usual.ts';
import { readWhen } from './when.ts';
import { severalWishes } from './wishes.ts';

/** Treatments of other shops are no slips for this one's. */
const OTHER_TREATMENTS = MENU_FAMILIES.flatMap((family) => family.nouns.map(foldWord));
/** General words worth putting right besides the shop's own. */
const REPAIRED = ['キャンセル'].map(foldWord);

/**
 * Hears one message: what is wished, which words said it, what was assumed and what was refused. Pure; never throws,
 * whatever the text. Linear in its length.
 */
export function understand(text: string, ctx: HearingContext): Heard {
  const observed = observe(text, ctx);
  const { said } = observed;
  const afterwards = { ...ctx, asked: null };
  const several = severalWishes(said, (from, to) => decide(observe(wordsOf(said, from, to).words, afterwards).scene).intent);
  if (!several) return conclude(observed);
  const [first, ...then] = several.map((wish, i) => {
    const { words, from } = wordsOf(said, wish.from, wish.to);
    return shifted(conclude(observe(words, i === 0 ? ctx : afterwards)), from);
  });
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
  return { ...first!, text, name: observed.scene.name, phone: observed.scene.phone, then };
}

/** Everything read from a message before it is decided what it means, in the order of the steps. */
type Observed = { text: string; ctx: HearingContext; said: Said; scene: Scene; evidence: Evidence[]; assumed: Assumption[] };

function observe(text: string, ctx: HearingContext): Observed {
  const even = normalise(text);
  const shop = wordsOfShop(ctx.lexicon);
  const { said, repaired } = repairTypos(listen(even), [...REPAIRED, ...shop.menus.map((m) => m.spelling)], OTHER_TREATMENTS);
  const when = readWhen(even, ctx);
  const menus = readMenus(said, shop);
  const staff = staffHeard(said, readStaff(said, shop, ctx.asked), ctx.asked, ctx.lexicon.staff.map((s) => s.name));
  const store = findWords(said.text, shop.stores)[0] ?? null;
  const people = readPeople(said);
  const phone = readPhone(even, ctx.asked);
  const name = readName(even, ctx.asked, (word) => isShopWord(word, shop));
  const choice = readChoice(said, ctx.asked, ctx.offered.length, when.when.length > 0, when.when.some((w) => w.time !== null && w.time.from === w.time.to));
  const bare = choice === null && when.when.length === 0 ? bareHour(said, ctx) : null;

  const cueText = withoutContrasts(said.text);
  const usual = readUsual(cueText);
  const others = [...(usual ? [usual] : []), ...(staff && 'same' in staff.staff ? [staff.place] : [])];
  const whens = bare ? [bare] : when.when;
  const hasWhen = whens.length > 0 || when.refuse !== null || when.exclude !== null || when.prefer !== null;
  const scene: Scene = {
    text: cueText,
    asked: ctx.asked,
    ctx,
    ...cueFinder(cueText),
    // 「いつもと同じ時間で」 is the last visit's, not the time under way.
    when: { ...when, when: whens, shift: usual && !usual.spoken && when.shift?.same ? null : when.shift },
    hasWhen,
    whenAfter: (at) => at >= 0 && when.consumed.some((c) => c.from >= (said.starts[at] ?? Infinity)),
    menus, staff, store: store?.name ?? null, name: name?.name ?? null, people: people?.people ?? null, phone: phone?.phone ?? null, choice,
    topics: readTopics(cueText),
    usual: usual?.usual ?? [],
    asLast: cueFinder(others.reduce(blankAt, cueText)).has('sameAsLast'),
    details: readDetails(cueText, ctx.asked),
    hasDetail: hasWhen || when.shift !== null || store !== null || menus.length > 0 || staff !== null || people !== null || phone !== null || name !== null || usual !== null,
  };
  const evidence: Evidence[] = [
    ...when.evidence,
    ...menus.map((m) => ({ part: 'menu', ...wordsOf(said, m.at, m.end) })),
    ...(staff ? [{ part: 'staff', ...wordsOf(said, staff.place.at, staff.place.end) }] : []),
    ...(store ? [{ part: 'store', ...wordsOf(said, store.at, store.end) }] : []),
    ...(people ? [{ part: 'people', ...wordsOf(said, people.at, people.end) }] : []),
    ...(name ? [{ part: 'name', words: name.words, from: name.from, to: name.to }] : []),
    ...(phone ? [{ part: 'phone', words: phone.words, from: phone.from, to: phone.to }] : []),
    ...(choice ? [{ part: 'choice', ...wordsOf(said, choice.at, choice.end) }] : []),
    ...(usual ? [{ part: 'usual', ...wordsOf(said, usual.at, usual.end) }] : []),
  ];
  const slips = repaired.filter((r) => menus.some((m) => m.at < r.end && r.at < m.end));
  const assumed: Assumption[] = [...when.assumed, ...slips.map((r) => ({ part: 'menu' as const, why: 'typo' as const, words: wordsOf(said, r.at, r.end).words }))];
  return { text, ctx, said, scene, evidence, assumed };
}

/** What the observed message means. */
function conclude({ text, said, scene, evidence, assumed }: Observed): Heard {
  const { intent } = decide(scene);
  const { when } = scene;
  const aboutVisits = intent === 'cancel' || intent === 'reschedule' || intent === 'list_reservations';
  const repeats = intent === 'repeat_last';
  const asksOnly = intentOfTopics(scene.topics, scene.text) === intent;
  const open = scene.details.filter((detail) => !isSaid(scene, detail));
  const consent = consentIn(said, evidence);
  const answer = intent === 'affirm' ? 'yes' : intent === 'deny' ? 'no' : opensWith(scene);
  return {
    text,
    intent,
    when: when.when,
    ...(when.replaced[0] ? { of: when.replaced[0] } : {}),
    exclude: when.exclude,
    refuse: when.refuse,
    prefer: when.prefer ?? (intent === 'earliest' ? 'earliest' : null),
    shift: when.shift,
    menus: menusHeard(repeats ? besideLast(scene.text, scene.menus) : scene.menus, { aside: (aboutVisits && scene.menus.every((m) => m.mark !== 'not')) || asksOnly, underWay: repeats || underWay(scene) }),
    staff: scene.staff?.staff ?? null,
    store: scene.store,
    people: scene.people,
    name: scene.name,
    phone: scene.phone,
    choice: scene.choice?.choice ?? null,
    answer,
    ...(consent ? { consent } : {}),
    ...(scene.usual.length > 0 ? { usual: scene.usual } : {}),
    ...(open.length > 0 ? { detail: open } : {}),
    ...(givesUp(scene, intent) ? { stop: true } : {}),
    ...(isUndecided(scene) ? { undecided: true } : {}),
    topics: scene.asked === null && WAITLIST_ALONE.test(scene.text) ? ['waitlist_state'] : asksOnly ? scene.topics : scene.has('asking') ? topicsBeside(scene.text, scene.topics) : [],
    datePhrase: when.datePhrase,
    question: QUESTION.test(said.text),
    assumed,
    evidence,
    // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
    then: [],
  };
}

/** Whether a detail that is to be another comes with what it is to be. */
function isSaid(scene: Scene, detail: Detail): boolean {
  const said: Record<Detail, boolean> = {
    store: scene.store !== null, menu: scene.menus.length > 0, staff: scene.staff !== null, name: scene.name !== null,
    day: scene.when.when.some((w) => w.dates !== null), time: scene.when.when.some((w) => w.time !== null),
  };
  return said[detail];
}

const QUESTION = cue('(?:\\?|(?:です|ます|でしよう|ません|でした|ました)か(?:ね|な)?|か(?:な|しら)|つけ|(?:る|い|た|な|ん)の|(?:る|た|な|て)ん)[。、]*$');
const BARE_HOUR = /^(?:じやあ?|では|はい)?、?([01]?[0-9]|2[0-3])(?:で|が|に|です|から|お願い(?:します)?|いい)*[。、]*$/;

/** 「15」 after 「何時がよろしいですか」. */
function bareHour(said: Said, { asked }: HearingContext): When | null {
  const hour = asked === 'asked_time' || asked === 'offered_times' ? BARE_HOUR.exec(said.text)?.[1] : undefined;
  if (hour === undefined) return null;
  const clock = `${hour.padStart(2, '0')}:00`;
  return { dates: null, time: { from: clock, to: clock } };
}

const isShopWord = (word: string, shop: ShopWords): boolean => {
  const folded = foldWord(word);
  return shop.menus.some((m) => m.spelling === folded);
};

/** The same, found `by` characters further on in the message. */
const shifted = (heard: Heard, by: number): Heard => ({
  ...heard,
  evidence: heard.evidence.map((e) => ({ ...e, from: e.from + by, to: e.to + by })),
});
