import { expect, test } from '@jest/globals';
import { enhancedStatus } from '../../src/smtp/enhanced-status.ts';
import { reply } from '../support/observation.ts';

test.each([
  ['535 5.7.8 Authentication failed', '5.7.8'],
  ['535 5.7.139 Authentication unsuccessful', '5.7.139'],
  ['452 4.3.1 Insufficient system storage', '4.3.1'],
  ['250 2.1.0 Ok', '2.1.0'],
  ['550  5.1.1 two spaces', '5.1.1'],
  ['550 5.1.1', '5.1.1'],
  ['550 5.1.1\tUser unknown', '5.1.1'],
  ['550-5.7.1 first line\n550 5.7.2 second line', '5.7.1'],
  ['550-no\n550 5.7.2 second line', ''],
  ['550 5.999.999 the largest', '5.999.999'],
  ['550 5.7.1000 four digits', ''],
  ['550 5.7 two parts', ''],
  ['550 5.7.1.2 four parts', ''],
  ['550 5.7.1: a colon', ''],
  ['550 3.7.1 no such class', ''],
  ['550 1.2.3.4 is listed', ''],
  ['550 see 5.7.1', ''],
  ['550 ', ''],
  ['550', ''],
])('the enhanced status of %j is %j', (text, expected) => {
  expect(enhancedStatus(reply(text))).toBe(expected);
});

test('a reply without lines has none', () => {
  expect(enhancedStatus({ code: 550, lines: [] })).toBe('');
});
