import { describe, expect, test } from '@jest/globals';
import { credential } from '../../../src/inputs/parsers/credentials.ts';
import { problemOf } from '../../support/problems.ts';
import fc from '../../support/property.ts';

describe('a credential', () => {
  test.each([
    ['a word', 'hunter2'],
    ['spaces within', 'correct horse battery staple'],
    ['quotes and backslashes', '"\'\\`'],
    ['what means something to SASL', 'a=b,c=d'],
    ['what means something to a shell', '$HOME $(id) ;|&'],
    ['other scripts', 'пароль密碼🔑'],
    ['combining accents, as they are', 'bu\u0308cher'],
    ['a no-break space', 'a\u00a0b'],
    ['one character', 'x'],
    ['a JSON web token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['1000 characters', 'x'.repeat(1000)],
  ])('may hold %s', (_, text) => {
    expect(credential(text)).toEqual({ value: text });
  });

  test.each([
    ['NUL, which ends PLAIN’s parts', 'hunter\x002', 'a NUL'],
    ['a line feed', 'hunter\n2', 'a line feed'],
    ['a carriage return', 'hunter\r2', 'a carriage return'],
    ['a tab', 'hunter\t2', 'a tab'],
    ['OAuth’s separator', 'hunter\x012', 'an invisible character (U+0001)'],
    ['DEL', 'hunter\x7f2', 'an invisible character (U+007F)'],
    ['a C1 control', 'hunter\x852', 'an invisible character (U+0085)'],
    ['a line separator', 'hunter\u20282', 'an invisible character (U+2028)'],
    ['an expression', `\${{ secrets.HUNTER }}`, 'an expression that was not evaluated'],
    ['half a surrogate pair', 'hunter\ud8002', 'not valid Unicode text'],
  ])('may not hold %s, and the problem does not show it', (_, text, names) => {
    const problem = problemOf(credential(text));
    expect(problem).toContain(names);
    expect(problem).toMatch(/store it again|write it as/);
    expect(problem).not.toMatch(/hunter/i);
  });

  test('is never part of its problem, whatever it is', () => {
    const word = fc.stringMatching(/^[A-Z0-9]{12,30}$/);
    fc.assert(
      fc.property(word, fc.constantFrom('\0', '\n', '\x1b', '\x9f', '\ud800'), word, (before, odd, after) => {
        const problem = problemOf(credential(before + odd + after));
        expect(problem).not.toContain(before);
        expect(problem).not.toContain(after);
      }),
    );
  });
});
