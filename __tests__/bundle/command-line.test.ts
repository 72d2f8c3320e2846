import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Run, runCli } from '../support/bundle.ts';

const root = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(root, 'dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isReport = new Ajv2020({ strict: false, formats: { 'date-time': true, uri: true } }).compile(
  JSON.parse(readFileSync(path.join(root, 'docs/report.schema.json'), 'utf8')),
);

describe('a command line that cannot be read', () => {
  const cases: [string[], NodeJS.ProcessEnv, RegExp][] = [
    [[], {}, /nothing to probe/],
    [['--tsl=none', 'a:25'], {}, /--tsl is not an option; did you mean --tls\?/],
    [['example.com'], {}, /example\.com has no port/],
    [['dmeo'], {}, /did you mean .?`?demo/],
    [['a:25', '--tls=startls'], {}, /did you mean .?`?starttls/],
    [['a:25?tsl=none'], {}, /did you mean .?`?tls/],
    [['a:25', '--look-around'], {}, /--look-around=false/],
    [['a:25', '--password', 'hunter2'], {}, /SMTP_GATE_PASSWORD_FILE/],
    [['a:25'], { SMTP_GATE_USERNAME: 'x', SMTP_GATE_PASSWORD_FILE: '/no/hunter/file' }, /SMTP_GATE_PASSWORD_FILE/],
    [['demo'], {}, /demo has no JSON output/],
    [['merge'], {}, /nothing to merge/],
    [['completion', 'bahs'], {}, /did you mean .?`?bash/],
    [['help', 'tsl'], {}, /did you mean .?`?tls/],
  ];

  test.each(cases)('is a report with --json, and said on the terminal: %j', async (args, env, words) => {
    const [first = '', ...rest] = args;
    const run = await runCli(
      ['merge', 'demo', 'completion', 'help'].includes(first) ? [first, ...rest, '--json'] : [...args, '--json'],
      env,
    );
    expect(run.exit).toBe(2);
    const report = JSON.parse(run.stdout);
    expect([isReport(report), isReport.errors]).toEqual([true, null]);
    expect(report).toMatchObject({ status: 'fail', code: 'input-invalid', targets: [] });
    expect(report.message).toMatch(words);
    expect(run.stderr).toMatch(words);
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  });

  test('is told in few lines, and nothing of it on standard output', async () => {
    for (const args of [['a:25', '--tls=startls'], ['example.com'], ['a:25', '--nope']]) {
      const run = await runCli(args);
      expect([run.exit, run.stdout]).toEqual([2, '']);
      expect(run.stderr.split('\n').length).toBeLessThanOrEqual(11);
      expect(run.stderr).not.toMatch(/\n\s+at /);
    }
  });
});

describe('the help', () => {
  test.each([['--help'], ['help'], ['-h'], ['help', 'all'], ['--help', 'tls'], ['help', 'merge'], ['merge', '--help']])(
    '%j fits 80 columns where there is no terminal',
    async (...args) => {
      const run = await runCli(args);
      expect([run.exit, run.stderr]).toEqual([0, '']);
      expect(run.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('has a suggestion for a topic that is misspelt', async () => {
    const run = await runCli(['help', 'tsl']);
    expect([run.exit, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('has no topic "tsl" (did you mean `tls`?)');
  });
});

describe('standard input', () => {
  test.each([[['-']], [['--targets-file', '-']]])('has the targets of %j', async (args) => {
    const child = spawn(process.execPath, [CLI, ...args, '--json'], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin?.end('smtp://joe:hunter2@example.com:25\n');
    const stdout = await text(child.stdout as NodeJS.ReadableStream);
    expect(JSON.parse(stdout).message).toContain('-:1: contains credentials');
  });
});

describe('a secret in a file', () => {
  test('is in no output', async () => {
    // A server that repeats what it hears.
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 mail ESMTP\r\n');
      socket.on('data', (data) => {
        if (/^EHLO/i.test(String(data))) socket.write('250-mail\r\n250 AUTH PLAIN LOGIN\r\n');
        else socket.write(`535 5.7.8 no: ${String(data).trim()}\r\n`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const file = path.join(folder, 'password');
    writeFileSync(file, 'correct horse battery\n');
    const { port } = server.address() as net.AddressInfo;
    const args = [`127.0.0.1:${port}`, '--auth-over-plaintext=true', '--auth-method=PLAIN', '--tls=none'];
    const env = { SMTP_GATE_USERNAME: 'release', SMTP_GATE_PASSWORD_FILE: file };
    const runs = [await runCli(args, env), await runCli([...args, '--json'], env)];
    server.close();
    for (const { exit, stdout, stderr } of runs) {
      expect(exit).toBe(1);
      expect(stdout).toContain('auth-rejected');
      expect(stdout + stderr).not.toContain('correct horse');
      expect(stdout + stderr).not.toContain(Buffer.from('\0release\0correct horse battery').toString('base64'));
    }
    expect(runs[0]?.stdout).toContain(`SMTP_GATE_PASSWORD_FILE="\${SMTP_GATE_PASSWORD_FILE:?}" npx smtp-gate@1`);
  });
});

describe('an interrupt', () => {
  /** Interrupts a command when `ready` says so. */
  async function interrupt(
    args: string[],
    signal: 'SIGINT' | 'SIGTERM',
    ready: (child: ReturnType<typeof spawn>) => Promise<unknown>,
  ) {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = [text(child.stdout as NodeJS.ReadableStream), text(child.stderr as NodeJS.ReadableStream)];
    const closed = once(child, 'close');
    await ready(child);
    child.kill(signal);
    const [exit] = await closed;
    return { exit, stdout: await stdout, stderr: await stderr } satisfies Partial<Run>;
  }

  /** A server that accepts connections and says nothing. */
  async function silent() {
    const server = net.createServer((socket) => socket.on('error', () => {}));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, port: (server.address() as net.AddressInfo).port };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s says where the check stood', async (signal, status) => {
    const { server, port } = await silent();
    const run = await interrupt([`127.0.0.1:${port}`, '--json'], signal, () => once(server, 'connection'));
    server.close();
    expect(run).toEqual({
      exit: status,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^smtp-gate: interrupted \\(${signal}\\) at 127\\.0\\.0\\.1:${port} \\((?:connect|greeting)\\); there is no verdict\\n$`,
        ),
      ),
    });
  });

  test('says how many targets were done', async () => {
    const { server, port } = await silent();
    const args = [`127.0.0.1:${port}`, '127.0.0.2:1'];
    const run = await interrupt(args, 'SIGINT', (child) =>
      Promise.all([once(server, 'connection'), seen(child, /1 of 2/)]),
    );
    server.close();
    expect(run.exit).toBe(130);
    expect(run.stderr).toContain(`interrupted (SIGINT) when 1 of 2 targets were done, at 127.0.0.1:${port} (`);
  });

  test('ends the demo', async () => {
    const run = await interrupt(['demo'], 'SIGINT', (child) => seen(child, /1 of 5/, 'stdout'));
    expect(run.exit).toBe(130);
    expect(run.stderr).toMatch(/^smtp-gate: interrupted \(SIGINT\) in the demo, at server \d of 5 \(.*\)\n$/);
  });

  /** Waits until a command has written something. */
  function seen(child: ReturnType<typeof spawn>, words: RegExp, stream: 'stdout' | 'stderr' = 'stderr'): Promise<void> {
    return new Promise((resolve) => {
      let said = '';
      child[stream]?.on('data', (chunk) => {
        said += chunk;
        if (words.test(said)) resolve();
      });
    });
  }
});

test.each(['--version', '-V', 'version', '--help', '-h', 'help'])(
  '%s is answered before the bundle is loaded',
  async (word) => {
    const script = `process.argv = ['node', 'smtp-gate', ${JSON.stringify(word)}]; require(${JSON.stringify(CLI)});
    console.log(Object.keys(require.cache).length);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    expect((await text(child.stdout as NodeJS.ReadableStream)).trimEnd().split('\n').at(-1)).toBe('1');
  },
);

describe('an interrupt of a merge', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s ends it without a verdict', async (signal, exit) => {
    const report = path.join(folder, 'merged.json');
    const hook = path.join(folder, `${signal}.cjs`);
    writeFileSync(report, '{}');
    // The signal comes while the report is opened, which no test could hit from outside.
    writeFileSync(
      hook,
      `const fs = require('node:fs'); const open = fs.openSync;
fs.openSync = (file, ...rest) => { if (file === ${JSON.stringify(report)}) process.kill(process.pid, '${signal}'); return open(file, ...rest); };`,
    );
    const run = await runCli(['merge', report], { NODE_OPTIONS: `--require=${hook}` });
    expect([run.exit, run.stdout]).toEqual([exit, '']);
    expect(run.stderr).toBe(`smtp-gate: interrupted (${signal}) while merging reports; there is no verdict\n`);
  });
});

describe('the reports of a merge', () => {
  test('may be named by the flag as well', async () => {
    const missing = path.join(folder, 'none.json');
    for (const args of [[`--reports=${missing}`], ['--reports', missing], [missing]]) {
      const run = await runCli(['merge', ...args]);
      expect([run.exit, run.stdout.includes('none.json" does not exist')]).toEqual([2, true]);
    }
    expect((await runCli(['merge', '--report', missing])).stderr).toContain('did you mean --reports?');
  });
});
