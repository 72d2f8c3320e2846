import { describe, expect, test } from '@jest/globals';
import { duration, port } from '../../../src/inputs/parsers/primitives.ts';
import { problemOf } from '../../support/problems.ts';

describe('a port', () => {
  test.each([
    ['1', 1],
    ['25', 25],
    ['587', 587],
    ['65535', 65_535],
  ])('is read from %j', (text, value) => {
    expect(port(text)).toEqual({ value });
  });

  test.each([
    ['0', '"0" is out of range', 'write a number from 1 to 65535'],
    ['65536', '"65536" is out of range', 'write a number from 1 to 65535'],
    ['9'.repeat(400), '"999', 'write a number from 1 to 65535'],
    ['-25', 'the character - in "-25"', 'write 25'],
    ['+25', 'the character + in "+25"', 'write 25'],
    ['25.0', 'the character . in "25.0"', 'write only digits'],
    ['1e3', 'the character e in "1e3"', 'write only digits'],
    ['0x19', 'the character x in "0x19"', 'write only digits'],
    ['5_87', 'the character _ in "5_87"', 'write only digits'],
    ['587/tcp', 'the character / in "587/tcp"', 'write 587'],
    ['"587"', 'a double quote (")', 'write 587'],
    ["'587'", "a single quote (')", 'write 587'],
    ['“587”', 'the character “ (U+201C)', 'write 587'],
    ['587,', 'a comma (,)', 'write 587'],
    ['587;', 'a semicolon (;)', 'write 587'],
    [':587', 'the character :', 'write 587'],
    ['25,587', 'a comma (,) in "25,587"', 'write only digits'],
    ['25 587', 'a space in "25 587"', 'write only digits'],
    ['587–589', 'the character – (U+2013)', 'write only digits'],
    ['587\n', 'a line feed', 'write 587'],
    ['587\r', 'a carriage return', 'write 587'],
    ['587\0', 'a NUL', 'write 587'],
    ['5\t87', 'a tab', 'write only digits'],
    ['587\u00a0', 'a no-break space (U+00A0)', 'write 587'],
    ['\ufeff587', 'an invisible character (U+FEFF)', 'write 587'],
    ['\u200b587', 'an invisible character (U+200B)', 'write 587'],
    ['５８７', 'the character ５ (U+FF15)', 'write only digits'],
    ['٥٨٧', 'the character ٥ (U+0665)', 'write only digits'],
    ['$\u007b{ vars.PORT }}', 'the character $', 'write only digits'],
    ['smtp', '"smtp" is a service name', 'write the number 25'],
    ['SMTPS', '"SMTPS" is a service name', 'write the number 465'],
    ['submission', '"submission" is a service name', 'write the number 587'],
    ['submissions', '"submissions" is a service name', 'write the number 465'],
    ['http', 'the character h in "http"', 'write only digits'],
    ['constructor', 'the character c in "constructor"', 'write only digits'],
    ['__proto__', 'the character _ in "__proto__"', 'write only digits'],
    ['mail.example.com:587', 'the character m', 'write 587'],
  ])('is not read from %j', (text, names, advice) => {
    const problem = problemOf(port(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
  });

  test.each(['99999/tcp', '0;', '70000x'])('that is advised is one that can be read: %j', (text) => {
    const advised = /write (\d+)$/.exec(problemOf(port(text)))?.[1];
    expect(advised === undefined ? { value: 0 } : port(advised)).toHaveProperty('value');
  });
});

describe('a duration', () => {
  test.each([
    ['10', 10_000],
    ['10s', 10_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['24h', 86_400_000],
    ['1.5s', 1_500],
    ['0.25m', 15_000],
    ['10 s', 10_000],
    ['0010s', 10_000],
    ['1ms', 1],
  ])('is read from %j', (text, value) => {
    expect(duration({ zero: 'refused' })(text)).toEqual({ value });
  });

  test.each([
    ['', 'not a duration'],
    ['soon', 'not a duration'],
    ['-1s', 'not a duration'],
    ['+1s', 'not a duration'],
    ['.5s', 'not a duration'],
    ['5.s', 'not a duration'],
    ['1,5s', 'not a duration'],
    ['1e3', 'not a duration'],
    ['0x10', 'not a duration'],
    ['1_000', 'not a duration'],
    ['10S', 'not a duration'],
    ['10sec', 'not a duration'],
    ['1m30s', 'not a duration'],
    ['1d', 'not a duration'],
    ['PT10S', 'not a duration'],
    ['Infinity', 'not a duration'],
    ['NaN', 'not a duration'],
    ['"10s"', 'not a duration'],
    ['10s,', 'not a duration'],
    ['１０s', 'not a duration'],
    ['10\u200bs', 'not a duration'],
    ['10\u00a0s', 'not a duration'],
    ['10\ns', 'not a duration'],
    ['10s\n', 'not a duration'],
    ['$\u007b{ vars.WAIT }}', 'not a duration'],
    ['86400001ms', 'is too long; write at most 24h'],
    ['25h', 'is too long; write at most 24h'],
    [`${'9'.repeat(400)}s`, 'is too long; write at most 24h'],
    ['0', 'is zero; write at least 1ms'],
    ['0.0h', 'is zero; write at least 1ms'],
    ['0.4ms', 'is zero; write at least 1ms'],
  ])('is not read from %j', (text, what) => {
    const problem = problemOf(duration({ zero: 'refused' })(text));
    expect(problem).toContain(what);
    expect(problem).toContain(JSON.stringify(text).slice(0, 20));
    expect(problem).toContain('write ');
  });

  test.each(['0', '0s', '0ms', '0.0m'])('may be none at all where that has a meaning: %j', (text) => {
    expect(duration({ zero: 'allowed' })(text)).toEqual({ value: 0 });
  });
});
