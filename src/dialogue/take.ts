/** Takes the values of a message or a button into the talk and goes on from there. */
import { toMinute } from '../model/time.ts';
import type { Heard, Intent, Refusal } from '../understanding/heard.ts';
import { withVisit } from './change.ts';
import { decided, isPoint, within } from './days.ts';
import { proceed } from './derive.ts';
import { leftToLast } from './repeat.ts';
import { shiftedFrom } from './shift.ts';
import type { Said } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import { SLOTS, readAll, setSlot, toShop, without } from './slots.ts';
import type { Reading } from './slots.ts';
import { first, mine, shopOf, unasked,  } from './stepped.ts';
import { storeOnly } from './talk.ts';
import type { Goal, Known, Offered, Talk } from './talk.ts';

/** Whether a message holds any detail of a visit. */
export const hasValues = (heard: Heard): boolean =>
  heard.when.length > 0 || heard.menus !== null || heard.staff !== null || heard.store !== null || heard.name !== null || heard.phone !== null ||
  heard.prefer !== null || heard.exclude !== null || heard.shift !== null || Boolean(heard.usual?.length);

/** What is known before a message is read: after a booking a new wish starts afresh, after joining the waiting list it is still that one. */
export const baseOf = (talk: Talk): Known => (talk.goal === 'idle' && talk.pending?.about !== 'start_look' ? storeOnly(talk.known) : talk.known);

/** 「もう少し早く」 about the time under way, where understanding left it relative. */
function shifted(talk: Talk, heard: Heard, ctx: StepContext): Heard {
  const store = shopOf(talk, ctx);
  const now = store && decided(talk.known, ctx.now, store.hours);
  const when = now && heard.shift && heard.when.length === 0 ? shiftedFrom(heard.shift, now.start) : null;
  return when ? { ...heard, when: [when] } : heard;
}

/** 「何時でも」 leaves the day alone that was said before; what is on offer on other days makes it 「いつでも」. */
function anyTime(talk: Talk, heard: Heard): Heard {
  const { dates } = baseOf(talk);
  const [wish] = heard.when;
  if (heard.prefer !== 'any' || heard.when.length !== 1 || !wish?.dates || Array.isArray(wish.dates) || wish.dates.to !== null || !Array.isArray(dates)) return heard;
  const offered = (talk.pending?.offered ?? []).flatMap((o) => (o.kind === 'time' || o.kind === 'day' ? [o.day] : []));
  return offered.length > 0 && !offered.some((day) => dates.includes(day)) ? heard : { ...heard, when: [] };
}

/** A time that is ruled out is no longer wished for. */
function withoutExcluded(known: Known, { exclude }: Heard): Known {
  return exclude?.time && isPoint(known.time) && within(exclude.time, toMinute(known.time.from)) ? without(known, 'time') : known;
}

/** The details of the message. A time that cannot be is let go when another day, on which it cannot be either, is named without one. */
function readIn(talk: Talk, heard: Heard, ctx: StepContext): Reading {
  const base = talk.goal === 'move' && talk.pending?.about === 'change' ? withVisit(talk) : baseOf(talk);
  const reading = readAll(anyTime(talk, heard), withoutExcluded(base, heard), ctx);
  const store = shopOf(talk, ctx);
  const onlyDay = heard.when.some((w) => w.dates !== null) && heard.when.every((w) => w.time === null);
  const bad = onlyDay && store && base.time && SLOTS.find((s) => s.name === 'time')!.check(reading.known, store, ctx);
  return bad ? readAll(heard, without(base, 'time'), ctx) : reading;
}

const LOOKING: readonly Intent[] = ['check_availability', 'earliest'];

/** 「じゃあ田中さんは？」 */
const namesOnlyWho = (heard: Heard): boolean => heard.staff !== null && heard.when.length === 0 && heard.menus === null;

/** What a message with details is about: a question about free times looks, everything else books. */
function goalOf(talk: Talk, heard: Heard): Goal {
  if ((talk.goal === 'move' && talk.visit) || (talk.goal === 'wait' && talk.pending)) return talk.goal;
  // 「クリニックの方は？」 looks there instead; 「クリニックは明日空いてる？」 asks, whatever is being booked at the other.
  if (heard.store !== null && heard.menus === null && (LOOKING.includes(heard.intent) || (talk.goal === 'look' && heard.intent !== 'book'))) return 'look';
  if (talk.goal === 'book') return 'book';
  // 「じゃあ明後日は？」 while looking goes on looking.
  if (talk.goal === 'look' && heard.question && (heard.intent !== 'book' || namesOnlyWho(heard))) return 'look';
  return LOOKING.includes(heard.intent) ? 'look' : 'book';
}

/** 「カットはいくらですか」…「では金曜の18時に」: the one menu asked about is meant, until another is named. */
function withSpoken({ spoken }: Talk, goal: Goal, reading: Reading): Reading {
  const menuIds = spoken?.menuIds;
  if ((goal !== 'book' && goal !== 'look') || menuIds?.length !== 1 || reading.known.menuIds?.length) return reading;
  return { ...reading, known: { ...reading.known, menuIds }, noted: ['menu', ...reading.noted] };
}

/** Reads every detail of the message and goes on: problem, question, look. */
export function takeAll(before: Talk, message: Heard, ctx: StepContext): Stepped {
  const heard = shifted(before, message, ctx);
  const goal = goalOf(before, heard);
  // 「前と同じ時間で」 goes by the time under way, and of a visit that is moved by its own, before it goes by the last visit.
  const left = leftToLast(heard, heard.shift !== null && (goal === 'move' || heard.when.some((w) => w.time !== null)));
  const reading = withSpoken(before, goal, readIn(before, heard, ctx));
  const talk: Talk = { ...unasked(before), goal, known: reading.known };
  const assumed = heard.assumed.filter((a) => a.part === 'date' || a.part === 'time');
  const { assumed: before_, ...plain } = talk;
  const kept = heard.when.length > 0 ? assumed : (before_ ?? []);
  const next: Talk = kept.length > 0 ? { ...plain, assumed: kept } : plain;
  if (left) return mine(next, ctx, { ...left, noted: reading.noted, changed: reading.changed });
  return onwards(next, heard, reading, ctx);
}

function onwards(talk: Talk, heard: Heard, said: Said, ctx: StepContext): Stepped {
  const { refuse } = heard;
  const store = shopOf(talk, ctx);
  if (!refuse || !store) return nextOpenDay(talk, heard, said, ctx);
  const day = refuse.day;
  const judged = refuse.reason === 'past' || refuse.reason === 'beyond_window' || refuse.reason === 'out_of_hours';
  if (judged && (day || refuse.time)) {
    const known: Known = { ...talk.known, ...(day ? { dates: [day] } : {}), ...(refuse.time ? { time: refuse.time } : {}) };
    if (SLOTS.some((slot) => slot.check(known, store, ctx))) return proceed({ ...talk, known }, ctx, said);
  }
  const act = { say: 'refused', refuse, storeId: store.id } as const;
  const kept = besides(talk.known, refuse);
  if (refuse.instead?.length && talk.goal !== 'idle') {
    const offered: Offered[] = [...(day ? [day] : []), ...refuse.instead].map((d) => ({ kind: 'day', day: d }));
    return { talk: { ...talk, known: without(kept, 'day'), pending: { about: 'day', offered } }, says: [act] };
  }
  return first([act], proceed({ ...talk, known: without(kept, isTime(refuse) ? 'time' : 'day') }, ctx));
}

const isTime = ({ reason }: Refusal): boolean => reason === 'impossible_time' || reason === 'out_of_hours';

/** What was said beside the part that cannot be: a day that is none leaves its time, a time that is none its day. */
const besides = (known: Known, refuse: Refusal): Known =>
  isTime(refuse) ? { ...known, ...(refuse.day ? { dates: [refuse.day] } : {}) } : { ...known, ...(refuse.time ? { time: refuse.time } : {}) };

/** 「その次の日は」 means the next day the shop is open. */
function nextOpenDay(talk: Talk, heard: Heard, said: Said, ctx: StepContext): Stepped {
  const store = shopOf(talk, ctx);
  if (store && heard.shift?.days && heard.shift.direction !== 'earlier') {
    const problem = SLOTS.find((s) => s.name === 'day')!.check(talk.known, store, ctx);
    const open = problem?.why === 'closed' ? problem.instead[0] : undefined;
    if (open) return proceed({ ...talk, known: { ...talk.known, dates: [open] } }, ctx, said);
  }
  return proceed(talk, ctx, said);
}

/** Takes one thing on offer. */
export function takeOffered(before: Talk, offered: Offered, ctx: StepContext): Stepped {
  const base = baseOf(before);
  const goal: Goal = before.goal === 'wait' && before.pending ? 'wait' : before.goal === 'move' && before.visit ? 'move' : 'book';
  const set = (reading: Reading): Stepped => proceed({ ...unasked(before), goal, known: reading.known }, ctx, reading);
  switch (offered.kind) {
    case 'time': {
      const day = setSlot(without(base, 'day'), 'day', { dates: [offered.day] });
      const reading = setSlot(day.known, 'time', { time: { from: offered.time, to: offered.time } });
      return set(offered.staffId ? setSlot(reading.known, 'staff', { staff: offered.staffId }) : { ...reading, noted: ['day', 'time'], changed: [] });
    }
    case 'day': return set({ ...setSlot(without(base, 'day'), 'day', { dates: [offered.day] }), changed: [] });
    case 'menu': return set(setSlot(base, 'menu', { menuIds: [offered.id] }));
    case 'staff': return set(setSlot(base, 'staff', { staff: offered.id }));
    case 'store': return set(toShop(base, offered.id, ctx));
    case 'reservation':
      return mine(before, ctx, { for: before.goal === 'move' ? 'move' : 'cancel', id: offered.id, ...(before.pending?.heard ? { heard: before.pending.heard } : {}) });
    case 'wait': return mine(before, ctx, { for: 'leave', id: offered.id });
  }
}
