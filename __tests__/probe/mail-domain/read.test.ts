import { promises } from 'node:dns';
import net from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MailDomainSeen } from '../../../src/model/mail-domain.ts';
import { type Dial, tcpDial } from '../../../src/probe/connect.ts';
import { lookUpTlsa, readMailDomain } from '../../../src/probe/mail-domain/read.ts';
import type { Plan } from '../../../src/probe/plan.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { FakeClock } from '../../support/clock.ts';
import { type DnsAnswer, dnsServer, type QuestionType, txt } from '../../support/dns-server.ts';
import { policyText } from '../../support/mail-domain.ts';
import { type PolicyHost, policyHost, type Serves } from '../../support/policy-host.ts';
import { PLAN } from '../../support/scripted.ts';
import { loopbackServer } from '../../support/servers.ts';

const HOST = 'mta-sts.example.com';
const TEXT = policyText('enforce', 'mx.example.com');
let [authority, identity]: Identity[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await makeCertificate({ names: [HOST], issuer: authority });
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface World {
  readonly serves?: Serves;
  readonly zone?: (type: QuestionType, name: string) => DnsAnswer;
  readonly addresses?: () => Promise<readonly string[]>;
  readonly clock?: Clock;
  readonly plan?: Partial<Plan>;
  readonly dial?: (port: number) => Dial;
}

const RECORD = (type: QuestionType, name: string): DnsAnswer =>
  type === 'TXT' && name === '_mta-sts.example.com' ? [txt('v=STSv1; id=1')] : [];

/** Reads example.com, and tells what was dialled. */
async function read({ serves = TEXT, zone = RECORD, addresses, clock = systemClock, plan, dial }: World = {}) {
  if (!identity || !authority) throw new Error('there is no certificate');
  const host = await policyHost(identity, serves);
  const dns = await dnsServer(zone);
  closing.push(host.close, dns.close);
  const dials: string[] = [];
  const io = {
    clock,
    servers: [dns.at],
    resolver: {
      addresses: async () => {
        const found = (await addresses?.()) ?? ['198.51.100.1'];
        return found.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
      },
      exists: async () => false,
    },
    dial: (async (address, port, cancellation) => {
      dials.push(`${address} ${port}`);
      return dial ? dial(host.port)(address, port, cancellation) : tcpDial('127.0.0.1', host.port, cancellation);
    }) as Dial,
  };
  const tls = { ...PLAN.tls, name: HOST, ca: authority.cert };
  const work = readMailDomain('example.com', { ...PLAN, host: HOST, port: 443, tls, ...plan }, io);
  return { work, host, dns, dials };
}

const seen = async (world: World = {}): Promise<MailDomainSeen> => (await read(world)).work;
const policyIn = async (world: World) => (await seen(world)).policy;

describe('what a domain publishes', () => {
  test('is its record, its policy and its TLS-RPT record', async () => {
    const zone = (type: QuestionType, name: string): DnsAnswer =>
      name === '_smtp._tls.example.com' ? [txt('v=TLSRPTv1; ', 'rua=mailto:a@example.com')] : RECORD(type, name);
    const { work, host, dials, dns } = await read({ zone });
    expect(await work).toEqual({
      domain: 'example.com',
      sts: { kind: 'records', records: ['v=STSv1; id=1'] },
      policy: { kind: 'document', contentType: 'text/plain', text: TEXT },
      tlsRpt: { kind: 'records', records: ['v=TLSRPTv1; rua=mailto:a@example.com'] },
      at: expect.any(Date),
    });
    expect(dials).toEqual(['198.51.100.1 443']);
    expect(host.asked).toEqual([`GET ${HOST} /.well-known/mta-sts.txt`]);
    expect(dns.asked.sort()).toEqual(['TXT _mta-sts.example.com', 'TXT _smtp._tls.example.com']);
  });

  test.each<[string, DnsAnswer]>([
    ['no record', []],
    ['another record', [txt('v=spf1 -all')]],
    ['a record that is not valid', [txt('v=STSv1; id=-')]],
    ['two records', [txt('v=STSv1; id=1'), txt('v=STSv1; id=2')]],
    ['a DNS server that refuses', 'REFUSED'],
  ])('is no policy, and nobody is connected to, with %s', async (_, answer) => {
    const { work, dials } = await read({ zone: (_, name) => (name.startsWith('_mta-sts') ? answer : []) });
    expect((await work).policy).toBeNull();
    expect(dials).toEqual([]);
  });

  test('is kept within limits, whoever publishes how much', async () => {
    const of = async (...records: readonly ReturnType<typeof txt>[]) => {
      const { sts } = await seen({ zone: () => records });
      return sts.kind === 'records' ? sts.records : [];
    };
    expect(await of(...Array.from({ length: 30 }, (_, i) => txt(`${i}`)))).toHaveLength(16);
    expect(await of(txt(...Array<string>(5).fill('x'.repeat(220))))).toEqual(['x'.repeat(1_000)]);
  });

  test('is redacted before it is cut', async () => {
    const secret = 'correct-horse';
    const serves: Serves = (response) =>
      response.writeHead(302, { Location: `https://x/${'a'.repeat(985)}${secret}` }).end();
    const plan = { secrets: new Secrets([secret]).prepare() };
    const zone = (type: QuestionType, name: string): DnsAnswer =>
      name.startsWith('_smtp') ? [txt(`v=TLSRPTv1; rua=${secret}`)] : RECORD(type, name);
    const text = JSON.stringify(await seen({ serves, plan, zone }));
    expect(text).not.toContain('correct');
    const document = await policyIn({ serves: `version: STSv1\nx: ${secret}`, plan });
    expect(JSON.stringify(document)).not.toContain('correct');
  });
});

describe('an address of the policy host', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:192.168.0.1',
    '100.64.0.1',
    '224.0.0.1',
  ])('is not connected to: %s', async (address) => {
    const { work, dials } = await read({ addresses: async () => [address] });
    expect((await work).policy).toEqual({ kind: 'private-address', address });
    expect(dials).toEqual([]);
  });

  test('is passed over beside one that is', async () => {
    const { work, dials } = await read({ addresses: async () => ['127.0.0.1', '198.51.100.7', '::1'] });
    expect((await work).policy?.kind).toBe('document');
    expect(dials).toEqual(['198.51.100.7 443']);
  });

  test('is asked for once, whatever the next answer would be', async () => {
    let asked = 0;
    const addresses = async () => {
      asked += 1;
      return asked === 1 ? ['198.51.100.1'] : ['127.0.0.1'];
    };
    const { work, dials } = await read({ addresses });
    expect((await work).policy?.kind).toBe('document');
    expect([asked, dials]).toEqual([1, ['198.51.100.1 443']]);
  });

  test.each<[string, () => Promise<string[]>, object]>([
    [
      'that does not exist',
      () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND', syscall: 'x' })),
      { kind: 'no-address', errno: 'ENOTFOUND' },
    ],
    ['that is none', async () => [], { kind: 'no-address', errno: 'ENODATA' }],
    ['that is no address', async () => ['example.com'], { kind: 'no-address', errno: 'ENODATA' }],
  ])('%s', async (_, addresses, policy) => {
    expect(await policyIn({ addresses })).toEqual(policy);
  });

  test('is reached through a proxy, which is given the address and not the name', async () => {
    const asked: string[] = [];
    const { work } = await read({
      plan: { proxy: { scheme: 'http', host: '127.0.0.1', port: 3128, credentials: null, from: 'proxy', ca: null } },
      dial: (port) => (_, __, cancellation) => tunnel(port, asked, cancellation),
    });
    expect((await work).policy?.kind).toBe('document');
    expect(asked).toEqual(['CONNECT 198.51.100.1:443 HTTP/1.1']);
  });
});

/** An HTTP proxy, already connected to, which opens every tunnel to a port of loopback. */
async function tunnel(port: number, asked: string[], cancellation: Parameters<Dial>[2]) {
  const proxy = await loopbackServer((socket) => {
    socket.once('data', (chunk: Buffer) => {
      asked.push(chunk.toString().split('\r\n')[0] ?? '');
      const beyond = net.connect(port, '127.0.0.1');
      beyond.on('error', () => {}).pipe(socket);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(beyond);
    });
  });
  closing.push(proxy.close);
  return tcpDial('127.0.0.1', proxy.port, cancellation);
}

describe('a policy host that', () => {
  test.each<[string, Serves, object]>([
    [
      'answers with another status',
      (response) => response.writeHead(204).end(),
      { kind: 'status', status: 204, location: null },
    ],
    [
      'redirects',
      (response) => response.writeHead(308, { Location: '/x' }).end(),
      { kind: 'status', status: 308, location: '/x' },
    ],
    [
      'sends exactly 64 KB',
      'x'.repeat(65_536),
      { kind: 'document', contentType: 'text/plain', text: 'x'.repeat(65_536) },
    ],
    ['sends a byte more', 'x'.repeat(65_537), { kind: 'too-large', limit: 65_536 }],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'Content-Length': '9' }).write('x', () => response.destroy()),
      { kind: 'no-http', what: 'ECONNRESET' },
    ],
    ['closes at once', (response) => response.destroy(), { kind: 'no-http', what: 'ECONNRESET' }],
    [
      'sends what is no HTTP',
      (response) => response.socket?.end('220 mail ESMTP\r\n'),
      { kind: 'no-http', what: expect.stringMatching(/^HPE_/) },
    ],
    [
      'sends a head without end',
      (response) => response.writeHead(200, { 'X-A': 'a'.repeat(40_000) }).end(),
      { kind: 'no-http', what: 'HPE_HEADER_OVERFLOW' },
    ],
    [
      'changes the protocol',
      (response) => response.writeHead(101, { Upgrade: 'x', Connection: 'Upgrade' }).end(),
      { kind: 'no-http', what: expect.any(String) },
    ],
  ])('%s', async (_, serves, policy) => {
    expect(await policyIn({ serves })).toEqual(policy);
  });

  test('sends its policy without a media type, and keeps its byte order mark', async () => {
    const serves: Serves = (response) => response.writeHead(200).end(`\ufeff${TEXT}`);
    expect(await policyIn({ serves })).toEqual({ kind: 'document', contentType: null, text: `\ufeff${TEXT}` });
  });

  test('refuses connections', async () => {
    const dial = () => () =>
      Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }));
    expect(await policyIn({ dial })).toEqual({ kind: 'no-connection', what: 'ECONNREFUSED' });
  });

  test.each([
    [
      'speaks no TLS',
      (socket: net.Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      { kind: 'no-tls', errno: expect.stringMatching(/SSL/) },
    ],
    ['closes the connection', (socket: net.Socket) => socket.destroy(), { kind: 'no-tls' }],
  ])('%s', async (_, talk, policy) => {
    const server = await loopbackServer(talk);
    closing.push(server.close);
    const dial = (): Dial => (_, __, cancellation) => tcpDial('127.0.0.1', server.port, cancellation);
    expect(await policyIn({ dial })).toMatchObject(policy);
  });

  test('shows a certificate for another name', async () => {
    const policy = await policyIn({ plan: { tls: { ...PLAN.tls, name: HOST, ca: null } } });
    expect(policy).toMatchObject({ kind: 'certificate', session: { anchored: false, name: HOST } });
  });
});

describe('a policy host that is slow', () => {
  /** Lets time pass once the host was asked, until the reading ends; tells how much passed. */
  async function wait({ work, host }: { work: Promise<MailDomainSeen>; host: PolicyHost }, clock: FakeClock) {
    while (host.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return { policy: (await clock.runUntil(work)).policy, ms: clock.now() };
  }

  test('to begin is waited for as long as each wait may take', async () => {
    const clock = new FakeClock();
    const reading = await read({ serves: () => {}, clock });
    expect(await wait(reading, clock)).toEqual({ policy: { kind: 'timeout', ms: 10_000 }, ms: 10_000 });
    expect(clock.pending).toBe(0);
  });

  test.each([
    ['as long as the attempt may take', 30_000, 30_000],
    ['a minute at most', 600_000, 60_000],
  ])('to end is waited for %s', async (_, deadlineMs, ms) => {
    const clock = new FakeClock();
    const reading = await read({
      serves: (response) => response.writeHead(200).write('v'),
      clock,
      plan: { deadlineMs, timeoutMs: 10_000 },
    });
    const { policy, ms: took } = await wait(reading, clock);
    expect(policy?.kind).toBe('timeout');
    expect(took).toBe(ms);
    expect(clock.pending).toBe(0);
  });

  test('does not keep a drip of bytes alive', async () => {
    const clock = new FakeClock();
    let dripping: NodeJS.Immediate | undefined;
    const serves: Serves = (response) => {
      response.writeHead(200);
      const drip = () => {
        response.write('x\n');
        dripping = setImmediate(drip);
      };
      response.on('close', () => clearImmediate(dripping));
      drip();
    };
    const { policy } = await wait(await read({ serves, clock }), clock);
    expect(policy?.kind).toMatch(/^(?:timeout|too-large)$/);
  });
});

describe('TLSA records', () => {
  const canAsk = 'resolveTlsa' in promises.Resolver.prototype;
  const options = async (zone: (type: QuestionType, name: string) => DnsAnswer) => {
    const dns = await dnsServer(zone);
    closing.push(dns.close);
    return { timeoutMs: 10_000, clock: systemClock, servers: [dns.at] };
  };
  const record = (type: QuestionType, name: string): DnsAnswer =>
    type === 'TLSA' && name === '_25._tcp.mx.example.com'
      ? [
          { type: 'TLSA', parameters: [3, 1, 1], data: Buffer.from('abcd', 'hex') },
          { type: 'TLSA', parameters: [3, 0, 0], data: Buffer.from('hello') },
        ]
      : 'NXDOMAIN';

  test(`are asked for where Node can (here it ${canAsk ? 'can' : 'cannot'})`, async () => {
    const digest = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    const records = [
      { usage: 3, selector: 1, matchingType: 1, data: 'abcd' },
      { usage: 3, selector: 0, matchingType: 0, data: digest },
    ];
    const expected = canAsk ? { kind: 'records', records, more: 0 } : { kind: 'not-asked' };
    expect(await lookUpTlsa('mx.example.com', await options(record))).toEqual(expected);
  });

  test.each<[string, DnsAnswer]>([
    ['no record', []],
    ['a name that does not exist', 'NXDOMAIN'],
    ['a DNS server that refuses', 'REFUSED'],
  ])('are none with %s', async (_, answer) => {
    const none = { kind: canAsk ? 'none' : 'not-asked' };
    expect(await lookUpTlsa('mx.example.com', await options(() => answer))).toEqual(none);
  });
});
