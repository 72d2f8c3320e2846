import { describe, expect, test } from '@jest/globals';
import { labelValue } from '../../../src/report/escape/metrics.ts';
import { plain } from '../../../src/report/escape/plain.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

/** What a reader of the format makes of a label's value: nothing but `\\`, `\"` and `\n` is escaped in it. */
function readBack(value: string): string {
  expect(value).toMatch(/^(?:[^"\\\n]|\\["\\n])*$/);
  return value.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
}

describe('the value of a label is read back as it was, made plain', () => {
  test.each(NASTY)('%s', (_, text) => expect(readBack(labelValue(text))).toBe(plain(text)));

  test.each([
    ['C:\\mail\\', 'C:\\\\mail\\\\'],
    ['say "no"', 'say \\"no\\"'],
    ['\\"', '\\\\\\"'],
    ['\\n', '\\\\n'],
    ['a\nb', 'a / b'],
    ['{a="b",c="d"} 1 # x', '{a=\\"b\\",c=\\"d\\"} 1 # x'],
    ['mail.bücher.example:25', 'mail.bücher.example:25'],
  ])('%j', (text, value) => expect(labelValue(text)).toBe(value));

  test('whatever it is', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(readBack(labelValue(text))).toBe(plain(text))),
      { numRuns: 1_000 },
    );
  });
});
