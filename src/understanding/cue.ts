import { foldPattern } from './said.ts';

/** One pattern of a table as a regular expression over `Said.text`. */
export const cue = (pattern: string, flags = ''): RegExp => new RegExp(foldPattern(pattern), flags);

/** A whole table of named cues, patterns in natural Japanese (one spelling a word, see `words/spellings.ts`): a regular expression a cue. */
export const cues = <Name extends string>(table: Readonly<Record<Name, readonly string[]>>): Record<Name, RegExp> => {
  const compiled = {} as Record<Name, RegExp>;
  for (const name of Object.keys(table) as Name[]) compiled[name] = cue(table[name].join('|'));
  return compiled;
};
