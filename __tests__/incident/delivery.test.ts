import { describe, expect, test } from '@jest/globals';
import { deliver } from '../../src/deliver/deliver.ts';
import { readFields } from '../../src/deliver/header.ts';
import { keptOf } from '../../src/deliver/index.ts';
import type { Mailbox } from '../../src/deliver/mailbox.ts';
import { buildDeliveryReport } from '../../src/deliver/report.ts';
import { readDeliverySettings } from '../../src/deliver/settings.ts';
import { runIncident } from '../../src/incident/index.ts';
import { submitted } from '../support/deliveries.ts';
import { REPOSITORY } from '../support/github-api.ts';
import { api, day } from '../support/incident-runs.ts';
import { down, scheduled, TOKEN } from '../support/incidents.ts';
import { surroundings } from '../support/reports.ts';

const HOST = 'mail.example.com';

/** A mailbox in which a message is that was taken. */
function mailboxOf(header: () => string): Mailbox {
  return {
    folders: [{ path: 'INBOX', junk: false, uidValidity: 1n, uidNext: 1 }],
    ask: async () => {},
    look: async () => [
      { uid: 1, uidValidity: 1n, emailId: null, takenAt: null, fields: readFields(Buffer.from(header())) },
    ],
    tokens: async () => [],
    header: async () => [],
    text: async () => '',
    remove: async () => null,
    close: async () => {},
  };
}

let runs = 0;

/** One run of a nightly delivery check whose server answers so to the message, and its incident. */
async function nightly(answer?: string, { to = 'ops@example.net', key = '' } = {}) {
  runs += 1;
  const inputs: Readonly<Record<string, string>> = {
    host: HOST,
    port: '25',
    'mail-from': 'gate@example.com',
    'deliver-to': to,
    mailbox: 'imaps://imap.example.net',
    'mailbox-password': 'tulip-garden-7',
    'incident-issue': 'true',
    'incident-key': key,
    'github-token': TOKEN,
  };
  const env = { GITHUB_API_URL: api.url, GITHUB_WORKFLOW: 'nightly', GITHUB_JOB: 'monitor' };
  const read = await readDeliverySettings((name) => inputs[name], {});
  if ('problems' in read || read.settings.job === null) throw new Error(JSON.stringify(read));
  const { job, gate } = read.settings;
  let header = '';
  const delivered = await deliver(job, gate.failOn, {
    clock: day,
    submit: async ({ submission }) => {
      header = submission.lines.join('\r\n');
      return submitted(answer === undefined ? {} : { answer });
    },
    openMailbox: async () => mailboxOf(() => header),
    random: () => new Uint8Array(16).fill(runs),
    progress: () => {},
    say: () => {},
  });
  const around = surroundings();
  const url = `https://github.com/${REPOSITORY}/actions/runs/${runs}`;
  const run = around.run && { ...around.run, repository: REPOSITORY, runId: String(runs), url };
  const report = await buildDeliveryReport(delivered, job, { ...around, run }, gate);
  expect(report.checkId).toBe('check.notify.queue.health');
  return runIncident(report, keptOf(read.settings, env), { env, clock: day });
}

const state = ({ outputs }: Awaited<ReturnType<typeof nightly>>) => outputs['incident-state'];

describe('an incident of a delivery', () => {
  test('is opened, updated and closed, as one of the gate', async () => {
    expect(state(await nightly())).toBe('none');
    const opened = await nightly('550 5.7.1 no such mail here');
    expect(state(opened)).toBe('opened');
    expect(api.issues[0]?.title).toContain(`${HOST}:25 to ops at example.net fails (message-refused)`);
    expect(api.issues[0]?.body).toContain('no such mail here');
    day.later(60);
    expect(state(await nightly('550 5.7.1 no such mail here'))).toBe('unchanged');
    expect(state(await nightly('451 4.3.0 later'))).toBe('updated');
    day.later(60);
    expect(state(await nightly())).toBe('closed');
    expect(api.issues).toMatchObject([{ state: 'closed' }]);
  });

  test('is not that of the gate in the same job, of the same server, nor that of another mailbox', async () => {
    const env = { GITHUB_WORKFLOW: 'nightly' };
    const gate = (servers = {}) => scheduled(api, { day, env, targets: [HOST], servers });
    await gate({ [HOST]: down });
    await nightly('550 5.7.1 no');
    await nightly('550 5.7.1 no', { to: 'abuse@example.net' });
    expect(api.issues.map((issue) => issue.state)).toEqual(['open', 'open', 'open']);
    expect(state(await nightly())).toBe('closed');
    expect(api.issues.map((issue) => issue.state)).toEqual(['open', 'closed', 'open']);
    await gate();
    expect(api.issues.map((issue) => issue.state)).toEqual(['closed', 'closed', 'open']);
  });

  test('has the key that was given', async () => {
    await nightly('550 5.7.1 no', { key: 'mail' });
    expect(state(await nightly(undefined, { key: 'mail', to: 'abuse@example.net' }))).toBe('closed');
  });
});
