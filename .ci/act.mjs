// The repository's own workflows, run for real: the jobs assert their outputs themselves, and here it is asserted that
// they did, and what act read back of their summaries. SMTP_GATE_ACT is the binary of act.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { localActions, runWorkflow } from './act/act.mjs';
import { startGitHub } from './act/github.mjs';

const CI = '.github/workflows/ci.yml';
const PROBER = '.github/workflows/prober.yml';
const MONITOR = '.github/workflows/monitor.yml';
const FLEET = '.github/workflows/fleet.yml';
const GATE = ['--job', 'gate', '--matrix', 'os:ubuntu-latest'];
const temp = mkdtempSync(path.join(os.tmpdir(), 'workflows-'));
after(() => rmSync(temp, { recursive: true }));

async function isListening(port) {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('the gate’s own job: a healthy server, a closed port, fail-on never, and nothing configured', async () => {
  const { exit, steps, log } = await runWorkflow(CI, 'push', GATE);
  assert.equal(exit, 0, log);
  const { servers, healthy, closed, never, skipped } = steps;
  assert.deepEqual(
    [healthy, closed, never, skipped].map(({ result }) => result),
    ['success', 'failure', 'success', 'success'],
  );
  assert.match(healthy.summary, /^## ✅ /);
  assert.ok(healthy.summary.includes(`127.0.0.1:${servers.outputs.port}`), healthy.summary);
  assert.match(closed.summary, /^## ❌ /);
  assert.match(closed.summary, /connect-refused/);
  assert.ok(closed.summary.includes(`127.0.0.1:${servers.outputs['closed-port']}`), closed.summary);
  assert.match(skipped.summary, /not-configured/);
  assert.equal(await isListening(servers.outputs.port), false);
});

test('the gate’s own job fails where an output is not what it should be, and stops its server all the same', async () => {
  const changed = path.join(temp, 'changed.yml');
  const text = readFileSync(CI, 'utf8');
  writeFileSync(changed, text.replace("'220 mail.example.test ESMTP ready'", "'220 another greeting'"));
  assert.notEqual(readFileSync(changed, 'utf8'), text);
  const { exit, steps, log } = await runWorkflow(changed, 'push', GATE);
  assert.equal(exit, 1, log);
  assert.equal(steps.healthy.result, 'success');
  assert.equal(steps.closed?.result, undefined);
  assert.equal(await isListening(steps.servers.outputs.port), false);
});

describe('as it is published', () => {
  const published = path.join(temp, 'published');
  before(() => {
    for (const part of ['action.yml', 'dist', 'merge', MONITOR, FLEET])
      cpSync(part, path.join(published, part), { recursive: true });
  });

  test('the prober: passes, and skips what no variable names', async () => {
    const text = readFileSync(PROBER, 'utf8');
    const args = ['--matrix', 'os:ubuntu-latest', ...localActions([text], published)];
    const { exit, steps, log } = await runWorkflow(PROBER, 'workflow_dispatch', args);
    assert.equal(exit, 0, log);
    assert.deepEqual(
      [steps.healthy, steps.closed, steps.outside].map(({ outputs }) => outputs.status),
      ['pass', 'fail', 'skip'],
    );
  });

  test('the deployment of the README: starts after a gate that passes, and not after one that fails', async () => {
    const servers = startServers();
    const caller = path.join(temp, 'deployment');
    const file = path.join(caller, '.github/workflows/deploy.yml');
    makeRepository(caller);
    writeFileSync(path.join(caller, 'deploy.sh'), '#!/bin/sh\necho deployed\n', { mode: 0o755 });
    const text = recipe('Deploy').replace('wait: 30s', 'wait: 0s');
    writeFileSync(file, text);
    const runAt = (port) => {
      const variables = ['--var', 'SMTP_HOST=127.0.0.1', '--var', `SMTP_PORT=${port}`];
      return runWorkflow(file, 'push', [...variables, ...localActions([text], published)], caller);
    };
    try {
      const up = await runAt(servers.port);
      assert.equal(up.exit, 0, up.log);
      assert.match(up.log, /^deployed$/m);
      const down = await runAt(servers['closed-port']);
      assert.equal(down.exit, 1, down.log);
      assert.doesNotMatch(down.log, /^deployed$/m);
      const unconfigured = await runAt('');
      assert.equal(unconfigured.exit, 1, unconfigured.log);
      assert.doesNotMatch(unconfigured.log, /^deployed$/m);
    } finally {
      process.kill(servers.pid);
    }
  });

  test('the monitor, called as the documents show it: an outage opens an incident, and recovery closes it', async () => {
    const servers = startServers();
    const github = await startGitHub();
    const store = path.join(temp, 'store');
    const caller = path.join(temp, 'caller');
    const file = path.join(caller, '.github/workflows/mail.yml');
    makeRepository(caller);
    let runs = 0;
    /** A run of the recipe against this port and on this runner, at once and with the first failure. */
    const runAt = (port, runner) => {
      runs += 1;
      const targets = `targets: 127.0.0.1:${port}\n      wait: 0s\n      runner: '${runner}'\n`;
      const text = recipe('Mail')
        .replace(/targets: \|\n(?: {8}.*\n)+/, targets)
        .replace('incident-threshold: 2', 'incident-threshold: 1');
      assert.ok(text.includes(targets) && text.includes('incident-threshold: 1'), text);
      writeFileSync(file, text);
      const env = {
        ACT_STORE: store,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: 'octo/release',
        GITHUB_RUN_ID: runs,
      };
      const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      const local = localActions([text, readFileSync(MONITOR, 'utf8')], published);
      const args = [
        ...variables,
        ...local,
        ...hosts('self-hosted', 'dmz'),
        '--secret',
        'GITHUB_TOKEN=for-the-fake-alone',
      ];
      return runWorkflow(file, 'workflow_dispatch', args, caller);
    };
    const kept = (...names) => readFileSync(path.join(store, ...names), 'utf8');
    const history = (run) => kept('cache', `smtp-gate-history-mail.${run}-1`).trim().split('\n');
    try {
      const down = await runAt(servers['closed-port'], '["self-hosted", "dmz"]');
      assert.equal(down.exit, 1, down.log);
      assert.deepEqual(
        github.issues.map(({ state }) => state),
        ['open'],
        down.log,
      );
      assert.match(github.issues[0].body, /connect-refused/);
      assert.deepEqual(
        github.issues[0].labels.map(({ name }) => name),
        ['mail', 'outage'],
      );
      // Whatever failed, the history and the report are kept.
      assert.equal(history(1).length, 1);
      assert.deepEqual(readdirSync(path.join(store, 'artifacts/smtp-gate-mail-1')).sort(), [
        'history.jsonl',
        'report.html',
        'report.json',
        'report.xml',
      ]);
      rmSync(path.join(store, 'artifacts'), { recursive: true });

      const up = await runAt(servers.port, 'ubuntu-latest');
      assert.equal(up.exit, 0, up.log);
      assert.deepEqual(
        github.issues.map(({ state }) => state),
        ['closed'],
        up.log,
      );
      assert.equal(github.issues[0].said.length, 1);
      assert.deepEqual(history(2).slice(0, 1), history(1));
      assert.equal(history(2).length, 2);
      assert.equal(JSON.parse(kept('artifacts/smtp-gate-mail-1/report.json')).status, 'pass');
    } finally {
      github.stop();
      process.kill(servers.pid);
    }
  });

  test('the fleet, called as the documents show it: a job that died is named, and the next run is whole again', async () => {
    const servers = startServers();
    const github = await startGitHub();
    const fleet = makeFleet('fleet', github, (text) => text.replace('incident-threshold: 2', 'incident-threshold: 1'));
    const healthy = ['# relays', `127.0.0.1:${servers.port}`, `localhost:${servers.port}?username-env=`];
    try {
      const login = `127.0.0.1:${servers.port}?tls=none&username-env=MX1_USER&password-env=MX1_PASSWORD`;
      const died = await fleet.run(
        [...healthy, login, `127.0.0.1:${servers['closed-port']}`],
        "matrix.leg == 'dmz-2-of-2'",
      );
      assert.equal(died.exit, 1, died.log);
      const report = fleet.report();
      const missing = report.findings.filter(({ code }) => code === 'report-missing');
      assert.equal(missing.length, 1, died.log);
      assert.match(missing[0].message, /dmz 2\/2/);
      assert.deepEqual(report.legs.map(({ vantage, shard }) => `${vantage} ${shard.index}/${shard.of}`).sort(), [
        'azure 1/2',
        'azure 2/2',
        'dmz 1/2',
        'frankfurt 1/2',
        'frankfurt 2/2',
      ]);
      // The login came from the secret, was not sent without TLS, and is nowhere in the log.
      assert.ok(
        report.targets.some(({ code }) => code === 'auth-needs-tls'),
        died.log,
      );
      assert.ok(
        report.targets.some(({ code }) => code === 'connect-refused'),
        died.log,
      );
      assert.doesNotMatch(died.log, /s3cret/);
      assert.deepEqual(
        github.issues.map(({ state }) => state),
        ['open'],
        died.log,
      );
      assert.match(github.issues[0].body, /No report came from dmz 2\/2/);

      const whole = await fleet.run(healthy);
      assert.equal(whole.exit, 0, whole.log);
      assert.equal(whole.steps.merge.outputs.status, 'pass');
      assert.equal(fleet.report().legs.length, 6);
      assert.equal(fleet.report().targets.length, 6);
      assert.deepEqual(
        github.issues.map(({ state }) => state),
        ['closed'],
        whole.log,
      );
      const [first, second] = [1, 2].map((run) => fleet.kept('cache', `smtp-gate-fleet-mail.${run}-1`));
      assert.ok(second.startsWith(first) && second.length > first.length);
      assert.deepEqual(fleet.artifact(), ['history.jsonl', 'report.html', 'report.json', 'report.prom', 'report.xml']);

      // Of all jobs nothing came: that is an outage as well, and the incident of a moment ago goes on.
      const none = await fleet.run(healthy, 'true');
      assert.equal(none.exit, 1, none.log);
      assert.equal(none.steps.merge.outputs.code, 'report-missing');
      assert.deepEqual(fleet.report().legs, []);
      assert.deepEqual(
        github.issues.map(({ state }) => state),
        ['open'],
        none.log,
      );
    } finally {
      github.stop();
      process.kill(servers.pid);
    }
  });

  test('a fleet of sixteen jobs of which one died ends in one verdict, which names it', async () => {
    const greeters = await startGreeters(20);
    const github = await startGitHub();
    const eight = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`place-${i + 1}`, 'ubuntu-latest']));
    const fleet = makeFleet('sixteen', github, (text) =>
      text.replace(/vantages: \|\n(?: {8}.*\n)+/, `vantages: '${JSON.stringify(eight)}'\n`),
    );
    try {
      const targets = greeters.map((server) => `127.0.0.1:${server.address().port}`);
      const { exit, log, steps } = await fleet.run(targets, "matrix.leg == 'place-5-1-of-2'");
      assert.equal(exit, 1, log);
      assert.equal(steps.merge.outputs.code, 'report-missing');
      assert.match(steps.merge.outputs.message, /^No report came from place-5 1\/2: [^.]*\.$/);
      assert.equal(fleet.report().legs.length, 15);
    } finally {
      github.stop();
      for (const server of greeters) server.close();
    }
  });

  /** The fleet of the documents in a repository of its own, with these changes to its workflow. */
  function makeFleet(name, github, change) {
    const store = path.join(temp, `${name}-store`);
    const caller = path.join(temp, name);
    const file = path.join(caller, '.github/workflows/fleet.yml');
    const text = change(recipe('Mail fleet')).replace('shards: 2\n', 'shards: 2\n      wait: 0s\n');
    const original = readFileSync(FLEET, 'utf8');
    makeRepository(caller);
    writeFileSync(file, text);
    let runs = 0;
    const artifacts = path.join(store, 'artifacts');
    const kept = (...names) => readFileSync(path.join(store, ...names), 'utf8');
    return {
      kept,
      artifact: () => readdirSync(path.join(artifacts, 'smtp-gate-fleet-mail-1')).sort(),
      report: () => JSON.parse(kept('artifacts/smtp-gate-fleet-mail-1/report.json')),
      /** Runs it over these targets; a job of which `dies` is true ends before it checks anything. */
      run(targets, dies) {
        runs += 1;
        rmSync(artifacts, { recursive: true, force: true });
        writeFileSync(path.join(caller, 'targets.txt'), `${targets.join('\n')}\n`);
        const death = `      - if: \${{ ${dies} }}\n        run: exit 1\n      - name: Check\n`;
        writeFileSync(path.join(published, FLEET), dies ? original.replace('      - name: Check\n', death) : original);
        const env = {
          ACT_STORE: store,
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: 'octo/release',
          GITHUB_RUN_ID: runs,
        };
        const secrets = { GITHUB_TOKEN: 'for-the-fake-alone', MAIL_LOGINS: 'MX1_USER=ops\nMX1_PASSWORD=s3cret-of-mx1' };
        const given = [
          ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
          ...Object.entries(secrets).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
          ...hosts('self-hosted', 'frankfurt', 'dmz'),
          ...localActions([text, original], published),
        ];
        return runWorkflow(file, 'workflow_dispatch', given, caller);
      },
    };
  }
});

/** Arguments that have act run jobs with these labels here. */
function hosts(...labels) {
  return labels.flatMap((label) => ['--platform', `${label}=-self-hosted`]);
}

/** What .github/servers.mjs started, as it starts it for the workflows. */
function startServers() {
  const env = { PATH: process.env.PATH };
  const stdout = execFileSync(process.execPath, ['.github/servers.mjs'], { env, encoding: 'utf8' });
  return Object.fromEntries([...stdout.matchAll(/^(.+)=(\d+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

/** So many servers on loopback that greet, and let go. */
async function startGreeters(count) {
  const servers = Array.from({ length: count }, () =>
    net.createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end('221 2.0.0 Bye\r\n'));
      socket.write('220 mail.example.test ESMTP ready\r\n');
    }),
  );
  await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  return servers;
}

/** The workflow of this name that a document shows. */
function recipe(name) {
  const documents = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
    /\.md$/.test(file),
  );
  const recipes = documents.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^```yaml\n(name: (.*)\n[\s\S]*?)^```$/gm),
  ]);
  return recipes.find(([, , other]) => other === name)[1];
}

/** A repository with a place for workflows, and the commit that act wants to find. */
function makeRepository(folder) {
  mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '--allow-empty', '--message=Begin');
}
