import { describe, expect, test } from '@jest/globals';
import type { Progress } from '../../src/gate/gate.ts';
import { progressLog, sayProgress } from '../../src/report/progress.ts';
import { FakeClock } from '../support/clock.ts';

const done = (i: number, of: number, fails = false): Progress => ({
  kind: 'done',
  target: { host: `h${i}`, port: 25 },
  status: fails ? 'fail' : 'pass',
  code: fails ? 'connect-refused' : '',
  done: i,
  of,
});
const RETRY: Progress = {
  kind: 'retry',
  target: { host: '::1', port: 25 },
  code: 'greeting-busy',
  attempt: 2,
  inMs: 1_000,
};

test.each([
  [RETRY, '[::1]:25: attempt 2 ended with greeting-busy; trying again in 1 s'],
  [done(3, 20), '3 of 20: h3:25 pass'],
  [done(4, 20, true), '4 of 20: h4:25 fail (connect-refused)'],
])('%j', (event, line) => {
  expect(sayProgress(event)).toBe(line);
});

describe('in a log', () => {
  /** The lines for so many targets, one every `everyMs`; those that `fails` says fail. */
  function lines(of: number, everyMs: number, fails: (i: number) => boolean = () => false): string[] {
    const clock = new FakeClock();
    const printed: string[] = [];
    const show = progressLog((line) => printed.push(line), clock);
    for (let i = 1; i <= of; i += 1) {
      clock.advance(everyMs);
      show(done(i, of, fails(i)));
    }
    return printed;
  }

  test('a few targets are named each', () => {
    expect(lines(20, 1)).toHaveLength(20);
  });

  test('many are counted once a second, and when all are done', () => {
    expect(lines(1_000, 10).map((line) => line.split(' ')[0])).toEqual(
      Array.from({ length: 10 }, (_, i) => String((i + 1) * 100)),
    );
    expect(lines(1_000, 1).at(-1)).toBe('1000 of 1000: h1000:25 pass');
  });

  test('what fails is named, however many there are', () => {
    expect(lines(100, 1, (i) => i % 10 === 3).filter((line) => line.includes('fail'))).toHaveLength(10);
  });

  test('a retry is always told', () => {
    const printed: string[] = [];
    const show = progressLog((line) => printed.push(line), new FakeClock());
    show(RETRY);
    show(RETRY);
    expect(printed).toHaveLength(2);
  });
});
