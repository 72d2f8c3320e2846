import { describe, expect, test } from '@jest/globals';
import { ignoreRule } from '../../../src/inputs/parsers/ignore.ts';
import { CODES } from '../../../src/model/codes.ts';
import { problemOf } from '../../support/problems.ts';

describe('a rule of what to ignore', () => {
  const ignorable = Object.keys(CODES).filter((code) => code !== 'probe-crashed' && code !== 'input-invalid');

  test.each(ignorable)('may name %s', (code) => {
    expect(ignoreRule(code)).toEqual({ value: { code, at: null, until: null, reason: null } });
  });

  test.each([
    ['slow@mail.example.com:587', { code: 'slow', at: { host: 'mail.example.com', port: 587 } }],
    ['connect-refused@[::1]:25', { code: 'connect-refused', at: { host: '::1', port: 25 } }],
    ['slow@lmtp://192.0.2.1:24', { code: 'slow', at: { host: '192.0.2.1', port: 24 } }],
    ['not-smtp@192.0.2.1:22', { code: 'not-smtp', at: { host: '192.0.2.1', port: 22 } }],
    ['slow@bücher.example:25', { code: 'slow', at: { host: 'xn--bcher-kva.example', port: 25 } }],
  ])('is read from %j', (text, value) => {
    expect(ignoreRule(text)).toEqual({ value: { until: null, reason: null, ...value } });
  });

  test.each([
    ['nope', '"nope" is not a code', 'write one of those in docs/codes.md'],
    ['Slow', '"Slow" is not a code', 'slow'],
    ['slow,', '"slow," is not a code', 'slow'],
    ['"slow"', '"\\"slow\\"" is not a code', 'slow'],
    ['slow connect-refused', '"slow connect-refused" is not one code', 'write one per line'],
    ['slow,queue-full', '"slow,queue-full" is not one code, but several', 'write one per line'],
    ['slow; queue-full', 'is not one code, but several', 'write one per line'],
    ['*', '"*" is not a code', 'write one of'],
    ['connect', '"connect" is not a code', 'write one of connect-refused, connect-timeout'],
    ['dns-*', '"dns-*" is not a code', 'write one of dns-not-found, dns-no-address, dns-unavailable'],
    ['constructor', '"constructor" is not a code', 'write one of'],
    ['__proto__', '"__proto__" is not a code', 'write one of'],
    ['', '"" is not a code', 'write one of'],
    ['@mail.example.com:25', '"" is not a code', 'write one of'],
    ['probe-crashed', '"probe-crashed" cannot be ignored', 'leave it out'],
    ['input-invalid@a:1', '"input-invalid" cannot be ignored', 'leave it out'],
    ['slow@', '"" is not a target', 'write host:port'],
    ['slow@mail.example.com', '"mail.example.com" is not a target', 'write host:port'],
    ['slow@:25', 'host "" is not a valid domain name', 'such as mail.example.com'],
    ['slow@a:0', 'port "0" is out of range', 'write a number from 1 to 65535'],
    ['slow@a:25@b:25', 'contains an at sign', 'write only the host after the @'],
    ['connect-refsued', '(did you mean `connect-refused`?)', 'write one of'],
    ['cerificate-expired', '(did you mean `certificate-expired`?)', 'write one of'],
  ])('is not read from %j', (text, names, advice) => {
    const problem = problemOf(ignoreRule(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
  });
});

describe('a line with a last day or a reason', () => {
  test.each([
    ['slow until:2026-12-31', { code: 'slow', at: null, until: '2026-12-31', reason: null }],
    ['slow # the relay is far away', { code: 'slow', at: null, until: null, reason: 'the relay is far away' }],
    [
      'slow@mx1.example.com:25  until:2028-02-29\t#see #42, "ops"',
      { code: 'slow', at: { host: 'mx1.example.com', port: 25 }, until: '2028-02-29', reason: 'see #42, "ops"' },
    ],
    ['slow until:2026-12-31 #', { code: 'slow', at: null, until: '2026-12-31', reason: null }],
  ])('%s', (text, value) => {
    expect(ignoreRule(text)).toEqual({ value });
  });

  test.each([
    ['slow until:', '"" is no day; write year, month and day, such as until:2026-12-31'],
    ['slow until:tomorrow', '"tomorrow" is no day; write year, month and day, such as until:2026-12-31'],
    ['slow until:2026-02-29', '"2026-02-29" is no day; write year, month and day, such as until:2026-12-31'],
    ['slow until:2026-13-01', '"2026-13-01" is no day; write year, month and day, such as until:2026-12-31'],
    ['slow until:31.12.2026', '"31.12.2026" is no day; write year, month and day, such as until:2026-12-31'],
    ['# a reason alone', 'is a reason without a code; write the code before the #'],
    [`slow # ${'x'.repeat(201)}`, 'has a reason of 201 characters; write at most 200'],
    ['slow # a\u0007b', 'has an invisible character (U+0007) in its reason; leave it out'],
  ])('%s is refused', (text, problem) => {
    expect(ignoreRule(text)).toEqual({ problem });
  });

  test('that has its last day before its place is refused', () => {
    expect(ignoreRule('slow until:2026-12-31 @mx1.example.com:25')).toHaveProperty('problem');
  });
});
