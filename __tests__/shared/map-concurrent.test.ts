import { expect, test } from '@jest/globals';
import { inTurn } from '../../src/shared/map-concurrent.ts';
import { FakeClock } from '../support/clock.ts';

test('results keep the items’ order, whatever is done first, and no more are at work than may be', async () => {
  const clock = new FakeClock();
  let [now, most] = [0, 0];
  const work = async (ms: number) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise<void>((resolve) => clock.after(ms, resolve));
    now -= 1;
    return `${ms} ms`;
  };
  expect(await clock.runUntil(inTurn([30, 10, 20, 5], 2, work))).toEqual(['30 ms', '10 ms', '20 ms', '5 ms']);
  expect(most).toBe(2);
});

test('at a pace, each begins a millisecond after the one before', async () => {
  const clock = new FakeClock();
  const begun: number[] = [];
  const work = async () => {
    begun.push(clock.now());
    await new Promise<void>((resolve) => clock.after(10, resolve));
  };
  await clock.runUntil(inTurn([1, 2, 3, 4], 3, work, clock));
  expect(begun).toEqual([0, 1, 2, 10]);
});

test('after a throw nothing more is begun, and what was begun comes to its end', async () => {
  const clock = new FakeClock();
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = async (n: number) => {
    begun.push(n);
    if (n === 2) throw new Error('boom');
    await new Promise<void>((resolve) => clock.after(10, resolve));
    ended.push(n);
  };
  await expect(clock.runUntil(inTurn([1, 2, 3, 4], 2, work))).rejects.toThrow('boom');
  expect([begun, ended]).toEqual([[1, 2], [1]]);
});

test('nothing to do is done at once', async () => {
  expect(await inTurn([], 5, async () => 1)).toEqual([]);
});
