import { expect, test } from '@jest/globals';
import { codesPage, retiredCodes } from '../../scripts/generate/codes.ts';
import { CODES, type CodeTable, isCode, RETIRED, type Retirement } from '../../src/model/codes.ts';

const retired: [string, Retirement][] = Object.entries(RETIRED);

test('no code that is retired is used again', () => {
  expect(retired.filter(([code]) => isCode(code))).toEqual([]);
});

test('a code that is retired would not compile', () => {
  const head = { status: 'fail', fault: 'server', retryable: false } as const;
  const table = { old: head, other: head };
  table satisfies CodeTable<'older'>;
  // @ts-expect-error: this is the proof; without the error, `npm run lint` fails.
  table satisfies CodeTable<'old'>;
});

test('every retired code says since when, and why', () => {
  for (const [code, { version, reason }] of retired) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(reason).toMatch(/\.$/);
  }
});

test('retired codes stay on record in the documentation', () => {
  const section = retiredCodes({ 'old-code': { version: '2.0.0', reason: 'It is two: `slow` and `not-smtp`.' } });
  expect(section.join('\n')).toMatch(/^## Retired codes\n/);
  expect(section.join('\n').split('\n')).toContain('| `old-code` | 2.0.0 | It is two: `slow` and `not-smtp`. |');
  expect(retiredCodes({})).toEqual([]);
  for (const line of retiredCodes(RETIRED)) expect(codesPage()).toContain(line);
});

test.each(['auth-rejected', 'auth-app-password-needed', 'auth-disabled'] as const)(
  '%s is a login that was rejected, which nothing repeats',
  (code) => {
    expect(CODES[code]).toEqual({ status: 'fail', fault: 'credentials', retryable: false, rejectsLogin: true });
  },
);

test('only what may be repeated at all may be repeated with a login', () => {
  for (const [code, { retryable, repeatsLogin }] of Object.entries(CODES)) {
    if (repeatsLogin) expect([code, retryable]).toEqual([code, true]);
  }
});
