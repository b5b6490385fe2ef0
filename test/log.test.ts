import { expect, test } from '@jest/globals';
import { makeLog } from '../src/log.ts';

const logged = (level: 'debug' | 'info', write: (log: ReturnType<typeof makeLog>) => void): { lines: Record<string, unknown>[]; text: string } => {
  let text = '';
  write(makeLog(level, { write: (line: string) => void (text += line) }));
  return { text, lines: text.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) };
};
const person = { text: '明日空いてる？', phone: '090-1234-5678', name: '山田花子', lineId: `U${'a'.repeat(32)}` };

test('a line is an object with level, time, ids and what happened', () => {
  const { lines } = logged('info', (log) => log.info({ eventId: 'e1', turnId: 't1' }, 'turn done'));
  expect(lines).toEqual([{ level: 'info', time: expect.any(String), eventId: 'e1', turnId: 't1', msg: 'turn done' }]);
});

test('above debug nothing says who or what was said, at any depth', () => {
  const { text } = logged('info', (log) => {
    log.info(person, 'came');
    log.warn({ turn: { heard: [{ ...person, menu: 'cut' }] } }, `for U${'a'.repeat(32)}`);
    log.debug(person, 'came');
  });
  for (const secret of ['明日', '090', '山田', 'aaaaa']) expect(text).not.toContain(secret);
  expect(text).toContain('"menu":"cut"');
  expect(text).toContain('U…aaaa');
});

test('an error keeps type, message, code and stack, but not the values PostgreSQL adds', () => {
  const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (phone)=(090-1234-5678) already exists.' });
  const { lines, text } = logged('info', (log) => log.error({ err: error, eventId: 'e1' }, 'turn failed'));
  expect(lines[0]).toMatchObject({ err: { type: 'Error', message: 'duplicate key', code: '23505' } });
  expect(text).not.toContain('090');
});

test('at debug an operator who asked for it sees everything', () => {
  expect(logged('debug', (log) => log.debug(person, 'came')).lines[0]).toMatchObject(person);
});
