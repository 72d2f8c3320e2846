import tls from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/model/observation.ts';
import { probeEach } from '../../src/probe/all-addresses.ts';
import { tcpDial } from '../../src/probe/connect.ts';
import type { BeyondPlan, Plan } from '../../src/probe/plan.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { makeAuthority, makeCertificate } from '../support/certificates.ts';
import { greet, PLAN, type Script, scriptedIo, type World } from '../support/scripted.ts';
import { greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

const up = greet('220 up\r\n');
const [A, B, C] = ['192.0.2.1', '192.0.2.2', '2001:db8::3'] as const;
const many = (count: number) => Array.from({ length: count }, (_, i) => `192.0.2.${i + 1}`);

/** Probes every address of a scripted world, in no time; `questions` counts the resolver's. */
async function probeWorld(world: World, plan: Partial<Plan> = {}) {
  const io = scriptedIo(world);
  let questions = 0;
  const resolver: typeof io.resolver = {
    ...io.resolver,
    addresses: (...args) => {
      questions += 1;
      return io.resolver.addresses(...args);
    },
  };
  const each = await io.clock.runUntil(probeEach({ ...PLAN, ...plan }, { ...io, resolver }));
  return { each, io, questions };
}

const addresses = (each: readonly Observation[]) => each.map(({ dialled }) => dialled.map(({ address }) => address));
const stepOf = (seen: Observation | undefined, name: string) => seen?.steps.find(({ step }) => step === name);

/** Greets after a while. */
const slow =
  (ms: number): Script =>
  (socket, clock) => {
    clock.after(ms, () => up(socket, clock));
  };

describe('every address', () => {
  test('has a conversation for itself, and the name is resolved once', async () => {
    const { each, io, questions } = await probeWorld({ resolves: [A, B, C], otherwise: up });
    expect(addresses(each)).toEqual([[A], [B], [C]]);
    expect(each.map(({ address }) => address)).toEqual([A, B, C]);
    expect(io.said).toEqual(['QUIT', 'QUIT', 'QUIT']);
    expect(questions).toBe(1);
    for (const { end, greeting, addresses } of each) {
      expect({ end, code: greeting?.code }).toEqual({ end: null, code: 220 });
      expect(addresses?.map(({ address }) => address)).toEqual([A, B, C]);
    }
  });

  test('keeps its place, though another is quicker', async () => {
    const { each } = await probeWorld({
      resolves: [A, B, C],
      answers: { [A]: slow(5_000), [C]: slow(1_000) },
      otherwise: up,
    });
    expect(each.map(({ address, latencyMs }) => [address, latencyMs])).toEqual([
      [A, 5_000],
      [B, 0],
      [C, 1_000],
    ]);
  });

  test('has its own error, and another that answers does not cover it', async () => {
    const answers = { [A]: 'ECONNREFUSED', [C]: 'ENETUNREACH', '192.0.2.4': up };
    const { each } = await probeWorld({ resolves: [A, B, C, '192.0.2.4'], answers, otherwise: null });
    expect(each.map(({ dialled }) => dialled.map(({ outcome, errno }) => [outcome, errno]))).toEqual([
      [['failed', 'ECONNREFUSED']],
      [['timeout', null]],
      [['failed', 'ENETUNREACH']],
      [['connected', null]],
    ]);
    expect(each.map(({ end }) => end?.kind ?? null)).toEqual(['no-connection', 'no-connection', 'no-connection', null]);
  });

  test.each([
    ['an address', { host: A }, { resolves: 'ENOTFOUND' }, [A], 'skipped', 0],
    ['a name of one address', {}, { resolves: [B] }, [B], 'done', 1],
  ])('of %s is the one', async (_, plan, world, expected, status, asked) => {
    const { each, questions } = await probeWorld({ ...world, otherwise: up }, plan);
    expect(addresses(each)).toEqual([expected]);
    expect(stepOf(each[0], 'resolve')).toMatchObject({ status });
    expect(questions).toBe(asked);
  });

  test('leaves no timer behind', async () => {
    const answers = { [B]: 'ECONNREFUSED', [C]: up };
    const { io } = await probeWorld({ resolves: [A, B, C], answers, otherwise: null });
    await new Promise((resolve) => setImmediate(resolve));
    expect(io.clock.pending).toBe(0);
  });
});

describe('at most eight addresses', () => {
  /** Counts the conversations that go on at once. */
  function counted(ms: number): { script: Script; most: () => number } {
    let open = 0;
    let most = 0;
    return {
      most: () => most,
      script: (socket, clock) => {
        open += 1;
        most = Math.max(most, open);
        // QUIT.
        socket.once('data', () => {
          open -= 1;
        });
        slow(ms)(socket, clock);
      },
    };
  }

  test('are probed at once, the next as soon as one is done', async () => {
    const { script, most } = counted(1_000);
    const { each, io } = await probeWorld({ resolves: many(20), otherwise: script });
    expect(most()).toBe(8);
    expect(io.clock.now()).toBe(3_000);
    expect(each.map(({ address }) => address)).toEqual(many(20));
  });

  test('and each has the whole timeout and deadline for itself, however long it had to wait', async () => {
    const drip: Script = (socket, clock) => {
      const more = () => {
        socket.write('2');
        clock.after(1_000, more);
      };
      more();
    };
    const { each } = await probeWorld({ resolves: many(9), otherwise: drip }, { deadlineMs: 5_000 });
    expect(each).toHaveLength(9);
    for (const { end } of each) expect(end).toMatchObject({ kind: 'deadline', step: 'greeting', ms: 5_000 });
    expect(each.map(({ dialled }) => dialled[0]?.startMs)).toEqual([...Array(8).fill(0), 5_000]);
  });

  test('have all their times on one clock, the wait for their turn included', async () => {
    const { each } = await probeWorld({ resolves: many(9), otherwise: slow(1_000) });
    const last = each[8];
    expect(stepOf(last, 'resolve')).toMatchObject({ status: 'done', startMs: 0 });
    expect(stepOf(last, 'greeting')).toMatchObject({ status: 'done', startMs: 1_000, tookMs: 1_000 });
    expect(last).toMatchObject({ durationMs: 2_000, latencyMs: 1_000, transcript: [{ atMs: 2_000 }, {}, {}] });
  });
});

describe('a name', () => {
  test.each([
    ['that does not exist', { resolves: 'ENOTFOUND', exists: false }, { kind: 'resolver', errno: 'ENOTFOUND' }, false],
    ['that has no address', { resolves: 'ENOTFOUND', exists: true }, { kind: 'resolver', errno: 'ENOTFOUND' }, true],
    ['that nobody resolves', { resolves: null }, { kind: 'silence', ms: 10_000 }, null],
    [
      'of 10,000 addresses',
      { resolves: Array.from({ length: 10_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`) },
      { kind: 'resolver', answer: '10000 addresses, more than the 64 that are probed' },
      null,
    ],
  ])('%s ends the attempt, and nothing is dialled', async (_, world, end, nameExists) => {
    const { each, io } = await probeWorld({ ...world, otherwise: up });
    expect(each).toHaveLength(1);
    expect(each[0]).toMatchObject({
      end: { ...end, step: 'resolve' },
      nameExists,
      dialled: [],
      transcript: [],
      deviations: [],
    });
    expect(stepOf(each[0], 'greeting')).toMatchObject({ status: 'skipped', because: 'resolve failed' });
    expect(io.dials).toEqual([]);
  });

  test('that the proxy resolves is one place to go', async () => {
    const tunnel: Script = (socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n220 behind the proxy\r\n');
        socket.on('data', () => socket.end('221 bye\r\n'));
      });
    };
    const proxy = {
      scheme: 'http',
      host: '192.0.2.8',
      port: 3128,
      credentials: null,
      from: 'proxy',
      ca: null,
    } as const;
    const { each, io, questions } = await probeWorld({ resolves: [A, B], otherwise: tunnel }, { proxy });
    expect(each.map(({ address, greeting }) => [address, greeting?.lines])).toEqual([
      ['mail.example.test', ['behind the proxy']],
    ]);
    expect([io.dials, questions]).toEqual([['192.0.2.8'], 0]);
    expect(each[0]?.steps.map(({ step }) => step)).toEqual(['resolve', 'connect', 'greeting', 'quit']);
    expect(stepOf(each[0], 'resolve')).toMatchObject({ because: 'the proxy resolves the name' });
  });

  test('of 64 addresses is probed', async () => {
    expect((await probeWorld({ resolves: many(64), otherwise: up })).each).toHaveLength(64);
  });
});

describe('a login', () => {
  const beyond: BeyondPlan = {
    ehloName: null,
    login: {
      credentials: { kind: 'password', username: 'ada', password: 'correct horse' },
      mechanism: 'PLAIN',
      overPlaintext: true,
    },
    envelope: { from: 'null-path', to: [], size: null },
  };
  const plan = { beyond, secrets: new Secrets(['correct horse']) };

  /** Offers AUTH PLAIN, answers it like this after a second, and takes every sender. */
  const mailServer =
    (answer: string): Script =>
    (socket, clock) => {
      socket.write('220 mail\r\n');
      socket.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
          if (line.startsWith('EHLO')) socket.write('250-mail\r\n250 AUTH PLAIN\r\n');
          else if (line.startsWith('AUTH')) clock.after(1_000, () => socket.write(`${answer}\r\n`));
          else if (line === 'QUIT') socket.end('221 bye\r\n');
          else socket.write('250 ok\r\n');
        }
      });
    };
  const logins = (said: readonly string[]) => said.filter((line) => line.startsWith('AUTH')).length;

  test('is made at one address after the other', async () => {
    const { each, io } = await probeWorld({ resolves: [A, B, C], otherwise: mailServer('235 ok') }, plan);
    expect(each.map(({ auth }) => auth?.outcome)).toEqual(['answered', 'answered', 'answered']);
    expect(each.map(({ dialled }) => dialled[0]?.startMs)).toEqual([0, 1_000, 2_000]);
    expect(logins(io.said)).toBe(3);
  });

  test.each(['535 5.7.8 no', '454 4.7.0 later', '421 4.7.0 closing'])(
    'that is answered with %s is not made at another address, nor what needs it',
    async (answer) => {
      const { each, io } = await probeWorld(
        { resolves: [A, B, C], answers: { [B]: mailServer(answer) }, otherwise: mailServer('235 ok') },
        plan,
      );
      expect(logins(io.said)).toBe(2);
      expect(each.map(({ auth }) => auth?.outcome ?? null)).toEqual(['answered', 'answered', null]);
      expect(each[2]).toMatchObject({ end: null, envelope: null, ehlo: { reply: { code: 250 } } });
      const because = 'a login was not accepted at another address';
      expect(stepOf(each[2], 'auth')).toMatchObject({ status: 'skipped', because });
    },
  );
});

describe('a login whose answer is none', () => {
  const plan = (mechanism: 'PLAIN' | 'LOGIN'): Partial<Plan> => ({
    beyond: {
      ehloName: 'gate.example',
      login: {
        credentials: { kind: 'password', username: 'ada', password: 'correct horse' },
        mechanism,
        overPlaintext: true,
      },
      envelope: null,
    },
  });
  const answering =
    (answer: (socket: Parameters<Script>[0]) => void): Script =>
    (socket) => {
      socket.write('220 mail\r\n');
      socket.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
          if (line.startsWith('EHLO')) socket.write('250-mail\r\n250 AUTH PLAIN LOGIN\r\n');
          else if (line.startsWith('AUTH')) answer(socket);
          else socket.end('221 bye\r\n');
        }
      });
    };

  test.each<['PLAIN' | 'LOGIN', string, (socket: Parameters<Script>[0]) => void]>([
    ['LOGIN', 'a yes that came too early', (socket) => void socket.write('235 ok\r\n')],
    ['PLAIN', 'a close', (socket) => void socket.end()],
  ])('by %s, because of %s, is not made at another address, where EHLO is said as before', async (by, _, answer) => {
    const { each, io } = await probeWorld({ resolves: [A, B], otherwise: answering(answer) }, plan(by));
    expect(io.said.filter((line) => line.startsWith('AUTH'))).toHaveLength(1);
    expect(io.said.filter((line) => line.startsWith('EHLO'))).toEqual(['EHLO gate.example', 'EHLO gate.example']);
    expect(each.map(({ auth }) => auth?.outcome ?? null)).toEqual([by === 'LOGIN' ? 'broken' : null, null]);
  });
});

test('an internal error of the resolver is thrown', async () => {
  const io = scriptedIo({});
  const resolver = { ...io.resolver, addresses: () => Promise.reject(new TypeError('an internal error')) };
  await expect(io.clock.runUntil(probeEach(PLAN, { ...io, resolver }))).rejects.toThrow('an internal error');
});

test('a step that was skipped began at no time', async () => {
  const answers = { '192.0.2.9': 'ECONNREFUSED' };
  const { each } = await probeWorld({ resolves: many(9), answers, otherwise: slow(1_000) });
  expect(each[8]?.steps).toMatchObject([
    { step: 'resolve', startMs: 0 },
    { step: 'connect', status: 'failed', startMs: 1_000 },
    { step: 'greeting', status: 'skipped', startMs: 0 },
    { step: 'quit', status: 'skipped', startMs: 0 },
  ]);
});

test('a defect of ours is thrown, when what is under way has ended, and nothing more is begun', async () => {
  const script: Script = () => {
    throw new TypeError('a defect');
  };
  const io = scriptedIo({ resolves: many(30), answers: { '192.0.2.2': script }, otherwise: slow(1_000) });
  await expect(io.clock.runUntil(probeEach(PLAN, io))).rejects.toThrow('a defect');
  expect(io.dials).toHaveLength(8);
  expect(io.clock.pending).toBe(0);
});

describe('over TLS', () => {
  const servers: LoopbackServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  test('a machine with another certificate is told from those with the right one', async () => {
    const authority = await makeAuthority();
    const ports: Record<string, number> = {};
    for (const [address, name] of [
      [A, 'mail.example.test'],
      [B, 'other.example.test'],
    ] as const) {
      const identity = await makeCertificate({ names: [name], issuer: authority });
      const server = await loopbackServer(greeter('220 secure\r\n'), { server: tls.createServer(identity) });
      servers.push(server);
      ports[address] = server.port;
    }
    const each = await probeEach(
      { ...PLAN, tls: { ...PLAN.tls, when: 'implicit', strict: true, ca: authority.cert } },
      {
        ...scriptedIo({ resolves: [A, B] }),
        clock: systemClock,
        dial: (address, _, cancellation) => tcpDial('127.0.0.1', ports[address] ?? 0, cancellation),
      },
    );
    expect(each.map(({ address, tls }) => [address, tls?.name, tls?.named, tls?.chainError])).toEqual([
      [A, 'mail.example.test', true, null],
      [B, 'mail.example.test', false, null],
    ]);
  });
});
