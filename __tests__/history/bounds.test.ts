import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readContents } from '../../src/history/reader.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { line, textOf } from '../support/history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-bounds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 4 * 1024 ** 2;
const whole = textOf(line(1));
const BEGINNING = '{"schema":"smtp-gate/history@1"';

function read(text: string) {
  const file = path.join(folder, 'history.jsonl');
  writeFileSync(file, text, 'latin1');
  const fd = openSync(file, 'r');
  try {
    return readContents(fd, text.length, ['a:25']);
  } finally {
    closeSync(fd);
  }
}

test.each([
  ['torn after a character', '{\n'],
  ['torn later', `${BEGINNING}\n`],
  ['torn and whole by turns', `${BEGINNING},"key":"x\n${whole}`],
  ['torn and foreign by turns', `{\nx\n`],
  ['empty', '\n'],
  ['of white space and zeros', ' \r\n\0\n'],
  ['foreign', 'x\n'],
  ['whole but for their grammar', `${BEGINNING},x}\n`],
  ['nested without end', `${BEGINNING},"a":${'['.repeat(8_000)}}\n`],
  ['with keys of prototypes', `${BEGINNING},"__proto__":{"status":"pass"},"constructor":1}\n`],
  ['of 16 KiB and more', `${BEGINNING}${'y'.repeat(20_000)}\n`],
  ['without any end', `${BEGINNING}${'y'.repeat(500_000)}`],
])('4 MiB of lines %s are read in time in proportion to their size, and in bounded memory', async (_, unit) => {
  const text = unit.repeat(Math.ceil(SIZE / unit.length));
  expect(read(text).torn.length).toBeLessThanOrEqual(1_000);
  expect(await growth((size) => read(text.slice(0, size)), SIZE)).toBeLessThan(LINEAR);
});

test('torn lines that follow each other are one part, and the first 1,000 parts are kept', () => {
  const torn = `${BEGINNING},"key":"x\n`;
  const { torn: parts, foreign } = read(whole + torn.repeat(3) + whole + torn);
  const from = whole.length;
  const to = from + 3 * torn.length;
  expect(parts).toEqual([
    { from, to },
    { from: to + whole.length, to: to + whole.length + torn.length },
  ]);
  expect(foreign.count).toBe(0);
  expect(read((torn + whole).repeat(1_200)).torn).toHaveLength(1_000);
});
