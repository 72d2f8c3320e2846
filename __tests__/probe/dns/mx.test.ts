import { type MxRecord, promises } from 'node:dns';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { MxHost, MxSeen } from '../../../src/model/observation.ts';
import { lookUpMx, readMx } from '../../../src/probe/dns/mx.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { FakeClock } from '../../support/clock.ts';
import {
  a,
  aaaa,
  type DnsAnswer,
  type DnsServer,
  dnsServer,
  mx,
  type Name,
  type QuestionType,
} from '../../support/dns-server.ts';

const servers: DnsServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Zone = Partial<Record<QuestionType, DnsAnswer>>;

/** Looks up example.com in a zone; what is not in it has no records. */
async function look(zone: Zone, domain = 'example.com'): Promise<{ seen: MxSeen; asked: string[] }> {
  const server = await dnsServer((type, name) => (name === 'example.com' ? (zone[type] ?? []) : 'NXDOMAIN'));
  servers.push(server);
  const seen = await lookUpMx(domain, { timeoutMs: 10_000, clock: systemClock, servers: [server.at] });
  return { seen, asked: server.asked };
}

const hosts = (...list: [string, number][]): MxHost[] => list.map(([host, preference]) => ({ host, preference }));
const found = (list: MxHost[], odd: string[] = []): MxSeen => ({ kind: 'hosts', hosts: list, more: 0, odd });

describe('a domain', () => {
  test.each<[string, Zone, MxSeen]>([
    ['of one host', { MX: [mx(10, 'mx.example.com')] }, found(hosts(['mx.example.com', 10]))],
    [
      'of several, by preference, equal ones as the answer has them',
      { MX: [mx(20, 'c.example'), mx(10, 'b.example'), mx(10, 'a.example'), mx(5, 'd.example')] },
      found(hosts(['d.example', 5], ['b.example', 10], ['a.example', 10], ['c.example', 20])),
    ],
    [
      'of one host twice, whatever its case: once, where it is to be tried first',
      { MX: [mx(20, 'MX.Example.Com'), mx(10, 'mx.example.com'), mx(15, 'b.example')] },
      found(hosts(['mx.example.com', 10], ['b.example', 15])),
    ],
    ['with a null MX', { MX: [mx(0, '')] }, { kind: 'null', preference: 0 }],
    ['with a null MX of another preference', { MX: [mx(10, '')] }, { kind: 'null', preference: 10 }],
    ['with a null MX twice', { MX: [mx(10, ''), mx(5, '')] }, { kind: 'null', preference: 5 }],
    [
      'with a null MX beside a host, which counts',
      { MX: [mx(0, ''), mx(10, 'mx.example.com')] },
      found(hosts(['mx.example.com', 10]), ['.']),
    ],
    ['without MX, with an IPv4 address', { A: [a('192.0.2.25')] }, { kind: 'implicit' }],
    ['without MX, with an IPv6 address', { AAAA: [aaaa('2001:db8::25')] }, { kind: 'implicit' }],
    [
      'without MX, with an address in spite of a failure',
      { A: 'SERVFAIL', AAAA: [aaaa('2001:db8::25')] },
      { kind: 'implicit' },
    ],
    [
      'that is an alias, without MX',
      { MX: [{ type: 'CNAME', name: 'b.example' }], A: [a('192.0.2.25')] },
      { kind: 'implicit' },
    ],
    ['without MX and without address', {}, { kind: 'none' }],
    ['without MX, whose name is then denied', { A: 'NXDOMAIN', AAAA: 'NXDOMAIN' }, { kind: 'none' }],
    ['without MX, whose address nobody tells', { A: 'SERVFAIL' }, { kind: 'unavailable', errno: 'ESERVFAIL' }],
    ['that does not exist', { MX: 'NXDOMAIN' }, { kind: 'not-found' }],
    ['that its server fails on', { MX: 'SERVFAIL' }, { kind: 'unavailable', errno: 'ESERVFAIL' }],
    ['that its server refuses to speak of', { MX: 'REFUSED' }, { kind: 'unavailable', errno: 'EREFUSED' }],
  ])('%s', async (_, zone, seen) => {
    expect((await look(zone)).seen).toEqual(seen);
  });

  test.each(['example.com', 'example.com.', 'EXAMPLE.com'])('is asked for once, written %s', async (domain) => {
    const { asked, seen } = await look({ MX: [mx(10, 'mx.example.com')] }, domain);
    expect(seen.kind).toBe('hosts');
    expect(asked).toEqual(['MX example.com']);
  });

  test('is asked for its addresses when it has no MX, and only then', async () => {
    expect((await look({})).asked.sort()).toEqual(['A example.com', 'AAAA example.com', 'MX example.com']);
  });

  test.each([
    ['a label that is too long', `${'a'.repeat(64)}.example`],
    ['an empty label', 'a..example'],
  ])('that cannot be asked for does not exist: %s', async (_, domain) => {
    expect((await look({}, domain)).seen).toEqual({ kind: 'not-found' });
  });
});

describe('a name that no host can have is passed over:', () => {
  const long = Array<string>(4).fill('a'.repeat(63));
  test.each<[string, Name, string]>([
    ['a line end', ['a\nb', 'example'], 'a\\010b.example'],
    ['an escape sequence', ['\x1b[2J', 'example'], '\\027[2j.example'],
    ['a NUL', ['a\0b', 'example'], 'a\\000b.example'],
    ['a dot in a label', ['a.b', 'example'], 'a\\.b.example'],
    ['a space', ['a b', 'example'], 'a b.example'],
    ['bytes beyond ASCII', ['caf\xe9', 'example'], 'caf\\233.example'],
    ['a workflow command', ['::error::x', 'example'], '::error::x.example'],
    ['an option', ['-oProxyCommand', 'example'], '-oproxycommand.example'],
    ['an IPv4 address', '192.0.2.1', '192.0.2.1'],
    ['an over-long name', long, `${long.join('.')}`.slice(0, 100)],
  ])('%s', async (_, name, odd) => {
    expect((await look({ MX: [mx(5, name), mx(10, 'mx.example.com')] })).seen).toEqual(
      found(hosts(['mx.example.com', 10]), [odd]),
    );
    expect((await look({ MX: [mx(5, name)] })).seen).toEqual({ kind: 'unusable', odd: [odd] });
  });

  test('and none but a few of them are kept', () => {
    const records = Array.from({ length: 100 }, (_, i) => ({ exchange: `a b${i}`, priority: i }));
    expect(readMx(records)).toMatchObject({ kind: 'unusable', odd: { length: 8 } });
  });

  test('and a null MX among them is none', () => {
    const records = [
      { exchange: '', priority: 0 },
      { exchange: 'a b', priority: 1 },
    ];
    expect(readMx(records)).toEqual({ kind: 'unusable', odd: ['.', 'a b'] });
  });
});

describe('a host’s name', () => {
  const long = (length: number) => `${`${'a'.repeat(62)}.`.repeat(4)}`.slice(0, length - 2).concat('.b');
  test.each<[string, boolean]>([
    ['mx.1a', true],
    ['mx.a1', true],
    ['mx.0xg', true],
    ['a.12.example', true],
    ['12', false],
    ['mx.1', false],
    ['mx.12', false],
    ['mx.0x', false],
    ['mx.0xa', false],
    ['mx.0xA1', false],
    [`${'a'.repeat(63)}.example`, true],
    [`${'a'.repeat(64)}.example`, false],
    [long(253), true],
    [long(254), false],
    ['a_b.example', true],
    ['a-.example', false],
    ['a..example', false],
  ])('%s: %p', (exchange, isHost) => {
    expect(exchange).toBe(exchange.trim());
    expect(readMx([{ exchange, priority: 1 }]).kind).toBe(isHost ? 'hosts' : 'unusable');
  });

  test('is told beside at most eight that are none', () => {
    const records = Array.from({ length: 9 }, (_, i) => ({ exchange: `a b${i}`, priority: i }));
    const seen = readMx([...records, { exchange: 'mx.example', priority: 10 }]);
    expect(seen).toMatchObject({ kind: 'hosts', odd: { length: 8 } });
  });
});

describe('the resolver of the system', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Puts this answer in the place of the DNS; tells how it was asked. */
  function answering(resolveMx: () => Promise<MxRecord[]>) {
    const [made, cancel, setServers] = [jest.fn(), jest.fn(), jest.fn()];
    jest.spyOn(promises, 'Resolver').mockImplementation(((options: object) => {
      made(options);
      return { cancel, setServers, resolveMx };
    }) as never);
    return { made, cancel, setServers };
  }
  const one = async () => [{ exchange: 'mx.example', priority: 1 }];

  test.each([
    [100, 34],
    [6_000, 2_000],
    [9_000, 3_000],
    [60_000, 3_000],
  ])('is asked three times within %d ms, each time for %d ms at most', async (timeoutMs, timeout) => {
    const { made, setServers } = answering(one);
    expect((await lookUpMx('example.com', { timeoutMs, clock: new FakeClock() })).kind).toBe('hosts');
    expect(made.mock.calls).toEqual([[{ timeout, tries: 3 }]]);
    expect(setServers).not.toHaveBeenCalled();
  });

  test('is told when nobody waits for it any more', async () => {
    const { cancel } = answering(() => new Promise(() => {}));
    const clock = new FakeClock();
    const seen = await clock.runUntil(lookUpMx('example.com', { timeoutMs: 100, clock }));
    expect(seen).toEqual({ kind: 'unavailable', errno: 'ETIMEOUT' });
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test('is not blamed for an internal error', async () => {
    answering(() => Promise.reject(new TypeError('an internal error')));
    const looking = lookUpMx('example.com', { timeoutMs: 100, clock: new FakeClock() });
    await expect(looking).rejects.toThrow('an internal error');
  });
});

test('of many hosts those that are to be tried first are kept, and the others counted', () => {
  const records = Array.from({ length: 1_000 }, (_, i) => ({ exchange: `mx${i}.example`, priority: 1_000 - i }));
  const seen = readMx(records);
  if (seen.kind !== 'hosts') throw new Error(seen.kind);
  expect(seen.hosts).toHaveLength(64);
  expect(seen.hosts[0]).toEqual({ host: 'mx999.example', preference: 1 });
  expect(seen.more).toBe(936);
});

describe('a DNS server that', () => {
  test.each<[string, Zone]>([
    ['never answers', { MX: 'silence' }],
    ['falls silent when it is asked for addresses', { A: 'silence', AAAA: 'silence' }],
  ])('%s is waited for as long as was said, and no longer', async (_, zone) => {
    const server = await dnsServer((type) => zone[type] ?? []);
    servers.push(server);
    const clock = new FakeClock();
    const work = lookUpMx('example.com', { timeoutMs: 10_000, clock, servers: [server.at] });
    while (!server.asked.some((question) => zone[question.split(' ')[0] as QuestionType] === 'silence')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    clock.advance(9_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await work).toEqual({ kind: 'unavailable', errno: 'ETIMEOUT' });
    expect(clock.pending).toBe(0);
  });

  test('is not there is told from one that is slow', async () => {
    const server = await dnsServer(() => []);
    await server.close();
    const seen = await lookUpMx('example.com', { timeoutMs: 10_000, clock: systemClock, servers: [server.at] });
    expect(seen).toEqual({ kind: 'unavailable', errno: 'ECONNREFUSED' });
  });
});
