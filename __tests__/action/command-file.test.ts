import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { addSummary, setOutputs, writeOutputs } from '../../src/action/command-file.ts';
import { INITIAL_OUTPUTS, outputValues } from '../../src/action/outputs.ts';
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

describe('what the runner offers no file for, or one that cannot be written', () => {
  const before = { ...process.env };
  afterEach(() => {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'] as const) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
  const set = (file: string) => {
    process.env.GITHUB_OUTPUT = file;
    process.env.GITHUB_STEP_SUMMARY = file;
  };

  test('is left alone when there is none', () => {
    set('');
    expect(setOutputs(INITIAL_OUTPUTS)).toBeNull();
    expect(
      addSummary(() => {
        throw new Error('nobody reads this');
      }),
    ).toBeNull();
  });

  test.each([
    ['a folder', tmpdir(), 'it is a folder; name a file in it (EISDIR)'],
    ['a path below a file', join(import.meta.filename, 'x'), 'a part of the path is a file (ENOTDIR)'],
    ['a path in no folder', '/nowhere/at/all', 'the folder does not exist (ENOENT)'],
    ['a full disk', '/dev/full', 'the disk is full (ENOSPC)'],
  ])('is a warning: %s', (_, file, reason) => {
    set(file);
    expect(setOutputs(INITIAL_OUTPUTS)).toBe(
      `The outputs (GITHUB_OUTPUT) could not be written to ${file}: ${reason}. This does not change the verdict.`,
    );
    expect(addSummary(() => '# x\n')).toBe(
      `The job summary (GITHUB_STEP_SUMMARY) could not be written to ${file}: ${reason}. This does not change the verdict.`,
    );
  });

  test('is a warning as well when the summary cannot be made', () => {
    set(newFile());
    const make = () => {
      throw new Error('no such thing');
    };
    expect(addSummary(make)).toMatch(/^The job summary .*: no such thing\. This does not change the verdict\.$/);
  });
});
