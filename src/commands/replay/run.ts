import { writeFileSync } from 'node:fs';
import { buildId } from '../../build.ts';
import { replayPage } from '../../chatlog/replay/page.ts';
import { Tally } from '../../chatlog/replay/tally.ts';
import type { Report } from '../../chatlog/replay/tally.ts';
import { viewOf } from '../../chatlog/replay/view.ts';
import type { TurnView } from '../../chatlog/replay/view.ts';
import type { ReplayedTurn } from '../../chatlog/replay/turn.ts';
import { reportLines, turnLines, wholeTurn, worstLines } from '../../chatlog/replay/words.ts';
import type { Paper } from '../../chatlog/replay/words.ts';
import { visibleJson, visibleLine } from '../../chatlog/words/visible.ts';
import { PlainError } from '../../plain-error.ts';
import { paintFor } from '../logs/paint.ts';
import { replayedFiles } from './files.ts';
import { INPUT, OF_LOG } from './flags.ts';
import type { ReplayFlags } from './flags.ts';
import { withReplayedLog } from './log.ts';

/** So few turns are told one by one. */
const FEW = 200;
/** Of more only the worst. */
const WORST = 20;
/** In a pipe. */
const WIDTH = 110;

/** Gives the exit code. */
export async function runReplay(files: readonly string[], flags: ReplayFlags): Promise<number> {
  const ofLog = OF_LOG.filter((flag) => flags[flag] !== undefined);
  if (files.length > 0 && ofLog.length > 0) throw new PlainError(`Give files, or --${ofLog.join(' and --')} for the log; not both.`, INPUT);
  if (files.length === 0 && ofLog.length === 0) throw new PlainError(`What shall be replayed? Give files, or for the log one of --${OF_LOG.join(', --')}; --help has examples.`, INPUT);
  if (ofLog.length > 0) return withReplayedLog(flags, (turns, what) => tell(turns, what, flags));
  return tell(replayedFiles(files, flags), files.length === 1 ? files[0]! : `${files.length} files`, flags);
}

async function tell(turns: AsyncIterable<ReplayedTurn>, what: string, flags: ReplayFlags): Promise<number> {
  const tally = new Tally(buildId());
  let few: TurnView[] | null = [];
  let told = 0;
  for await (const turn of turns) {
    tally.add(turn);
    if (flags.json) process.stdout.write(`${told++ === 0 ? '{"turns":[\n' : ',\n'}${visibleJson(viewOf(turn))}`);
    if (few && few.length >= FEW) few = null;
    few?.push(viewOf(turn));
  }
  const report = tally.report();
  if (flags.html !== undefined) write(flags.html, replayPage(what, report, few));
  if (flags.json) console.log(`${told === 0 ? '{"turns":[' : ''}\n],"report":${visibleJson(numbersOf(report))}}`);
  else if (flags.at !== undefined) printAt(few, flags.at);
  else print(report, few, flags.all === true);
  return report.turns === 0 || report.passed ? 0 : 1;
}

function print(report: Report, few: readonly TurnView[] | null, all: boolean): void {
  const paper = terminal();
  if (report.turns === 0) return console.log('再現する会話がありません。');
  let conversation = '';
  for (const turn of few ?? []) {
    if (turn.conversation !== conversation) console.log(`${conversation === '' ? '' : '\n'}${paper.paint('title', visibleLine(turn.conversation))}`);
    conversation = turn.conversation;
    console.log(turnLines(turn, paper).join('\n'));
  }
  if (!few) for (const line of worstLines(report, all ? Infinity : WORST, paper)) console.log(line);
  console.log(`\n${reportLines(report, paper).join('\n')}`);
}

function printAt(few: readonly TurnView[] | null, at: string): void {
  if (!few) throw new PlainError(`--at ${at}: too many turns to look for one; name the customer and the day.`, INPUT);
  const found = few.filter(({ nth, turnId }) => String(nth) === at || turnId === at);
  if (found.length === 0) throw new PlainError(`--at ${at}: no such turn; ${few.length === 0 ? 'there are none' : `a conversation has them from 1 to ${Math.max(...few.map(({ nth }) => nth))}`}.`, INPUT);
  const paper = terminal();
  for (const turn of found) console.log(`${paper.paint('title', visibleLine(turn.conversation))}\n${wholeTurn(turn, paper).join('\n')}\n`);
}

const terminal = (): Paper => ({ width: process.stdout.columns ?? WIDTH, paint: paintFor(process.stdout) });

/** Turns are listed by themselves; here stands which. */
function numbersOf({ better, worse, diverged, worst, ...numbers }: Report): unknown {
  const which = (turns: readonly ReplayedTurn[]): unknown[] => turns.map(({ conversation, nth, turnId, said, verdict }) => ({ conversation, nth, turnId, said, verdict }));
  const part = ({ count, turns }: Report['better']): unknown => ({ count, turns: which(turns) });
  return { ...numbers, better: part(better), worse: part(worse), diverged: part(diverged), worst: which(worst) };
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new PlainError(`--html ${file}: cannot be written (${(error as NodeJS.ErrnoException).code}).`, INPUT);
  }
  console.error(`${file} に書きました。`);
}
