/** A replay cannot send or write: it reaches no file that could, and needs no store. */
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readScript } from '../../../src/chatlog/script.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { LANE, logOf, odd, replayLogs, ROOT } from '../../support/recording.ts';

const SRC = path.join(ROOT, 'src');

/** Every file a file imports for its values, and what those import. */
function reached(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(path.join(SRC, file), 'utf8');
  for (const [, typed, to = ''] of code.matchAll(/^import (type )?[^;]*?from '([^']+)';/gm)) {
    if (typed) continue;
    if (to.startsWith('.')) reached(path.relative(SRC, path.join(SRC, path.dirname(file), to)), found);
    else found.add(to);
  }
  return found;
}

test('from the engine on no import leads to LINE, to a database or to the network', () => {
  const engine = readdirSync(path.join(SRC, 'chatlog/replay')).map((file) => path.join('chatlog/replay', file));
  const all = [...engine.reduce((found, file) => reached(file, found), new Set<string>())];
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((it) => /^(line|jobs|simulator|embedded|console|commands)\/|^storage\/(?!memory\/)|^(main|app|turn|owed|config)\.ts$/.test(it))).toEqual([]);
  expect(all.filter((it) => !it.endsWith('.ts')).toSorted()).toEqual(['@holiday-jp/holiday_jp', 'chrono-node', 'node:crypto', 'node:util', 'yaml']);
});

test('with the network gone a log is replayed as ever', async () => {
  const read = readScript(readFileSync(path.join(ROOT, 'conversations/booking/very-formal.yml'), 'utf8'));
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  const kept = memoryShopsKept();
  const logs = await logOf('例', ['prisma/shops/salon.yml'], kept, (house) => playScript(house, LANE, read.script));
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = () => {
    throw new Error('somebody reaches out');
  };
  try {
    const turns = [...(await replayLogs(logs, kept)), ...(await replayLogs(logs, kept, { run: 'free' })), ...(await replayLogs(logs, kept, { run: 'free', world: 'memory' }))];
    expect(turns.length).toBeGreaterThan(2);
    expect(odd(turns)).toEqual([]);
  } finally {
    net.Socket.prototype.connect = connect;
  }
});
