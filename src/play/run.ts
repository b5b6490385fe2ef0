/** A whole script, judged as it is played: up to the first turn that differs, for what follows it is off script. */
import { checkEnd, checkTurn } from '../chatlog/check.ts';
import type { Difference } from '../chatlog/check.ts';
import type { Script, ScriptTurn } from '../chatlog/script.ts';
import type { Lane } from '../jobs/ports.ts';
import type { Talk } from '../dialogue/talk.ts';
import type { PlayHouse } from './around.ts';
import { scriptLink } from './paying.ts';
import { Player } from './player.ts';
import type { Played } from './player.ts';
import { ScriptError } from './script-error.ts';

/** What is told of each turn as it happens. `differs`: where it is not as written; null once an earlier turn was not. */
export type Watch = (turn: ScriptTurn, played: Played, player: Player, differs: readonly Difference[] | null) => void;

/**
 * Plays the script to its end and gives where the product first differs from it, nothing when it never does.
 * Throws `ScriptError` where the script asks for what cannot be, unless it had gone another way already.
 */
export async function playScript(house: PlayHouse, lane: Lane, script: Script, watch: Watch = () => {}): Promise<Difference[]> {
  const links = script.world?.deposits === 'shop' ? {} : { payLink: scriptLink };
  const player = new Player({ ...house, ...links }, lane, Date.parse(script.now));
  await player.prepare(script);
  const stores = await house.stores(lane.channel);
  let differences: Difference[] = [];
  let talk: Talk | null = null;
  try {
    for (const turn of script.turns) {
      const played = await player.play(turn);
      talk = played.talk;
      const differs = differences.length > 0 ? null : checkTurn(turn, played, stores);
      if (differs) differences = differs;
      watch(turn, played, player, differs);
    }
  } catch (error) {
    if (!(error instanceof ScriptError) || differences.length === 0) throw error;
  }
  if (differences.length > 0) return differences;
  const { visits, waits } = await player.world();
  return checkEnd(script, { talk, visits, waits, name: player.customer?.name ?? null, blocked: player.customer?.blocked ?? false }, stores);
}

/** What happens in a turn of a script, in a line. */
export function doing(turn: ScriptTurn): string {
  if (turn.user !== undefined) return turn.user;
  if (turn.tap !== undefined) return `［${turn.tap}］`;
  if (turn.pause !== undefined) return `（${turn.pause}）`;
  if (turn.staff !== undefined) return `${turn.staff.who}: ${'says' in turn.staff ? turn.staff.says : `［${turn.staff.taps}］`}`;
  if (turn.pick !== undefined) return `［📅 ${turn.pick}］`;
  return `（${turn.event ?? turn.sends ?? `postback ${turn.postback}`}）`;
}
