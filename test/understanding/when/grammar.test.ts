import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { message } from './phrases.ts';
import { read } from './read.ts';

test('say, understand, the same: phrases made from combinations of the grammar', () => {
  fc.assert(fc.property(message, ({ text, said }) => expect([text, read(text)]).toEqual([text, said])), { numRuns: 1000 });
});
