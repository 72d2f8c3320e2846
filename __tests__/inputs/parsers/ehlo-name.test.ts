import { describe, expect, test } from '@jest/globals';
import { ehloName, requirement } from '../../../src/inputs/parsers/ehlo-name.ts';
import { problemOf } from '../../support/problems.ts';

describe('the name said in EHLO', () => {
  test.each(['runner.example.com', 'localhost', '[192.0.2.1]', '[IPv6:2001:db8::1]', '[ipv6:::1]'])(
    'may be %s',
    (text) => {
      expect(ehloName(text)).toEqual({ value: text });
    },
  );

  test('is an A-label where it is internationalised', () => {
    expect(ehloName('bücher.example')).toEqual({ value: 'xn--bcher-kva.example' });
  });

  test.each([
    ['192.0.2.1', 'is a bare address', 'write [192.0.2.1]'],
    ['2001:db8::1', 'is a bare address', 'write [IPv6:2001:db8::1]'],
    ['[2001:db8::1]', 'is not an address literal', 'write [192.0.2.1] or [IPv6:'],
    ['[IPv6:192.0.2.1]', 'is not an address literal', 'write'],
    ['[nonsense]', 'is not an address literal', 'write'],
    ['a\nRSET', 'a line feed', 'such as mail.example.com'],
    ['a b', 'a space', 'one host only'],
    ['my host', 'a space', 'write one name, such as runner.example.com'],
  ])('is not %j', (text, names, advice) => {
    const problem = problemOf(ehloName(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
  });
});

describe('a required capability', () => {
  test.each([
    ['SMTPUTF8', 'SMTPUTF8', []],
    ['smtputf8', 'SMTPUTF8', []],
    ['8BITMIME', '8BITMIME', []],
    ['AUTH  PLAIN\tLOGIN', 'AUTH', ['PLAIN', 'LOGIN']],
    ['SIZE', 'SIZE', []],
    ['size 20000000', 'SIZE', ['20000000']],
    ['X-OWN a=b', 'X-OWN', ['a=b']],
  ])('is read from %j', (text, keyword, parameters) => {
    expect(requirement(text)).toEqual({ value: { keyword, parameters } });
  });

  test.each([
    ['AUTH=PLAIN', '"AUTH=PLAIN" is not an EHLO keyword'],
    ['250-SIZE,', '"250-SIZE," is not an EHLO keyword'],
    ['STARTTLS, SIZE', 'write one per line, without commas,'],
    ['AUTH PLAIN,LOGIN', 'has a comma (,) between mechanisms; write spaces'],
    ['auth PLAIN, LOGIN', 'has a comma (,) between mechanisms; write spaces'],
    ['SIZE 20MB', 'has no number of bytes'],
    ['SIZE -1', 'has no number of bytes'],
    ['SIZE 1 2', 'has no number of bytes'],
    ['SMTPUTF8\u200b', 'an invisible character (U+200B)'],
    ['AUTH PLAIN\u0001', 'an invisible character (U+0001)'],
  ])('is not read from %j', (text, names) => {
    const problem = problemOf(requirement(text));
    expect(problem).toContain(names);
    expect(problem).toMatch(/; write /);
  });
});
