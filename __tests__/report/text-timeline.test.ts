import { describe, expect, test } from '@jest/globals';
import type { StepName } from '../../src/model/steps.ts';
import { fleetBars, hopBars, timeBars } from '../../src/report/text-timeline.ts';
import { fine } from '../support/gate.ts';
import fc from '../support/property.ts';
import { reportOn } from '../support/reports.ts';

const done = (startMs: number, tookMs: number) =>
  ({ step: 'connect', status: 'done', startMs, tookMs, because: null }) as const;

describe('bars of time', () => {
  test.each([
    ['a whole', [done(0, 8)], ['connect     8 ms  ████████████████████████████████']],
    [
      'two halves',
      [done(0, 4), done(4, 4)],
      ['connect     4 ms  ████████████████', 'connect     4 ms                  ████████████████'],
    ],
    ['parts of a block', [done(0, 10), done(0, 320)], ['connect    10 ms  █', expect.any(String)]],
    ['an eighth', [done(0, 100), done(0, 25_600)], ['connect   100 ms  ▏', expect.any(String)]],
    ['seconds', [done(0, 1_500)], [expect.stringContaining('connect    1.5 s  █')]],
    ['no time at all', [done(0, 0)], ['connect     0 ms  ▏']],
    ['nothing', [], []],
  ])('of %s', (_, steps, lines) => {
    expect(timeBars({ steps })).toEqual(lines);
  });

  test('are never wider than they may be, and never empty', () => {
    const ms = fc.double({ min: 0, max: 90_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(ms, ms), { minLength: 1, maxLength: 4 }), (times) => {
        for (const line of timeBars({ steps: times.map(([start, took]) => done(start, took)) })) {
          const drawn = line.slice(line.search(/ s {2}| ms {2}/)).replace(/^ m?s {2}/, '');
          expect(drawn.length).toBeLessThanOrEqual(32);
          expect(drawn).toMatch(/[█▏▎▍▌▋▊▉]$/);
        }
      }),
    );
  });
});

test.each([39, 40, 56, 80])('fit a line of %i columns, notes and all', (columns) => {
  const failed = { step: 'greeting', status: 'failed', startMs: 20, tookMs: 5_000, because: 'timed out' } as const;
  const lines = timeBars({ steps: [done(0, 20), failed] }, columns);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(lines.map((line) => /[█▏▎▍▌▋▊▉]/.test(line))).toEqual([columns >= 40, columns >= 40]);
  expect(lines[1]).toMatch(/ {2}✗ timed out$/);
});

test('in the bars of many, no short step hides the letter of the one before it', async () => {
  const { targets } = await reportOn(fine);
  const step = (name: StepName, startMs: number, tookMs: number) =>
    ({ step: name, status: 'done', startMs, tookMs, because: null }) as const;
  const steps = [step('resolve', 0, 1), step('connect', 1, 1), step('tls', 2, 318), step('quit', 320, 0)];
  const [line] = fleetBars(targets.map((target) => ({ ...target, steps })));
  expect(line).toMatch(/ {2}rt{31}$/);
});

test('bars of hops begin where the hop before ended, and say what is not known', () => {
  const hop = (delayMs: number | null) => ({ from: null, by: null, at: null, delayMs });
  expect(hopBars([hop(1_000), hop(3_000), hop(null), hop(-2_000)], 6)).toEqual([
    'hop 1                       1 s  ████████',
    'hop 2                       3 s          ████████████████████████',
    'hop 3            time not known                                 ▏',
    'hop 4  -2 s (the clocks differ)                                 ▏',
  ]);
  expect(hopBars([], 6)).toEqual([]);
});
