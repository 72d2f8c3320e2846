// A DNS server that never answers must not keep the step: getaddrinfo runs in a thread that cannot be cancelled, and a
// process that merely exits waits for it. Needs a mount namespace of its own for /etc/resolv.conf (root, Linux).
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';

const cli = path.resolve(import.meta.dirname, '../dist/cli.js');
const node = process.env.SMTP_GATE_NODE ?? process.execPath;
const address = '127.0.0.77';
const folder = mkdtempSync(path.join(os.tmpdir(), 'resolver-'));
const configuration = path.join(folder, 'resolv.conf');
const server = createSocket('udp4');
const skip = spawnSync('unshare', ['--mount', 'true']).status !== 0 && 'no mount namespace can be had here';

before(async () => {
  writeFileSync(configuration, `nameserver ${address}\n`);
  server.bind(53, address);
  await once(server, 'listening');
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
const limits = [
  { args: ['--timeout=2s', '--look-around=false'], code: 'dns-unavailable', seconds: 2 },
  // The look around asks the DNS itself, which is as silent, for 2 s more.
  { args: ['--timeout=2s'], code: 'dns-unavailable', seconds: 4 },
  { args: ['--deadline=2s'], code: 'deadline-exceeded', seconds: 2 },
];
for (const { args, code, seconds } of limits) {
  test(`${args.join(' ')} ends within ${seconds} s and a half, as ${code}`, { skip }, async () => {
    const command = [node, cli, 'mail.example.com:25', '--json', ...args];
    const from = performance.now();
    const child = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', configuration, ...command], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [stdout, [exit]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const took = performance.now() - from;
    assert.equal(exit, 1);
    assert.equal(JSON.parse(stdout).code, code);
    assert.ok(took < (seconds + 0.5) * 1_000, `took ${Math.round(took)} ms`);
  });
}
