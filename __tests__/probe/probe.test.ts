import { describe, expect, test } from '@jest/globals';
import { LOOK_MS } from '../../src/probe/look-again.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { probe, stepsOf } from '../../src/probe/probe.ts';
import { greet, PLAN, probeScript, type Script, scriptedIo } from '../support/scripted.ts';

const GREETING = '220 mail.example.test ESMTP\r\n';

describe('a greeting', () => {
  test.each([
    ['one line', GREETING, ['mail.example.test ESMTP']],
    ['several lines', '220-please wait\r\n220 ready\r\n', ['please wait', 'ready']],
    ['bare line feeds', '220-please wait\n220 ready\n', ['please wait', 'ready']],
    ['no text', '220\r\n', ['']],
    ['bytes that are no UTF-8', '220 caf\xe9\r\n', ['café']],
  ])('is read whole, %s, in one chunk and byte by byte', async (_, text, lines) => {
    for (const bytewise of [false, true]) {
      const seen = await probeScript({ otherwise: greet(text, { bytewise }) });
      expect(seen.greeting).toEqual({ code: 220, lines });
      expect(seen.end).toBeNull();
      expect(seen.io.said).toEqual(['QUIT']);
      expect(seen.farewell?.code).toBe(221);
    }
  });

  test('is waited for through pauses that are each shorter than the timeout', async () => {
    const seen = await probeScript({
      otherwise: (socket, clock) => {
        socket.write('220-please wait\r\n');
        clock.after(6_000, () => socket.write('220-a little more\r\n'));
        clock.after(15_000, () => socket.write('220 ready\r\n'));
        socket.on('data', () => socket.end('221 bye\r\n'));
      },
    });
    expect(seen.greeting?.lines).toHaveLength(3);
    expect(seen.latencyMs).toBe(15_000);
  });

  test.each<[string, Script, object]>([
    ['never comes', () => {}, { kind: 'silence', step: 'greeting', ms: 10_000, heard: '' }],
    [
      'stops in the middle',
      (s) => s.write('220-wait\r\n22'),
      { kind: 'silence', step: 'greeting', heard: '220-wait\n22' },
    ],
    ['is a closed connection', (s) => s.end(), { kind: 'closed', step: 'greeting', heard: '' }],
    [
      'is cut off',
      (s) => s.end('220-wait\r\n220 hal'),
      { kind: 'closed', step: 'greeting', heard: '220-wait\n220 hal' },
    ],
    ['is another protocol', (s) => s.write('SSH-2.0-x\r\n'), { kind: 'malformed', step: 'greeting' }],
    [
      'is another protocol without a line end',
      (s) => s.write(Buffer.of(0xff, 0xfd, 0x18)),
      { kind: 'malformed', step: 'greeting' },
    ],
    ['is a flood', (s) => s.write('220-x\r\n'.repeat(50_000)), { kind: 'malformed', step: 'greeting' }],
  ])('that %s is what ended the attempt', async (_, script, end) => {
    const seen = await probeScript({ otherwise: script });
    expect(seen.end).toMatchObject(end);
    expect(seen.greeting).toBeNull();
    expect(seen.io.said.filter((line) => line === 'QUIT')).toEqual([]);
  });

  test('that comes a byte a second ends with the deadline', async () => {
    const seen = await probeScript({
      otherwise: (socket, clock) => {
        const drip = () => {
          socket.write('2');
          clock.after(1_000, drip);
        };
        drip();
      },
    });
    expect(seen.end).toMatchObject({ kind: 'deadline', step: 'greeting', ms: 30_000 });
    expect(seen.durationMs).toBeLessThanOrEqual(30_500);
  });

  test('is followed by QUIT whatever its code', async () => {
    for (const text of ['421 busy\r\n', '554 no\r\n']) {
      const seen = await probeScript({ otherwise: greet(text) });
      expect(seen.io.said).toEqual(['QUIT']);
      expect(seen.end).toBeNull();
    }
  });
});

describe('QUIT', () => {
  test.each<[string, Script]>([
    ['is not answered', (s) => s.write(GREETING)],
    [
      'is answered by closing',
      (s) => {
        s.write(GREETING);
        s.on('data', () => s.end());
      },
    ],
    [
      'is answered with half a reply',
      (s) => {
        s.write(GREETING);
        s.on('data', () => s.end('22'));
      },
    ],
    ['comes too late, for the server has closed', (s) => s.end(GREETING)],
  ])('that %s does not change what was learned, and takes at most 2 s', async (_, script) => {
    const seen = await probeScript({ otherwise: script });
    expect(seen.end).toBeNull();
    expect(seen.steps.find(({ step }) => step === 'quit')).toMatchObject({ status: 'failed' });
    expect(seen.durationMs).toBeLessThanOrEqual(2_000);
    expect(seen.latencyMs).toBe(0);
  });

  test('that is answered with garbage ends nothing', async () => {
    const script: Script = (s) => {
      s.write(GREETING);
      s.on('data', () => s.write('what?\r\n'));
    };
    const seen = await probeScript({ otherwise: script });
    expect(seen).toMatchObject({
      end: null,
      farewell: null,
      deviations: [],
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'quit', status: 'failed', because: 'unreadable' }),
      ]),
    });
  });

  test.each<[string, string, object | null]>([
    ['has another answer behind it', '250 ok\r\n221 bye\r\n', { kind: 'out-of-turn', step: 'quit', heard: '221 bye' }],
    ['is answered with another yes', '250 ok\r\n', null],
    ['is answered', '221 bye\r\n', null],
    ['is answered, and more comes', '221 bye\r\n221 bye\r\n', null],
  ])('that %s tells of an answer too many where more than the greeting was asked for', async (_, text, end) => {
    const otherwise: Script = (socket) => {
      socket.write(GREETING);
      socket.on('data', (said) => socket.write(/^QUIT/.test(String(said)) ? text : '250 mail\r\n'));
    };
    const beyond = { ehloName: 'gate.example', login: null, envelope: null };
    const seen = await probeScript({ otherwise }, { beyond });
    if (end === null) expect(seen.end).toBeNull();
    else expect(seen.end).toMatchObject(end);
    expect((await probeScript({ otherwise })).end).toBeNull();
  });

  test('is not waited for twice', async () => {
    const beyond = { ehloName: 'gate.example', login: null, envelope: null };
    for (const [text, ms] of [
      ['221 bye\r\n', 0],
      ['250 ok\r\n', 2_000],
    ] as const) {
      const otherwise: Script = (socket) => {
        socket.write(GREETING);
        socket.on('data', (said) => socket.write(/^QUIT/.test(String(said)) ? text : '250 mail\r\n'));
      };
      expect((await probeScript({ otherwise }, { beyond })).durationMs).toBe(ms);
      expect((await probeScript({ otherwise })).durationMs).toBe(0);
    }
  });

  test('is not said to a server that has spoken out of turn', async () => {
    const seen = await probeScript({ otherwise: greet(`${GREETING}250 what you have not asked for\r\n`) });
    expect(seen.end).toMatchObject({ kind: 'out-of-turn', step: 'quit' });
    expect(seen.io.said).toEqual([]);
  });
});

describe('the account of an attempt', () => {
  test('names every step, the ones that were not reached included, and why', async () => {
    const seen = await probeScript({ otherwise: 'ECONNREFUSED' });
    expect(seen.steps).toMatchObject([
      { step: 'resolve', status: 'done' },
      { step: 'connect', status: 'failed', because: 'no connection' },
      { step: 'greeting', status: 'skipped', because: 'connect failed' },
      { step: 'quit', status: 'skipped', because: 'connect failed' },
    ]);
  });

  test('has both sides of the conversation, line by line', async () => {
    const seen = await probeScript({ otherwise: greet('220-a\r\n220 b\r\n') });
    expect(seen.transcript.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'server: 220-a',
      'server: 220 b',
      'client: QUIT',
      'server: 221 2.0.0 bye',
    ]);
  });

  test('has what was off the protocol, and where', async () => {
    const seen = await probeScript({ otherwise: greet(`\r\n${GREETING}`) });
    expect(seen.deviations).toEqual([{ kind: 'empty-line', step: 'greeting', text: '' }]);
  });

  test('leaves no timer behind', async () => {
    for (const otherwise of [greet(GREETING), 'ECONNREFUSED', null, (() => {}) as Script]) {
      const { io } = await probeScript({ otherwise, resolves: ['192.0.2.1', '2001:db8::1', '192.0.2.2'] });
      await new Promise((resolve) => setImmediate(resolve));
      expect(io.clock.pending).toBe(0);
    }
  });

  test('throws what is our own defect', async () => {
    const broken: Script = () => {
      throw new TypeError('a defect');
    };
    await expect(probeScript({ otherwise: broken })).rejects.toThrow('a defect');
  });
});

describe('the steps of a plan', () => {
  const login = {
    credentials: { kind: 'password', username: 'a', password: 'b' },
    mechanism: 'auto',
    overPlaintext: false,
  };
  const to = [{ local: 'ops', domain: 'example.net' }];
  const envelope = { from: 'null-path', to: [], size: null };
  test.each<[string, object | null, string]>([
    ['if-offered', null, 'resolve connect greeting quit'],
    ['starttls', null, 'resolve connect greeting quit'],
    ['implicit', null, 'resolve connect tls greeting quit'],
    ['never', {}, 'resolve connect greeting ehlo quit'],
    ['implicit', {}, 'resolve connect tls greeting ehlo quit'],
    ['if-offered', {}, 'resolve connect greeting ehlo starttls tls ehlo-again quit'],
    ['starttls', {}, 'resolve connect greeting ehlo starttls tls ehlo-again quit'],
    ['never', { login }, 'resolve connect greeting ehlo auth quit'],
    ['never', { envelope }, 'resolve connect greeting ehlo mail rset quit'],
    ['never', { envelope: { ...envelope, to } }, 'resolve connect greeting ehlo mail rcpt rset quit'],
  ])('with TLS %s and %j are %s', (when, beyond, steps) => {
    const plan = {
      ...PLAN,
      tls: { ...PLAN.tls, when },
      beyond: beyond && { ehloName: null, login: null, envelope: null, ...beyond },
    };
    expect(stepsOf(plan as Plan).join(' ')).toBe(steps);
  });
});

describe('a port that does not greet is asked for TLS', () => {
  const closing =
    (afterMs: number): Script =>
    (socket, clock) => {
      clock.after(afterMs, () => socket.end());
    };
  test.each<[string, Script, number]>([
    // Two more connections have a PROXY header, one of each version.
    ['after silence', () => {}, 4],
    ['after the deadline', (s, clock) => clock.after(9_999, () => s.write('')), 4],
    ['where it closes after a while', closing(1_000), 4],
    ['not where it closes at once', closing(999), 1],
    ['where it answers with a TLS record', (s) => s.write('\x15\x03\x01\0\x02\x02F\r\n'), 2],
    ['not where it speaks another protocol', (s) => s.write('SSH-2.0-x\r\n'), 1],
    ['not where it stops in the middle', (s) => s.write('220-wait\r\n'), 1],
    ['not where it closes in the middle', (s, clock) => clock.after(2_000, () => s.end('220-wait\r\n')), 1],
    ['not where it greets', greet(GREETING), 1],
  ])('%s', async (_, otherwise, dials) => {
    const seen = await probeScript({ otherwise });
    expect(seen.io.dials).toHaveLength(dials);
    expect(seen.tlsLook === null).toBe(dials === 1);
  });

  test('for as long as a step may take, and no longer than 2 s', async () => {
    const spent = async (limits: object) => {
      const seen = await probeScript({ otherwise: () => {} }, limits);
      return seen.durationMs - (seen.steps.find(({ step }) => step === 'greeting')?.tookMs ?? 0);
    };
    expect(await spent({})).toBe(LOOK_MS);
    expect(await spent({ timeoutMs: 1_000 })).toBe(1_000);
    expect(await spent({ timeoutMs: 10_000, deadlineMs: 3_000 })).toBe(300);
  });
});

describe('a port that greets in plaintext where TLS is meant', () => {
  const implicit = { tls: { ...PLAN.tls, when: 'implicit' } } as const;
  const late =
    (afterMs: number): Script =>
    (socket, clock) => {
      clock.after(afterMs, () => socket.write(GREETING));
      socket.on('data', (said) => {
        if (/^EHLO/.test(String(said))) socket.write('250-mail\r\n250 STARTTLS\r\n');
        if (/^QUIT/.test(String(said))) socket.end('221 bye\r\n');
      });
    };

  test.each([0, 4_000, 6_000, 7_900])('%d ms after the connection is seen as one', async (afterMs) => {
    const seen = await probeScript({ otherwise: late(afterMs) }, implicit);
    expect(seen.end?.step).toBe('tls');
    expect(seen.plainLook).toMatchObject({ answer: 'greeting', offersStartTls: true });
    expect(seen.io.dials).toHaveLength(2);
  });

  test.each([
    ['after 8 s', late(8_100), {}, 8_000],
    ['after 8 s, however short the timeout is', late(8_100), { timeoutMs: 2_000 }, 8_000],
    ['at the deadline', late(5_000), { deadlineMs: 7_000 }, 2_000],
    ['soon after a deadline that is used up', late(9_000), { deadlineMs: 3_000 }, 300],
  ])('is given up %s', async (_, otherwise, limits, tookMs) => {
    const seen = await probeScript({ otherwise }, { ...implicit, ...limits });
    expect(seen.plainLook).toMatchObject({ answer: 'nothing' });
    const { startMs, tookMs: inTls } = seen.steps.find(({ step }) => step === 'tls') ?? { startMs: 0, tookMs: 0 };
    expect(seen.durationMs - startMs - inTls).toBe(tookMs);
  });
});

describe('the latency', () => {
  test('begins with the connection, not with the look-up of the name', async () => {
    const io = scriptedIo({ otherwise: (s, clock) => clock.after(70, () => greet(GREETING)(s, clock)) });
    const { addresses } = io.resolver;
    const resolver = {
      ...io.resolver,
      addresses: async (...asked: Parameters<typeof addresses>) => {
        await new Promise<void>((resolve) => io.clock.after(400, resolve));
        return addresses(...asked);
      },
    };
    const seen = await io.clock.runUntil(probe(PLAN, { ...io, resolver }));
    expect([seen.latencyMs, seen.durationMs]).toEqual([70, 470]);
  });

  test('ends when the greeting arrives, however long this process is busy before it reads it', async () => {
    const io = scriptedIo({ otherwise: greet(GREETING) });
    const dial: typeof io.dial = async (...where) => {
      const wire = await io.dial(...where);
      // Behind the probe's own listener: the loop is kept busy by something else that has arrived.
      const listens = (event: string | symbol) => {
        if (event !== 'data') return;
        wire.off('newListener', listens);
        queueMicrotask(() => wire.on('data', () => io.clock.advance(500)));
      };
      wire.on('newListener', listens);
      return wire;
    };
    const seen = await io.clock.runUntil(probe(PLAN, { ...io, dial }));
    expect(seen.latencyMs).toBe(0);
    expect(seen.durationMs).toBeGreaterThanOrEqual(500);
  });
});
