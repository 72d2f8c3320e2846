import { describe, expect, test } from '@jest/globals';
import {
  boolean,
  duration,
  lines,
  oneOf,
  optional,
  path,
  port,
  regularExpression,
} from '../../../src/inputs/parsers/primitives.ts';
import { problemOf } from '../../support/problems.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

describe('a boolean', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('is read from %j', (text, value) => {
    expect(boolean(text)).toEqual({ value });
  });

  test.each([
    '',
    'tRUE',
    'yes',
    'no',
    'on',
    'off',
    'y',
    '1',
    '0',
    'null',
    '"true"',
    "'true'",
    'true,',
    'true\n',
    'ｔｒｕｅ',
  ])('is not read from %j', (text) => {
    const said = problemOf(boolean(text)).replace(/ \(.*\)(?=;)/, '');
    expect(said).toBe(`${JSON.stringify(text)} is not a boolean; write true or false`);
  });

  test.each([
    ['flase', 'false'],
    ['ture', 'true'],
    ['TRue', 'true'],
  ])('has a suggestion for %j', (text, meant) => {
    expect(problemOf(boolean(text))).toContain(`(did you mean \`${meant}\`?); write true or false`);
  });
});

describe('one of a few words', () => {
  const family = oneOf('auto', '4', '6');

  test.each(['auto', '4', '6'] as const)('is read from %j', (value) => {
    expect(family(value)).toEqual({ value });
  });

  test.each(['', 'Auto', 'AUTO', 'ipv4', '46', '4,6', '"auto"', 'auto,', '４', 'constructor'])(
    'is not read from %j',
    (text) => {
      const problem = problemOf(family(text));
      expect(problem.replace(/ \((?:it contains .*; )?did you mean `auto`\?\)/, '')).toBe(
        `${JSON.stringify(text)} is not one of the choices; write one of auto, 4, 6`,
      );
    },
  );

  const mode = oneOf('auto', 'none', 'starttls', 'implicit');

  test.each([
    ['startls', 'starttls'],
    ['STARTTLS', 'starttls'],
    ['start-tls', 'starttls'],
    ['implicti', 'implicit'],
    ['nnoe', 'none'],
    ['atuo', 'auto'],
    ['implicitly', 'implicit'],
  ])('says what was meant by %j', (text, meant) => {
    expect(problemOf(mode(text))).toBe(
      `"${text}" is not one of the choices (did you mean \`${meant}\`?); write one of auto, none, starttls, implicit`,
    );
  });

  test('names the character that is one too many', () => {
    expect(problemOf(mode('"none"'))).toContain('(it contains a double quote ("); did you mean `none`?)');
    expect(problemOf(mode('none,'))).toContain('(it contains a comma (,); did you mean `none`?)');
  });

  test.each(['ssl', 'tls', 'x', '', 'true', 's'.repeat(100_000)])('makes no guess for %#', (text) => {
    expect(problemOf(mode(text))).not.toContain('did you mean');
  });
});

describe('a regular expression', () => {
  test.each([
    ['/Postfix/', 'write "Postfix"'],
    ['/^220 ESMTP$/m', 'write "^220 ESMTP$"'],
    ['/x/i', 'write "[Xx]"'],
    ['/^220 .*Exim/gi', 'write "^220 .*[Ee][Xx][Ii][Mm]"'],
    ['/\\bExim/i', 'write "\\\\bExim", with both cases of a letter where either may stand, such as [Ee]smtp'],
  ])('is not read from JavaScript’s own form of it: %s', (text, advice) => {
    const problem = problemOf(regularExpression(text));
    expect(problem).toContain('is an expression between slashes');
    expect(problem).toContain(advice);
  });

  test.each([
    'Postfix',
    '^220 .*ESMTP$',
    '(a+)+$',
    '/Postfix',
    'a/b/c',
    '//',
    '(?<=ESMTP )Postfix',
    '\\p{L}',
    '\\.example\\.com',
  ])('is read from %j', (value) => {
    expect(regularExpression(value)).toEqual({ value });
  });

  test.each([
    ['(', 'Unterminated group'],
    [')', 'Unmatched'],
    ['[', 'Unterminated character class'],
    ['*ESMTP', 'Nothing to repeat'],
    ['a{2,1}', 'out of order'],
    ['[z-a]', 'out of order'],
    ['\\', 'at end of pattern'],
    ['(?i)esmtp', 'JavaScript has no inline flags: write [Ee]smtp'],
    ['(?i:esmtp', 'JavaScript has no inline flags: write [Ee]smtp'],
    [`${'x'.repeat(100)}(`, 'Unterminated group'],
    ['/m: (', 'Unterminated group'],
  ])('is not read from %j', (text, reason) => {
    const problem = problemOf(regularExpression(text));
    expect(problem).toContain(`is not a regular expression: `);
    expect(problem).toContain(reason);
    expect(problem).toContain('put a backslash before a literal character');
    expect(problem.length).toBeLessThan(300);
  });
});

describe('a path', () => {
  test.each(['report.json', 'out/report.json', '/tmp/a b.json', 'C:\\out\\report.json', 'bücher.json'])(
    'is read from %j',
    (value) => {
      expect(path(value)).toEqual({ value });
    },
  );

  test.each([
    ['a\nb', 'a line feed'],
    ['a\rb', 'a carriage return'],
    ['a\0b', 'a NUL'],
  ])('is not read from %j', (text, names) => {
    expect(problemOf(path(text))).toBe(`contains ${names}; write one path`);
  });
});

describe('an optional value', () => {
  test.each([
    ['', { value: null }],
    ['25', { value: 25 }],
  ])('from %j', (text, parsed) => {
    expect(optional(port)(text)).toEqual(parsed);
  });

  test('is refused as itself', () => {
    expect(optional(port)('x')).toEqual(port('x'));
  });
});

describe('values, one a line,', () => {
  test.each([
    ['', []],
    ['25', [25]],
    ['25\n587', [25, 587]],
    ['25\r\n587\r465', [25, 587, 465]],
    ['\n  25\t\n\n \n587  ', [25, 587]],
  ])('are read from %j', (text, value) => {
    expect(lines(port)(text)).toEqual({ value });
  });

  test('are refused with the number of every wrong line', () => {
    const problem = problemOf(lines(port)('25\nx\n\n0'));
    expect(problem).toBe(`line 2: ${problemOf(port('x'))}; line 4: ${problemOf(port('0'))}`);
  });
});

test('whatever the text, every kind gives a value that makes sense or a problem on one line', () => {
  const kinds = [port, duration({ zero: 'refused' }), boolean, oneOf('a', 'b'), regularExpression, path];
  const numbers = fc.stringMatching(/^[ 0-9.eEx+-]{0,6}(ms|s|m|h)?$/);
  fc.assert(
    fc.property(fc.oneof(anyText, numbers), (text) => {
      for (const kind of kinds) {
        const parsed = kind(text);
        if ('problem' in parsed) expect(parsed.problem).toMatch(/^[^\n\r]+$/);
        else if (typeof parsed.value === 'number')
          expect(Number.isSafeInteger(parsed.value) && parsed.value > 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
