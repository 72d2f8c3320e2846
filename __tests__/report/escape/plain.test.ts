import { describe, expect, test } from '@jest/globals';
import { plain, plainDeep } from '../../../src/report/escape/plain.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { isCommand } from '../../support/runner.ts';
import { anyText } from '../../support/text.ts';

/** Controls, formatting characters, lone surrogates, line and paragraph separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function expectPlain(text: string, max = 1_000): void {
  const made = plain(text, max);
  expect(made).not.toMatch(UNSEEN);
  expect(made).not.toContain('##[');
  expect(isCommand(made)).toBe(false);
  // An IPv6 address such as ::add::1 is no command.
  if (!/^[\s\da-f:.]+$/i.test(made)) expect(made).not.toMatch(/^\s*::[a-z][a-z-]*( [^:]*)?::/i);
  expect([...made].length).toBeLessThanOrEqual(max);
  expect(plain(made, max)).toBe(made);
}

describe('plain text is one line that nothing executes and everyone can see', () => {
  test.each(NASTY)('%s', (_, text) => {
    expectPlain(text);
    expectPlain(text, 20);
    expectPlain(`220 ${text}\n${text}`);
  });

  test('whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 60 }), (text, max) => expectPlain(text, max)),
      { numRuns: 500 },
    );
  });
});

describe('plain text says the same as before', () => {
  test.each([
    ['', ''],
    ['220 mail.example.com ESMTP', '220 mail.example.com ESMTP'],
    ['bücher ✓ 例え 😀', 'bücher ✓ 例え 😀'],
    ['a: b::c ## [d] ::', 'a: b::c ## [d] ::'],
    ['220 a::b::c', '220 a::b::c'],
    ['::1', '::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['220-a\n220 b', '220-a / 220 b'],
    ['220-a\r\n220 b\r\n', '220-a / 220 b / '],
    ['a\tb', 'a b'],
    ['a\rb', 'a\\u{d}b'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\u202eb\u200bc\0', 'a\\u{202e}b\\u{200b}c\\u{0}'],
    ['\ud83d', '\\u{d83d}'],
    ['::error::x', '\\::error::x'],
    ['  ::error::x', '  \\::error::x'],
    ['##[error]x', '##\\[error]x'],
    ['x####[error]', 'x####\\[error]'],
  ])('%j becomes %j', (text, made) => {
    expect(plain(text)).toBe(made);
  });

  test('unless nothing in it needs a change', () => {
    const printable = fc
      .string({ unit: 'grapheme-ascii' })
      .filter((text) => !text.includes('##[') && !text.trimStart().startsWith('::'));
    fc.assert(fc.property(printable, (text) => expect(plain(text, 10_000)).toBe(text)));
  });
});

describe('text that is too long is cut', () => {
  test.each([
    ['x'.repeat(1_000), 1_000, 'x'.repeat(1_000)],
    ['x'.repeat(1_001), 1_000, `${'x'.repeat(999)}…`],
    ['abcdef', 3, 'ab…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀…'],
  ])('%#', (text, max, made) => {
    expect(plain(text, max)).toBe(made);
  });
});

describe('a value that consists of others', () => {
  test('has every string in it made plain, and keeps what it consists of otherwise', () => {
    const value = { a: '::error::x', b: [1, null, true, ['x\ny', { c: '\0' }]], d: {}, e: -0.5 };
    expect(plainDeep(value)).toEqual({
      a: '\\::error::x',
      b: [1, null, true, ['x / y', { c: '\\u{0}' }]],
      d: {},
      e: -0.5,
    });
    expect(value.a).toBe('::error::x');
  });

  test('comes back as it was when all of it is plain', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(plainDeep(plainDeep(value))).toEqual(plainDeep(value))));
  });
});
