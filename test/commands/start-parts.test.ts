import { describe, expect, jest, test } from '@jest/globals';
import { placesOf } from '../../src/commands/start/reachable.ts';
import { closeAll } from '../../src/commands/start/stopping.ts';

describe('where a setting points to', () => {
  test.each([
    ['postgresql://me:p@ss@db.local:6543/aiteru', [{ host: 'db.local', port: 6543 }]],
    ['postgres://localhost/aiteru?sslmode=require', [{ host: 'localhost', port: 5432 }]],
    ['postgresql:///aiteru?host=/run/postgresql', []],
    ['redis://:hush@a:1,redis://b:2', [{ host: 'a', port: 1 }, { host: 'b', port: 2 }]],
    ['rediss://[::1]:6380/3', [{ host: '::1', port: 6380 }]],
    ['mongodb://u:p@one,two:27018/aiteru?replicaSet=rs', [{ host: 'one', port: 27017 }, { host: 'two', port: 27018 }]],
    ['mongodb+srv://cluster.example.net/aiteru', []],
  ])('%s', (address, places) => {
    expect(placesOf(address)).toEqual(places);
  });
});

describe('closing', () => {
  test('goes backwards, and one that fails does not keep the others open', async () => {
    const complained = jest.spyOn(console, 'error').mockImplementation(() => {});
    const order: string[] = [];
    const part = (what: string, fails = false) => ({ what, close: async () => { order.push(what); if (fails) throw new Error('no'); } });
    const opened = [part('servers'), part('house', true), part('door')];
    expect(await closeAll(opened)).toBe(false);
    expect(order).toEqual(['door', 'house', 'servers']);
    expect(opened).toEqual([]);
    expect(complained.mock.calls).toEqual([['Closing house: no']]);
    complained.mockRestore();
    expect(await closeAll(opened)).toBe(true);
  });
});
