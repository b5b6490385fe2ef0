import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isSigned } from '../../src/line/signature.ts';

/** The vector LINE publishes ("verify-webhook-signature"). */
const BODY = Buffer.from('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}');
const SECRET = '8c570fa6dd201bb328f1c1eac23a96d8';
const SIGNATURE = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=';

test("LINE's own signature vector is accepted", () => {
  expect(isSigned(BODY, SIGNATURE, [SECRET])).toBe(true);
});

test('the previous secret still counts while a new one is rolled out', () => {
  expect(isSigned(BODY, SIGNATURE, ['0'.repeat(32), SECRET])).toBe(true);
  expect(isSigned(BODY, SIGNATURE, ['0'.repeat(32)])).toBe(false);
});

test('an empty previous secret signs nothing', () => {
  expect(isSigned(BODY, createHmac('sha256', '').update(BODY).digest('base64'), [SECRET, ''])).toBe(false);
});

test.each([undefined, '', 'not base64 at all!', SIGNATURE.slice(0, -4), '署名'])('the signature %p is refused', (signature) => {
  expect(isSigned(BODY, signature, [SECRET])).toBe(false);
});

test('one changed byte of the body is noticed', () => {
  expect(isSigned(Buffer.from(BODY.toString().replace('[]', '[ ]')), SIGNATURE, [SECRET])).toBe(false);
});

test('a body with escaped emoji is verified as it came, where a re-serialised one would fail (line-bot-sdk-nodejs #922)', () => {
  const raw = Buffer.from('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[{"text":"\\uD83E\\uDD28"}]}');
  const signature = createHmac('sha256', SECRET).update(raw).digest('base64');
  expect(isSigned(raw, signature, [SECRET])).toBe(true);
  expect(isSigned(Buffer.from(JSON.stringify(JSON.parse(raw.toString()))), signature, [SECRET])).toBe(false);
});
