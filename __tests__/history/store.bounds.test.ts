import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { BOUNDS, keepRun } from '../../src/history/store.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { line, textOf } from '../support/history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-bounds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 1024 ** 2;
const whole = textOf(line(1));
const BEGINNING = '{"schema":"smtp-gate/history@1"';

/** Adds a run to a file. */
function keep(text: string) {
  const file = path.join(folder, 'history.jsonl');
  writeFileSync(file, text, 'latin1');
  return { ...keepRun(file, [line(2)]), after: readFileSync(file, 'latin1') };
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
  ['with quotes that are escaped without end', `${BEGINNING},"${'\\"'.repeat(8_000)}\\\u2028}\n`],
])('lines %s take time in proportion to their number', async (_, unit) => {
  expect(await growth((size) => keep(unit.repeat(Math.ceil(size / unit.length))), SIZE)).toBeLessThan(LINEAR);
});

const torn = `${BEGINNING},"key":"x\n`;

test('torn lines are dropped, however many follow each other', () => {
  const { after, troubles } = keep(whole + torn.repeat(3_000) + whole + torn);
  expect([after, troubles]).toEqual([whole + whole + textOf(line(2)), []]);
});

test('torn lines are dropped, however many stand between others', () => {
  const { after, troubles } = keep((torn + whole).repeat(1_200));
  expect([after, troubles]).toEqual([whole.repeat(1_200) + textOf(line(2)), []]);
});

test('a million short runs are a file that is too large, which is not read', () => {
  const size = 64 * 1024 ** 2;
  expect(keep(textOf(line(1)).padEnd(size, '\n'))).toMatchObject({
    runs: null,
    troubles: [{ kind: 'too-large', bytes: size, most: BOUNDS.read }],
  });
});
