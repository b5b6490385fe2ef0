import { styleText } from 'node:util';
import { columns, wrapped } from '../../chatlog/words/columns.ts';

export type Style = 'who' | 'bot' | 'note' | 'good' | 'bad' | 'doubt' | 'title';
/** A text in a colour, or as it is where there are none. */
export type Paint = (style: Style, text: string) => string;

const STYLES = { who: ['bold', 'cyan'], bot: ['bold', 'green'], note: ['gray'], good: ['green'], bad: ['red'], doubt: ['yellow'], title: ['bold'] } as const;

/** Colours on a terminal, none in a pipe or where NO_COLOR is set. */
export const paintFor = (stream: NodeJS.WriteStream): Paint => (style, text) => (text === '' ? '' : styleText([...STYLES[style]], text, { stream }));
export const plainPaint: Paint = (_, text) => text;

/** A label and its text, which goes on under itself. */
export function hanging(label: string, text: string, width: number, indent: string): string[] {
  const room = Math.max(20, width - columns(indent) - columns(label));
  return wrapped(text, room).map((line, i) => `${indent}${i === 0 ? label : ' '.repeat(columns(label))}${line}`.trimEnd());
}
