import { expect, test } from '@jest/globals';
import { firstLine, listed, sayMs } from '../../src/shared/text.ts';

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [350.4, '350 ms'],
  [999, '999 ms'],
  [999.7, '1 s'],
  [1_000, '1 s'],
  [1_049, '1 s'],
  [2_500, '2.5 s'],
  [30_000, '30 s'],
])('%d milliseconds are said as %j', (ms, text) => {
  expect(sayMs(ms)).toBe(text);
});

test.each([
  ['', []],
  ['a', ['a']],
  [' a \r\n\n\tb c\r\rd\n', ['a', 'b c', 'd']],
])('%j lists %j', (text, items) => {
  expect(listed(text)).toEqual(items);
});

test.each([
  ['', '(nothing)'],
  ['\n', '(nothing)'],
  ['550 ', '550'],
  ['550-\n550 ', '550'],
  ['550-\n550 no', '550 no'],
  ['\n220 a', '220 a'],
  ['501 argument "x" invalid', "501 argument 'x' invalid"],
  ['220 a', '220 a'],
  ['220-a\n220 b', '220-a (and 1 more line)'],
  ['220-a\n220-b\n220 c', '220-a (and 2 more lines)'],
])('the first line of %j is %j', (text, first) => {
  expect(firstLine(text)).toBe(first);
});
