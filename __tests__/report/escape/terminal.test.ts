import { describe, expect, test } from '@jest/globals';
import { plain } from '../../../src/report/escape/plain.ts';
import { columnsOf, terminal } from '../../../src/report/escape/terminal.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { isCommand } from '../../support/runner.ts';
import { anyText } from '../../support/text.ts';

function expectStays(text: string, columns: number): void {
  for (const line of [terminal(text), terminal(text, columns)]) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(line).not.toMatch(/\p{M}{6}/u);
    expect(line).not.toContain('##[');
    expect(isCommand(line)).toBe(false);
  }
  expect(columnsOf(terminal(text, columns))).toBeLessThanOrEqual(columns);
  // Nothing is lost but what is cut.
  expect(terminal(text)).toBe(plain(text, 16_000));
  expect(terminal(text).startsWith(terminal(text, columns).replace(/…$/, ''))).toBe(true);
}

describe('a cell of a terminal', () => {
  test.each(NASTY)('keeps to itself: %s', (_, text) => {
    expectStays(text, 80);
    expectStays(`220 ${text}`, 1);
  });

  test('keeps to itself, whatever the text', () => {
    fc.assert(fc.property(anyText, fc.integer({ min: 0, max: 100 }), expectStays), { numRuns: 500 });
  });

  test.each([
    ['', 0],
    ['abc', 3],
    ['bücher', 6],
    ['例え', 4],
    ['Ａ', 2],
    ['✓ ✗ █', 5],
    ['😀', 2],
    ['e\u0301', 1],
  ])('%j takes %d columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['例え例え', 5, '例え…'],
    ['例え例え', 4, '例…'],
    ['例え例え', 8, '例え例え'],
  ])('%j in %d columns is %j', (text, columns, made) => {
    expect(terminal(text, columns)).toBe(made);
  });

  test('marks do not pile up', () => {
    expect(terminal(`a${'\u0301'.repeat(6)}b`)).toBe(`a${'\u0301'.repeat(4)}\\u{301}\\u{301}b`);
  });
});
