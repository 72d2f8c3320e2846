import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { OUTPUTS } from '../../src/action/outputs.ts';
import { healthy } from '../../src/cli/demo/servers.ts';
import { runStep, runStepSlowly } from '../support/bundle.ts';
import { closedPort, greeter, loopbackServer } from '../support/servers.ts';

const opened: { close(): unknown }[] = [];
const keep = <T extends { close(): unknown }>(server: T): T => {
  opened.push(server);
  return server;
};
afterAll(async () => {
  for (const server of opened) await server.close();
});
const at = (port: number) => ({ host: '127.0.0.1', port });
/** A closed port, asked for without a look at whatever else listens on this machine. */
const refusing = async () => ({ ...at(await closedPort()), 'look-around': 'false' });
const report = (run: { outputs: Record<string, string> }) => JSON.parse(readFileSync(run.outputs.report ?? '', 'utf8'));

describe('the action', () => {
  test('passes a real SMTP server, and sets every output before work and after it', async () => {
    const { port } = keep(await healthy());
    const run = await runStep(at(port));
    expect(run.exit).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.outputs).toMatchObject({
      status: 'pass',
      code: '',
      codes: '',
      reachable: 'true',
      total: '1',
      passed: '1',
      failed: '0',
      address: '127.0.0.1',
      'incident-state': 'none',
    });
    expect(run.outputs.banner).toMatch(/^220 mail\.example\.test/);
    const names = Object.keys(OUTPUTS);
    expect(run.outputHistory.map(([name]) => name)).toEqual([...names, ...names]);
    expect(run.outputHistory[0]).toEqual(['status', 'fail']);
    expect(report(run)).toMatchObject({
      schema: 'smtp-gate/report@1',
      status: 'pass',
      totals: { targets: 1, pass: 1 },
    });
    expect(run.summary).toContain('✅');
  });

  test('fails a closed port with an error annotation that has the code as its title', async () => {
    const run = await runStep(await refusing());
    expect(run.exit).toBe(1);
    expect(run.outputs).toMatchObject({ status: 'fail', code: 'connect-refused', reachable: 'false', failed: '1' });
    expect(run.stdout).toMatch(/^::error title=connect-refused::the mail server: 127\.0\.0\.1:\d+ refused/m);
    expect(run.summary).toContain('❌');
  });

  test('skips with a notice when nothing is configured, and fails when that is asked for', async () => {
    const skipped = await runStep({ host: '  ', port: 25 });
    expect([skipped.exit, skipped.outputs.status, skipped.outputs.code, skipped.outputs.reachable]).toEqual([
      0,
      'skip',
      'not-configured',
      '',
    ]);
    expect(skipped.stdout).toMatch(/^::notice title=not-configured::/m);
    const failed = await runStep({ 'if-not-configured': 'fail' });
    expect([failed.exit, failed.outputs.status]).toEqual([1, 'fail']);
  });

  test('names inputs that look like its own in a skip, in a warning where it goes on, and never their values', async () => {
    const skipped = await runStep({ hots: 'SECRET.example', port: 25 });
    expect([skipped.exit, skipped.outputs.status]).toEqual([0, 'skip']);
    expect(skipped.outputs.message).toContain('`hots`: did you mean `host`?');
    expect(skipped.stdout).toMatch(/^::warning::.*`hots`: did you mean `host`\?$/m);
    const { port } = keep(await healthy());
    const passed = await runStep({ ...at(port), smtp_password: 'SECRET', colour: 'red' });
    expect([passed.exit, passed.outputs.status]).toEqual([0, 'pass']);
    expect(passed.stdout).toMatch(/^::warning::.*`smtp_password`: did you mean `password`\?$/m);
    expect(passed.summary).toContain('did you mean');
    expect(passed.stdout + skipped.stdout + passed.summary + skipped.summary).not.toMatch(/SECRET|colour/);
    expect((await runStep({ ...at(port), colour: 'red' })).stdout).not.toContain('::');
  });

  test('leads to the summary of its run, and to no file that is gone when the job is over', async () => {
    const env = { GITHUB_RUN_ID: '42', GITHUB_RUN_ATTEMPT: '3', GITHUB_REPOSITORY: 'octo/shop', RUNNER_OS: 'Windows' };
    const page = 'https://github.com/octo/shop/actions/runs/42/attempts/3';
    const run = await runStep(await refusing(), env);
    expect(run.stdout).toContain(`\nsummary: ${page}\n✗ fail: `);
    expect(run.stdout).toMatch(new RegExp(`remedies for \\d other kinds of runner: ${page}`));
    expect(run.stdout).toContain('Windows: If the server should run on this machine');
    expect(run.stdout.replaceAll(/^report-.* was written.*$/gm, '')).not.toContain(run.folder);
    const alone = await runStep({ ...(await refusing()), summary: 'false' }, env);
    expect(alone.stdout).not.toMatch(/other kinds of runner|summary: |in the report/);
  });

  test('refuses bad inputs, all at once and before a packet is sent', async () => {
    const server = keep(await loopbackServer(greeter('220 never\r\n')));
    const run = await runStep({ ...at(server.port), timeout: 'soon', summary: 'maybe', ignore: 'connect-refusd' });
    expect(run.exit).toBe(1);
    expect(run.outputs.code).toBe('input-invalid');
    for (const name of ['timeout', 'summary', 'ignore']) expect(run.outputs.message).toContain(name);
    expect(server.connections()).toBe(0);
  });

  test('writes the reports that were asked for where another input is bad', async () => {
    const reports = {
      'report-json': 'x.json',
      'report-junit': 'x.xml',
      'report-html': 'x.html',
      'report-metrics': 'x.prom',
    };
    const run = await runStep({ host: 'a b', ...reports, summary: 'false', annotations: 'false' });
    expect([run.exit, run.outputs.code, run.summary]).toEqual([1, 'input-invalid', '']);
    expect(run.outputs.report).toBe(path.join(run.folder, 'x.json'));
    expect(run.stdout).not.toMatch(/^::/m);
    for (const file of Object.values(reports)) {
      expect(readFileSync(path.join(run.folder, file), 'utf8')).toContain('input-invalid');
    }
  });

  test('lets `fail-on`, `ignore` and `expect-banner` move the verdict', async () => {
    const { port } = keep(await loopbackServer(greeter('220 old.example ESMTP Exim\r\n')));
    const rows: [Record<string, string>, number, string][] = [
      [{ 'expect-banner': 'Exim$' }, 0, ''],
      [{ 'expect-banner': 'Postfix' }, 1, 'banner-mismatch'],
      [{ 'expect-banner': 'Postfix', 'fail-on': 'never' }, 0, 'banner-mismatch'],
      [{ 'expect-banner': 'Postfix', ignore: `banner-mismatch@127.0.0.1:${port}` }, 0, ''],
      [{ 'expect-banner': 'Postfix', ignore: 'banner-mismatch@127.0.0.1:1' }, 1, 'banner-mismatch'],
    ];
    for (const [inputs, exit, code] of rows) {
      const run = await runStep({ ...at(port), ...inputs });
      expect([inputs, run.exit, run.outputs.code]).toEqual([inputs, exit, code]);
    }
  });

  test('asks for what is required, on a real SMTP server', async () => {
    const { port } = keep(await healthy());
    const met = await runStep({ ...at(port), require: 'PIPELINING\nSMTPUTF8' });
    expect([met.exit, met.outputs.code]).toEqual([0, '']);
    expect(report(met).targets[0].capabilities).toEqual(expect.arrayContaining(['PIPELINING', 'SMTPUTF8']));
    const missing = await runStep({ ...at(port), require: 'CHUNKING', 'ehlo-name': 'runner.example.com' });
    expect([missing.exit, missing.outputs.code]).toEqual([1, 'capability-missing']);
    expect(missing.outputs.message).toContain('CHUNKING');
  });

  test('is not outlasted by an expression that backtracks without end', async () => {
    const { port } = keep(await loopbackServer(greeter(`220 ${'a'.repeat(400)}!\r\n`)));
    const run = await runStep({ ...at(port), 'expect-banner': '(a+)+$', deadline: '2s' });
    expect(run.outputs).toMatchObject({ status: 'fail', code: 'banner-mismatch' });
    expect(run.ms).toBeLessThan(2_500);
  });

  test('keeps the verdict when the report cannot be written, and says why', async () => {
    const { port } = keep(await loopbackServer(greeter('220 up\r\n')));
    const run = await runStep({ ...at(port), 'report-json': '/dev/null/report.json' });
    expect([run.exit, run.outputs.status]).toEqual([0, 'pass']);
    expect(run.stdout).toMatch(/^::warning::report-json could not be written to \/dev\/null\/report\.json: .*ENOTDIR/m);
    expect(report(run).status).toBe('pass');
    const written = await runStep({ ...at(port), 'report-json': 'reports/smtp.json' });
    expect(existsSync(path.join(written.folder, 'reports/smtp.json'))).toBe(true);
  });

  test('keeps the verdict and the other reports when the JSON report cannot be made, which is a defect of ours', async () => {
    const { port } = keep(await loopbackServer(greeter('220 up ESMTP\r\n')));
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const hook = path.join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `const { stringify } = JSON;
      JSON.stringify = (value, ...rest) => {
        if (value?.schema?.startsWith('smtp-gate/report')) throw new TypeError('a defect');
        return stringify(value, ...rest);
      };`,
    );
    const junit = path.join(folder, 'x.xml');
    const run = await runStep({ ...at(port), 'report-junit': junit }, { NODE_OPTIONS: `--require ${hook}` });
    expect([run.exit, run.outputs.status, run.outputs.report]).toEqual([0, 'pass', '']);
    expect(run.stdout).toContain(
      '::warning::The JSON report could not be made: TypeError: a defect. This is a defect of smtp-gate. This does not change the verdict.',
    );
    expect(run.summary).toContain('the mail server can be used');
    expect(readFileSync(junit, 'utf8')).toContain('</testsuites>');
    rmSync(folder, { recursive: true });
  });

  test('writes the page where it is asked for, and keeps the verdict and the other reports when it cannot', async () => {
    const closed = await refusing();
    const run = await runStep({ ...closed, 'report-html': 'reports/smtp.html' });
    const page = readFileSync(path.join(run.folder, 'reports/smtp.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>[\s\S]*The mail server: Nothing listens on port \d+[\s\S]*<\/html>\n$/);
    const failed = await runStep({ ...closed, 'report-html': '/dev/null/x.html', 'report-json': 'x.json' });
    expect([failed.exit, failed.outputs.code]).toEqual([1, 'connect-refused']);
    expect(failed.stdout).toMatch(/^::warning::report-html could not be written to \/dev\/null\/x\.html: .*ENOTDIR/m);
    expect(existsSync(path.join(failed.folder, 'x.json'))).toBe(true);
  });

  test('keeps the verdict when nothing at all can be written, and names each with its path and the reason', async () => {
    const full = { GITHUB_OUTPUT: '/dev/full', GITHUB_STEP_SUMMARY: '/dev/full', RUNNER_TEMP: '/dev/full' };
    const reports = { 'report-json': '/dev/full/x.json', 'report-junit': '/dev/full' };
    const run = await runStep({ ...(await refusing()), ...reports }, full);
    expect([run.exit, run.stderr]).toEqual([1, '']);
    expect(run.stdout).toMatch(/^✗ fail: the mail server: 127\.0\.0\.1:\d+ refused/m);
    expect(run.stdout).toMatch(/^::error title=connect-refused::/m);
    const warnings = run.stdout.split('\n').filter((line) => line.startsWith('::warning'));
    const notFull = 'a part of the path is a file (ENOTDIR)';
    expect(warnings).toEqual([
      `::warning::report-json could not be written to /dev/full/x.json: ${notFull}. This does not change the verdict.`,
      expect.stringMatching(/^::warning::The JSON report could not be written to \/dev\/full\/smtp-gate-.*ENOTDIR/),
      ...['The outputs (GITHUB_OUTPUT)', 'report-junit', 'The job summary (GITHUB_STEP_SUMMARY)'].map(
        (what) =>
          `::warning::${what} could not be written to /dev/full: the disk is full (ENOSPC). This does not change the verdict.`,
      ),
    ]);
  });

  test('writes each report that can be written, whatever becomes of the others', async () => {
    const { port } = keep(await loopbackServer(greeter('220 up\r\n')));
    const reports = { 'report-json': '.', 'report-junit': '../up-here.xml' };
    const run = await runStep({ ...at(port), ...reports }, { GITHUB_STEP_SUMMARY: '' });
    expect([run.exit, run.outputs.status]).toEqual([0, 'pass']);
    const target = path.resolve(run.folder, '../up-here.xml');
    expect(run.stdout).toContain(`\nreport-junit was written to ${target}\n`);
    expect(run.stdout).toMatch(/^::warning::report-json could not be written to .*: it is a folder.*\(EISDIR\)/m);
    expect(new XMLParser({ ignoreAttributes: false }).parse(readFileSync(target, 'utf8')).testsuites).toMatchObject({
      '@_tests': '1',
      '@_failures': '0',
      testsuite: { testcase: { '@_classname': 'smtp-gate.127.0.0.1', '@_name': `127.0.0.1:${port}` } },
    });
    expect(report(run).status).toBe('pass');
  });

  test('hands the whole log over to a reader that is slow, the verdict and the annotations included', async () => {
    const port = await closedPort();
    const targets = Array.from({ length: 1_000 }, (_, i) => `127.0.${i >> 7}.${(i & 127) + 1}:${port}`).join('\n');
    const { exit, log } = await runStepSlowly({ targets, 'look-around': 'false' });
    expect(exit).toBe(1);
    // More than a pipe holds.
    expect(log.length).toBeGreaterThan(100_000);
    expect(log).toMatch(/^✗ fail: the mail server: 1000 of 1000 targets cannot be used/m);
    expect(log.match(/^::error /gm)).toHaveLength(10);
  });

  test('keeps the verdict when the log cannot be written', async () => {
    const run = await runStep({ ...(await refusing()), wait: '50ms' }, {}, '/dev/full');
    expect([run.exit, run.outputs.status, run.outputs.code]).toEqual([1, 'fail', 'connect-refused']);
    expect(run.summary).toContain('❌');
  });

  test('keeps its history from step to step, and shows the trend in the summary, the page and the report', async () => {
    const { port } = keep(await loopbackServer(greeter('220 up\r\n')));
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const history = path.join(folder, 'history.jsonl');
    const first = await runStep({ ...at(port), history });
    expect([first.exit, report(first).trend.runs, first.summary.includes('Trend')]).toEqual([0, 1, false]);
    expect(first.stdout.split('\n')).toContain(`history was added to ${history}`);
    const closed = await closedPort();
    const targets = `127.0.0.1:${port}\n127.0.0.1:${closed}`;
    const second = await runStep({ targets, history, 'report-html': path.join(folder, 'page.html') });
    expect([
      second.exit,
      readFileSync(history, 'utf8').match(/^\{"schema":"smtp-gate\/history@1".*\}$/gm)?.length,
    ]).toEqual([1, 3]);
    expect(report(second).trend.targets.map((one: { label: string; runs: number }) => [one.label, one.runs])).toEqual([
      [`127.0.0.1:${closed}`, 1],
      [`127.0.0.1:${port}`, 2],
    ]);
    expect(second.summary).toContain('**Trend** over 2 runs since ');
    expect(readFileSync(path.join(folder, 'page.html'), 'utf8')).toContain('<h2 id="trend">Trend</h2>');
    rmSync(folder, { recursive: true });
  });

  test('keeps the verdict when its history cannot be kept, and lets no report take its place', async () => {
    const inputs = await refusing();
    const device = await runStep({ ...inputs, history: '/dev/full' });
    expect([device.exit, device.outputs.code, report(device).trend]).toEqual([1, 'connect-refused', null]);
    expect(device.stdout).toMatch(/^::warning::history could not be kept in \/dev\/full: it is a device/m);
    const same = await runStep({ ...inputs, history: 'x', 'report-json': './x', 'report-html': 'x' });
    expect(
      same.stdout.match(/^::warning::report-(?:json|html) could not be written to \S+: history is kept there/gm),
    ).toHaveLength(2);
    expect(readFileSync(path.join(same.folder, 'x'), 'utf8')).toMatch(/^\{"schema":"smtp-gate\/history@1".*\}\n$/);
  });

  test('does without a summary and annotations when they are not wanted', async () => {
    const run = await runStep({ ...(await refusing()), summary: 'false', annotations: 'false' });
    expect([run.exit, run.summary]).toEqual([1, '']);
    expect(run.stdout).not.toContain('::error');
  });

  test('shows the conversation when step debugging is on', async () => {
    const { port } = keep(await loopbackServer(greeter('220 up\r\n')));
    const quiet = await runStep(at(port));
    expect(quiet.stdout).not.toContain('::debug::');
    const run = await runStep(at(port), { RUNNER_DEBUG: '1' });
    expect(run.stdout).toMatch(/^::debug::127\.0\.0\.1:\d+: \d+ ms client: QUIT$/m);
  });

  test('keeps a hostile server’s text text, everywhere', async () => {
    const nasty =
      '220 x ##[error]boo ::error::bah \u001b[31mred\u001b[0m <img src=x onerror=alert(1)> | `code` \u202e @team ESMTP';
    const { port } = keep(await loopbackServer(greeter(`${nasty}\r\n`)));
    const run = await runStep({ ...at(port), 'expect-banner': 'x' }, { RUNNER_DEBUG: '1' });
    const json = readFileSync(run.outputs.report ?? '', 'utf8');
    for (const text of [run.stdout, run.summary, json, ...Object.values(run.outputs)]) {
      expect(text).not.toMatch(/##\[|\u001b|\u202e/);
    }
    // GitHub looks for no mentions inside of <pre>.
    expect(run.summary.replace(/<pre>.*?<\/pre>/gs, '')).not.toContain('@team');
    expect(run.summary).not.toContain('<img');
  });
});
