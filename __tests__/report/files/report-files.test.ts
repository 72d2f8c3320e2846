import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ReportFiles } from '../../../src/report/files/report-files.ts';
import type { Text } from '../../../src/report/files/write-file.ts';

type Wish = readonly [option: string, path: string, make: () => Text | Promise<Text>];

async function writeAll(files: ReportFiles, wishes: readonly Wish[]) {
  for (const wish of wishes) await files.write(...wish);
}

function* halfMade() {
  yield 'x'.repeat(1_000_000);
  throw new Error('boom');
}

test('no report that fails keeps another from being written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-gate-test-'));
  const written: string[] = [];
  const warnings: string[] = [];
  const reports: Wish[] = [
    ['one', '/dev/null/one', async () => '1'],
    [
      'two',
      'two',
      async () => {
        throw new Error('##[error]boom');
      },
    ],
    ['two, in parts', 'parts', async () => halfMade()],
    ['four', 'four', async () => '4'],
    ['five', './four', async () => '5'],
    ['six', '../six'.replace('..', folder), async () => '6'],
  ];
  const tell = { written: (line: string) => written.push(line), warn: (line: string) => warnings.push(line) };
  await writeAll(new ReportFiles(folder, tell), reports);
  expect(written).toEqual([`four was written to ${join(folder, 'four')}`, `six was written to ${join(folder, 'six')}`]);
  expect(warnings).toEqual([
    expect.stringMatching(/^one could not be written to \/dev\/null\/one: /),
    'two could not be made: Error: ##\\[error]boom. This is a defect of smtp-gate. This does not change the verdict.',
    'two, in parts could not be made: Error: boom. This is a defect of smtp-gate. This does not change the verdict.',
    expect.stringContaining('four was written there'),
  ]);
  expect(['four', 'six'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['4', '6']);
});

test('a report is not replaced by a later one, and a path that leads outside is shown as it is resolved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-gate-test-'));
  const written: string[] = [];
  const warnings: string[] = [];
  const tell = { written: (line: string) => written.push(line), warn: (line: string) => warnings.push(line) };
  const files = new ReportFiles(join(folder, 'workspace'), tell);
  files.keep(join(folder, 'x'), 'report-json');
  await writeAll(files, [
    ['a', '../x', async () => '1'],
    ['b', '../y', async () => '2'],
  ]);
  expect(warnings).toEqual([
    `a could not be written to ${join(folder, 'x')}: report-json was written there. This does not change the verdict.`,
  ]);
  expect(written).toEqual([`b was written to ${join(folder, 'y')}`]);
});
