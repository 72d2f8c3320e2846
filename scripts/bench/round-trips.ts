import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeAuthority, makeCertificate } from '../../__tests__/support/certificates.ts';
import { farAway, ONE_WAY_MS } from './link.ts';
import { dist, node } from './node.ts';
import { submissionServer } from './submission-server.ts';
import { median, Table } from './table.ts';

const RUNS = 7;
const ROUND_TRIP_MS = 2 * ONE_WAY_MS;

/** The fewest round trips that the protocol allows: none can begin before the one above it has ended. */
const FEWEST: readonly (readonly [what: string, why: string])[] = [
  ['connect', 'TCP’s SYN and SYN-ACK (RFC 9293 §3.5)'],
  ['greeting', 'the server speaks first (RFC 5321 §3.1), and may when ACK has arrived'],
  ['EHLO', 'whether STARTTLS is offered (RFC 3207 §2); the last command of a group (RFC 2920 §3.1)'],
  ['STARTTLS', 'the handshake begins after the 220 (RFC 3207 §4)'],
  ['TLS handshake', 'one round trip in TLS 1.3; the client’s Finished travels with what it says next (RFC 8446 §2)'],
  ['EHLO', 'all that was known before TLS is forgotten (RFC 3207 §4.2)'],
  ['AUTH', 'PLAIN with an initial response; it ends its group, for nothing may follow a login that is refused'],
  ['MAIL, RCPT', 'one group (RFC 2920 §3.1)'],
  ['RSET', 'its answer decides nothing, and must not stand for one that is missing'],
];

interface Step {
  readonly step: string;
  readonly status: string;
  readonly startMs: number;
  readonly tookMs: number;
}

const run = promisify(execFile);
const env = { PATH: process.env.PATH, SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD: 'a secret of the bench' };

/** From the beginning of connect to the end of the last step before QUIT, in milliseconds, as the report has them. */
async function smtpGate(port: number, ca: string, envelope: string[]): Promise<number> {
  const args = [`127.0.0.1:${port}`, '--tls=starttls', `--tls-ca=${ca}`, ...envelope, '--json', '--fail-on=never'];
  const { stdout } = await run(node, [path.join(dist, 'cli.js'), ...args], { env });
  const { status, message, targets } = JSON.parse(stdout);
  if (status !== 'pass') throw new Error(`smtp-gate, over the slow link: ${message}`);
  const steps = (targets[0].steps as Step[]).filter(({ step, status }) => status === 'done' && step !== 'quit');
  const from = steps.find(({ step }) => step === 'connect')?.startMs ?? 0;
  return Math.max(...steps.map(({ startMs, tookMs }) => startMs + tookMs)) - from;
}

/** In a process of its own, as smtp-gate, which loads its modules while the clock runs: nodemailer has loaded them before. */
async function nodemailer(port: number, ca: string): Promise<number> {
  const { stdout } = await run(node, [path.join(import.meta.dirname, 'nodemailer.mjs'), String(port), ca], { env });
  return Number(stdout);
}

/** How long the conversation takes over a link with 50 ms each way, beside what the protocol allows and what nodemailer takes. */
export async function roundTripFigures(): Promise<Table> {
  const authority = await makeAuthority();
  const ca = path.join(mkdtempSync(path.join(tmpdir(), 'smtp-gate-bench-')), 'ca.pem');
  writeFileSync(ca, authority.cert);
  const server = await submissionServer(await makeCertificate({ issuer: authority }));
  const link = await farAway(server.port);
  const envelope = ['--mail-from=gate@example.test', '--rcpt-to=ops@example.test'];

  const [whole, login, verify]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < RUNS; i += 1) {
    whole.push(await smtpGate(link.port, ca, envelope));
    login.push(await smtpGate(link.port, ca, []));
    verify.push(await nodemailer(link.port, ca));
  }
  await link.close();
  server.close();
  const { logins, recipients } = server.seen;
  if (logins !== 3 * RUNS || recipients !== RUNS) throw new Error(`${logins} logins and ${recipients} recipients`);

  const table = new Table(`${ONE_WAY_MS} ms each way (medians of ${RUNS})`, 'reference');
  const trips = median(whole) / ROUND_TRIP_MS;
  table.row(
    'connect, STARTTLS, login, MAIL and RCPT, in the fewest round trips',
    `${FEWEST.length}`,
    trips.toFixed(2),
    trips / FEWEST.length,
    1.1,
  );
  table.row(
    'connect, STARTTLS and login, as nodemailer’s verify()',
    `${median(verify).toFixed(1)} ms`,
    `${median(login).toFixed(1)} ms`,
    median(login) / median(verify),
    1,
  );
  return table;
}
