import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type FileReport, writeFiles } from '../../../src/report/files/write-all.ts';

const report = (option: string, path: string | null, make: FileReport['make']): FileReport => ({ option, path, make });

function* halfMade() {
  yield 'x'.repeat(1_000_000);
  throw new Error('boom');
}

test('no report that fails keeps another from being written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-gate-test-'));
  const written: string[] = [];
  const warnings: string[] = [];
  const reports = [
    report('one', '/dev/null/one', async () => '1'),
    report('two', 'two', async () => {
      throw new Error('##[error]boom');
    }),
    report('two, in parts', 'parts', async () => halfMade()),
    report('three', null, async () => {
      throw new Error('nobody asked for this');
    }),
    report('four', 'four', async () => '4'),
    report('five', './four', async () => '5'),
    report('six', '../six'.replace('..', folder), async () => '6'),
  ];
  await writeFiles(reports, folder, { written: (line) => written.push(line), warn: (line) => warnings.push(line) });
  expect(written).toEqual([`four was written to ${join(folder, 'four')}`, `six was written to ${join(folder, 'six')}`]);
  expect(warnings).toEqual([
    expect.stringMatching(/^one could not be written to \/dev\/null\/one: /),
    'two could not be made: Error: ##\\[error]boom. This is a defect of smtp-gate. The verdict stands.',
    'two, in parts could not be made: Error: boom. This is a defect of smtp-gate. The verdict stands.',
    expect.stringContaining('four was written there'),
  ]);
  expect(['four', 'six'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['4', '6']);
});

test('a report is not replaced by a later one, and a path that leads outside is shown as it is resolved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-gate-test-'));
  const written: string[] = [];
  const warnings: string[] = [];
  const taken = new Map([[join(folder, 'x'), 'report-json']]);
  const tell = { written: (line: string) => written.push(line), warn: (line: string) => warnings.push(line) };
  const reports = [report('a', '../x', async () => '1'), report('b', '../y', async () => '2')];
  await writeFiles(reports, join(folder, 'workspace'), tell, taken);
  expect(warnings).toEqual([
    `a could not be written to ${join(folder, 'x')}: report-json was written there. The verdict stands.`,
  ]);
  expect(written).toEqual([`b was written to ${join(folder, 'y')}`]);
});
