import { expect, test } from '@jest/globals';
import { firstsFirst } from '../../src/report/ordering.ts';

test.each([
  ['', ''],
  ['a1 a2 b1 a3 c1 b2', 'a1 b1 c1 a2 a3 b2'],
  ['b1 a1', 'b1 a1'],
])('the first of each kind comes first, all else in order: %j', (given, ordered) => {
  const words = (text: string) => text.split(' ');
  expect(firstsFirst(words(given), ([kind = '']) => kind)).toEqual(words(ordered));
});
