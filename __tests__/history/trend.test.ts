import { describe, expect, test } from '@jest/globals';
import { group } from '../../src/history/trend.ts';
import { failed, hour, line, trendFrom } from '../support/history.ts';

/** A run an hour, `x` a failure and any other sign none. */
const through = (signs: string, label?: string) =>
  [...signs].map((sign, n) => (sign === 'x' ? failed(n, label) : line(n, label)));

describe('a target', () => {
  test.each([
    ['.', 1, 0, 1, null, { failing: false, runs: 1, since: 0 }],
    ['x', 1, 1, 0, 0, { failing: true, runs: 1, since: 0 }],
    ['....', 4, 0, 1, null, { failing: false, runs: 4, since: 0 }],
    ['xxxx', 4, 4, 0, 3, { failing: true, runs: 4, since: 0 }],
    ['.xx.', 4, 2, 0.5, 2, { failing: false, runs: 1, since: 3 }],
    ['x..x', 4, 2, 0.5, 3, { failing: true, runs: 1, since: 3 }],
    ['x.xx', 4, 3, 0.25, 3, { failing: true, runs: 2, since: 2 }],
    ['.x..', 4, 1, 0.75, 1, { failing: false, runs: 2, since: 2 }],
  ])('through %s', (signs, runs, failures, uptime, last, { since, ...streak }) => {
    const [trend] = trendFrom(through(signs)).targets;
    expect(trend).toMatchObject({
      runs,
      failed: failures,
      uptime,
      lastFailure: last === null ? null : { when: hour(last), code: 'connect-refused' },
      streak: { ...streak, since: hour(since) },
    });
    expect(trend?.points.map((point) => (point.failed === 1 ? 'x' : '.')).join('')).toBe(signs);
  });

  test('keeps the newest, the lowest and the highest of what was seen, and the gaps', () => {
    const [trend] = trendFrom([line(5), line(0), failed(7), line(2), failed(8)]).targets;
    expect(trend?.latencyMs).toEqual({ last: 12, least: 10, most: 15 });
    expect(trend?.daysLeft).toEqual({ last: 88, least: 85, most: 90 });
    expect(trend?.points.map(({ latencyMs }) => latencyMs)).toEqual([15, 10, null, 12, null]);
    expect(trendFrom([failed(1)]).targets[0]).toMatchObject({ latencyMs: null, daysLeft: null });
  });

  test('that is there twice in a run fails when either does, and a run that comes again counts once', () => {
    const twice = [line(1), failed(1), line(2), line(1), line(2)];
    expect(trendFrom(twice).targets[0]).toMatchObject({ runs: 2, failed: 1 });
    expect(trendFrom(twice).runs).toBe(2);
  });
});

describe('a trend', () => {
  test('begins with what fails, then with what failed most, and counts what it leaves out', () => {
    const of = (label: string, signs: string) => through(signs, label);
    const many = Array.from({ length: 20 }, (_, i) => of(`up${i}:25`, '....'));
    const { targets, omitted } = trendFrom(
      [...many, of('flaky:25', 'xx..'), of('down:25', '...x'), of('once:25', 'x...')].flat(),
    );
    expect(targets.slice(0, 4).map(({ label }) => label)).toEqual(['down:25', 'flaky:25', 'once:25', 'up0:25']);
    expect([targets.length, omitted]).toEqual([20, 3]);
  });

  test('is over the last runs alone', () => {
    const trend = trendFrom(through('xxx.......'), 7);
    expect(trend).toMatchObject({ runs: 7, since: hour(3) });
    expect(trend.targets[0]).toMatchObject({ runs: 7, failed: 0, lastFailure: null });
  });

  test('of many runs has at most 100 points, which stand for all of them', () => {
    const lines = Array.from({ length: 1_000 }, (_, n) =>
      n === 15 ? failed(n) : line(n, undefined, { latencyMs: n % 10 === 9 ? 5_000 : 20 }),
    );
    const points = trendFrom(lines).targets[0]?.points ?? [];
    expect(points).toHaveLength(100);
    expect(points.reduce((sum, { runs }) => sum + runs, 0)).toBe(1_000);
    // The median: one slow run of ten does not show.
    expect(points[1]).toEqual({ when: hour(10), runs: 10, failed: 1, latencyMs: 20, daysLeft: 71 });
  });

  test.each([
    [0, 10, []],
    [3, 10, [1, 1, 1]],
    [10, 10, Array.from({ length: 10 }, () => 1)],
    [11, 10, [2, 2, 2, 2, 2, 1]],
    [25, 2, [13, 12]],
  ])('%i points become at most %i', (n, most, runs) => {
    const points = Array.from({ length: n }, (_, i) => ({
      when: hour(i),
      runs: 1,
      failed: 0,
      latencyMs: null,
      daysLeft: null,
    }));
    expect(group(points, most).map((point) => point.runs)).toEqual(runs);
  });
});
