import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli, runDeliver } from '../support/bundle.ts';
import { type Identity, makeAuthority, makeCertificate } from '../support/certificates.ts';
import { imapServer } from '../support/imap-server.ts';
import { intoInbox, mailSystem, type Route } from '../support/mail-system.ts';
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

async function system(route?: Route) {
  const imap = await imapServer({ identity, password: PASSWORD });
  // A folder whose name is not ASCII, as many a mailbox has for junk (RFC 3501 §5.1.3).
  imap.boxes.set('Ind&AOk-sirables', { uidValidity: 3, uidNext: 1, messages: [], use: '\\Junk' });
  imap.boxes.delete('Junk');
  const smtp = await mailSystem(route ?? intoInbox(imap));
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
    expect(read('d.xml')).toContain('to ops@example.net');
    expect(read('d.html')).toContain('The message arrived');
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
  expect([several.exit, several.stdout]).toEqual([2, expect.stringContaining('names 2 servers')]);
  expect((await runCli(['deliver', ...flags], env)).exit).toBe(2);
  expect((await runCli(['deliver', '--help'])).stdout).toContain('--deliver-to <address>');
  expect(smtp.heard.filter((line) => line === '.')).toHaveLength(2);
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
