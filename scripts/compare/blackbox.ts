import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask } from './ask.ts';
import type { Run } from './run.ts';

interface Exchange {
  readonly expect?: string;
  readonly send?: string;
  readonly starttls?: true;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
// The exporter ends a line with LF alone; SMTP wants CR LF.
const say = (line: string): Exchange => ({ send: `${line}\r` });
const hear = (expect: string): Exchange => ({ expect });
const EHLO = say('EHLO compare.example.test');
const HELO = say('HELO compare.example.test');
const OK = hear('^250( |$)');

function login({ method, user, secret }: NonNullable<Ask['login']>): Exchange[] {
  switch (method) {
    case 'PLAIN':
      return [say(`AUTH PLAIN ${base64(`\0${user}\0${secret}`)}`), hear('^235')];
    case 'LOGIN':
      return [say('AUTH LOGIN'), hear('^334'), say(base64(user)), hear('^334'), say(base64(secret)), hear('^235')];
    case 'XOAUTH2':
      return [say(`AUTH XOAUTH2 ${base64(`user=${user}\x01auth=Bearer ${secret}\x01\x01`)}`), hear('^235')];
    default:
      return [];
  }
}

/** The `query_response` that asks for as much of it as the exporter can. */
export function exchanges({ about, tls, require, login: who, envelope }: Ask): Exchange[] {
  return [
    hear('^220( |$)'),
    about === 'helo' ? HELO : EHLO,
    ...(tls === 'starttls'
      ? [hear('^250[ -]STARTTLS'), say('STARTTLS'), hear('^220( |$)'), { starttls: true } as const, EHLO]
      : []),
    require === null ? OK : hear(`^250[ -]${require}`),
    ...(who === null ? [] : login(who)),
    ...(envelope === null
      ? []
      : [say(`MAIL FROM:<${envelope.from}>`), OK, say(`RCPT TO:<${envelope.to}>`), hear('^25[0-2]( |$)')]),
    say('QUIT'),
  ];
}

const module = (ask: Ask, seconds: number) => ({
  prober: 'tcp',
  timeout: `${seconds}s`,
  tcp: {
    ip_protocol_fallback: false,
    preferred_ip_protocol: 'ip4',
    tls: ask.tls === 'implicit',
    query_response: exchanges(ask),
    ...(ask.tls === 'none'
      ? {}
      : { tls_config: { ca_file: ask.ca, server_name: ask.name, min_version: ask.minVersion.replace('v1.', '1') } }),
  },
});

/** A running blackbox_exporter with a module for each port that is asked about. */
export class Blackbox {
  readonly #child: ChildProcess;
  readonly #address: string;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.#address = address;
  }

  static async start(command: string, asks: readonly Ask[], seconds: number, folder: string): Promise<Blackbox> {
    const config = path.join(folder, 'blackbox.json');
    const modules = Object.fromEntries(asks.map((ask) => [`port-${ask.port}`, module(ask, seconds)]));
    // JSON is YAML.
    writeFileSync(config, JSON.stringify({ modules }));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(command, [`--config.file=${config}`, `--web.listen-address=${address}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log = `${log}${chunk}`.slice(-2_000);
    });
    const blackbox = new Blackbox(child, address);
    for (let tries = 0; tries < 100; tries += 1) {
      if (child.exitCode !== null) break;
      const { ok } = await fetch(`http://${address}/-/healthy`).catch(() => ({ ok: false }));
      if (ok) return blackbox;
      await sleep(100);
    }
    blackbox.stop();
    throw new Error(`blackbox_exporter does not start:\n${log}`);
  }

  /** Probes as Prometheus would, and reads `probe_success`. */
  async run({ port }: Ask, limitMs: number): Promise<Run> {
    const from = performance.now();
    const url = `http://${this.#address}/probe?module=port-${port}&target=127.0.0.1:${port}`;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
      const output = await answer.text();
      return { exit: /^probe_success 1$/m.test(output) ? 0 : 1, ms: performance.now() - from, output };
    } catch {
      return { exit: null, ms: performance.now() - from, output: '' };
    }
  }

  stop(): void {
    this.#child.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
