import { columns } from '../understand/show.ts';

/** How one item came out: a mark a measure, null where the measure does not apply to it. */
export type Outcome = { id: string; family: string; marks: Record<string, boolean | null>; wrong: string | null };

const share = (outcomes: readonly Outcome[], measure: string): string => {
  const judged = outcomes.map((o) => o.marks[measure]).filter((m) => m !== null && m !== undefined);
  return judged.length === 0 ? '-' : `${((100 * judged.filter(Boolean).length) / judged.length).toFixed(1)}%`;
};
const pad = (text: string, width: number, left = false): string => (left ? ' '.repeat(Math.max(0, width - columns(text))) + text : text + ' '.repeat(Math.max(0, width - columns(text))));

/** A line a family and one for all, then what went wrong. */
export function table(title: string, outcomes: readonly Outcome[], measures: readonly string[], micros: number, fails: number): string {
  const families = [...new Set(outcomes.map((o) => o.family))].toSorted();
  const rows = [...families.map((family) => [family, outcomes.filter((o) => o.family === family)] as const), ['total', outcomes] as const];
  const width = Math.max(...rows.map(([name]) => columns(name))) + 2;
  const line = (name: string, cells: readonly string[]): string => pad(name, width) + cells.map((cell) => pad(cell, 10, true)).join('');
  return [
    `${title}: ${outcomes.length} items, ${micros.toFixed(0)} µs a message`,
    line('', ['n', ...measures]),
    ...rows.map(([name, those]) => line(name, [String(those.length), ...measures.map((m) => share(those, m))])),
    ...outcomes.filter((o) => o.wrong !== null).slice(0, fails).map((o) => `${o.id} ${o.wrong}`),
    '',
  ].join('\n');
}
