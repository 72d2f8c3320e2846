import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { writeOutputs } from '../../src/report/command-file.ts';
import { outputValues } from '../../src/report/outputs.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled } from '../support/observation.ts';
import { reportOn } from '../support/reports.ts';
import { readOutputFile } from '../support/runner.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'smtp-gate-test-')), 'output');

function written(values: Record<string, string>): Record<string, string> {
  const file = newFile();
  writeOutputs(file, values);
  return readOutputFile(readFileSync(file, 'utf8'));
}

describe('outputs are read back by the runner as they were set', () => {
  test.each<[string, Record<string, string>]>([
    ['one', { status: 'pass' }],
    ['an empty one', { status: '', code: '' }],
    ['one of several lines', { codes: 'slow\nnot-smtp' }],
    ['one that looks like another', { message: 'status=pass\nstatus<<x\npass\nx' }],
    ['one that holds the mark', { message: 'x\nsmtp-gate-output\nstatus<<smtp-gate-output\npass\nsmtp-gate-output' }],
    ['two that hold longer marks', { a: 'smtp-gate-output-', b: 'smtp-gate-output--\nx' }],
  ])('%s', (_, values) => {
    expect(written(values)).toEqual(values);
  });

  test.each(NASTY)('with what a server says: %s', async (_, text) => {
    const values = outputValues(await reportOn(() => garbled(text)), '/tmp/report.json');
    expect(written(values)).toEqual(values);
  });

  test('after what the file holds already', () => {
    const file = newFile();
    writeFileSync(file, 'before<<x\n1\nx\n');
    writeOutputs(file, { status: 'pass' });
    writeOutputs(file, { status: 'fail' });
    expect(readOutputFile(readFileSync(file, 'utf8'))).toEqual({ before: '1', status: 'fail' });
  });
});
