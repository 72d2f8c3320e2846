import { describe, expect, test } from '@jest/globals';
import { refuse } from '../../src/gate/gate.ts';
import { runIncident } from '../../src/incident/index.ts';
import { join } from '../../src/merge/join.ts';
import { buildReport } from '../../src/report/build.ts';
import type { Report } from '../../src/report/report.ts';
import { fine, refused } from '../support/gate.ts';
import { api, day } from '../support/incident-runs.ts';
import { TOKEN } from '../support/incidents.ts';
import { reportOn, surroundings } from '../support/reports.ts';
import { settings } from '../support/settings.ts';

const from = (vantage: string, attempt = fine, inputs = {}) => reportOn(attempt, inputs, { vantage });

/** The incident of a merge that expects a report from azure and one from dmz. */
async function merged(...reports: Report[]) {
  const legs = reports.map((report) => ({ file: `${report.vantage}.json`, report: report as never }));
  const expected = ['azure', 'dmz'].map((vantage) => ({ vantage, shard: null }));
  const wanted = { expect: expected, quorum: { kind: 'all' as const }, ignore: [] };
  const report = join(legs, wanted, surroundings(), day.date());
  const read = await settings({ host: 'a', port: '25', 'incident-issue': 'true', 'github-token': TOKEN });
  const env = { GITHUB_API_URL: api.url, GITHUB_JOB: 'merge' };
  const { outputs, line } = await runIncident(report, { ...read, incidentKey: 'fleet' }, { env, clock: day });
  return [outputs['incident-state'], line] as const;
}

describe('a report that is missing', () => {
  test('opens an incident, alone and where none came at all, and a whole run closes it', async () => {
    expect((await merged(await from('azure')))[0]).toBe('opened');
    expect(api.issues[0]).toMatchObject({
      title: 'smtp-gate: the runner: no report of dmz (report-missing)',
      body: expect.stringContaining('No report came from dmz'),
    });
    expect((await merged(await from('azure')))[0]).toBe('unchanged');
    expect((await merged())[0]).toBe('unchanged');
    expect((await merged(await from('azure'), await from('dmz')))[0]).toBe('closed');
    expect((await merged())[0]).toBe('opened');
  });

  test('is no recovery of what failed from there', async () => {
    const azure = await from('azure');
    expect((await merged(azure, await from('dmz', refused)))[0]).toBe('opened');
    expect(await merged(azure)).toEqual(['unchanged', expect.stringContaining('a report is missing')]);
    expect(api.issues[0]).toMatchObject({ state: 'open', body: expect.not.stringContaining('recovered') });
  });

  test('hides nothing that fails elsewhere', async () => {
    await merged(await from('azure'));
    expect((await merged(await from('azure', refused)))[0]).toBe('updated');
    expect(api.issues[0]).toMatchObject({
      title: 'smtp-gate: the runner and the mail server: 1 of 1 mail servers fail, and reports are missing',
      body: expect.stringMatching(/no report of dmz[\s\S]*connect-refused/),
    });
  });
});

test('a step that checked nothing is no recovery', async () => {
  const refusal = refuse([{ input: 'targets-file', problem: 'does not exist' }], day);
  const unread = await buildReport(refusal, surroundings({ vantage: 'dmz' }));
  expect((await merged(await from('azure'), await from('dmz', refused)))[0]).toBe('opened');
  expect(await merged(await from('azure'), unread)).toEqual([
    'none',
    expect.stringContaining('left as it is, for a step checked nothing'),
  ]);
  expect(api.open()).toHaveLength(1);
});
