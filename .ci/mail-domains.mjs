// The bundle on mail domains that are misconfigured as they were seen in public, each with its code; started by
// mail-domains.sh in namespaces of its own. The DNS server is dnsmasq; the policy host and the mail servers are ours.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { runCli } from './bundle.mjs';

const [POLICY, MX1, MX2, PLAIN, DNS] = ['1', '25', '26', '27', '53'].map((last) => `198.51.100.${last}`);
const certificates = process.env.MAIL_DOMAINS_CERTIFICATES;
const pem = (name) => ({
  key: readFileSync(path.join(certificates, `${name}.key`)),
  cert: readFileSync(path.join(certificates, `${name}.pem`)),
});
const policy = (mode, ...mx) =>
  ['version: STSv1', `mode: ${mode}`, ...mx.map((name) => `mx: ${name}`), 'max_age: 604800', ''].join('\r\n');
const ENFORCE = policy('enforce', 'mx1.example.test');
const UNAVAILABLE = ['mta-sts-policy-unavailable warn'];
const INVALID = ['mta-sts-policy-invalid warn'];
const NO_RECORD = ['mta-sts-record-invalid warn'];
/** Node knows TLSA records from 22.15 on. */
const node = execFileSync(process.env.SMTP_GATE_NODE ?? process.execPath, [
  '-p',
  '"resolveTlsa" in dns.promises.Resolver.prototype',
]);
const DANE = String(node).trim() === 'true' ? ['dane-unverified info'] : [];

/**
 * By the first label of a domain below example.test: its records, its policy or what the policy host does, its MX hosts,
 * and the codes. In good order, but for what is given.
 */
const DOMAINS = {
  good: { codes: [] },
  nothing: { sts: [], codes: [] },
  'wildcard-txt': { sts: ['v=spf1 -all'], codes: [] },
  'two-records': { sts: ['v=STSv1; id=1', 'v=STSv1; id=2'], codes: NO_RECORD },
  'id-hyphens': { sts: ['v=STSv1; id=2026-01-01'], codes: NO_RECORD },
  'no-host': { host: [], codes: UNAVAILABLE },
  private: { host: ['host-record=mta-sts.private.example.test,127.0.0.1'], codes: UNAVAILABLE },
  alias: { host: ['cname=mta-sts.alias.example.test,provider.example.test'], shows: 'provider', codes: UNAVAILABLE },
  'no-policy': {
    host: ['cname=mta-sts.no-policy.example.test,provider.example.test'],
    policy: [404],
    codes: UNAVAILABLE,
  },
  redirect: {
    policy: [301, { Location: 'https://mta-sts.good.example.test/.well-known/mta-sts.txt' }],
    codes: UNAVAILABLE,
  },
  expired: { shows: 'expired', codes: UNAVAILABLE },
  'self-signed': { shows: 'self-signed', codes: UNAVAILABLE },
  'one-mb': { policy: ENFORCE + '\n'.repeat(2 ** 20), codes: UNAVAILABLE },
  drip: { policy: [200, {}, null], args: ['--deadline=2s'], codes: UNAVAILABLE },
  nmx: { policy: ENFORCE.replace('mx:', 'nmx:'), codes: INVALID },
  'address-in-mx': { policy: `${ENFORCE}mx: ${MX1}\r\n`, codes: INVALID },
  'no-mode': { policy: ENFORCE.replace(/mode.*\r\n/, ''), codes: INVALID },
  'tiny-age': { policy: ENFORCE.replace('604800', '60'), codes: INVALID },
  'huge-age': { policy: ENFORCE.replace('604800', '315576000'), codes: INVALID },
  bom: { policy: `\ufeff${ENFORCE}`, codes: INVALID },
  html: { policy: [200, { 'Content-Type': 'text/html' }, '<!doctype html>'], codes: INVALID },
  'media-type': { policy: [200, { 'Content-Type': 'application/octet-stream' }, ENFORCE], codes: INVALID },
  'mixed-lines': { policy: ENFORCE.replace('\r\n', '\n'), codes: [] },
  none: { policy: policy('none'), mx: ['mx2'], codes: [] },
  mismatch: {
    mx: ['mx1', 'mx2'],
    policy: policy('enforce', 'mx2.example.test'),
    codes: ['mta-sts-mx-mismatch fail', 'mta-sts-certificate fail'],
  },
  testing: {
    mx: ['mx2'],
    policy: policy('testing', 'mx1.example.test', 'mx2.example.test'),
    codes: ['mta-sts-certificate warn'],
  },
  wildcard: { mx: ['mx.eu'], policy: policy('enforce', '*.example.test'), codes: ['mta-sts-mx-mismatch fail'] },
  'second-name': {
    mx: ['mx1', 'mx2'],
    policy: policy('enforce', '*.example.test'),
    codes: ['mta-sts-certificate fail'],
  },
  plaintext: { mx: ['plain'], policy: policy('enforce', '*.example.test'), codes: ['mta-sts-certificate fail'] },
  'no-mailto': { rpt: ['v=TLSRPTv1; rua=tls@example.test'], codes: ['tls-rpt-invalid info'] },
  dane: { sts: [], mx: ['dane'], codes: DANE },
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'mail-domains-'));
const closing = [() => rmSync(folder, { recursive: true })];

before(async () => {
  const names = Object.keys(DOMAINS).map((label) => `DNS:mta-sts.${label}.example.test`);
  const make = '. .ci/certificates.sh; cd "$1" && certificate hosts hosts.example.test "subjectAltName=$2" ca';
  execFileSync('bash', ['-c', make, '-', certificates, names.join(',')], { stdio: ['ignore', 'pipe', 'pipe'] });
  writeFileSync(path.join(folder, 'dnsmasq.conf'), zone().join('\n'));
  const dns = spawn('dnsmasq', ['--keep-in-foreground', `--conf-file=${path.join(folder, 'dnsmasq.conf')}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  closing.push(() => dns.kill());
  await startPolicyHost();
  await startMailServer(MX1, pem('mx1'));
  await startMailServer(MX2, pem('mx1'));
  await startMailServer(PLAIN, { disabledCommands: ['STARTTLS'] });
  for (let tries = 0; tries < 50 && !answers(); tries += 1) await sleep(100);
});

after(() => {
  for (const close of closing) close();
});

function answers() {
  try {
    return execFileSync('getent', ['ahosts', 'mx1.example.test']).length > 0;
  } catch {
    return false;
  }
}

/** What dnsmasq says. */
function zone() {
  const txt = (name, texts) => texts.map((text) => `txt-record=${name},"${text}"`);
  const domains = Object.entries(DOMAINS).flatMap(
    ([label, { sts = ['v=STSv1; id=1'], rpt = [], host, mx = ['mx1'] }]) => {
      const domain = `${label}.example.test`;
      return [
        ...mx.map((name, i) => `mx-host=${domain},${name}.example.test,${i}`),
        ...txt(`_mta-sts.${domain}`, sts),
        ...txt(`_smtp._tls.${domain}`, rpt),
        ...(host ?? [`host-record=mta-sts.${domain},${POLICY}`]),
      ];
    },
  );
  return [
    'no-resolv',
    'no-hosts',
    'user=root',
    'pid-file=',
    'log-facility=-',
    'bind-interfaces',
    `listen-address=${DNS}`,
    'local=/test/',
    `host-record=provider.example.test,${POLICY}`,
    `host-record=mx1.example.test,${MX1}`,
    `host-record=mx.eu.example.test,${MX1}`,
    `host-record=dane.example.test,${MX1}`,
    `host-record=mx2.example.test,${MX2}`,
    `host-record=plain.example.test,${PLAIN}`,
    `dns-rr=_25._tcp.dane.example.test,52,030101${'ab'.repeat(32)}`,
    ...domains,
  ];
}

const labelOf = (name) => name.replace(/^mta-sts\./, '').replace('.example.test', '');

async function startPolicyHost() {
  const contexts = new Map();
  const contextOf = (name) => {
    if (!contexts.has(name)) contexts.set(name, tls.createSecureContext(pem(name)));
    return contexts.get(name);
  };
  const SNICallback = (name, done) => done(null, contextOf(DOMAINS[labelOf(name)]?.shows ?? 'hosts'));
  const server = https.createServer({ ...pem('hosts'), SNICallback }, ({ headers }, response) => {
    const { policy: sent = ENFORCE } = DOMAINS[labelOf(headers.host)];
    if (typeof sent === 'string') return response.setHeader('Content-Type', 'text/plain').end(sent);
    const [status, fields, body = ''] = sent;
    response.writeHead(status, fields);
    if (body !== null) return response.end(body);
    const drip = setInterval(() => response.write('#'), 100);
    return response.on('close', () => clearInterval(drip));
  });
  server.listen(443, POLICY);
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
}

async function startMailServer(address, options) {
  const server = new SMTPServer({
    name: 'mx.example.test',
    disableReverseLookup: true,
    logger: false,
    authOptional: true,
    ...options,
  });
  server.on('error', () => {});
  server.listen(25, address);
  await once(server.server, 'listening');
  closing.push(() => server.close());
}

for (const [label, { codes, args = [] }] of Object.entries(DOMAINS)) {
  test(`${label}: ${codes.join(', ') || 'nothing'}`, async () => {
    const env = { SSL_CERT_FILE: path.join(certificates, 'ca.pem') };
    const file = path.join(folder, `${label}.json`);
    const { log } = await runCli([`mx:${label}.example.test`, `--report-json=${file}`, ...args], env);
    const { targets } = JSON.parse(readFileSync(file, 'utf8'));
    const found = targets.flatMap(({ findings }) => findings.map(({ code, status }) => `${code} ${status}`));
    assert.deepEqual([...new Set(found)], codes, log);
    assert.ok(
      targets.every(({ reachable }) => reachable),
      log,
    );
  });
}
