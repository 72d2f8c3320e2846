import { expect, test } from '@jest/globals';
import { shard, vantage } from '../../../src/inputs/parsers/shard.ts';

test.each([
  ['2/4', { index: 2, of: 4 }],
  ['1/1', { index: 1, of: 1 }],
  ['3 / 3', { index: 3, of: 3 }],
  ['256/256', { index: 256, of: 256 }],
])('%s is a part', (text, value) => {
  expect(shard(text)).toEqual({ value });
});

test.each([
  ['0/4', '"0/4" counts from 0; parts count from 1: write 1/4'],
  ['5/4', '"5/4" is beyond the last part; write at most 4/4'],
  ['1/0', '"1/0" has no parts; write 1/1 or more, such as 2/4'],
  ['1/257', '"1/257" has too many parts; write at most 256, such as 2/256'],
  ['2', '"2" is no shard; write which part of how many, such as 2/4'],
  ['-1/4', '"-1/4" is no shard; write which part of how many, such as 2/4'],
  ['1/4/4', '"1/4/4" is no shard; write which part of how many, such as 2/4'],
  ['1.5/4', '"1.5/4" is no shard; write which part of how many, such as 2/4'],
])('%s is none', (text, problem) => {
  expect(shard(text)).toEqual({ problem });
});

test.each(['azure', 'dmz-2', 'eu.west_1', 'a'.repeat(64)])('%s is a vantage point', (text) => {
  expect(vantage(text)).toEqual({ value: text });
});

test.each([
  ['a b', 'contains a space'],
  ['azure/1', 'contains the character /'],
  ['köln', 'contains the character ö (U+00F6)'],
  ['a,b', 'contains a comma (,)'],
])('%s is none', (text, said) => {
  expect(vantage(text)).toHaveProperty('problem', expect.stringContaining(said));
});

test('a vantage point has a longest name', () => {
  expect(vantage('a'.repeat(65))).toEqual({ problem: 'is 65 characters long; write at most 64' });
});
