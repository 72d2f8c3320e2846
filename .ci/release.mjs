// The end of a rehearsal (npm run rehearse), in its clone: the package as npm's own commands publish and run it, the image
// as release.yml builds and pushes it, and both as a user starts them.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { get } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { closed, healthy } from '../src/cli/demo/servers.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const node = process.env.SMTP_GATE_NODE ?? process.execPath;
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const major = version.split('.')[0];
const folder = mkdtempSync(path.join(os.tmpdir(), 'release-'));
const servers = {};

before(async () => {
  servers.up = await healthy();
  servers.down = await closed();
});
after(async () => {
  for (const server of Object.values(servers)) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  let registry;
  before(async () => {
    registry = createServer(npmRegistry()).listen(0, '127.0.0.1');
    await once(registry, 'listening');
  });
  after(() => registry.close());

  const npm = (command, ...args) => {
    const at = `127.0.0.1:${registry.address().port}`;
    const env = {
      PATH: `${path.dirname(node)}:${process.env.PATH}`,
      HOME: folder,
      npm_config_registry: `http://${at}`,
      npm_config_cache: path.join(folder, 'cache'),
      npm_config_update_notifier: 'false',
    };
    writeFileSync(path.join(folder, '.npmrc'), `//${at}/:_authToken=rehearsal\n`);
    return run(command, args, { cwd: folder, env });
  };

  test('is published, and npx gives a verdict with it', async () => {
    const { stdout } = await npm('npm', 'pack', root, '--ignore-scripts', '--json');
    const [{ filename, size }] = JSON.parse(stdout);
    console.log(`${filename}: ${size} bytes`);
    await npm('npm', 'publish', `./${filename}`, '--ignore-scripts', '--access', 'public');
    const start = performance.now();
    const pass = await npm('npx', '--yes', `smtp-gate@${major}`, `127.0.0.1:${servers.up.port}`);
    console.log(`npx, from nothing: ${Math.round(performance.now() - start)} ms`);
    assert.match(pass.stdout, /✓ pass: 127\.0\.0\.1/);
    const failed = npm('npx', '--yes', `smtp-gate@${major}`, `127.0.0.1:${servers.down.port}`);
    await assert.rejects(failed, ({ code, stdout: said }) => code === 1 && said.includes('connect-refused'));
  });
});

describe('the image', { skip: process.env.IMAGE !== 'yes' && 'buildah cannot be had here' }, () => {
  const at = (...names) => path.join(folder, ...names);
  let daemon;
  let name;
  let env;
  before(async () => {
    await makeCertificate();
    name = `localhost:${await startRegistry()}/smtp-gate`;
    env = {
      ...process.env,
      BUILDAH_ISOLATION: 'chroot',
      CONTAINERS_STORAGE_CONF: at('storage.conf'),
      SSL_CERT_FILE: at('registry.pem'),
      BASE: 'localhost/node:24',
    };
    writeFileSync(
      env.CONTAINERS_STORAGE_CONF,
      `[storage]\ndriver = "vfs"\ngraphroot = "${at('store')}"\nrunroot = "${at('run')}"\n`,
    );
    makeBase();
  });
  after(async () => {
    daemon?.kill();
    if (daemon?.exitCode === null && daemon.signalCode === null) await once(daemon, 'close');
  });

  const makeCertificate = () =>
    run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-keyout', at('registry.key'), '-out', at('registry.pem')],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ]);

  /** Debian's docker-registry; its port, once it answers. */
  async function startRegistry() {
    const port = await freePort();
    const tls = `{certificate: ${at('registry.pem')}, key: ${at('registry.key')}}`;
    writeFileSync(
      at('registry.yml'),
      `version: 0.1\nstorage: {filesystem: {rootdirectory: ${at('images')}}}\nhttp: {addr: 127.0.0.1:${port}, tls: ${tls}}\n`,
    );
    daemon = spawn('docker-registry', ['serve', at('registry.yml')], { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetched(port, '/v2/').catch(() => null)) return port;
      await sleep(100);
    }
    throw new Error('docker-registry does not answer');
  }

  const buildah = (...args) => execFileSync('buildah', args, { env, encoding: 'utf8' }).trim();

  /** An image with this machine's Node and its libraries alone, for both processors, since nothing is run in it. */
  function makeBase() {
    const copy = (file, to) => {
      mkdirSync(path.dirname(to), { recursive: true });
      copyFileSync(file, to);
    };
    for (const file of execFileSync('ldd', [node], { encoding: 'utf8' }).match(/\/\S+/g)) copy(file, at('base', file));
    copy(node, at('base/usr/local/bin/node'));
    mkdirSync(at('base/tmp'));
    buildah('manifest', 'create', env.BASE);
    for (const arch of ['amd64', 'arm64']) {
      const container = buildah('from', 'scratch');
      buildah('copy', container, at('base'), '/');
      buildah('config', '--arch', arch, '--env', 'PATH=/usr/local/bin:/usr/bin:/bin', container);
      buildah('commit', '--manifest', env.BASE, container);
      buildah('rm', container);
    }
  }

  /** Runs a command in the image's files: nobody's, read-only, with the user of the image and without its network apart. */
  function inImage(...command) {
    const container = buildah('from', '--pull-never', env.IMAGE_ID);
    const files = buildah('mount', container);
    const { OCIv1 } = JSON.parse(buildah('inspect', '--type', 'image', env.IMAGE_ID));
    const { User, Entrypoint, Env, WorkingDir } = OCIv1.config;
    const script = [
      'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && mount --bind /proc "$1/proc"',
      'mount -t tmpfs none "$1/tmp"',
      'user=$2; root=$1; shift 2; exec chroot --userspec="$user" --groups= "$root" "$@"',
    ].join('\n');
    mkdirSync(path.join(files, 'proc'), { recursive: true });
    const all = ['--mount', 'sh', '-ec', script, 'sh', files, User, ...(command[0] === 'node' ? [] : Entrypoint)];
    const PATH = Env.find((one) => one.startsWith('PATH=')).slice('PATH='.length);
    assert.equal(WorkingDir, '/work');
    return run('unshare', [...all, ...command], { env: { PATH: `${PATH}:${process.env.PATH}` } });
  }

  test('is built for both processors and pushed as release.yml does it', async () => {
    const { stdout } = await run('scripts/release/image.sh', [name, version, major], { cwd: root, env });
    const digest = stdout.trim();
    assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    console.log(`the image: ${digest}`);
    for (const tag of [version, major]) {
      const { headers, body } = await fetched(Number(/:(\d+)\//.exec(name)[1]), `/v2/smtp-gate/manifests/${tag}`);
      assert.equal(headers['docker-content-digest'], digest);
      assert.deepEqual(
        JSON.parse(body).manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`),
        ['linux/amd64', 'linux/arm64'],
      );
    }
    buildah('pull', `${name}:${version}`);
    env.IMAGE_ID = `${name}:${version}`;
  });

  test('runs as nobody, without capabilities, on files that it cannot change', async () => {
    const look = `const fs = require('fs');
      const capabilities = fs.readFileSync('/proc/self/status', 'utf8').match(/Cap(?:Prm|Eff):\\s*\\w+/g);
      let wrote = 'yes'; try { fs.writeFileSync('/opt/smtp-gate/x', ''); } catch ({ code }) { wrote = code; }
      console.log(JSON.stringify({ user: process.getuid(), group: process.getgid(), capabilities, wrote }));`;
    const { stdout } = await inImage('node', '-e', look);
    assert.deepEqual(JSON.parse(stdout), {
      user: 1000,
      group: 1000,
      capabilities: ['CapPrm:\t0000000000000000', 'CapEff:\t0000000000000000'],
      wrote: 'EROFS',
    });
  });

  test('gives a verdict, and has no more in it than the command needs', async () => {
    const said = await inImage('--version');
    assert.equal(said.stdout.trim(), version);
    const pass = await inImage(`127.0.0.1:${servers.up.port}`, '--report-json', '/tmp/report.json');
    assert.match(pass.stdout, /✓ pass: 127\.0\.0\.1/);
    await assert.rejects(inImage(`127.0.0.1:${servers.down.port}`), ({ code, stdout }) => {
      return code === 1 && stdout.includes('connect-refused');
    });
    assert.match((await inImage('demo')).stdout, /expected: pass/);
    await assert.rejects(inImage('node', '-e', "require('/opt/smtp-gate/263.smtp-gate.js')"));
  });

  /** What the registry answers. */
  async function fetched(port, where) {
    const headers = { accept: 'application/vnd.oci.image.index.v1+json' };
    const asked = get({ host: 'localhost', port, path: where, headers, ca: readFileSync(at('registry.pem')) });
    const [answer] = await once(asked, 'response');
    return { headers: answer.headers, body: await text(answer) };
  }
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** As much of npm's registry as `npm publish` and `npx` ask for; Verdaccio's own packages cannot be had everywhere. */
function npmRegistry() {
  const published = new Map();
  const files = new Map();
  return async (asked, answer) => {
    const name = asked.url.slice(1);
    if (asked.method === 'PUT') {
      const { _attachments, ...about } = await json(asked);
      published.set(name, about);
      for (const [file, { data }] of Object.entries(_attachments))
        files.set(`${name}/-/${file}`, Buffer.from(data, 'base64'));
      answer.writeHead(201).end('{}');
    } else if (files.has(name)) answer.end(files.get(name));
    else if (published.has(name))
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(published.get(name)));
    else answer.writeHead(404).end('{}');
  };
}
