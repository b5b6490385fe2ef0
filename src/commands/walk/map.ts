/** The arrows of a walk as a Mermaid drawing, grouped by what the customer is about and what was asked. */
import type { Talk } from '../../dialogue/talk.ts';
import type { Walk } from './explore.ts';

const spot = ({ goal, pending }: Talk): string => `${goal}${pending ? ` ${pending.about}` : ''}`;
const nodeId = (name: string): string => name.replaceAll(/\W/g, '_');

/** Deterministic: the same dialogue draws the same map. What can be said anywhere is left out. */
export function mermaid({ talks, edges }: Walk): string {
  const arrows = new Map<string, Set<string>>();
  const spots = new Set(talks.map(spot));
  for (const { from, to, deed } of edges) {
    const [a, b] = [spot(talks[from]!), spot(talks[to]!)];
    if (a === b || deed.anywhere) continue;
    const key = `${nodeId(a)} --> ${nodeId(b)}`;
    arrows.set(key, (arrows.get(key) ?? new Set()).add(deed.name));
  }
  const goals = [...new Set([...spots].map((s) => s.split(' ')[0]!))].sort();
  const boxes = goals.flatMap((goal) => {
    const own = [...spots].filter((s) => s.split(' ')[0] === goal).sort();
    return [`  subgraph ${goal}`, ...own.map((s) => `    ${nodeId(s)}["${s.split(' ')[1] ?? goal}"]`), '  end'];
  });
  const lines = [...arrows].map(([key, deeds]) => `  ${key.replace(' --> ', ` -- "${short([...deeds].sort())}" --> `)}`).sort();
  return ['flowchart LR', ...boxes, ...lines].join('\n');
}

const short = (deeds: readonly string[]): string => (deeds.length <= 4 ? deeds.join(', ') : `${deeds.slice(0, 4).join(', ')}, …`);

const BEGIN = '<!-- map: written by `npm run walk` -->';
const END = '<!-- end of map -->';

/** The page with its map replaced. Throws where the page has no place for it. */
export function withMap(page: string, walk: Walk): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`no place for the map: ${BEGIN} … ${END}`);
  const map = `${walk.talks.length.toLocaleString('en')} talks can be reached, by ${walk.edges.length.toLocaleString('en')} turns.\n\n\`\`\`mermaid\n${mermaid(walk)}\n\`\`\``;
  return `${page.slice(0, from)}${BEGIN}\n${map}\n${page.slice(to)}`;
}
