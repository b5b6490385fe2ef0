import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answeringChannel, channelDoubts } from '../../src/model/channels.ts';

const shop = (name: string, channel = 'default') => ({ name, channel });
const DEFAULT = { name: 'default', stores: null };
const MINATO = { name: 'minato', stores: ['みなと歯科'] };

test('a shop is answered for by the channel that names it, else by the one its file names, else by the default', () => {
  const channels = [DEFAULT, MINATO, { name: 'south', stores: null }];
  expect(answeringChannel(channels, shop('みなと歯科'))).toBe('minato');
  expect(answeringChannel(channels, shop('みなと歯科', 'south'))).toBe('minato');
  expect(answeringChannel(channels, shop('みなみ', 'south'))).toBe('south');
  expect(answeringChannel(channels, shop('みなも'))).toBe('default');
  expect(answeringChannel(channels, shop('みなも', 'gone'))).toBe('default');
});

test('without a default the first channel that names no shops has the rest', () => {
  expect(answeringChannel([MINATO, { name: 'rest', stores: null }], shop('みなも'))).toBe('rest');
  expect(answeringChannel([], shop('みなも', 'own'))).toBe('own');
});

test('whatever the settings, a shop that a channel names is never another’s', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'default');
  const channels = fc.uniqueArray(fc.record({ name, stores: fc.option(fc.array(fc.constantFrom('x', 'y', 'z'))) }), { selector: (c) => c.name });
  fc.assert(fc.property(channels, fc.constantFrom('x', 'y', 'z'), name, (given, named, own) => {
    const answering = answeringChannel(given, shop(named, own));
    const naming = given.filter((c) => c.stores?.includes(named)).map((c) => c.name);
    if (naming.length > 0) expect(naming).toContain(answering);
    else if (given.some((c) => c.name === own)) expect(answering).toBe(own);
  }));
});

test('a channel without a shop and a shop without a channel are told', () => {
  expect(channelDoubts([DEFAULT, MINATO], [shop('みなも'), shop('みなと歯科')])).toEqual([]);
  expect(channelDoubts([DEFAULT, MINATO], [shop('みなと歯科'), shop('みなと歯科医院')])).toEqual([]);
  expect(channelDoubts([DEFAULT, MINATO], [shop('みなも')]).join()).toMatch(/minato names the shop みなと歯科/);
  expect(channelDoubts([DEFAULT, { name: 'south', stores: null }], [shop('みなも')]).join()).toMatch(/south answers for no shop/);
  expect(channelDoubts([MINATO], [shop('みなと歯科'), shop('みなも')]).join()).toMatch(/No channel answers for the shop みなも/);
  expect(channelDoubts([DEFAULT], []).join()).toMatch(/no shop yet/);
});
