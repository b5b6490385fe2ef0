/** A script as a replay: what is written is what was, and each turn is judged against it in a free run. */
import type { Difference } from '../chatlog/check.ts';
import { inWords } from '../chatlog/replay/view.ts';
import type { ReplayedTurn, Side, Verdict } from '../chatlog/replay/turn.ts';
import { VERDICTS } from '../chatlog/replay/turn.ts';
import { readableAll } from '../chatlog/readable.ts';
import { DOES } from '../chatlog/script.ts';
import type { Script, ScriptTurn } from '../chatlog/script.ts';
import type { Lane } from '../jobs/ports.ts';
import type { PlayHouse } from './around.ts';
import type { Played } from './player.ts';
import { doing, playScript } from './run.ts';
import { ScriptError } from './script-error.ts';

/** Every turn of a script played in a house of its own, and the end of it where that is not as written. */
export async function replayScript(house: PlayHouse, lane: Lane, file: string, script: Script): Promise<ReplayedTurn[]> {
  const stores = await house.stores(lane.channel);
  const turns: ReplayedTurn[] = [];
  const about = (turn: ScriptTurn) => ({ conversation: file, nth: script.turns.indexOf(turn) + 1, line: turn.line, turnId: `${file}:${turn.line}`, at: house.clock.at, said: doing(turn), build: turn.recorded?.build ?? '台本', stores, todays: false });
  let before: Played['talk'] = null;
  try {
    const differences = await playScript(house, lane, script, (turn, played, _player, differs) => {
      void _player;
      const outcome = differs === null ? { verdict: 'off script' as const, because: ['前の発話から会話が分かれました'] } : judged(differs, turn, played);
      const now = sideOf(played);
      turns.push({ ...about(turn), ...outcome, before, now, then: outcome.verdict === 'same' ? now : null });
      before = played.talk;
    });
    const atEnd = differences.filter(({ what }) => what.startsWith('ends.'));
    const last = turns.at(-1);
    if (last && atEnd.length > 0) turns[turns.length - 1] = { ...last, verdict: verdictOf(atEnd), because: atEnd.map(because) };
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const failed = script.turns.find(({ line }) => line === error.line) ?? script.turns[0]!;
    turns.push({ ...about(failed), verdict: 'decided differently', because: [error.message], before, then: null, now: null });
  }
  const rest = script.turns.slice(turns.length);
  return [...turns, ...rest.map((turn): ReplayedTurn => ({ ...about(turn), verdict: 'off script', because: ['前の発話から会話が分かれました'], before: null, then: null, now: null }))];
}

/** Other words than recorded are no difference of the script, and one of the replay. */
function judged(differs: readonly Difference[], { recorded }: ScriptTurn, { said }: Played): { verdict: Verdict; because: string[] } {
  if (differs.length > 0) return { verdict: verdictOf(differs), because: differs.map(because) };
  const text = said.length === 0 ? '' : readableAll(said);
  return recorded?.text === undefined || recorded.text === text ? { verdict: 'same', because: [] } : { verdict: 'worded differently', because: [`言葉: 記録は ${recorded.text}、今は ${text}`] };
}

const sideOf = ({ heard, acts, effects, said, talk }: Played): Side | null => talk && { heard: heard[0] ?? null, acts, effects, messages: said, talk, ms: null };

const because = ({ what, wanted, got }: Difference): string => `${what}: 台本は ${inWords(wanted) ?? 'なし'}、今は ${inWords(got) ?? 'なし'}`;

/** The worst of what differs. */
function verdictOf(differences: readonly Difference[]): Verdict {
  const verdicts = differences.map(({ what }): Verdict => {
    if (DOES.some((does) => does === what) || what === 'ends.bookings' || what === 'ends.waiting') return 'booked differently';
    if (what === 'heard') return 'heard differently';
    return what === 'text' || what === 'not in the text' ? 'worded differently' : 'decided differently';
  });
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'same';
}
