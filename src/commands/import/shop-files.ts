import { readFileSync } from 'node:fs';
import { readShop } from '../../model/shop-file.ts';
import type { Shop } from '../../model/shop-file.ts';
import { PlainError } from '../../plain-error.ts';

/** A megabyte is a thousand times the example. */
const LARGEST = 1_000_000;

const TROUBLES: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file', EISDIR: 'this is a folder: name the files in it', EACCES: 'this file may not be read', EPERM: 'this file may not be read',
};

/** The text of a file, or what is wrong with it as `line: mistake`. */
function readText(path: string): { text: string } | { wrong: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (e) {
    const { code, message } = e as NodeJS.ErrnoException;
    return { wrong: ` ${TROUBLES[code ?? ''] ?? message}` };
  }
  if (bytes.length > LARGEST) return { wrong: ' this file is larger than a megabyte, which no shop is' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const good = bytes.toString('utf8');
    return { wrong: `${good.slice(0, good.indexOf('\ufffd')).split('\n').length}: this is not UTF-8: save the file as UTF-8 (not Shift_JIS or UTF-16)` };
  }
}

/** The shops of these files; throws a PlainError with every mistake of every file as `file:line: …`. */
export function readShopFiles(paths: string[]): Shop[] {
  const shops: { shop: Shop; path: string }[] = [];
  const mistakes: string[] = [];
  for (const path of paths) {
    const file = readText(path);
    const read = 'wrong' in file ? null : readShop(file.text);
    if (read === null) mistakes.push(`${path}:${(file as { wrong: string }).wrong}`);
    else if ('mistakes' in read) mistakes.push(...read.mistakes.map(({ line, message }) => `${path}:${line}: ${message}`));
    else {
      const twin = shops.find(({ shop }) => shop.name === read.shop.name);
      if (twin) mistakes.push(`${path}:1: ${read.shop.name} is in ${twin.path} already: give every shop one file`);
      shops.push({ shop: read.shop, path });
    }
  }
  if (mistakes.length > 0) {
    throw new PlainError(`${mistakes.join('\n')}\nNothing was imported: ${mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`}. The format is in docs/shop-file.md.`);
  }
  return shops.map(({ shop }) => shop);
}
