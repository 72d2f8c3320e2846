import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { type GateIo, runGate } from '../../src/gate/gate.ts';
import { tcpDial } from '../../src/probe/connect.ts';
import { lookUpMx } from '../../src/probe/dns/mx.ts';
import { lookUpTlsa, readMailDomain } from '../../src/probe/mail-domain/read.ts';
import { probe } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { type Identity, makeAuthority, makeCertificate } from '../support/certificates.ts';
import { type DnsAnswer, dnsServer, mx, type QuestionType, txt } from '../support/dns-server.ts';
import { NOTHING_ELSE } from '../support/gate.ts';
import { policyText } from '../support/mail-domain.ts';
import { policyHost, type Serves } from '../support/policy-host.ts';
import { settings } from '../support/settings.ts';

const POLICY_HOST = 'mta-sts.example.com';
const [MX1, MX2] = ['mx1.example.com', 'mx2.example.com'];
/** Addresses as the internet has them (RFC 5737); what is dialled there is on loopback. */
const ADDRESSES: Readonly<Record<string, string>> = {
  [POLICY_HOST]: '198.51.100.1',
  [MX1]: '198.51.100.25',
  [MX2]: '198.51.100.26',
  'mx.eu.example.com': '198.51.100.25',
};

type Names = 'good' | 'expired' | 'selfSigned' | 'otherName' | 'unknown' | 'mx1' | 'mx2';
let identities: Readonly<Record<Names, Identity>>;
const folder = mkdtempSync(path.join(tmpdir(), 'mail-domains-'));
const before = process.env.NODE_EXTRA_CA_CERTS;

beforeAll(async () => {
  const [issuer, stranger] = [await makeAuthority(), await makeAuthority('Nobody')];
  const leaf = (name: string, more = {}) => makeCertificate({ names: [name], issuer, ...more });
  identities = {
    good: await leaf(POLICY_HOST),
    expired: await leaf(POLICY_HOST, { from: -90, to: -3 }),
    selfSigned: await makeCertificate({ names: [POLICY_HOST] }),
    otherName: await leaf('provider.example'),
    unknown: await makeCertificate({ names: [POLICY_HOST], issuer: stranger }),
    mx1: await makeCertificate({ names: [MX1, 'mx.eu.example.com'], issuer }),
    mx2: await leaf(MX2),
  };
  // The trust store of the operating system, with an authority of its own.
  writeFileSync(path.join(folder, 'ca.pem'), issuer.cert);
  process.env.NODE_EXTRA_CA_CERTS = path.join(folder, 'ca.pem');
});

afterAll(() => {
  if (before === undefined) delete process.env.NODE_EXTRA_CA_CERTS;
  else process.env.NODE_EXTRA_CA_CERTS = before;
  rmSync(folder, { recursive: true });
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a domain publishes, and how its servers are; in good order, but for what is given. */
interface Domain {
  readonly sts?: readonly string[] | DnsAnswer;
  readonly rpt?: readonly string[];
  /** Where the policy host is; `null` for a name that does not exist. */
  readonly at?: string | null;
  readonly shows?: Names;
  readonly serves?: Serves;
  readonly hosts?: readonly string[];
  readonly mx1?: Names | 'no TLS';
  readonly mx2?: Names;
}

async function smtpServer(shows: Names | 'no TLS'): Promise<number> {
  const tls =
    shows === 'no TLS'
      ? { disabledCommands: ['STARTTLS'] }
      : { key: identities[shows].key, cert: identities[shows].cert };
  const server = new SMTPServer({ name: 'mx', disableReverseLookup: true, logger: false, authOptional: true, ...tls });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => new Promise((done) => server.close(() => done(undefined))));
  return (server.server.address() as AddressInfo).port;
}

/** Checks the domain, with a DNS server, a policy host and mail servers that are all on loopback. */
async function check({
  sts = ['v=STSv1; id=1'],
  rpt = [],
  at = ADDRESSES[POLICY_HOST] ?? null,
  shows = 'good',
  serves = policyText('enforce', MX1, MX2),
  hosts = [MX1],
  mx1 = 'mx1',
  mx2 = 'mx2',
}: Domain) {
  const answers = (type: QuestionType, name: string): DnsAnswer => {
    const records = (texts: readonly string[]) => texts.map((text) => txt(text));
    if (type === 'MX' && name === 'example.com') return hosts.map((host, i) => mx(i, host));
    if (type === 'TXT' && name === '_smtp._tls.example.com') return records(rpt);
    if (type !== 'TXT' || name !== '_mta-sts.example.com') return 'NXDOMAIN';
    return typeof sts === 'string' ? sts : records(sts as readonly string[]);
  };
  const dns = await dnsServer(answers);
  const web = await policyHost(identities[shows], serves);
  closing.push(dns.close, web.close);
  const ports: Readonly<Record<string, number>> = {
    '198.51.100.1 443': web.port,
    '198.51.100.25 25': await smtpServer(mx1),
    '198.51.100.26 25': await smtpServer(mx2),
  };
  const world = {
    clock: systemClock,
    servers: [dns.at],
    resolver: {
      async addresses(host: string) {
        const address = host === POLICY_HOST ? at : ADDRESSES[host];
        if (!address) throw Object.assign(new Error(host), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
        return [{ address, family: address.includes(':') ? (6 as const) : (4 as const) }];
      },
      exists: async () => false,
    },
    dial: ((address, port, cancellation) => {
      const there = ports[`${address} ${port}`];
      if (there === undefined) throw new Error(`nobody should connect to ${address}`);
      return tcpDial('127.0.0.1', there, cancellation);
    }) as typeof tcpDial,
  };
  const io: GateIo = {
    ...NOTHING_ELSE,
    clock: systemClock,
    progress: () => {},
    probe: (plan) => probe(plan, world),
    lookUpMx: (domain, timeoutMs) => lookUpMx(domain, { ...world, timeoutMs }),
    readMailDomain: (domain, plan) => readMailDomain(domain, plan, world),
    lookUpTlsa: (host, timeoutMs) => lookUpTlsa(host, { ...world, timeoutMs }),
  };
  const result = await runGate(await settings({ targets: 'mx:example.com' }), io);
  const found = result.targets.flatMap(({ findings }) => findings.map(({ code, status }) => `${code} ${status}`));
  return { found, asked: web.asked, result };
}

const policy = (change: (text: string) => string): Serves => change(policyText('enforce', MX1));
const sends =
  (status: number, headers: Record<string, string>, body = ''): Serves =>
  (response) =>
    response.writeHead(status, headers).end(body);

const UNAVAILABLE = ['mta-sts-policy-unavailable warn'];
const INVALID = ['mta-sts-policy-invalid warn'];
const NO_RECORD = ['mta-sts-record-invalid warn'];

describe('what is seen in public', () => {
  test.each<[string, Domain, string[]]>([
    ['all in order', { rpt: ['v=TLSRPTv1; rua=mailto:a@example.com'], hosts: [MX1, MX2] }, []],
    ['nothing published', { sts: 'NXDOMAIN' }, []],
    ['a wildcard TXT record for another purpose', { sts: ['v=spf1 -all'] }, []],
    ['two records', { sts: ['v=STSv1; id=1', 'v=STSv1; id=2'] }, NO_RECORD],
    ['an id with hyphens', { sts: ['v=STSv1; id=2026-01-01'] }, NO_RECORD],
    ['no id', { sts: ['v=STSv1;'] }, NO_RECORD],
    ['a version in capitals', { sts: ['v=STSV1; id=1'] }, NO_RECORD],
    ['a DNS server that fails on the record', { sts: 'REFUSED' }, UNAVAILABLE],
    ['a record without a policy host', { at: null }, UNAVAILABLE],
    ['an alias of a provider that has no certificate for it', { shows: 'otherName' }, UNAVAILABLE],
    ['an alias of a provider that has no policy for it', { serves: sends(404, {}) }, UNAVAILABLE],
    ['an expired certificate of the policy host', { shows: 'expired' }, UNAVAILABLE],
    ['a self-signed one', { shows: 'selfSigned' }, UNAVAILABLE],
    ['one of an authority that nobody knows', { shows: 'unknown' }, UNAVAILABLE],
    ['a redirect to www', { serves: sends(301, { Location: 'https://www.example.com/' }) }, UNAVAILABLE],
    ['a server that fails', { serves: sends(500, {}) }, UNAVAILABLE],
    ['a policy of 1 MB', { serves: policy((text) => text + '\n'.repeat(2 ** 20)) }, UNAVAILABLE],
    [
      'an answer that breaks off',
      {
        serves: (response) => response.writeHead(200, { 'Content-Length': '99' }).write('v', () => response.destroy()),
      },
      UNAVAILABLE,
    ],
    ['a private address of the policy host', { at: '10.0.0.1' }, UNAVAILABLE],
    ['loopback in IPv6, mapped', { at: '::ffff:127.0.0.1' }, UNAVAILABLE],
    ['a misspelt key', { serves: policy((text) => text.replace('mx:', 'nmx:')) }, INVALID],
    ['an address among the names', { serves: policy((text) => `${text}mx: 192.0.2.25\r\n`) }, INVALID],
    ['no mode', { serves: policy((text) => text.replace(/mode.*\r\n/, '')) }, INVALID],
    ['a max_age of a minute', { serves: policy((text) => text.replace('604800', '60')) }, INVALID],
    ['a max_age of ten years', { serves: policy((text) => text.replace('604800', '315576000')) }, INVALID],
    ['a byte order mark', { serves: policy((text) => `\ufeff${text}`) }, INVALID],
    [
      'a page in the place of the policy',
      { serves: sends(200, { 'Content-Type': 'text/html' }, '<!doctype html>') },
      INVALID,
    ],
    [
      'another media type',
      { serves: sends(200, { 'Content-Type': 'application/octet-stream' }, policyText('enforce', MX1)) },
      INVALID,
    ],
    ['no media type', { serves: sends(200, {}, policyText('enforce', MX1)) }, INVALID],
    ['CRLF and LF mixed', { serves: policy((text) => text.replace('\r\n', '\n')) }, []],
    ['mode none', { serves: policyText('none'), mx1: 'unknown' }, []],
    [
      'a server that is not in the policy',
      { serves: policyText('enforce', MX1), hosts: [MX1, MX2] },
      ['mta-sts-mx-mismatch fail'],
    ],
    [
      'the same in mode testing',
      { serves: policyText('testing', MX1), hosts: [MX1, MX2] },
      ['mta-sts-mx-mismatch warn'],
    ],
    [
      'a wildcard with too few labels',
      { serves: policyText('enforce', '*.example.com'), hosts: ['mx.eu.example.com'] },
      ['mta-sts-mx-mismatch fail'],
    ],
    ['a certificate without the second name', { hosts: [MX1, MX2], mx2: 'mx1' }, ['mta-sts-certificate fail']],
    [
      'a server whose certificate nobody trusts, in mode testing',
      { serves: policyText('testing', MX1), mx1: 'selfSigned' },
      ['mta-sts-certificate warn'],
    ],
    ['a server without STARTTLS', { mx1: 'no TLS' }, ['mta-sts-certificate fail']],
    ['reports to an address without mailto', { rpt: ['v=TLSRPTv1; rua=tls@example.com'] }, ['tls-rpt-invalid info']],
  ])('%s', async (_, domain, codes) => {
    const { found, result } = await check(domain);
    expect(found).toEqual(codes);
    expect(result.targets[0]?.seen?.greeting?.code).toBe(220);
  });
});

test('a policy is asked for once, where it has to be, and a redirect is not followed', async () => {
  const { asked } = await check({ hosts: [MX1, MX2], serves: sends(302, { Location: '/other' }) });
  expect(asked).toEqual([`GET ${POLICY_HOST} /.well-known/mta-sts.txt`]);
});

test('a policy host with a certificate that is not valid is not asked for anything', async () => {
  expect((await check({ shows: 'otherName' })).asked).toEqual([]);
});
