import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readShop } from '../../src/model/shop-file.ts';
import type { Shop } from '../../src/model/shop-file.ts';

/** The text of one of the example shops. */
export const exampleText = (name: 'salon' | 'clinic'): string => readFileSync(path.resolve(import.meta.dirname, `../../prisma/shops/${name}.yml`), 'utf8');

/** The shop of a file's text; throws its mistakes. */
export function shopOf(text: string): Shop {
  const read = readShop(text);
  if ('mistakes' in read) throw new Error(read.mistakes.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return read.shop;
}

/** One of the two example shops, a copy for the test to change. */
export const exampleShop = (name: 'salon' | 'clinic'): Shop => shopOf(exampleText(name));
