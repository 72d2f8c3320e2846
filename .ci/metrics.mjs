// The metrics of report-metrics as the bundle writes them, read by promtool, by the parsers of prometheus_client, by a
// node_exporter and by a Pushgateway; and the alerts of docs/reports.md, checked and set off by promtool.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { parse, stringify } from 'yaml';
import { makeAuthority, makeCertificate } from '../__tests__/support/certificates.ts';
import { runAction } from './bundle.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'metrics-'));
const collected = path.join(folder, 'collected');
const servers = [];
const daemons = [];
const gate = {};

before(async () => {
  mkdirSync(collected);
  const authority = await makeAuthority();
  const { key, cert } = await makeCertificate({ names: ['127.0.0.1'], issuer: authority, from: -90, to: 60 });
  gate.ca = path.join(folder, 'ca.pem');
  writeFileSync(gate.ca, authority.cert);
  const options = { key, cert, disabledCommands: ['AUTH'], disableReverseLookup: true, logger: false };
  const server = new SMTPServer({ ...options, onData: (stream, _, done) => stream.resume().on('end', done) });
  server.on('error', () => {});
  gate.up = await listen(server.server, server);
  // What it says must not come into any label.
  gate.refusing = await listen(
    createServer((socket) => {
      socket.on('error', () => {}).end('554 5.7.1 go-away "x" \\ {up="1"} 1\r\n');
    }),
  );
  gate.closed = await freePort();
});
after(async () => {
  for (const daemon of daemons) {
    daemon.kill();
    if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, 'close');
  }
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(server, owner = server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(owner);
  return server.address().port;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs the action, and returns its metrics and its report. */
async function run(inputs, file = path.join(folder, 'run.prom')) {
  const given = { 'tls-ca': gate.ca, 'look-around': 'false', vantage: 'ci', ...inputs, 'report-metrics': file };
  const { exit, log, report } = await runAction(given);
  return { exit, log, report, file, text: readFileSync(file, 'utf8') };
}

/** One that can be used over TLS, two that cannot, and three at one place whose names need every escape there is. */
const several = () =>
  [
    `127.0.0.1:${gate.up}?tls=starttls`,
    `127.0.0.1:${gate.refusing}`,
    `127.0.0.1:${gate.closed}`,
    `127.0.0.2:${gate.closed}?expect-banner=${encodeURIComponent('say \\d+ "x"')}`,
    `127.0.0.2:${gate.closed}?expect-banner=${encodeURIComponent('{a="b",c="d"} 1 \\.')}`,
    `127.0.0.2:${gate.closed}?expect-banner=${encodeURIComponent('größer')}`,
  ].join('\n');

/** A program of Prometheus' that reads the text, which has to find nothing to say. */
function promtool(args, input) {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8', timeout: 60_000 });
  return { status, log: stdout + stderr };
}

function assertLinted(text) {
  assert.deepEqual(promtool(['check', 'metrics'], text), { status: 0, log: '' });
}

const PARSERS = `
import json, sys
from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics
text = sys.stdin.buffer.read().decode('utf-8')
read = lambda families: [[f.name, f.type, f.documentation, [[s.name, s.labels, s.value, s.timestamp] for s in f.samples]] for f in families]
json.dump([read(p.text_string_to_metric_families(text)) for p in (openmetrics, parser)], sys.stdout)
`;

/** The samples as prometheus_client reads them, as OpenMetrics and as Prometheus' text: both read the same. */
function parsed(text) {
  const options = { input: text, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync('python3', ['-c', PARSERS], options);
  assert.equal(status, 0, stderr);
  const [openmetrics, prometheus] = JSON.parse(stdout);
  assert.deepEqual(openmetrics, prometheus);
  for (const [name, type, help] of openmetrics) {
    assert.match(name, /^smtp_gate_/);
    assert.equal(type, 'gauge');
    assert.notEqual(help, '');
  }
  const samples = openmetrics.flatMap(([, , , all]) => all);
  assert.equal(samples.length, text.split('\n').filter((line) => line.startsWith('smtp_gate_')).length);
  assert.equal(new Set(samples.map(([name, labels]) => JSON.stringify([name, labels]))).size, samples.length);
  return samples.map(([name, labels, value, timestamp]) => {
    assert.equal(timestamp, null);
    return { name, labels, value };
  });
}

const ups = (samples) =>
  Object.fromEntries(
    samples.filter(({ name }) => name === 'smtp_gate_up').map(({ labels, value }) => [labels.target, value]),
  );

/** What a report says is up. */
const upsOf = (report) =>
  Object.fromEntries(report.targets.map(({ target, status }) => [target.label, status === 'fail' ? 0 : 1]));

async function daemon(command, args, url) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  daemons.push(child);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  for (let waited = 0; waited < 10_000; waited += 100) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return () => log;
    await sleep(100);
  }
  throw new Error(`${command} does not answer: ${log}`);
}

/** What Prometheus would scrape there, read by the parser of its text. */
async function scrape(url) {
  const answer = await fetch(url, { headers: { accept: 'text/plain; version=0.0.4' } });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return text;
}

/** The samples of a scrape that are ours, without the labels that are the collector's. */
function ours(text) {
  const own = text.split('\n').filter((line) => /^(?:# \w+ )?smtp_gate_/.test(line));
  return parsed(`${own.join('\n')}\n# EOF\n`).map(({ labels: { job, instance, ...labels }, ...sample }) => ({
    ...sample,
    labels,
  }));
}

const sorted = (samples) =>
  samples.map(({ name, labels, value }) => JSON.stringify([name, Object.entries(labels).sort(), value])).sort();

describe('promtool and the parsers of prometheus_client take', () => {
  test('several targets, whatever their names', async () => {
    const { exit, log, text, report } = await run({ targets: several() });
    assert.equal(exit, 1, log);
    assert.match(log, /^report-metrics was written to /m);
    assertLinted(text);
    const samples = parsed(text);
    assert.equal(report.targets.length, 6);
    assert.deepEqual(ups(samples), upsOf(report));
    assert.equal(ups(samples)[`127.0.0.1:${gate.up}`], 1);
    assert.ok(
      Object.keys(ups(samples)).some((label) => /["\\]/.test(label)),
      text,
    );
    assert.doesNotMatch(text, /go-away/);
    const of = (name) => samples.filter((one) => one.name === `smtp_gate_${name}`);
    assert.deepEqual(
      of('tls_info').map(({ labels }) => labels.protocol),
      ['TLSv1.3'],
    );
    const [expiry] = of('certificate_expiry_timestamp_seconds');
    assert.equal(expiry.value, Date.parse(report.targets[0].tls.validTo) / 1_000);
    assert.equal(new Set(of('finding_info').map(({ labels }) => labels.code)).size, 2);
    const [last] = of('last_run_timestamp_seconds');
    assert.ok(Math.abs(last.value - Date.now() / 1_000) < 60, String(last.value));
    assert.deepEqual(
      of('passed').map(({ value }) => value),
      [0],
    );
  });

  test('one that passes, nothing to check, and inputs that cannot be read', async () => {
    for (const [inputs, passed] of [
      [{ host: '127.0.0.1', port: gate.up }, [1]],
      [{ host: '', port: '' }, []],
      [{ host: 'a b', port: '25' }, [0]],
    ]) {
      const { text } = await run(inputs);
      assertLinted(text);
      const values = parsed(text).filter(({ name }) => name === 'smtp_gate_passed');
      assert.deepEqual(
        values.map(({ value }) => value),
        passed,
        text,
      );
    }
  });

  test('2,000 targets', async () => {
    const list = path.join(folder, 'targets.txt');
    const hosts = Array.from({ length: 2_000 }, (_, i) => `127.1.${i >> 8}.${i & 255}:${gate.closed}`);
    writeFileSync(list, hosts.join('\n'));
    const { text, report } = await run({ 'targets-file': list, summary: 'false', annotations: 'false' });
    assertLinted(text);
    assert.equal(Object.keys(ups(parsed(text))).length, 2_000);
    assert.equal(report.totals.fail, 2_000);
  });

  test('not what is wrong: the check would find it', async () => {
    const { text } = await run({ host: '127.0.0.1', port: gate.up });
    assert.notEqual(promtool(['check', 'metrics'], text.replace(/"ci"/, 'ci"')).status, 0);
    assert.throws(() => parsed(text.replace('# EOF\n', '')));
    assert.throws(() => parsed(text.replace(/(smtp_gate_up\{[^\n]*\n)/, '$1$1')));
  });
});

test('node_exporter collects the file, run after run', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/metrics`;
  const log = await daemon(
    'prometheus-node-exporter',
    [
      `--web.listen-address=127.0.0.1:${port}`,
      '--collector.disable-defaults',
      '--collector.textfile',
      `--collector.textfile.directory=${collected}`,
    ],
    url,
  );
  const file = path.join(collected, 'smtp-gate.prom');
  for (const inputs of [{ targets: several() }, { host: '127.0.0.1', port: gate.up }]) {
    const { text, report } = await run(inputs, file);
    const scraped = await scrape(url);
    assert.match(scraped, /^node_textfile_scrape_error 0$/m);
    assert.deepEqual(ups(ours(scraped)), upsOf(report));
    // A family lacks no label there: what a sample does not have is empty, which is the same.
    const given = ours(scraped).map(({ labels, ...sample }) => ({
      ...sample,
      labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    }));
    assert.deepEqual(sorted(given), sorted(parsed(text)));
    assert.deepEqual(readdirSync(collected), ['smtp-gate.prom']);
  }
  assert.doesNotMatch(log(), /level=error/);
});

test('a Pushgateway takes the file as docs/reports.md pushes it, and forgets what is no longer checked', async () => {
  const port = await freePort();
  const gateway = `http://127.0.0.1:${port}`;
  await daemon('prometheus-pushgateway', [`--web.listen-address=127.0.0.1:${port}`], `${gateway}/-/ready`);
  const push = snippets()
    .flatMap((one) => (Array.isArray(one) ? one : []))
    .map(({ run }) => run)
    .find((command) => command?.startsWith('curl '));
  assert.ok(push, 'docs/reports.md has no curl command');
  for (const inputs of [{ targets: several() }, { host: '127.0.0.1', port: gate.up }]) {
    const { text, report } = await run(inputs, path.join(folder, 'smtp-gate.prom'));
    const env = { PATH: process.env.PATH, PUSHGATEWAY: gateway };
    const pushed = spawnSync('bash', ['-e', '-c', push], { cwd: folder, env, encoding: 'utf8', timeout: 30_000 });
    assert.equal(pushed.status, 0, pushed.stderr);
    const scraped = await scrape(`${gateway}/metrics`);
    assert.deepEqual(ups(ours(scraped)), upsOf(report));
    assert.deepEqual(sorted(ours(scraped)), sorted(parsed(text)));
  }
});

/** The snippets of YAML in docs/reports.md. */
function snippets() {
  const document = readFileSync(new URL('../docs/reports.md', import.meta.url), 'utf8');
  return [...document.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml]) => parse(yaml));
}

describe('the alerts of docs/reports.md', () => {
  const rules = snippets().find((one) => 'groups' in one);

  test('are rules that Prometheus takes', () => {
    const file = path.join(folder, 'rules.yml');
    writeFileSync(file, stringify(rules));
    const { status, log } = promtool(['check', 'rules', file]);
    assert.equal(status, 0, log);
    assert.match(log, /SUCCESS: \d+ rules found/);
  });

  test('are set off by what they are about, and by nothing else', () => {
    writeFileSync(path.join(folder, 'rules.yml'), stringify(rules));
    const at = 'target="a:25",vantage="dmz"';
    const always = (series, value) => ({ series, values: `${value}x240` });
    const quiet = [
      always(`smtp_gate_up{${at}}`, 1),
      always(`smtp_gate_certificate_expiry_timestamp_seconds{${at}}`, 90 * 86_400),
      { series: 'smtp_gate_last_run_timestamp_seconds{vantage="dmz"}', values: '0+60x240' },
    ];
    const loud = [
      always(`smtp_gate_up{${at}}`, 0),
      always(`smtp_gate_finding_info{${at},code="connect-refused",status="fail",fault="server"}`, 1),
      always(`smtp_gate_certificate_expiry_timestamp_seconds{${at}}`, 86_400),
      always('smtp_gate_last_run_timestamp_seconds{vantage="dmz"}', 0),
    ];
    const names = rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    const count = (one, expected) => ({
      expr: `count(ALERTS{alertname="${one}",alertstate="firing"}) or vector(0)`,
      eval_time: '3h',
      exp_samples: [{ labels: '{}', value: expected }],
    });
    const tests = [
      [quiet, 0],
      [loud, 1],
    ].map(([input_series, expected]) => ({
      interval: '1m',
      input_series,
      promql_expr_test: names.map((one) => count(one, expected)),
    }));
    const stopped = { interval: '1m', input_series: [], promql_expr_test: [count('MailChecksStopped', 1)] };
    const file = path.join(folder, 'tests.yml');
    writeFileSync(
      file,
      stringify({ rule_files: ['rules.yml'], evaluation_interval: '1m', tests: [...tests, stopped] }),
    );
    const { status, log } = promtool(['test', 'rules', file]);
    assert.equal(status, 0, log);
    assert.match(log, /SUCCESS/);
  });
});
