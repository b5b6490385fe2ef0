/** Which build this is, for the log: two builds that could answer differently have different names. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SRC = import.meta.dirname;
const OURS = /\.ts$/;
const GENERATED = /[\\/]generated[\\/]/;

/** `0.1.0+5f3a9c21`: the version in package.json and a mark of every line of src. Reads it all, so ask once. */
export function buildId(): string {
  const { version } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')) as { version: string };
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => OURS.test(file) && !GENERATED.test(file));
  const mark = createHash('sha256');
  for (const file of files.toSorted()) mark.update(file).update('\0').update(readFileSync(join(SRC, file))).update('\0');
  return `${version}+${mark.digest('hex').slice(0, 8)}`;
}
