import { describe, expect, test } from '@jest/globals';
import { MATCH_LIMIT_MS, matchBanner } from '../../src/diagnosis/banner.ts';

const banner = '220-mail.example.com ESMTP Postfix\n220 ready';

describe('a greeting is compared with the expression', () => {
  test.each([
    ['Postfix', 'match'],
    ['^220-mail\\.example\\.com ', 'match'],
    ['^220 ready$', 'match'],
    ['Postfix$', 'match'],
    ['^220-.*\\n220 ready$', 'match'],
    ['(?:Exim|Postfix)', 'match'],
    ['\\AESMTP', 'mismatch'],
    ['postfix', 'mismatch'],
    ['Exim', 'mismatch'],
    ['^ready', 'mismatch'],
    ['mail.*ready', 'mismatch'],
    ['^$', 'mismatch'],
  ])('%j: %s', (pattern, result) => {
    expect(matchBanner(pattern, banner)).toBe(result);
  });

  test.each([
    ['', '', 'match'],
    ['^$', '', 'match'],
    ['x', '', 'mismatch'],
    ["'\\); process.exit\\(1\\); \\('", banner, 'mismatch'],
    ['a\\\\b"`\u0024\u007bx}', 'a\\b"`\u0024\u007bx}', 'mismatch'],
  ])('%j on %j: %s', (pattern, text, result) => {
    expect(matchBanner(pattern, text)).toBe(result);
  });
});

describe('an expression that backtracks without end is given up in time', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(50)}!`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(200)],
  ])('%j', (pattern, text) => {
    const began = process.hrtime.bigint();
    expect(matchBanner(pattern, text)).toBe('unfinished');
    const tookMs = Number(process.hrtime.bigint() - began) / 1e6;
    expect(tookMs).toBeGreaterThanOrEqual(MATCH_LIMIT_MS - 50);
    expect(tookMs).toBeLessThan(1_000);
  });

  test('while one that only takes long text is not', () => {
    expect(matchBanner('(a+)$', `${'a'.repeat(4_000)}`)).toBe('match');
  });
});

test('an expression that does not compile is a defect of ours', () => {
  expect(() => matchBanner('(', 'x')).toThrow(/Unterminated group/);
});
