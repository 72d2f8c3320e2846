import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import {
  type Comparison,
  comparisonPage,
  mark,
  serverTable,
  summaryTable,
  table,
} from '../../../scripts/compare/page.ts';
import { ROWS } from '../../../scripts/compare/rows.ts';

const COMPARISON: Comparison = {
  tools: [
    { name: 'smtp-gate', version: '1.0.0', options: '`--tls`', aloneMs: 71.4 },
    { name: '`nc -z`', version: '1.2', options: '`-z`', aloneMs: null },
    { name: '`swaks`', version: null, options: '`--tls`', aloneMs: null },
  ],
  results: [
    { name: 'a greeting', good: true, verdicts: ['green', 'red', 'not installed'], tookMs: [60, 2, null] },
    { name: 'silence', good: false, verdicts: ['red', 'green', 'not installed'], tookMs: [2_060, 3, null] },
    { name: 'TLS', good: false, verdicts: ['hangs', 'cannot be asked', 'not installed'], tookMs: [10_000, null, null] },
  ],
  date: '2026-01-02',
  system: 'Linux x64 and Node 20.0.0',
  limitSeconds: 10,
};
const cells = (text: string) => text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

test('a table has columns of even width', () => {
  const lines = table([
    ['a', 'long head'],
    ['“wide”', ''],
  ]).split('\n');
  expect(lines).toEqual(['| a      | long head |', '| ------ | --------- |', '| “wide” |           |']);
});

test.each([
  ['green', true, '✓'],
  ['red', true, '✗'],
  ['green', false, '✗'],
  ['red', false, '✓'],
  ['hangs', false, 'hangs'],
  ['hangs', true, 'hangs'],
  ['cannot be asked', true, '–'],
  ['not installed', false, ''],
] as const)('%s of a server whose health is %s: %s', (verdict, good, expected) => {
  expect(mark(verdict, good)).toBe(expected);
});

test('the summary says who is wrong, who hangs, and how long each takes', () => {
  const [, , gate, nc, swaks] = cells(summaryTable(COMPARISON));
  expect(gate?.slice(1, -1)).toEqual(['smtp-gate', '1.0.0', '3', '0', '0', '1', '0', '71 ms', '2,060 ms']);
  expect(nc?.slice(1, -1)).toEqual(['`nc -z`', '1.2', '2', '1', '1', '0', '1', '', '2 ms']);
  expect(swaks?.slice(1, 3)).toEqual(['`swaks`', 'not installed']);
});

test('each server stands in the table of its health', () => {
  const names = (good: boolean) => cells(serverTable(COMPARISON, good)).map((row) => row[1]);
  expect(names(true).slice(2)).toEqual(['a greeting']);
  expect(names(false).slice(2)).toEqual(['silence', 'TLS']);
});

test('the page has the date, the versions, both tables and what each tool was asked', () => {
  const page = comparisonPage(COMPARISON);
  for (const part of ['2026-01-02', 'Node 20.0.0', summaryTable(COMPARISON), '- `nc -z`: `-z`']) {
    expect(page).toContain(part);
  }
  for (const good of [true, false]) expect(page).toContain(serverTable(COMPARISON, good));
});

test('there are at least 60 servers, each with a name of its own, and the page tells of each', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/comparison.md'), 'utf8');
  expect(ROWS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  for (const { name } of ROWS) expect(page).toContain(`| ${name} `);
});
