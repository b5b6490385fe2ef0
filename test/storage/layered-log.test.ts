import { expect, test } from '@jest/globals';
import { layeredLog } from '../../src/storage/layered-log.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { chatLogContract, line } from './chat-log.contract.ts';

const two = () => {
  const [newer, older] = [memoryChatLog(), memoryChatLog()];
  return { newer, older, log: layeredLog(newer, older) };
};

chatLogContract('two stores, one after the other', async () => ({ store: two().log, close: async () => {} }));

test('a conversation that began in the older store is read whole, an entry that is in both once', async () => {
  const { newer, older, log } = two();
  const entries = [1, 2, 3, 4].map((t) => line('u', `${t}`, { timestamp: t }));
  await older.append(entries.slice(0, 3));
  await newer.append(entries.slice(2));
  const ids = async (range: object) => (await log.read('u', range)).map((e) => e.id);
  expect(await ids({})).toEqual(['1', '2', '3', '4']);
  expect(await ids({ limit: 2 })).toEqual(['1', '2']);
  expect(await ids({ last: 2 })).toEqual(['3', '4']);
  expect(await ids({ limit: 3, last: 1 })).toEqual(['3']);
  expect(await ids({ from: 2, to: 4 })).toEqual(['2', '3']);
});

test('what is taken back is taken back in both', async () => {
  const { newer, older, log } = two();
  await older.append([line('u', '1', { messageId: 'm', message: '秘密' })]);
  await newer.append([line('u', '2', { messageId: 'm', message: '秘密' })]);
  expect(await log.forget('u', 'm')).toBe(2);
  expect(JSON.stringify([await older.read('u'), await newer.read('u')])).not.toContain('秘密');
});
