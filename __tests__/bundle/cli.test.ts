import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROJECT } from '../../src/shared/project.ts';
import { runCli } from '../support/bundle.ts';
import { closedPort, greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

let up: LoopbackServer;
let target: string;
beforeAll(async () => {
  up = await loopbackServer(greeter('220 up ESMTP\r\n'));
  target = `127.0.0.1:${up.port}`;
});
afterAll(() => up.close());

describe('the command line', () => {
  test('ends with 0 when the gate passes, and the verdict is the last line', async () => {
    const run = await runCli([target]);
    expect(run.exit).toBe(0);
    expect(run.stdout.trimEnd().split('\n').at(-1)).toMatch(/^✓ pass: /);
    expect(run.stdout).not.toContain('\u001b');
    expect(run.stderr).toBe('');
  });

  test('ends with 1 when it fails, with causes, remedies and a check', async () => {
    const run = await runCli([`127.0.0.1:${await closedPort()}`, '--timeout', '2s', '--look-around=false']);
    expect(run.exit).toBe(1);
    expect(run.stdout).toMatch(
      /✗ the mail server: [\s\S]*\(connect-refused\)[\s\S]*Likely[\s\S]*Do [\s\S]*Verify +\$ npx smtp-gate@1 127\.0\.0\.1:\d+ --timeout=2s --look-around=false/,
    );
  });

  test('prints the report, and nothing else, with --json', async () => {
    const run = await runCli(['--json', target]);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'pass', runner: { environment: 'local' }, run: null });
  });

  test('prints the whole report of many targets, and says when it cannot', async () => {
    const port = await closedPort();
    const targets = Array.from({ length: 120 }, (_, i) => `127.0.0.${i + 1}:${port}`);
    const args = [...targets, '--json', '--look-around=false'];
    const run = await runCli(args);
    expect(run.exit).toBe(1);
    expect(run.stdout.length).toBeGreaterThan(300_000);
    expect(JSON.parse(run.stdout).targets).toHaveLength(120);
    expect(run.stdout.endsWith('}\n')).toBe(true);
    const full = await runCli(args, {}, '/dev/full');
    expect([full.exit, full.stderr]).toEqual([
      1,
      expect.stringMatching(
        /The result could not be written to .*: the disk is full \(ENOSPC\)\. This does not change the verdict\.\n$/,
      ),
    ]);
  });

  test('writes the report beside, and warns when it cannot', async () => {
    const run = await runCli([target, '--report-json=report.json']);
    expect(JSON.parse(readFileSync(path.join(run.folder, 'report.json'), 'utf8')).status).toBe('pass');
    const failed = await runCli([target, '--report-json=/dev/null/x', '--report-html=page.html']);
    expect(failed.exit).toBe(0);
    expect(failed.stderr).toContain('/dev/null/x');
    expect(readFileSync(path.join(failed.folder, 'page.html'), 'utf8')).toContain('The mail server can be used');
    expect((await runCli([target, '--report-html=.'])).stderr).toMatch(/report-html could not be written to .*EISDIR/);
  });

  test('keeps the verdict and the other reports when one cannot be written', async () => {
    const run = await runCli([target, '--report-json=/dev/full', '--report-junit=../up-here.xml', '--json']);
    expect([run.exit, JSON.parse(run.stdout).status]).toEqual([0, 'pass']);
    const junit = path.resolve(run.folder, '../up-here.xml');
    expect(run.stderr).toBe(
      [
        'smtp-gate: report-json could not be written to /dev/full: the disk is full (ENOSPC). This does not change the verdict.\n',
        `smtp-gate: report-junit was written to ${junit}\n`,
      ].join(''),
    );
    expect(readFileSync(junit, 'utf8')).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
  });

  test('keeps a history, and the verdict when it cannot', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const history = path.join(folder, 'history.jsonl');
    const args = [target, `--history=${history}`, '--json'];
    const trends = [await runCli(args), await runCli(args)].map(({ stdout }) => JSON.parse(stdout).trend);
    expect(trends.map(({ runs, targets }) => [runs, targets[0].uptime])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    const run = await runCli([target, '--history=.']);
    expect([run.exit, run.stderr]).toEqual([
      0,
      `smtp-gate: history could not be kept in ${run.folder}: it is a folder; name a file in it. Nothing there was changed. This does not change the verdict.\n`,
    ]);
  });

  test('puts in order what a full disk left of a history, and says that the run is missing there', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const history = path.join(folder, 'history.jsonl');
    await runCli([target, `--history=${history}`]);
    const [before] = readFileSync(history, 'utf8').split('\n');
    const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
    // In dash, a file may then have 512 bytes: the second line does not fit.
    const limited = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, cli, target, `--history=${history}`];
    const child = spawn('sh', limited, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([status, stderr]).toEqual([
      0,
      `smtp-gate: This run could not be added to the history ${history}: it would be larger than a file may be (EFBIG). This does not change the verdict.\n`,
    ]);
    const torn = readFileSync(history, 'utf8').split('\n');
    expect([torn[0], torn.length, torn[1]]).toEqual([before, 2, expect.stringMatching(/^\{"schema":.*[^}]$/)]);
    expect((await runCli([target, `--history=${history}`])).stderr).toBe(
      `smtp-gate: history was added to ${history}\n`,
    );
    const lines = readFileSync(history, 'utf8').trimEnd().split('\n');
    expect([lines[0], lines.length, JSON.parse(lines[1] ?? '').status]).toEqual([before, 2, 'pass']);
  });

  test('loses no run of several at once', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const history = path.join(folder, 'history.jsonl');
    const runs = await Promise.all(Array.from({ length: 8 }, () => runCli([target, `--history=${history}`])));
    expect(runs.map(({ exit }) => exit)).toEqual(runs.map(() => 0));
    const keys = readFileSync(history, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text).key);
    expect(new Set(keys).size).toBe(8);
  });

  test('keeps the verdict and the reports when its own output cannot be written, and says so', async () => {
    const run = await runCli([target, '--report-junit=x.xml'], {}, '/dev/full');
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain('The result could not be written to stdout: the disk is full (ENOSPC)');
    expect(readFileSync(path.join(run.folder, 'x.xml'), 'utf8')).toContain('</testsuites>');
  });

  test('leaves no half of a report', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
    const limited = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, cli, target, '--report-json=x.json'];
    // The server that it probes is in this process, which must not wait for it without hearing anything else.
    const child = spawn('sh', limited, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([status, readdirSync(folder)]).toEqual([0, []]);
    expect(stderr).toMatch(/report-json could not be written to .*: it would be larger than a file may be \(EFBIG\)/);
  });

  test('leaves no half of a report behind a link either, and leaves the link', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
    symlinkSync('real.json', path.join(folder, 'x.json'));
    const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
    const limited = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, cli, target, '--report-json=x.json'];
    const [status] = await once(spawn('sh', limited, { cwd: folder, stdio: 'ignore' }), 'close');
    expect([status, readdirSync(folder)]).toEqual([0, ['x.json']]);
  });

  test.each([
    [[], /nothing to probe/],
    [['demo', '--json'], /demo has no JSON output/],
    [['--nonsense', 'x:1'], /nonsense/],
    [['x'], /x has no port[\s\S]* \$ smtp-gate x:587 /],
    [['x:y'], /"x:y": port/],
    [['x:1', 'y'], /y has no port/],
    [['x:1', '--host', 'z'], /not both/],
    [['x:1', '--timeout', '1s', '--timeout', '2s'], /2 times/],
    [['x:1', '--timeout', 'soon'], /timeout/],
    [['x:1', '--password', 'secret'], /password/],
    [['x:1', '--\u001b[31m##[error]\n::error::x'], /--\\u\{1b\}\[31m##\\\[error\] \/ ::error::x/],
  ])('ends with 2 on bad usage, and says what is bad: %j', async (args, words) => {
    const run = await runCli(args);
    expect(run.exit).toBe(2);
    expect(run.stderr + run.stdout).toMatch(words);
    expect(run.stderr + run.stdout).not.toContain('secret');
  });

  test('writes the reports that were asked for where another option is bad', async () => {
    const run = await runCli([target, '--timeout=soon', '--report-json=x.json', '--report-junit=x.xml']);
    expect(run.exit).toBe(2);
    for (const file of ['x.json', 'x.xml']) {
      expect(readFileSync(path.join(run.folder, file), 'utf8')).toContain('input-invalid');
    }
  });

  test('lists its options, and tells its version', async () => {
    const run = await runCli(['--help']);
    expect([run.exit, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('smtp-gate mail.example.com:587');
    const all = await runCli(['help', 'all']);
    expect([all.exit, all.stderr]).toEqual([0, '']);
    expect(all.stdout).toMatch(/--expect-banner <regexp>/);
    for (const args of [['--version'], ['-V'], ['version'], [target, '--version']]) {
      expect((await runCli(args)).stdout).toBe(`${PROJECT.version}\n`);
    }
  });

  test('colours when it is told to, and not against NO_COLOR', async () => {
    expect((await runCli([target], { FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    expect((await runCli([target], { NO_COLOR: '1' })).stdout).not.toContain('\u001b[');
  });

  test('waits for a server, and says so while it waits', async () => {
    const port = await closedPort();
    const waiting = runCli([`127.0.0.1:${port}`, '--wait=700ms']);
    const run = await waiting;
    expect(run.stderr).toMatch(/attempt 1 ended with connect-refused; trying again in \d+ ms/);
    expect(run.stdout).toMatch(/attempts in/);
  });

  test('demonstrates itself: every embedded server gets the verdict that it should', async () => {
    const run = await runCli(['demo']);
    expect(run.exit).toBe(0);
    expect(run.stdout).toContain('5 of 5 servers got the expected verdict.');
  });
});
