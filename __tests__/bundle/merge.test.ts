import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { runCli, runMerge } from '../support/bundle.ts';
import { fine, inTurn } from '../support/gate.ts';
import { legReport, written } from '../support/merging.ts';
import { observation, unconnected } from '../support/observation.ts';
import { isCommand } from '../support/runner.ts';

const TARGETS = ['a.example.com:25', 'b.example.com:25'];
const bFails = inTurn(({ host }) => (host.startsWith('b') ? unconnected('ECONNREFUSED') : observation()));
const legs = async () => ({
  'azure.json': await legReport('azure', bFails, TARGETS),
  'dmz.json': await legReport('dmz', fine, TARGETS),
});

describe('the merge, as a runner starts it', () => {
  test('fails with outputs, summary, files and history of all reports', async () => {
    const folder = written(await legs());
    const run = await runMerge({
      reports: `${folder}/*.json`,
      expect: 'azure\nedge 1/2',
      'report-json': 'all.json',
      'report-junit': 'all.xml',
      'report-html': 'all.html',
      history: 'h.jsonl',
    });
    expect(run.exit).toBe(1);
    expect(run.outputs).toMatchObject({
      status: 'fail',
      code: 'report-missing',
      fault: 'runner',
      total: '2',
      failed: '1',
    });
    expect(run.outputs.message).toContain('No report came from edge 1/2');
    expect(run.outputs.message).toContain('1 of 2 targets cannot be used');
    expect(run.outputHistory[0]).toEqual(['status', 'fail']);
    expect(run.summary).toContain('| Target | azure | dmz |');
    const read = (name: string) => readFileSync(path.join(run.folder, name), 'utf8');
    expect(JSON.parse(read('all.json')).legs.length).toBe(2);
    expect(read('all.xml')).toContain('name="dmz"');
    expect(read('all.html')).toContain('Targets by vantage points');
    const lines = read('h.jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).vantage)).toEqual(['azure', 'dmz', 'azure', 'dmz']);
    expect(run.stdout).toMatch(/^::error title=connect-refused::/m);
    expect(run.stdout).toMatch(/^::error title=report-missing::/m);
  });

  test('passes with a warning where the quorum is met', async () => {
    const folder = written(await legs());
    const run = await runMerge({ reports: `${folder}/*.json`, quorum: 'any' });
    expect([run.exit, run.outputs.status, run.outputs.failed]).toEqual([0, 'warn', '0']);
    expect(run.stdout).toMatch(/^::warning title=connect-refused::/m);
    expect(run.stdout).not.toMatch(/^::error/m);
  });

  test('names inputs that look like its own', async () => {
    const folder = written(await legs());
    const run = await runMerge({ reports: `${folder}/*.json`, quorom: 'any' });
    const said = 'This action does not have these inputs, and ignores them: `quorom`: did you mean `quorum`?';
    expect(run.stdout).toContain(`::warning::${said}`);
    expect(run.stdout).toContain(`note: ${said}`);
    const refused = await runMerge({ report: `${folder}/*.json` });
    expect([refused.exit, refused.stdout.includes('`report`: did you mean `reports`?')]).toEqual([1, true]);
  });

  test('links no summary that could not be written', async () => {
    const inputs = { reports: `${written(await legs())}/*.json` };
    const run = { GITHUB_RUN_ID: '7', GITHUB_REPOSITORY: 'o/r' };
    expect((await runMerge(inputs, run)).stdout).toMatch(/^summary: http/m);
    const none = await runMerge(inputs, { ...run, GITHUB_STEP_SUMMARY: '/nonexistent/summary' });
    expect(none.stdout).not.toMatch(/^summary: http/m);
  });

  test('refuses without reports, and says so in the outputs', async () => {
    const run = await runMerge({ reports: '' });
    expect([run.exit, run.outputs.code]).toEqual([1, 'input-invalid']);
    expect(run.outputs.message).toContain('reports is empty');
  });

  test('lets no report write a command into the log, a line into the outputs, or a file where it likes', async () => {
    const nasty = 'x\n::set-output name=status::pass\n##[error]y\r\u2028<script>alert(1)</script>[a](javascript:b)```';
    const kept = new Set([
      'schema',
      'checkId',
      'status',
      'code',
      'fault',
      'startedAt',
      'environment',
      'url',
      'docs',
      'step',
      'from',
      'outcome',
    ]);
    const forge = (value: unknown, key = ''): unknown => {
      if (typeof value === 'string') return kept.has(key) || value === '' ? value : nasty;
      if (Array.isArray(value)) return value.map((one) => forge(one, key));
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, forge(item, name)]));
    };
    const forged = forge({ ...(await legReport('azure', bFails, TARGETS)), notes: ['note'] });
    const folder = written({ 'forged.json': forged });
    const run = await runMerge({ reports: `${folder}/*.json`, 'report-html': 'all.html' });
    expect(run.exit).toBe(1);
    const commands = run.stdout.split('\n').filter(isCommand);
    expect(commands.filter((line) => !/^::(?:error|warning|group|endgroup|add-mask)\b/.test(line))).toEqual([]);
    expect(run.outputs.status).toBe('fail');
    const shown = micromark(run.summary, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    expect(shown).not.toMatch(/<script|href="(?!https:)/i);
    expect(readFileSync(path.join(run.folder, 'all.html'), 'utf8')).not.toContain('<script>alert');
  });
});

describe('smtp-gate merge', () => {
  test('prints the merged report, and exits as the gate does', async () => {
    const folder = written(await legs());
    const run = await runCli(['merge', '--json', '--quorum', 'any', `${folder}/azure.json`, `${folder}/dmz.json`]);
    expect(run.exit).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'warn', vantage: '', totals: { targets: 2, warn: 1 } });
    expect((await runCli(['merge', `${folder}/*.json`])).exit).toBe(1);
  });

  test('exits with 2 on a command line or a report that cannot be read', async () => {
    const folder = written({ 'cut.json': '{"schema":"smtp-gate/report@1","check' });
    expect(await runCli(['merge'])).toMatchObject({ exit: 2, stdout: '' });
    expect(await runCli(['merge', '--tls', 'none', 'a.json'])).toMatchObject({ exit: 2, stdout: '' });
    const cut = await runCli(['merge', path.join(folder, 'cut.json')]);
    expect(cut.exit).toBe(2);
    expect(cut.stdout).toContain('cut.json" is no JSON, or only the beginning of one');
  });

  test('has a help of its own, from the same table', async () => {
    const { exit, stdout } = await runCli(['merge', '--help']);
    expect(exit).toBe(0);
    expect(stdout).toContain('Usage: smtp-gate merge [options] report …');
    for (const flag of ['--expect', '--quorum', '--fail-on', '--ignore', '--report-html', '--history', '--json']) {
      expect(stdout).toContain(flag);
    }
    expect(stdout).not.toMatch(/--(?:tls|timeout|incident-issue|reports)\b/);
  });

  test('merges what the command itself has written', async () => {
    const one = await runCli(['127.0.0.1:1', '--vantage=here', '--json', '--look-around=false']);
    const folder = written({});
    writeFileSync(path.join(folder, 'r.json'), one.stdout);
    const run = await runCli(['merge', '--json', path.join(folder, 'r.json')]);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'fail', code: 'connect-refused', vantage: 'here' });
  });
});
