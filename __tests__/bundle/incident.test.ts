import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { runStep, type StepRun } from '../support/bundle.ts';
import { GitHubApi, REPOSITORY } from '../support/github-api.ts';
import { TOKEN } from '../support/incidents.ts';
import { tunnel } from '../support/proxies.ts';
import { greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

// A machine that is busy takes its time.
jest.setTimeout(60_000);

let api: GitHubApi;
let server: LoopbackServer;
let greeting = '';
beforeEach(async () => {
  api = await GitHubApi.start();
  server = await loopbackServer((socket) => greeter(greeting)(socket));
});
afterEach(async () => {
  await Promise.all([api.close(), server.close()]);
  expect(api.problems).toEqual([]);
});

let runs = 0;

/** A run of a scheduled workflow; what it asked of the API is in `requests`. */
async function scheduled(
  greets: string,
  inputs: Record<string, string> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<StepRun & { requests: string[] }> {
  greeting = `${greets}\r\n`;
  runs += 1;
  api.seen.length = 0;
  const target = { host: '127.0.0.1', port: server.port, 'look-around': 'false' };
  const step = await runStep(
    { ...target, 'incident-issue': 'true', 'github-token': TOKEN, ...inputs },
    {
      GITHUB_API_URL: api.url,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_RUN_ID: String(runs),
      GITHUB_WORKFLOW: 'Monitor',
      GITHUB_JOB: 'mail',
      ...env,
    },
  );
  const everywhere = [step.stdout.replace(/^::add-mask::.*$/gm, ''), step.stderr, step.summary, step.outputs];
  expect(JSON.stringify(everywhere)).not.toContain(TOKEN);
  return { ...step, requests: api.requests };
}

const said = ({ exit, outputs }: StepRun) => [exit, outputs.status, outputs['incident-state']];
const issue = `https://github.com/${REPOSITORY}/issues/1`;

describe('a scheduled gate', () => {
  test('opens an incident, keeps it, closes it, and opens it again', async () => {
    const opened = await scheduled('554 no');
    expect(said(opened)).toEqual([1, 'fail', 'opened']);
    expect(opened.outputs['incident-url']).toBe(issue);
    expect(opened.stdout).toContain(`incident: opened, ${issue}\n`);
    expect(opened.summary).toContain(`**Incident:** opened [#1](${issue})`);
    expect(opened.stdout).toContain(`::add-mask::${TOKEN}\n`);
    expect(opened.stderr).toBe('');

    const unchanged = await scheduled('554 no');
    expect(said(unchanged)).toEqual([1, 'fail', 'unchanged']);
    expect(unchanged.requests).toEqual(['GET /issues']);

    const updated = await scheduled('421 busy');
    expect(said(updated)).toEqual([1, 'fail', 'updated']);
    expect(api.issues[0]?.title).toContain('greeting-busy');

    const closed = await scheduled('220 well');
    expect(said(closed)).toEqual([0, 'pass', 'closed']);
    expect(api.issues[0]?.state).toBe('closed');

    const well = await scheduled('220 well');
    expect([...said(well), well.requests]).toEqual([0, 'pass', 'none', ['GET /issues']]);

    const again = await scheduled('554 no');
    expect(said(again)).toEqual([1, 'fail', 'opened']);
    expect(api.issues).toHaveLength(1);
    const report = JSON.parse(readFileSync(again.outputs.report ?? '', 'utf8'));
    expect(JSON.stringify(report)).not.toMatch(/incident/);
  });

  test('asks nothing where no incident is wanted', async () => {
    for (const inputs of [{ 'incident-issue': 'false' }, { 'incident-issue': '' }]) {
      const step = await scheduled('554 no', inputs);
      expect([...said(step), step.requests]).toEqual([1, 'fail', 'none', []]);
      expect(`${step.stdout}${step.summary}`).not.toMatch(/incident/i);
    }
  });

  test('keeps its verdict, its outputs and its exit status whatever GitHub answers', async () => {
    api.fault = () => ({ status: 403, message: 'Resource not accessible by integration ::error::x' });
    for (const [greets, exit, status] of [
      ['554 no', 1, 'fail'],
      ['220 well', 0, 'pass'],
    ] as const) {
      const step = await scheduled(greets);
      expect(said(step)).toEqual([exit, status, 'none']);
      expect(step.stdout).toMatch(/^::warning::The incident issue could not be kept.*`permissions: issues: write`/m);
      expect(step.summary).toContain('The incident issue could not be kept');
      expect(step.outputs.report).not.toBe('');
    }
  });

  test('names the variable whose proxy it has no use for', async () => {
    const env = {
      GITHUB_API_URL: 'https://api.github.invalid',
      https_proxy: 'socks5://user:secret@proxy.invalid:1080',
    };
    const step = await scheduled('554 no', {}, env);
    expect(said(step)).toEqual([1, 'fail', 'none']);
    expect(step.stdout).toMatch(
      /^::warning::The incident issue .*: https_proxy is no http or https URL; write one such as/m,
    );
    expect(`${step.stdout}${step.stderr}${step.summary}`).not.toContain('secret');
  });

  test('never has more warnings than GitHub shows', async () => {
    greeting = '220 **********\r\n';
    const targets = Array.from({ length: 14 }, (_, i) => `127.0.0.1:${server.port}?timeout=${i + 5}s`).join('\n');
    const inputs = { host: '', port: '', targets, 'github-token': '', 'report-html': '.' };
    const step = await scheduled('220 **********', inputs, { GITHUB_STEP_SUMMARY: '/nowhere/summary' });
    expect(step.stdout.match(/^::warning/gm)).toHaveLength(10);
    expect(step.stdout).toMatch(/^::warning::The incident issue could not be kept.*GITHUB_STEP_SUMMARY/m);
  });

  test('refuses inputs without an incident', async () => {
    const step = await scheduled('554 no', { timeout: 'soon' });
    expect([...said(step), step.requests]).toEqual([1, 'fail', 'none', []]);
  });

  test('survives an event that cannot be read, and a run that is none', async () => {
    const broken = await scheduled('554 no', {}, { GITHUB_EVENT_PATH: '/nowhere/event.json' });
    expect(said(broken)).toEqual([1, 'fail', 'opened']);
    const outside = await scheduled('554 no', {}, { GITHUB_RUN_ID: '' });
    expect(said(outside)).toEqual([1, 'fail', 'none']);
    expect(outside.stdout).toContain('::warning::The incident issue could not be kept');
  });

  test('reaches the API through the environment’s proxy, unless it is told not to', async () => {
    const proxy = await loopbackServer(tunnel);
    try {
      // GitHub’s own client never takes a proxy to loopback.
      const GITHUB_API_URL = api.url.replace('127.0.0.1', 'api.ghes.example');
      const env = { GITHUB_API_URL, http_proxy: `http://127.0.0.1:${proxy.port}` };
      expect(said(await scheduled('554 no', {}, env))).toEqual([1, 'fail', 'opened']);
      expect(proxy.connections()).toBeGreaterThan(0);
      const before = proxy.connections();
      const direct = await scheduled('554 no', {}, { ...env, no_proxy: 'ghes.example' });
      expect(said(direct)).toEqual([1, 'fail', 'none']);
      expect(direct.stdout).toContain('api.ghes.example');
      expect(proxy.connections()).toBe(before);
    } finally {
      await proxy.close();
    }
  });
});
