/** What an alias would change in the log, for an operator to read. */
import type { Alias } from '../../chatlog/misses/alias.ts';
import { shopsWith, tryAliases } from '../../chatlog/misses/try.ts';
import type { Tried } from '../../chatlog/misses/try.ts';
import type { LoggedTurn } from '../../chatlog/replay/logged.ts';
import type { Side } from '../../chatlog/replay/turn.ts';
import { actInWords } from '../../chatlog/words/acts.ts';
import { cut } from '../../chatlog/words/columns.ts';
import { heardRows } from '../../chatlog/words/heard.ts';
import { visibleJson, visibleLine } from '../../chatlog/words/visible.ts';
import { momentWords } from '../../replies/when.ts';
import type { Record } from '../logs/record.ts';
import { shopSource } from '../replay/shops.ts';
import type { Look } from './print.ts';

type Conversation = { userId: string; turns: AsyncIterable<LoggedTurn> };
type Changed = Extract<Tried, { without: Side }>;
type Counts = { turns: number; unread: number; same: number; better: number; worse: number; other: number };

const HOW = { better: '読み取れるようになる', other: '変わる', worse: '読み取れなくなる' } as const;
/** Told one by one, of a kind. */
const TOLD = 20;

export async function tryReport(aliases: readonly Alias[], conversations: AsyncIterable<Conversation>, record: Record, look: Look & { json: boolean; days: number }): Promise<string[]> {
  const counts: Counts = { turns: 0, unread: 0, same: 0, better: 0, worse: 0, other: 0 };
  const told: Changed[] = [];
  const then = shopSource(record, 'then');
  const shops = [then, shopsWith(aliases, then)] as const;
  for await (const { userId, turns } of conversations) {
    for await (const tried of tryAliases(userId, turns, shops, () => performance.now())) {
      counts.turns++;
      counts[tried.how]++;
      if ('without' in tried && told.filter(({ how }) => how === tried.how).length < TOLD) told.push(tried);
    }
  }
  return look.json ? [visibleJson({ aliases, days: look.days, ...counts, changed: told.map(asJson) }, 2)] : lines(aliases, counts, told, look);
}

function lines(aliases: readonly Alias[], counts: Counts, told: readonly Changed[], { width, paint, now, days }: Look & { days: number }): string[] {
  const head = `${aliases.map(({ word, name }) => `${visibleLine(word)} = ${visibleLine(name)}`).join('、')}  この${days}日の ${counts.turns} 発話で: 読み取れるようになる ${counts.better}、変わる ${counts.other}、読み取れなくなる ${counts.worse}`;
  const unread = counts.unread > 0 ? [paint('note', `記録からやり直せない発話 ${counts.unread} 件は含みません。`)] : [];
  const parts = (['better', 'other', 'worse'] as const).flatMap((how) => {
    const of = told.filter((it) => it.how === how);
    if (of.length === 0) return [];
    const left = counts[how] - of.length;
    return ['', paint(how === 'worse' ? 'bad' : how === 'better' ? 'good' : 'title', HOW[how]), ...of.flatMap((it) => changedLines(it, width, now)), ...(left > 0 ? [`  ほか ${left} 件`] : [])];
  });
  return [paint('title', head), ...unread, ...parts];
}

function changedLines({ turn, without, with: with_ }: Changed, width: number, now: number): string[] {
  const name = { stores: turn.stores, now: turn.at };
  const told = ({ heard, acts, unanswered }: Side): string => {
    const rows = heardRows(heard).filter(({ label }) => label !== '意図').map(({ label, value }) => `${label} ${value}`);
    return visibleLine([...rows, ...acts.map((act) => actInWords(act, name)), ...(unanswered ? ['予定表を見る'] : [])].join('、') || '何も聞き取れず');
  };
  return [`  ${momentWords(turn.at, now)}  「${cut(visibleLine(turn.said), 50)}」`, `      ${cut(told(without), width - 6)}`, `    → ${cut(told(with_), width - 6)}`];
}

const asJson = ({ turn, without, with: with_, how }: Changed): unknown => ({
  how, userId: turn.conversation, at: new Date(turn.at).toISOString(), said: turn.said,
  without: { heard: without.heard, acts: without.acts }, with: { heard: with_.heard, acts: with_.acts, ...(with_.unanswered ? { unanswered: with_.unanswered } : {}) },
});
