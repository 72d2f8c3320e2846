import { describe, expect, test } from '@jest/globals';
import {
  gateSays,
  median,
  type Result,
  scoreOf,
  type Verdict,
  verdictOf,
  whyWrong,
} from '../../../scripts/compare/verdicts.ts';

test.each([
  [0, 'green'],
  [1, 'red'],
  [255, 'red'],
  [null, 'hangs'],
])('exit status %s is %s', (exit, verdict) => {
  expect(verdictOf({ exit })).toBe(verdict);
});

test.each([
  [[], null],
  [[7], 7],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2],
])('the median of %j is %s', (values, expected) => {
  expect(median(values)).toBe(expected);
});

describe('a score', () => {
  const result = (good: boolean, verdict: Verdict, tookMs: number | null = 5): Result => ({
    name: 'a server',
    good,
    verdicts: ['red', verdict],
    tookMs: [1, tookMs],
  });

  test('counts what is wrong of what was asked, and no more', () => {
    const results = [
      result(true, 'green', 1),
      result(true, 'red', 2),
      result(false, 'green', 3),
      result(false, 'green', 4),
      result(false, 'red', 5),
      result(false, 'hangs', 10_000),
      result(true, 'hangs', 10_000),
      result(false, 'cannot be asked', null),
      result(true, 'not installed', null),
    ];
    expect(scoreOf(results, 1)).toEqual({ asked: 7, falseGreen: 2, falseRed: 1, hangs: 2, cannot: 1, medianMs: 4 });
  });

  test('has no median where nothing was run', () => {
    expect(scoreOf([result(true, 'cannot be asked', null)], 1).medianMs).toBeNull();
  });
});

describe('what the gate says', () => {
  const output = (code: string | null) => JSON.stringify({ status: 'fail', code });

  test('is its exit status and the code of its report', () => {
    expect(gateSays({ exit: 1, output: output('not-smtp') })).toEqual({ verdict: 'red', code: 'not-smtp' });
    expect(gateSays({ exit: 0, output: output(null) })).toEqual({ verdict: 'green', code: null });
    expect(gateSays({ exit: 2, output: 'no report' })).toEqual({ verdict: 'red', code: null });
    expect(gateSays({ exit: null, output: output('not-smtp') })).toEqual({ verdict: 'hangs', code: null });
  });

  test.each([
    ['a pass of a server in good health', null, undefined, 0, null],
    ['a warning of a server in good health', null, undefined, 0, 'certificate-expiring'],
    ['the code of a broken one', 'not-smtp', undefined, 1, 'not-smtp'],
    ['a pass that is documented', 'not-smtp', true, 0, 'not-smtp'],
  ])('is right: %s', (_, code, gatePasses, exit, said) => {
    expect(whyWrong({ name: 'x', code, ...(gatePasses && { gatePasses }) }, { exit, output: output(said) })).toBeNull();
  });

  test.each([
    ['a failure of a server in good health', null, 1, 'not-smtp'],
    ['a pass of a broken one', 'not-smtp', 0, null],
    ['a pass of a broken one, and its code', 'not-smtp', 0, 'not-smtp'],
    ['another code', 'not-smtp', 1, 'greeting-closed'],
    ['no end', 'not-smtp', null, null],
  ])('is wrong: %s', (_, code, exit, said) => {
    expect(whyWrong({ name: 'the server', code }, { exit, output: output(said) })).toMatch(/^the server: expected /);
  });

  test('is wrong where a documented pass fails', () => {
    const run = { exit: 1, output: output('not-smtp') };
    expect(whyWrong({ name: 'x', code: 'not-smtp', gatePasses: true }, run)).toMatch(/expected green/);
  });
});
