import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli, runDeliver } from '../support/bundle.ts';
import { type Identity, makeAuthority, makeCertificate } from '../support/certificates.ts';
import { imapServer } from '../support/imap-server.ts';
import { type Answers, intoInbox, mailSystem, type Route } from '../support/mail-system.ts';
import type { LoopbackServer } from '../support/servers.ts';

let authority: Identity;
let identity: Identity;
beforeAll(async () => {
  authority = await makeAuthority();
  identity = await makeCertificate({ issuer: authority });
});

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const PASSWORD = 'tulip-garden-7';

async function system(route?: Route, answers: Answers = {}) {
  const imap = await imapServer({ identity, password: PASSWORD });
  // A folder whose name is not ASCII, as many a mailbox has for junk (RFC 3501 §5.1.3).
  imap.boxes.set('Ind&AOk-sirables', { uidValidity: 3, uidNext: 1, messages: [], use: '\\Junk' });
  imap.boxes.delete('Junk');
  const smtp = await mailSystem(route ?? intoInbox(imap), () => answers);
  servers.push(imap, smtp);
  const inputs = {
    host: '127.0.0.1',
    port: String(smtp.port),
    tls: 'none',
    'mail-from': 'gate@example.com',
    'deliver-to': 'ops@example.net',
    mailbox: `imaps://127.0.0.1:${imap.port}`,
    'mailbox-password': PASSWORD,
    'tls-ca': authority.cert,
    'delivery-timeout': '1s',
    'delivery-warn': '1s',
  };
  return { imap, smtp, inputs };
}

describe('the delivery check, as a runner starts it', () => {
  test('sends, sees and deletes one message, and writes every report', async () => {
    const { imap, inputs } = await system();
    const run = await runDeliver({
      ...inputs,
      'report-json': 'd.json',
      'report-junit': 'd.xml',
      'report-html': 'd.html',
      'report-metrics': 'd.prom',
      history: 'h.jsonl',
    });
    expect([run.exit, run.outputs.status, run.outputs.message]).toEqual([
      0,
      'pass',
      expect.stringContaining('arrived in INBOX'),
    ]);
    expect(run.outputs).toMatchObject({ 'delivery-folder': 'INBOX', 'delivery-authentication': '' });
    expect(run.outputs['accept-ms']).toMatch(/^\d+$/);
    expect(run.outputs['arrival-ms']).toMatch(/^\d+$/);
    expect(run.outputHistory.slice(0, 1)).toEqual([['status', 'fail']]);
    expect(imap.boxes.get('INBOX')?.messages).toEqual([]);
    const read = (name: string) => readFileSync(path.join(run.folder, name), 'utf8');
    const report = JSON.parse(read('d.json'));
    expect([report.checkId, report.targets[0].delivery.folders]).toEqual([
      'check.notify.queue.health',
      ['INBOX', 'Indésirables'],
    ]);
    expect(run.summary).toContain('the message arrived');
    expect(run.summary).toContain('arrived        after');
    expect(run.summary).toContain(`mailbox        127.0.0.1:${imap.port}\n`);
    expect(read('d.xml')).toContain('to ops@example.net');
    expect(read('d.html')).toContain('The message arrived');
    expect(read('d.html')).toMatch(new RegExp(`<dt>Mailbox</dt>\\s*<dd><code>127\\.0\\.0\\.1:${imap.port}</code>`));
    expect(read('d.prom')).toMatch(/^smtp_gate_delivery_arrived\{[^}]*\} 1$/m);
    expect(read('h.jsonl')).toContain('to ops@example.net');
    const all = ['d.json', 'd.xml', 'd.html', 'd.prom', 'h.jsonl'].map(read).join('') + run.summary + run.stdout;
    // The command that masks it is the runner's own.
    expect(all.replace(/^::add-mask::.*$/gm, '')).not.toContain(PASSWORD);
    expect(run.stdout).toContain(`::add-mask::${PASSWORD}`);
  });

  test('fails where nothing arrives, and says whom to ask', async () => {
    const { inputs } = await system(() => {});
    const run = await runDeliver({ ...inputs, wait: '30s' });
    expect([run.exit, run.outputs.code, run.outputs['arrival-ms']]).toEqual([1, 'delivery-missing', '']);
    expect(run.summary).toContain('postqueue -p');
    expect(run.stdout).toMatch(/^::error title=delivery-missing::/m);
  });

  test('sends nothing where an input cannot be read, and skips where nothing is configured', async () => {
    const { inputs, smtp, imap } = await system();
    const run = await runDeliver({ ...inputs, 'delivery-require': 'dkim', mailbox: 'imaps://a:b@c' });
    expect([run.exit, run.outputs.code, run.outputs.fault]).toEqual([1, 'input-invalid', 'settings']);
    const skipped = await runDeliver({});
    expect([skipped.exit, skipped.outputs.status, skipped.outputs.code]).toEqual([0, 'skip', 'not-configured']);
    expect([smtp.connections(), imap.connections()]).toEqual([0, 0]);
    const findings = JSON.parse(readFileSync(run.outputs.report ?? '', 'utf8')).findings;
    expect(findings[0].verify).toBe('npx smtp-gate@1 deliver host:port');
  });

  test('names `deliver-to` where its recipient is refused', async () => {
    const { inputs } = await system(() => {}, { RCPT: '550 5.1.1 User unknown' });
    const run = await runDeliver(inputs);
    expect([run.exit, run.outputs.code]).toEqual([1, 'recipient-refused']);
    expect(run.stdout).toContain('Correct `deliver-to`');
    expect(run.summary + run.stdout).not.toContain('rcpt-to');
  });

  test('names inputs that look like its own', async () => {
    const { inputs } = await system();
    const said = '`delivery-timout`: did you mean `delivery-timeout`? `rcpt-to`: did you mean `deliver-to`?';
    const unknown = { 'delivery-timout': 'SECRET', 'rcpt-to': 'SECRET' };
    const run = await runDeliver({ ...inputs, ...unknown });
    expect(run.exit).toBe(0);
    expect(run.stdout).toContain(`::warning::This action does not have these inputs, and ignores them: ${said}`);
    expect(run.summary).toContain('did you mean');
    const refused = await runDeliver({ ...inputs, ...unknown, port: 'x' });
    expect([refused.exit, refused.stdout]).toEqual([1, expect.stringContaining(said)]);
    const skipped = await runDeliver(unknown);
    expect([skipped.outputs.status, skipped.outputs.message]).toEqual(['skip', expect.stringContaining(said)]);
    const summaries = run.summary + refused.summary + skipped.summary;
    expect(run.stdout + refused.stdout + skipped.stdout + summaries).not.toContain('SECRET');
  });
});

describe('an internal error shows no login of the mailbox', () => {
  /** Fails with all that is secret, outside of every attempt. */
  function hook(...secrets: string[]): string {
    const file = path.join(process.env.TMPDIR ?? '/tmp', `smtp-gate-hook-${process.pid}.cjs`);
    writeFileSync(
      file,
      `const { once } = process;
      process.once = (name, ...rest) => {
        once.call(process, name, ...rest);
        if (name === 'uncaughtException') throw new Error(${JSON.stringify(`saw ${secrets.join(' and ')}`)});
        return process;
      };`,
    );
    return file;
  }

  test.each([[[]], [['--json']]])('of the command, wherever it comes from: %j', async (more) => {
    const secret = path.join(process.env.TMPDIR ?? '/tmp', `smtp-gate-secret-${process.pid}`);
    writeFileSync(secret, 'from-a-file-8\n', { mode: 0o600 });
    const run = await runCli(['deliver', '127.0.0.1:1', ...more], {
      SMTP_GATE_MAILBOX_USERNAME: 'secret-ops-user',
      SMTP_GATE_MAILBOX_PASSWORD_FILE: secret,
      SMTP_GATE_MAILBOX_ACCESS_TOKEN: PASSWORD,
      NODE_OPTIONS: `--require=${hook('secret-ops-user', 'from-a-file-8', PASSWORD)}`,
    });
    expect([run.exit, run.stdout]).toEqual([1, expect.stringContaining('saw *** and *** and ***')]);
    expect(run.stdout + run.stderr).not.toMatch(/secret-ops-user|from-a-file-8|tulip/);
  });

  test('of the action', async () => {
    const inputs = { 'mailbox-username': 'secret-ops-user', 'mailbox-password': PASSWORD };
    const env = { NODE_OPTIONS: `--require=${hook('secret-ops-user', PASSWORD)}`, RUNNER_DEBUG: '1' };
    const run = await runDeliver(inputs, env);
    expect([run.exit, run.outputs.code]).toEqual([1, 'probe-crashed']);
    expect(run.stdout).toContain('saw *** and ***');
    expect(run.stdout + run.stderr + run.summary).not.toMatch(/secret-ops-user|tulip/);
  });
});

test('the command sends, and needs one server', async () => {
  const { inputs, smtp } = await system();
  const { host, port, 'mailbox-password': password, 'tls-ca': ca, ...rest } = inputs;
  const file = path.join(process.env.TMPDIR ?? '/tmp', `smtp-gate-ca-${process.pid}.pem`);
  writeFileSync(file, ca);
  const flags = Object.entries({ ...rest, 'tls-ca': file }).flatMap(([name, value]) => [`--${name}`, value]);
  const env = { SMTP_GATE_MAILBOX_PASSWORD: password };
  const run = await runCli(['deliver', `${host}:${port}`, ...flags], env);
  expect([run.exit, run.stdout]).toEqual([0, expect.stringMatching(/arrived +after .*, in INBOX/)]);
  const secret = path.join(process.env.TMPDIR ?? '/tmp', `smtp-gate-secret-${process.pid}`);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  const fromFile = await runCli(['deliver', `${host}:${port}`, ...flags], { SMTP_GATE_MAILBOX_PASSWORD_FILE: secret });
  expect([fromFile.exit, fromFile.stdout]).toEqual([0, expect.stringMatching(/arrived +after .*, in INBOX/)]);
  const several = await runCli(['deliver', `${host}:${port}`, 'b.example.com:25', ...flags], env);
  expect([several.exit, several.stdout]).toEqual([2, '']);
  expect(several.stderr).toMatch(
    /^smtp-gate: the target names 2 servers, [^:]*\nsmtp-gate help deliver says more\.\n$/,
  );
  expect((await runCli(['deliver', ...flags], env)).exit).toBe(2);
  expect((await runCli(['deliver', '--help'])).stdout).toContain('--deliver-to <address>');
  expect(smtp.heard.filter((line) => line === '.')).toHaveLength(2);
});

test('the command says in short lines what it cannot read, by flag and variable, and as JSON where that is wanted', async () => {
  const flags = ['--deliver-to=ops@example.net', '--mail-from=a@example.com', '--delivery-require=spf', '--port=x'];
  const run = await runCli(['deliver', '--host=mail.example.com', '--mailbox=imaps://mail.example.com', ...flags], {
    SMTP_GATE_MAILBOX_PASSWORD: '',
  });
  expect([run.exit, run.stdout]).toEqual([2, '']);
  const lines = run.stderr
    .replace(/\n {2,}/g, ' ')
    .trimEnd()
    .split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^smtp-gate: SMTP_GATE_MAILBOX_PASSWORD is empty; .* SMTP_GATE_MAILBOX_ACCESS_TOKEN/),
    expect.stringMatching(/^smtp-gate: --delivery-require has spf, which needs authserv-id: /),
    expect.stringMatching(/^smtp-gate: --port contains the character x/),
    'smtp-gate help deliver says more.',
  ]);
  const lost = await runCli(['deliver', 'mail.example.com', '--report-junit=x.xml', '--json', ...flags.slice(0, 2)], {
    SMTP_GATE_MAILBOX_PASSWORD_FILE: '/none',
  });
  expect([lost.exit, JSON.parse(lost.stdout).code]).toEqual([2, 'input-invalid']);
  expect(lost.stderr).toContain('comes from SMTP_GATE_MAILBOX_PASSWORD_FILE: "/none" does not exist');
  expect(lost.stderr).toContain('smtp-gate: target 1 "mail.example.com"');
  expect(readFileSync(path.join(lost.folder, 'x.xml'), 'utf8')).toContain('input-invalid');
});

test('the command has a help under every name for it', async () => {
  const page = (await runCli(['help', 'deliver'])).stdout;
  expect(page).toContain('Usage: smtp-gate deliver [options] target');
  const others = ['deliver help', 'deliver --help', 'deliver -h', '--help deliver', 'help deliver-to', 'help mailbox'];
  for (const words of [...others, 'deliver help --json']) {
    const run = await runCli(words.split(' '));
    expect([words, run.exit, run.stdout]).toEqual([words, 0, page]);
  }
  expect((await runCli(['merge', 'help'])).stdout).toContain('Usage: smtp-gate merge');
});

test.each([
  ['before anything was sent', 'AUTHENTICATE', 'before a server had said that it has the message'],
  ['while the message is on its way', 'NOOP', 'it may still arrive, and a later run deletes it'],
])('the command says where it stood when it is interrupted %s', async (_, at, where) => {
  const { inputs, imap } = await system(() => {});
  const { host, port, 'mailbox-password': password, 'tls-ca': ca, ...rest } = inputs;
  const file = path.join(process.env.TMPDIR ?? '/tmp', `smtp-gate-ca-${process.pid}.pem`);
  writeFileSync(file, ca);
  const flags = Object.entries({ ...rest, 'tls-ca': file, 'delivery-timeout': '5m' }).map(
    ([name, value]) => `--${name}=${value}`,
  );
  const child = spawn(process.execPath, ['dist/cli.js', 'deliver', `${host}:${port}`, ...flags], {
    env: { PATH: process.env.PATH, SMTP_GATE_MAILBOX_PASSWORD: password },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  imap.twist = (command) => command.startsWith(at) && child.kill('SIGINT');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [exit] = await once(child, 'close');
  expect([exit, said.replace(/\s+/g, ' ')]).toEqual([130, expect.stringContaining(where)]);
});
