import { describe, expect, test } from '@jest/globals';
import { type Finding, finding } from '../../src/diagnosis/findings.ts';
import { decidingFinding, failsStep, rank } from '../../src/diagnosis/verdict.ts';
import type { Code, Status } from '../../src/model/codes.ts';

const slow = finding('slow', { ms: 2, limitMs: 1, option: 'latency-warn' });
const tooSlow = finding('slow', { ms: 2, limitMs: 1, option: 'latency-fail' }, 'fail');
const notSmtp = finding('not-smtp', { protocol: 'ssh', text: 'SSH-2.0-x' });
const refused = finding('greeting-refused', { reply: '554 no' });
const mismatch = finding('banner-mismatch', { pattern: 'x', text: 'y', finished: true });

const BEST_FIRST: readonly Status[] = ['pass', 'skip', 'info', 'warn', 'fail'];
const pairs = BEST_FIRST.flatMap((a, i) => BEST_FIRST.map((b, j) => [a, b, Math.sign(i - j)] as const));

test.each(pairs)('%s stands to %s as %i', (a, b, sign) => {
  expect(Math.sign(rank(a) - rank(b))).toBe(sign);
});

describe('the finding that decides', () => {
  test.each<[string, Finding[], Code[], Finding | null]>([
    ['none of none', [], [], null],
    ['the only one', [slow], [], slow],
    ['the worst', [slow, notSmtp, refused], [], refused],
    ['the worst, wherever it stands', [refused, slow], [], refused],
    ['the first of equals', [refused, mismatch], [], refused],
    ['the first of equals, whatever the order', [mismatch, refused], [], mismatch],
    ['a warning above an information', [notSmtp, slow], [], slow],
    ['one that fails by exception', [refused, tooSlow], ['greeting-refused'], tooSlow],
    ['the worst that is not ignored', [refused, slow], ['greeting-refused'], slow],
    ['none when all are ignored', [refused, slow], ['greeting-refused', 'slow'], null],
    ['not touched by codes that were not found', [slow], ['not-smtp'], slow],
  ])('is %s', (_, findings, ignored, deciding) => {
    expect(decidingFinding(findings, (code) => ignored.includes(code))).toBe(deciding);
  });

  test('is one that is ignored, where more was not checked than it is about', () => {
    const unchecked = { ...refused, unchecked: ['auth'] as const };
    expect(decidingFinding([slow, unchecked], () => true)).toBe(unchecked);
    expect(decidingFinding([slow, refused], () => true)).toBeNull();
  });

  test('ignores nothing unless told to', () => {
    expect(decidingFinding([slow, refused])).toBe(refused);
  });
});

describe('the step fails', () => {
  test.each<[Status, boolean[]]>([
    //        fail   warn   info   never
    ['pass', [false, false, false, false]],
    ['info', [false, false, true, false]],
    ['warn', [false, true, true, false]],
    ['fail', [true, true, true, false]],
    ['skip', [false, false, false, false]],
  ])('on %s with fail-on fail, warn, info, never: %j', (status, expected) => {
    expect((['fail', 'warn', 'info', 'never'] as const).map((failOn) => failsStep(status, failOn))).toEqual(expected);
  });
});
