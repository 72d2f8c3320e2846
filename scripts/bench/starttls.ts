import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeAuthority, makeCertificate } from '../../__tests__/support/certificates.ts';
import { node } from './node.ts';
import { action, execute } from './step.ts';
import { median, Table } from './table.ts';

const TARGETS = 1_000;
/** The default of `concurrency`. */
const AT_ONCE = 64;
const RUNS = 3;
const file = (name: string) => path.join(import.meta.dirname, name);

/** What many targets with STARTTLS cost, beside a plain loop that has the same conversations, run in turn. */
export async function startTlsFigures(): Promise<Table> {
  const table = new Table(`${TARGETS} targets with STARTTLS (median of ${RUNS})`, 'plain loop');
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-starttls-'));
  const authority = await makeAuthority();
  const { cert, key } = await makeCertificate({ issuer: authority });
  const written = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const [ca, certFile, keyFile] = [
    written('ca.pem', authority.cert),
    written('cert.pem', cert),
    written('key.pem', key),
  ];
  const servers = spawn(process.execPath, [file('starttls-servers.mjs'), String(TARGETS), certFile, keyFile]);
  const ports = await new Promise<string[]>((resolve) => {
    let text = '';
    servers.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(text.trim().split(' '));
    });
  });
  const inputs = {
    targets: ports.map((port) => `127.0.0.1:${port}`).join('\n'),
    tls: 'starttls',
    'tls-ca': ca,
    'ehlo-name': 'gate.example.test',
  };
  const [ours, plain]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    plain.push(await timed([file('starttls-loop.mjs'), ca, String(AT_ONCE), ...ports]));
    const { status, ms } = await execute(action, inputs);
    if (status !== 0) throw new Error('the step fails, which proves nothing');
    ours.push(ms);
  }
  const { kib } = await execute(action, inputs, true);
  servers.kill();
  const [loopMs, ms] = [median(plain), median(ours)];
  table.row('the whole step', `${loopMs.toFixed(0)} ms`, `${ms.toFixed(0)} ms`, ms / loopMs, 1.3);
  table.row('peak memory', '200 MB', `${((kib * 1024) / 1e6).toFixed(1)} MB`, (kib * 1024) / 200e6, 1);
  return table;
}

async function timed(args: string[]): Promise<number> {
  const before = performance.now();
  const child = spawn(node, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error('the plain loop fails, which proves nothing');
  return performance.now() - before;
}
