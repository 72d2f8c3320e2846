import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Around, Observation } from '../../../src/model/observation.ts';
import { tcpDial } from '../../../src/probe/connect.ts';
import { Interrupted } from '../../../src/probe/deadline.ts';
import { LONGEST_MS, lookAround } from '../../../src/probe/look-around/index.ts';
import type { Machine } from '../../../src/probe/look-around/local-network.ts';
import type { Plan } from '../../../src/probe/plan.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { FakeClock } from '../../support/clock.ts';
import { dialled, ended, observation, unconnected, unresolved } from '../../support/observation.ts';
import { errno, PLAN, type Script, scriptedIo, type World } from '../../support/scripted.ts';
import { closedPort, type LoopbackServer, loopbackServer } from '../../support/servers.ts';

/** A machine that knows nothing. */
const machine: Machine = {
  dns: async () => ({ answer: 'no-such-name', addresses: [] }),
  hosts: async () => '',
  resolverConfiguration: async () => '',
  ipv6Route: async () => null,
};

interface Given {
  readonly plan?: Partial<Plan>;
  readonly seen?: Observation;
  readonly machine?: Partial<Machine>;
  readonly env?: Record<string, string>;
}

async function look(world: World, { plan, seen = unconnected(null), env = {}, ...given }: Given = {}) {
  const io = scriptedIo(world, new FakeClock());
  const all = { ...io, env, machine: { ...machine, ...given.machine } };
  const around = await io.clock.runUntil(lookAround({ ...PLAN, ...plan }, seen, all));
  if (!around) throw new Error('there was no time to look');
  return { around, io };
}

/** Greets, offers STARTTLS to EHLO, and answers QUIT. */
const server =
  (greeting: string, capabilities = '250-mail.example.test\r\n250 STARTTLS\r\n'): Script =>
  (socket) => {
    socket.write(`${greeting}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      if (chunk.toString().startsWith('EHLO')) socket.write(capabilities);
      else socket.end('221 bye\r\n');
    });
  };
const port = ({ ports }: Around, wanted: number) => ports.find((one) => one.port === wanted);
const at = (port: number) => `192.0.2.25 ${port}`;

describe('the other ports', () => {
  test.each([
    [25, [465, 587, 2525]],
    [465, [25, 587, 2525]],
    [587, [25, 465, 2525]],
    [2525, [25, 465, 587]],
    [2626, [25, 465, 587, 2525]],
  ])('are dialled at the address that was dialled, without the one that failed: %d', async (failed, others) => {
    const { around, io } = await look({ otherwise: 'ECONNREFUSED' }, { plan: { port: failed } });
    expect([...io.ports].sort((a, b) => a - b)).toEqual(others);
    expect(new Set(io.dials)).toEqual(new Set(['192.0.2.25']));
    expect(around.port).toBe(failed);
    expect(around.ports.map(({ answer }) => answer)).toEqual(others.map(() => 'refused'));
  });

  test('that greet are asked for STARTTLS and left with QUIT', async () => {
    const late: Script = (socket, clock) => clock.after(300, () => server('220-late\r\n220 x')(socket, clock));
    const { around, io } = await look({ answers: { [at(587)]: server('220 mail ESMTP'), [at(2525)]: late } });
    expect(port(around, 587)).toEqual({
      address: '192.0.2.25',
      family: 4,
      port: 587,
      answer: 'greeting',
      text: '220 mail ESMTP',
      startTls: true,
      tookMs: 0,
    });
    expect(port(around, 2525)).toMatchObject({ answer: 'greeting', text: '220-late', tookMs: 300 });
    expect(io.said.sort()).toEqual(['EHLO [127.0.0.1]', 'EHLO [127.0.0.1]', 'QUIT', 'QUIT']);
  });

  test.each<[string, World['otherwise'], string, string | null, boolean | null]>([
    ['a greeting without STARTTLS', server('220 x', '250 mail.example.test\r\n'), 'greeting', '220 x', false],
    ['a refusal to serve', server('554 no'), 'greeting', '554 no', null],
    ['another protocol', (socket) => void socket.write('SSH-2.0-x\r\n'), 'other', 'SSH-2.0-x', null],
    ['the half of a greeting', (socket) => void socket.write('220-wait\r\n'), 'greeting', '220-wait', null],
    ['nothing', () => {}, 'silent', null, null],
    ['a close', (socket) => void socket.end(), 'closed', null, null],
    ['no connection', null, 'timeout', null, null],
    ['the system’s own time-out', 'ETIMEDOUT', 'timeout', null, null],
    ['a refusal', 'ECONNREFUSED', 'refused', null, null],
    ['no route', 'ENETUNREACH', 'unreachable', null, null],
    ['a reset', 'ECONNRESET', 'reset', null, null],
    ['an error that is like no other', 'EMFILE', 'failed', null, null],
  ])('are seen as they answer: %s', async (_, otherwise, answer, text, startTls) => {
    const { around } = await look({ otherwise: otherwise ?? null });
    expect(port(around, 587)).toMatchObject({ answer, text, startTls });
  });

  test('that greet in plaintext on 465 are asked a second time', async () => {
    const clear: Script = (socket, clock) => {
      // What a plaintext server says of a TLS hello.
      socket.once('data', (chunk: Buffer) => chunk[0] === 0x16 && socket.end('500 what?\r\n'));
      server('220 plain')(socket, clock);
    };
    const { around } = await look({ answers: { [at(465)]: clear } });
    expect(port(around, 465)).toMatchObject({ answer: 'greeting', text: '220 plain' });
  });

  test.each([
    ['the one that answered', { address: '192.0.2.2' }, '192.0.2.2'],
    ['the first that has a route', { address: null }, '192.0.2.1'],
  ])('are looked at on one address: %s', async (_, over, expected) => {
    const seen = {
      ...ended('greeting', { kind: 'closed', heard: '' }),
      dialled: [
        dialled({ address: '2001:db8::1', family: 6, errno: 'ENETUNREACH' }),
        dialled({ address: '192.0.2.1', errno: 'ECONNREFUSED' }),
        dialled({ address: '192.0.2.2', outcome: 'connected' }),
      ],
      ...over,
    } as const;
    const { io } = await look({ otherwise: 'ECONNREFUSED' }, { seen });
    expect(new Set(io.dials)).toEqual(new Set([expected]));
  });

  test('that close say so, and a way there that closes is none', async () => {
    const closes: Script = (socket) => socket.end();
    const { around } = await look({ answers: { [at(587)]: closes, [at(2525)]: closes }, otherwise: 'ECONNREFUSED' });
    expect(port(around, 2525)).toMatchObject({ answer: 'closed' });
    const io = scriptedIo({}, new FakeClock());
    const dial = () => Promise.reject(new Interrupted({ kind: 'closed', heard: '' }));
    const seen = await io.clock.runUntil(lookAround(PLAN, unconnected(null), { ...io, dial, env: {}, machine }));
    expect(seen?.ports.map(({ answer }) => answer)).toEqual(['failed', 'failed', 'failed']);
  });

  test('are not looked at when the name has no address', async () => {
    const { around, io } = await look({ resolves: 'ENOTFOUND' }, { seen: unresolved('ENOTFOUND', false) });
    expect(io.dials).toEqual([]);
    expect(around.ports).toEqual([]);
  });

  test('say nothing that is secret, and no more than a line', async () => {
    const secrets = new Secrets(['pencil-and-paper']);
    const text = `220 ${'x'.repeat(190)}pencil-and-paper`;
    const { around } = await look({ otherwise: server(text) }, { plan: { secrets } });
    expect(port(around, 587)?.text).toBe(`220 ${'x'.repeat(190)}***`);
    const long = await look({ otherwise: server(`220 ${'y'.repeat(900)}`) });
    expect(port(long.around, 587)?.text).toHaveLength(200);
  });
});

describe('a port is told', () => {
  const ALERT = Buffer.from('15030300020228', 'hex');
  const only = (wanted: number, script: Script): World => ({
    answers: { [at(wanted)]: script },
    otherwise: 'ECONNREFUSED',
  });

  test('with when it greeted, not with when it took leave', async () => {
    const script: Script = (socket, clock) => {
      clock.after(300, () => socket.write('220 x\r\n'));
      socket.on('data', (chunk: Buffer) => {
        if (chunk.toString().startsWith('EHLO')) socket.write('250 x\r\n');
        else clock.after(200, () => socket.end('221 bye\r\n'));
      });
    };
    const { around } = await look(only(587, script));
    expect(port(around, 587)).toMatchObject({ tookMs: 300, startTls: false });
    expect(around.tookMs).toBe(500);
  });

  test('by its first line: words before a code are none, and a code alone is one', async () => {
    const { around } = await look({
      answers: { [at(587)]: server('x 220 y'), [at(2525)]: server('220') },
      otherwise: 'ECONNREFUSED',
    });
    expect(port(around, 587)).toMatchObject({ answer: 'other', text: 'x 220 y' });
    expect(port(around, 2525)).toMatchObject({ answer: 'greeting', text: expect.stringMatching(/^220 ?$/) });
  });

  test('to speak TLS where it answers with an alert', async () => {
    const { around } = await look(only(465, (socket) => void socket.once('data', () => socket.end(ALERT))));
    expect(port(around, 465)).toMatchObject({ answer: 'tls', text: null, startTls: null });
  });

  test('to offer nothing that is known where EHLO is not answered', async () => {
    const closing: Script = (socket) => {
      socket.write('220 x\r\n');
      socket.once('data', () => socket.end());
    };
    const { around } = await look(only(587, closing));
    expect(port(around, 587)).toMatchObject({ answer: 'greeting', startTls: null });
  });

  test('within its four seconds, both looks together', async () => {
    let n = 0;
    const script: Script = (socket, clock) => {
      n += 1;
      if (n === 1) socket.once('data', () => clock.after(1_000, () => socket.end('500 what?\r\n')));
    };
    const { around } = await look(only(465, script));
    expect(n).toBe(2);
    expect(port(around, 465)).toMatchObject({ answer: 'silent', tookMs: 4_000 });
  });

  test.each<[string, (wire: Duplex, clock: FakeClock) => void, string]>([
    ['reset', (wire) => void wire.destroy(errno('ECONNRESET')), 'reset'],
    ['aborted', (wire) => void wire.destroy(errno('ECONNABORTED')), 'reset'],
    ['silent, after a while', () => {}, 'silent'],
  ])('to be %s behind the connection', async (_, then, answer) => {
    const io = scriptedIo({}, new FakeClock());
    const dial: typeof io.dial = async () => {
      const wire = new Duplex({ read() {}, write: (_, __, done) => done() });
      wire.on('error', () => {});
      await new Promise<void>((resolve) => io.clock.after(100, resolve));
      setImmediate(() => then(wire, io.clock));
      return wire;
    };
    const around = await io.clock.runUntil(lookAround(PLAN, unconnected(null), { ...io, dial, env: {}, machine }));
    expect(around?.ports.find((one) => one.port === 587)?.answer).toBe(answer);
  });
});

describe('what has no end is given up', () => {
  const never = () => new Promise<never>(() => {});
  const v6 = { address: '2001:db8::25', family: 6 } as const;
  const onlyIpv6 = { ...unconnected(), addresses: [v6], dialled: [dialled({ ...v6, errno: 'ENETUNREACH' })] };
  const quick: World = { otherwise: 'ECONNREFUSED' };

  test.each<[string, World, Given, number]>([
    ['ports that do not answer', { otherwise: null }, {}, 4_000],
    [
      'ports that do not answer, behind a look in TLS',
      { otherwise: null },
      { seen: { ...unconnected(null), tlsLook: { answer: 'nothing', because: 'silence' } } },
      3_000,
    ],
    [
      'ports that do not answer, behind a look in plaintext',
      { otherwise: null },
      { seen: { ...unconnected(null), plainLook: { answer: 'nothing', because: 'silence' } } },
      3_000,
    ],
    ['a resolver', { ...quick, resolves: null }, { seen: onlyIpv6, plan: { family: 6 } }, 2_000],
    ['a route', quick, { seen: onlyIpv6, machine: { ipv6Route: never } }, 2_000],
    ['the DNS', quick, { machine: { dns: never } }, 2_000],
    ['nothing', quick, {}, 0],
  ])('%s', async (_, world, given, tookMs) => {
    expect((await look(world, given)).around.tookMs).toBe(tookMs);
  });

  test('and a DNS that says nothing is not available', async () => {
    const { around } = await look(quick, { machine: { dns: never } });
    expect(around.name?.dns).toEqual({ answer: 'unavailable', addresses: [] });
  });

  test.each([
    [30_300, true],
    [30_301, false],
  ])('a look is taken behind %d ms of 30 s, or not: %p', async (durationMs, isTaken) => {
    const io = scriptedIo(quick, new FakeClock());
    const seen = { ...unconnected(null), durationMs };
    const around = await io.clock.runUntil(lookAround(PLAN, seen, { ...io, env: {}, machine }));
    expect(around !== null).toBe(isTaken);
  });
});

test('what a proxy resolves has no ports here', async () => {
  const there = dialled({ address: PLAN.host, family: null, outcome: 'proxy-failed' });
  const seen = { ...unconnected(), addresses: null, dialled: [there] };
  const { around, io } = await look({ otherwise: 'ECONNREFUSED' }, { seen });
  expect(around.ports).toEqual([]);
  expect(io.dials).toEqual([]);
});

test('an attempt that came to its end is looked around as well', async () => {
  const { around } = await look({ otherwise: 'ECONNREFUSED' }, { seen: observation() });
  expect(around.name?.otherForm).toBeNull();
});

test('few search domains are kept', async () => {
  const domains = Array.from({ length: 7 }, (_, i) => `${i}.example`);
  const resolverConfiguration = async () => `search ${domains.join(' ')}`;
  const { around } = await look({ otherwise: 'ECONNREFUSED' }, { machine: { resolverConfiguration } });
  expect(around.name?.search).toEqual(domains.slice(0, 6));
});

describe('the other family', () => {
  const V4 = { address: '192.0.2.25', family: 4 } as const;
  const V6 = { address: '2001:db8::25', family: 6 } as const;
  const onlyIpv6 = {
    ...unconnected(),
    addresses: [V6],
    dialled: [dialled({ ...V6, errno: 'ENETUNREACH' })],
  };
  const both: World = { resolves: [V6.address, V4.address], answers: { [at(25)]: server('220 v4') } };

  test('that was ruled out is resolved and looked at, on the same port', async () => {
    const { around, io } = await look(both, { seen: onlyIpv6, plan: { family: 6 } });
    expect(around.otherFamily).toMatchObject({ ...V4, port: 25, answer: 'greeting', text: '220 v4' });
    expect(io.lookUps).toEqual([PLAN.host]);
  });

  test('that was resolved and not tried is looked at', async () => {
    const seen = { ...ended('greeting', { kind: 'closed', heard: '' }), addresses: [V6, V4] } as const;
    const first = { ...seen, address: V6.address, dialled: [dialled({ ...V6, outcome: 'connected' })] } as const;
    const { around, io } = await look(both, { seen: first });
    expect(around.otherFamily).toMatchObject({ ...V4, answer: 'greeting' });
    expect(io.lookUps).toEqual([]);
  });

  test.each<[4 | 6, string]>([
    [6, '192.0.2.25'],
    [4, '2001:db8::25'],
  ])('than %d is looked at where a name has no address of that one', async (family, address) => {
    const { around } = await look(
      { resolves: [V6.address, V4.address], otherwise: 'ECONNREFUSED' },
      { seen: unresolved('ENOTFOUND', true), plan: { family } },
    );
    expect(around.otherFamily).toMatchObject({ address, answer: 'refused' });
  });

  test('is looked at where it was given up for the other one', async () => {
    const seen = {
      ...unconnected(),
      addresses: [V6, V4],
      dialled: [dialled({ ...V6, outcome: 'timeout' }), dialled({ ...V4, outcome: 'abandoned' })],
    } as const;
    expect((await look(both, { seen })).around.otherFamily).toMatchObject({ ...V4, answer: 'greeting' });
  });

  test('is not asked for where the host is an address', async () => {
    const { io } = await look(both, { seen: onlyIpv6, plan: { family: 6, host: V6.address } });
    expect(io.lookUps).toEqual([]);
  });

  test('has its time from when it was dialled', async () => {
    const io = scriptedIo(
      { answers: { [at(25)]: (socket, clock) => clock.after(300, () => server('220 v4')(socket, clock)) } },
      new FakeClock(),
    );
    const resolver = {
      ...io.resolver,
      addresses: async () => {
        await new Promise<void>((resolve) => io.clock.after(500, resolve));
        return [V4];
      },
    };
    const looking = (dial: typeof io.dial) =>
      io.clock.runUntil(lookAround({ ...PLAN, family: 6 }, onlyIpv6, { ...io, resolver, dial, env: {}, machine }));
    expect((await looking(io.dial))?.otherFamily).toMatchObject({ answer: 'greeting', tookMs: 300 });
    const silent = await looking(scriptedIo({ otherwise: () => {} }, io.clock).dial);
    expect(silent?.otherFamily).toMatchObject({ answer: 'silent', tookMs: 2_500 });
  });

  test('is not spoken to in TLS where TLS comes later', async () => {
    const said: number[] = [];
    const record: Script = (socket) => {
      socket.once('data', (chunk: Buffer) => said.push(chunk[0] ?? 0));
      socket.write('220 x\r\n');
    };
    await look({ ...both, answers: { [at(25)]: record } }, { seen: onlyIpv6, plan: { family: 6 } });
    expect(said).toEqual(['E'.charCodeAt(0)]);
  });

  test('is spoken to in TLS where TLS is implicit', async () => {
    const said: number[] = [];
    const record: Script = (socket) => void socket.once('data', (chunk: Buffer) => said.push(chunk[0] ?? 0));
    const implicit = { family: 6, tls: { ...PLAN.tls, when: 'implicit' } } as const;
    await look({ ...both, answers: { [at(25)]: record } }, { seen: onlyIpv6, plan: implicit });
    expect(said[0]).toBe(0x16);
  });

  test.each<[string, World, Observation, Partial<Plan>]>([
    ['was tried', both, { ...onlyIpv6, dialled: [...onlyIpv6.dialled, dialled(V4)] }, {}],
    ['has no address', { resolves: [V6.address] }, onlyIpv6, { family: 6 }],
    ['has an address that is none', { resolves: ['nonsense'] }, onlyIpv6, { family: 6 }],
    ['is the host’s no more than a name is', both, onlyIpv6, { family: 6, host: V6.address }],
    ['belongs to a name that does not exist', both, unresolved('ENOTFOUND', false), { family: 6 }],
    ['would need a resolver that does not answer', both, unresolved('EAI_AGAIN'), { family: 6 }],
  ])('is not looked at when it %s', async (_, world, seen, plan) => {
    const { around } = await look({ ...world, otherwise: 'ECONNREFUSED' }, { seen, plan });
    expect(around.otherFamily).toBeNull();
  });

  test.each([[true], [false], [null]])('IPv6 has a route or not: %p', async (route) => {
    const asked: string[] = [];
    const ipv6Route = async (address: string) => {
      asked.push(address);
      return route;
    };
    const { around } = await look({}, { seen: onlyIpv6, machine: { ipv6Route } });
    expect(around.ipv6Route).toBe(route);
    expect(asked).toEqual([V6.address]);
  });

  test('a route is not asked for without an IPv6 address', async () => {
    const ipv6Route = async () => true;
    expect((await look({}, { machine: { ipv6Route } })).around.ipv6Route).toBeNull();
  });
});

describe('the name', () => {
  const unknown = unresolved('ENOTFOUND', false);

  test.each([
    ['mail.example.test', 'mail.example.test.'],
    ['mail.example.test.', 'mail.example.test'],
  ])('that is not found is asked for with and without its final dot: %s', async (host, name) => {
    const { around, io } = await look({}, { seen: unknown, plan: { host } });
    expect(io.lookUps).toEqual([name]);
    expect(around.name?.otherForm).toEqual({ name, addresses: ['192.0.2.25'] });
  });

  test('that is not found in any form', async () => {
    const { around } = await look({ resolves: 'ENOTFOUND' }, { seen: unknown });
    expect(around.name).toEqual({
      otherForm: { name: `${PLAN.host}.`, addresses: [] },
      dns: { answer: 'no-such-name', addresses: [] },
      hosts: [],
      search: null,
    });
  });

  test('is asked for at every source', async () => {
    const asked: string[] = [];
    const { around } = await look(
      {},
      {
        machine: {
          async dns(name) {
            asked.push(name);
            return { answer: 'addresses', addresses: ['192.0.2.26', 'nonsense', '192.0.2.26'] };
          },
          hosts: async () => '10.0.0.5 mail.example.test',
          resolverConfiguration: async () => 'search corp.example lab.example',
        },
      },
    );
    expect(asked).toEqual([PLAN.host]);
    expect(around.name).toEqual({
      otherForm: null,
      dns: { answer: 'addresses', addresses: ['192.0.2.26'] },
      hosts: ['10.0.0.5'],
      search: ['corp.example', 'lab.example'],
    });
  });

  test('is not asked of a resolver that did not answer before', async () => {
    const { around, io } = await look({}, { seen: unresolved('EAI_AGAIN') });
    expect(io.lookUps).toEqual([]);
    expect(around.name?.otherForm).toBeNull();
  });

  test('has few addresses, however many a resolver gives', async () => {
    const addresses = Array.from({ length: 10_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const { around } = await look({}, { machine: { dns: async () => ({ answer: 'addresses', addresses }) } });
    expect(around.name?.dns.addresses).toEqual(addresses.slice(0, 6));
  });

  test('is nobody’s when the host is an address', async () => {
    expect((await look({}, { plan: { host: '192.0.2.25' } })).around.name).toBeNull();
  });
});

describe('the environment', () => {
  test.each([
    [{}, null],
    [{ https_proxy: '' }, null],
    [{ no_proxy: '*' }, null],
    [{ HTTP_PROXY: 'http://gate:secret@proxy:3128' }, 'HTTP_PROXY'],
    [{ all_proxy: 'x', https_proxy: 'http://gate:secret@proxy:3128' }, 'https_proxy'],
  ])('names a proxy variable, and never its value: %j', async (env, name) => {
    const { around } = await look({}, { env: env as Record<string, string> });
    expect(around.proxyVariable).toBe(name);
    expect(JSON.stringify(around)).not.toContain('secret');
  });

  test.each([
    ['github-hosted', true],
    ['self-hosted', false],
    ['', false],
  ])('tells a runner of GitHub’s own: %s', async (environment, hosted) => {
    expect((await look({}, { env: { RUNNER_ENVIRONMENT: environment } })).around.hosted).toBe(hosted);
  });
});

describe('whatever happens', () => {
  const never = () => new Promise<never>(() => {});
  const onlyIpv6 = {
    ...unconnected(),
    addresses: [{ address: '2001:db8::25', family: 6 }],
    dialled: [dialled({ address: '2001:db8::25', family: 6, errno: null, outcome: 'timeout' })],
  } as const;
  const drip: Script = (socket, clock) => {
    const more = () => {
      if (!socket.writable) return;
      socket.write('220-wait\r\n');
      clock.after(100, more);
    };
    more();
  };

  test.each<[string, World, Observation]>([
    ['nobody answers', { otherwise: null }, onlyIpv6],
    ['every server is silent', { otherwise: () => {} }, onlyIpv6],
    ['every server greets without an end', { otherwise: drip }, onlyIpv6],
    ['the resolver does not answer any more', { resolves: null }, onlyIpv6],
    ['the name does not resolve', { resolves: null }, unresolved('ENOTFOUND', null)],
  ])('it takes at most 5 s: %s', async (_, world, seen) => {
    const mute = { dns: never, hosts: never, resolverConfiguration: never, ipv6Route: never };
    const { around, io } = await look(world, { seen, plan: { family: 6 }, machine: mute });
    expect(io.clock.now()).toBeLessThanOrEqual(LONGEST_MS);
    expect(around.tookMs).toBe(io.clock.now());
    expect(LONGEST_MS).toBe(5_000);
  });

  test.each([
    [10_000, 5_000],
    [29_000, 1_400],
    [30_000, 400],
  ])(
    'keeps to the attempt’s deadline, but for a moment: behind %d ms of 30 s it lasts %d ms',
    async (durationMs, most) => {
      const { around, io } = await look({ otherwise: null }, { seen: { ...unconnected(null), durationMs } });
      expect(io.clock.now()).toBeLessThanOrEqual(most);
      expect(around.ports.map(({ answer }) => answer)).toEqual(['timeout', 'timeout', 'timeout']);
    },
  );

  test('counts the look at the port itself, so that both together last no longer', async () => {
    const seen = { ...unconnected(null), tlsLook: { answer: 'nothing', because: 'silence' } as const };
    const { io } = await look({ otherwise: null }, { seen });
    expect(io.clock.now()).toBeLessThanOrEqual(3_000);
  });

  test.each([
    [{ https_proxy: 'http://p', no_proxy: '.test' }, null],
    [{ https_proxy: 'http://p', NO_PROXY: '*' }, null],
    [{ https_proxy: 'http://p', no_proxy: 'other.example' }, 'https_proxy'],
    [{ http_proxy: 'http://p', ALL_PROXY: 'socks5://p' }, 'http_proxy'],
  ])('names the proxy variable that `proxy: env` would follow: %j', async (env, variable) => {
    const { around } = await look({ otherwise: null }, { env, plan: { host: 'mail.example.test' } });
    expect(around.proxyVariable).toBe(variable);
  });

  test('is not taken when there is no time left', async () => {
    const io = scriptedIo({ otherwise: null }, new FakeClock());
    const seen = { ...unconnected(null), durationMs: 30_350 };
    expect(await lookAround(PLAN, seen, { ...io, env: {}, machine })).toBeNull();
    expect(io.ports).toEqual([]);
  });

  test.each<[string, Script]>([
    ['servers that greet', server('220 x')],
    ['silent ones', () => {}],
    ['drips', drip],
  ])('it leaves no connection and no timer behind: %s', async (_, otherwise) => {
    const io = scriptedIo({ otherwise }, new FakeClock());
    const wires: { destroyed: boolean }[] = [];
    const dial: typeof io.dial = async (...where) => {
      const wire = await io.dial(...where);
      wires.push(wire);
      return wire;
    };
    await io.clock.runUntil(lookAround(PLAN, unconnected(null), { ...io, dial, env: {}, machine }));
    expect(wires.length).toBeGreaterThanOrEqual(3);
    expect(wires.filter(({ destroyed }) => !destroyed)).toEqual([]);
    // The drips' own timers are the servers'.
    if (otherwise !== drip) expect(io.clock.pending).toBe(0);
  });

  test('a connection that comes when nobody waits any more is closed', async () => {
    const io = scriptedIo({ otherwise: () => {} }, new FakeClock());
    const late: { destroyed: boolean }[] = [];
    const dial: typeof io.dial = async (address, port, cancellation) => {
      const wire = await io.dial(address, port, cancellation);
      late.push(wire);
      await new Promise<void>((resolve) => io.clock.after(60_000, resolve));
      return wire;
    };
    await io.clock.runUntil(lookAround(PLAN, unconnected(null), { ...io, dial, env: {}, machine }));
    io.clock.advance(60_000);
    await new Promise((done) => setImmediate(done));
    expect(late.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });

  test('no other host is dialled or looked up', async () => {
    const addresses = [
      { address: '2001:db8::25', family: 6 },
      { address: '192.0.2.25', family: 4 },
    ] as const;
    const asked: string[] = [];
    const nosy: Machine = {
      async dns(name) {
        asked.push(name);
        return { answer: 'addresses', addresses: ['198.51.100.1'] };
      },
      hosts: async () => `198.51.100.2 ${PLAN.host}`,
      resolverConfiguration: async () => 'nameserver 198.51.100.3\nsearch corp.example',
      ipv6Route: async (address) => {
        asked.push(address);
        return true;
      },
    };
    for (const seen of [
      { ...unconnected(null, null), addresses },
      { ...onlyIpv6, addresses },
      { ...ended('greeting', { kind: 'closed', heard: '' }), addresses },
      unresolved('ENOTFOUND', true),
    ] as const) {
      for (const family of [0, 4, 6] as const) {
        const world: World = {
          resolves: ['192.0.2.25', '2001:db8::25'],
          otherwise: server('220 come to 198.51.100.4'),
        };
        const { io } = await look(world, { seen, plan: { family }, machine: nosy });
        const ours = [PLAN.host, `${PLAN.host}.`, '192.0.2.25', '192.0.2.26', '2001:db8::25'];
        expect([...io.dials, ...io.lookUps, ...asked].filter((host) => !ours.includes(host))).toEqual([]);
        expect(
          io.said.filter((line) => !/^(?:EHLO \[127\.0\.0\.1\]|QUIT)$|^\x16/.test(line) && !/[^\x20-\x7e]/.test(line)),
        ).toEqual([]);
      }
    }
  });

  test('a defect of ours is thrown, to be swallowed by the gate', async () => {
    const broken = { hosts: () => Promise.reject(new TypeError('boom')) };
    await expect(look({ otherwise: 'ECONNREFUSED' }, { machine: broken })).rejects.toThrow('boom');
  });
});

describe('over real sockets', () => {
  const servers: LoopbackServer[] = [];
  const serve = async (...args: Parameters<typeof loopbackServer>) => {
    const started = await loopbackServer(...args);
    servers.push(started);
    return started;
  };
  afterEach(async () => {
    for (const started of servers.splice(0)) await started.close();
  });

  test('each port is seen as what it is', async () => {
    const plain = await serve((socket) => server('220 plain')(socket, new FakeClock()));
    const { cert, key } = await makeCertificate();
    const secure = await serve((socket) => server('220 secure')(socket, new FakeClock()), {
      server: tls.createServer({ cert, key }),
    });
    const resetting = await serve((socket) => socket.resetAndDestroy());
    // The real ports are not ours to listen on.
    const real = new Map([
      [587, plain.port],
      [465, secure.port],
      [2525, await closedPort()],
      [25, resetting.port],
    ]);
    const around = await lookAround(
      { ...PLAN, host: '127.0.0.1', port: 26 },
      { ...unconnected(null), dialled: [dialled({ address: '127.0.0.1' })] },
      {
        clock: systemClock,
        resolver: scriptedIo({}).resolver,
        dial: (address, port, cancellation) => tcpDial(address, real.get(port) ?? 0, cancellation),
        env: {},
      },
    );
    expect(around?.ports).toMatchObject([
      { port: 587, answer: 'greeting', text: '220 plain', startTls: true },
      { port: 465, answer: 'tls', text: '220 secure', startTls: null },
      { port: 2525, answer: 'refused', text: null },
      { port: 25, answer: 'reset', text: null },
    ]);
    expect(plain.said).toEqual(['EHLO [127.0.0.1]', 'QUIT']);
    expect(secure.said).toEqual(['QUIT']);
    expect(around?.tookMs).toBeLessThan(LONGEST_MS);
  });
});
