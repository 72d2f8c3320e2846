import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mergeReports } from '../../src/merge/merge.ts';
import { readMergeSettings } from '../../src/merge/settings.ts';
import { FakeClock } from '../support/clock.ts';
import { fine } from '../support/gate.ts';
import { reportOn, surroundings } from '../support/reports.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'merge-'));
  const report = await reportOn(fine, {}, { vantage: 'azure' });
  writeFileSync(path.join(folder, 'report-azure.json'), JSON.stringify(report));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function merged(inputs: Record<string, string>) {
  const read = readMergeSettings((name) => inputs[name]);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { report, fails } = await mergeReports(read.settings, surroundings(), new FakeClock());
  const { status, code, message, legs } = report;
  return { status, code, message, legs: legs?.map(({ vantage }) => vantage) ?? null, fails };
}

describe('where it is known which reports have to be there', () => {
  test('no report at all names every one of them', async () => {
    expect(await merged({ reports: path.join(folder, 'none-*.json'), expect: 'azure\ndmz 1/2' })).toEqual({
      status: 'fail',
      code: 'report-missing',
      message: expect.stringContaining('No report came from azure, dmz 1/2'),
      legs: [],
      fails: true,
    });
  });

  test('no report at all is never left out of the verdict', async () => {
    const given = { reports: path.join(folder, 'none-*.json'), expect: 'azure\ndmz', ignore: 'report-missing' };
    expect(await merged(given)).toMatchObject({ code: 'report-missing', fails: true });
    expect(await merged({ ...given, reports: path.join(folder, 'report-*.json') })).toMatchObject({ fails: false });
  });

  test('a quorum counts the vantage points from which none came', async () => {
    const given = { reports: path.join(folder, 'report-*.json'), quorum: '2' };
    expect(await merged({ ...given, expect: 'azure\ndmz' })).toMatchObject({ code: 'report-missing', legs: ['azure'] });
    expect(await merged({ ...given, expect: 'azure' })).toMatchObject({ code: 'input-invalid', legs: null });
  });
});

test('where it is not known, a pattern that matches no report is a mistake', async () => {
  expect(await merged({ reports: path.join(folder, 'none-*.json') })).toMatchObject({
    code: 'input-invalid',
    message: expect.stringContaining('matches no file'),
    fails: true,
  });
});
