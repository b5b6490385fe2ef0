import { readable } from '../../chatlog/readable.ts';
import { readable as named } from '../../chatlog/view.ts';
import type { Store } from '../../model/store.ts';
import { toLocal } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import type { Button } from '../../chatlog/buttons.ts';
import type { Played } from '../../play/player.ts';

const indented = (text: string, by: string): string => text.split('\n').map((line) => by + line).join('\n');

/** What the customer did, as a bubble on the right. */
export const asked = (now: Instant, text: string): string => `\n${toLocal(now).replace('T', ' ')}\n${indented(text, '            ▶ ')}`;

/** What the bot said, and beside it what the talk has become. */
export function answered({ said, talk }: Played, buttons: Button[], stores: readonly Store[]): string {
  const bubbles = said.length === 0 ? '  （返信なし）' : said.map((message) => indented(readable(message), '  ◀ ')).join('\n');
  const taps = buttons.length === 0 ? '' : `\n      ${buttons.map((b, i) => `[${i + 1} ${b.label}]`).join(' ')}`;
  const state = talk === null ? '' : `\n      · ${talk.goal} ${JSON.stringify(named(talk.known, stores))}${talk.pending ? ` ← ${talk.pending.about}` : ''}`;
  return `${bubbles}${taps}${state}`;
}
