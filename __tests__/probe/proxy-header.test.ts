import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { judge } from '../../src/diagnosis/diagnose.ts';
import { lookAround } from '../../src/probe/look-around/index.ts';
import { probe, systemIo } from '../../src/probe/probe.ts';
import { proxyHeader } from '../../src/probe/proxy-header.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { NOTHING } from '../support/cases/case.ts';
import { makeCertificate } from '../support/certificates.ts';
import type { FakeClock } from '../support/clock.ts';
import { httpProxy, openTo, proxyPlan, say } from '../support/proxies.ts';
import { PLAN, probeScript, type Script, scriptedIo } from '../support/scripted.ts';
import { loopbackServer } from '../support/servers.ts';

const LOCAL = '0d0a0d0a000d0a515549540a20000000';
const BEYOND = { ehloName: 'gate.test', login: null, envelope: null };
const GAVE_UP = '421 4.3.0 mail.example.test Server local error\r\n';

/** Hands each line that comes on to `hear`; returns what a server says then. */
const lines = (socket: Duplex, hear: (line: string) => string) => {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
      const line = text.slice(0, end).replace(/\r$/, '');
      text = text.slice(end + 1);
      const answer = hear(line);
      if (answer !== '') socket.write(answer);
      if (answer.startsWith('221')) socket.end();
    }
  });
};
const smtp = (line: string): string => {
  if (/^EHLO /.test(line)) return '250-mail.example.test\r\n250 PIPELINING\r\n';
  if (/^HELO /.test(line)) return '250 mail.example.test\r\n';
  if (/^QUIT/.test(line)) return '221 2.0.0 Bye\r\n';
  return '500 5.5.2 Error: command not recognized\r\n';
};

/** A server that wants a header, and what it does with a client that sends none for 5 s. */
const wanting =
  (giveUp: (socket: Duplex) => void, greeting = '220 mail.example.test ESMTP\r\n'): Script =>
  (socket, clock) => {
    let heard = Buffer.alloc(0);
    const cancel = clock.after(5_000, () => giveUp(socket));
    const hear = (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      const isHeader = heard.toString('hex') === LOCAL || /^PROXY TCP[46] .*\r\n$/.test(heard.toString());
      cancel();
      socket.off('data', hear);
      if (!isHeader) return socket.end(GAVE_UP);
      socket.write(greeting);
      lines(socket, smtp);
    };
    socket.on('data', hear);
  };

/** Haraka: it knows version 1 alone, and takes anything else for commands that are too early. */
const knowingV1 = (): Script => (socket) => {
  socket.once('data', (chunk: Buffer) => {
    if (!/^PROXY TCP[46] /.test(chunk.toString())) return socket.end('421 too early\r\n');
    socket.write('220 mail.example.test ESMTP\r\n');
    lines(socket, smtp);
  });
};

/** A server that knows no header: it takes it for commands, as Postfix does. */
const plain =
  (greeting = '220 mail.example.test ESMTP\r\n'): Script =>
  (socket) => {
    socket.write(greeting);
    lines(socket, smtp);
  };

const LOGIN = {
  credentials: { kind: 'password', username: 'ada', password: 'open sesame' },
  mechanism: 'auto',
  overPlaintext: true,
} as const;
const SUBJECT = { host: 'mail.example.test', port: 25, at: 'mail.example.test:25' };

const codesOf = (seen: Parameters<typeof judge>[0], proxyProtocol: 'v1' | 'v2' | null = null) =>
  judge(seen, { ...NOTHING, proxyProtocol }, () => false).map(({ code }) => code);

describe('a header', () => {
  test('of version 1 has the addresses of the own socket', () => {
    const wire = { localAddress: '192.0.2.9', localPort: 50_123, remoteAddress: '192.0.2.25', remotePort: 25 };
    const { bytes, shown } = proxyHeader('v1', wire as never);
    expect(bytes.toString()).toBe('PROXY TCP4 192.0.2.9 192.0.2.25 50123 25\r\n');
    expect(shown).toBe('PROXY TCP4 192.0.2.9 192.0.2.25 50123 25');
  });

  test('of version 1 has IPv6 addresses, without their zone', () => {
    const wire = { localAddress: 'fe80::9%eth0', localPort: 50_123, remoteAddress: 'fe80::25%eth0', remotePort: 25 };
    expect(proxyHeader('v1', wire as never).shown).toBe('PROXY TCP6 fe80::9 fe80::25 50123 25');
  });

  test('of version 1 is never UNKNOWN, not even where a stream has no address', () => {
    expect(proxyHeader('v1', {} as never).shown).toMatch(/^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+$/);
  });

  test('of version 2 is LOCAL', () => {
    expect(proxyHeader('v2', {} as never).bytes.toString('hex')).toBe(LOCAL);
  });

  test.each(['v1', 'v2'] as const)('%s comes before everything, and is in the transcript', async (version) => {
    const seen = await probeScript(
      { otherwise: wanting((socket) => socket.end(GAVE_UP)) },
      { proxyHeader: version, beyond: BEYOND },
    );
    expect(seen.end).toBeNull();
    expect(seen.transcript[0]).toMatchObject({ from: 'client', text: expect.stringMatching(/PROXY/) });
    expect(seen.transcript.map(({ text }) => text)).toContain('EHLO gate.test');
    expect(seen.headerLook).toBeNull();
    expect(codesOf(seen, version)).toEqual([]);
  });

  test('of version 1 tells a real server who we are', async () => {
    let first = '';
    const server = await loopbackServer((socket) => {
      socket.once('data', (chunk: Buffer) => {
        first = `${chunk.toString().trimEnd()} = ${socket.remoteAddress} ${socket.localAddress} ${socket.remotePort} ${socket.localPort}`;
        socket.write('220 up\r\n');
        lines(socket, smtp);
      });
    });
    const plan = { ...PLAN, host: '127.0.0.1', port: server.port, proxyHeader: 'v1' } as const;
    const seen = await probe(plan, systemIo(systemClock));
    await server.close();
    expect(seen.farewell?.code).toBe(221);
    const [said, is] = first.split(' = ');
    expect(said).toBe(`PROXY TCP4 ${is}`);
  });

  test('stands behind the tunnel of a proxy, and not before it', async () => {
    const asked: string[] = [];
    const tunnel = httpProxy(
      openTo(
        say('HTTP/1.1 200 OK\r\n\r\n'),
        wanting(() => {}),
      ),
      asked,
    );
    const seen = await probeScript({ otherwise: tunnel }, { proxy: proxyPlan(), proxyHeader: 'v2' });
    expect(asked[0]).toMatch(/^CONNECT /);
    expect(seen.greeting?.code).toBe(220);
  });

  test('stands before TLS', async () => {
    const first: string[] = [];
    const seen = await probeScript(
      {
        otherwise: (socket) => {
          socket.once('data', (chunk: Buffer) => {
            first.push(chunk.toString('hex'));
            socket.once('data', (hello: Buffer) => first.push(hello.subarray(0, 2).toString('hex')));
          });
        },
      },
      { proxyHeader: 'v2', tls: { ...PLAN.tls, when: 'implicit' } },
    );
    expect(first.slice(0, 2)).toEqual([LOCAL, '1603']);
    // The second connection looks for plaintext, and has the header too; another one has none.
    expect(first[2]).toBe(LOCAL);
    expect(first[3]).not.toBe(LOCAL);
    expect(seen.end?.step).toBe('tls');
  });
});

describe('a server that waits for a header', () => {
  const waits: [string, Script, object][] = [
    ['and says 421 after 5 s', wanting((socket) => socket.end(GAVE_UP)), {}],
    ['and closes after 5 s', wanting((socket) => socket.end()), {}],
    ['and resets after 5 s', wanting((socket) => socket.destroy()), {}],
    ['and stays silent', wanting(() => {}), {}],
    ['and stays silent beyond the deadline', wanting(() => {}), { deadlineMs: 1_000 }],
    ['and is asked for less than 5 s', wanting((socket) => socket.end(GAVE_UP)), { timeoutMs: 2_000 }],
    ['and begins to greet, then tests the client', wanting((socket) => socket.end(GAVE_UP), '220-wait\r\n'), {}],
  ];
  test.each(waits)('%s is found out by a second connection', async (_, otherwise, plan) => {
    const seen = await probeScript({ otherwise }, plan);
    expect(seen.headerLook).toMatchObject({ answer: 'served', header: 'v2' });
    expect(codesOf(seen)).toEqual(['proxy-header-expected']);
  });

  test('that knows version 1 alone is found out by that', async () => {
    const seen = await probeScript({ otherwise: knowingV1() });
    expect(seen.headerLook).toMatchObject({ answer: 'served', header: 'v1' });
    const [found] = judge(seen, NOTHING, () => false);
    expect(found).toMatchObject({ code: 'proxy-header-expected', facts: { version: 'v1' } });
  });

  test('that knows version 1 alone is found out where version 2 was sent', async () => {
    const seen = await probeScript({ otherwise: knowingV1() }, { proxyHeader: 'v2', beyond: BEYOND });
    expect(seen.headerLook).toMatchObject({ answer: 'served', header: 'v1' });
    const [found, ...others] = judge(seen, { ...NOTHING, proxyProtocol: 'v2' }, () => false);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'proxy-header-expected', facts: { version: 'v1', instead: 'v2' } });
    const { message } = explain(found as never, SUBJECT, 'systemd');
    expect(message).toContain('behind a PROXY header of v2, but serves a connection that begins with one of v1');
  });

  test.each<[string, (line: string) => string, string]>([
    ['of LMTP', (line) => (/^LHLO/.test(line) ? '250 hi\r\n' : '500 5.5.1 Unknown command\r\n'), 'lmtp-expected'],
    ['that refuses EHLO', () => '502 5.5.2 no\r\n', 'ehlo-refused'],
  ])('is not told of the other version where it has taken the header: a server %s', async (_, answer, code) => {
    const otherwise: Script = (socket) => {
      socket.once('data', () => {
        socket.write('220 mail.example.test\r\n');
        lines(socket, (line) => (/^QUIT/.test(line) ? smtp(line) : answer(line)));
      });
    };
    const seen = await probeScript({ otherwise }, { proxyHeader: 'v1', beyond: BEYOND });
    expect(codesOf(seen, 'v1')).toEqual([code]);
  });

  test('is not told of the other version where it was only busy', async () => {
    let busy = true;
    const otherwise: Script = (socket, clock) => {
      if (!busy) return wanting(() => {})(socket, clock);
      busy = false;
      return socket.end('421 4.7.0 too many connections\r\n');
    };
    const seen = await probeScript({ otherwise }, { proxyHeader: 'v1' });
    expect(codesOf(seen, 'v1')).toEqual(['greeting-busy']);
  });

  test.each<[string, Script]>([
    ['421 4.3.0 busy', (socket, clock) => void clock.after(5_000, () => socket.end('421 4.3.0 busy\r\n'))],
    ['nothing', () => {}],
  ])('is not suspected where a header was sent: %s', async (_, otherwise) => {
    const seen = await probeScript({ otherwise }, { proxyHeader: 'v2' });
    const [found] = judge(seen, { ...NOTHING, proxyProtocol: 'v2' }, () => false);
    const { message, causes, remedies } = explain(found as never, SUBJECT, 'systemd');
    expect(message).toMatch(/busy|sent nothing/);
    expect(JSON.stringify([message, causes, remedies])).not.toContain('PROXY header');
  });

  test('is asked once with each version, and for QUIT alone', async () => {
    const { io } = await probeScript({ otherwise: wanting((socket) => socket.end(GAVE_UP)) });
    expect(io.dials).toHaveLength(3);
    // One in each connection.
    expect(io.said.filter((line) => /^[A-Z]{4}(?: |$)/.test(line) && !line.includes('\0'))).toEqual([
      'QUIT',
      'QUIT',
      'QUIT',
    ]);
  });
});

describe('Exim, which greets without a header as well, after 3 s', () => {
  const exim: Script = (socket, clock) => {
    const greeting = '220 mail.example.test ESMTP Exim 4.96\r\n';
    const failed = (line: string) =>
      /^QUIT/.test(line) ? smtp(line) : '503 Command refused, required Proxy negotiation failed\r\n';
    const cancel = clock.after(3_000, () => {
      socket.write(greeting);
      lines(socket, failed);
    });
    socket.once('data', () => {
      cancel();
      socket.write(greeting);
      lines(socket, smtp);
    });
  };

  test.each([
    ['the greeting', null],
    ['EHLO', BEYOND],
  ])('is found out at %s', async (_, beyond) => {
    const seen = await probeScript({ otherwise: exim }, { beyond });
    expect(codesOf(seen)).toEqual(['proxy-header-expected']);
  });

  test('is not looked for where it is only slow', async () => {
    const slow: Script = (socket, clock) =>
      void clock.after(3_000, () => plain('220 mail.example.test ESMTP Exim 4.96\r\n')(socket, clock));
    expect(codesOf(await probeScript({ otherwise: slow }))).toEqual([]);
  });
});

describe('is not taken for one that waits for a header', () => {
  const others: [string, Script, object][] = [
    ['a silent port', () => {}, {}],
    [
      'a server that greets too late',
      (socket, clock) => void clock.after(1_500, () => plain()(socket, clock)),
      { timeoutMs: 1_000 },
    ],
    [
      'a server that greets at last and takes the header for commands',
      (socket, clock) => void clock.after(1_500, () => plain()(socket, clock)),
      { timeoutMs: 1_400 },
    ],
    [
      'a server that answers whatever comes with 500',
      (socket) => socket.on('data', () => socket.write('500 what\r\n')),
      {},
    ],
    ['a busy server', (socket, clock) => void clock.after(3_000, () => socket.end('421 4.7.0 busy\r\n')), {}],
    ['a server that closes at once', (socket) => socket.end(), {}],
  ];
  test.each(others)('%s', async (_, otherwise, plan) => {
    const seen = await probeScript({ otherwise }, plan);
    expect(seen.headerLook?.answer).not.toBe('served');
    expect(codesOf(seen)).not.toContain('proxy-header-expected');
  });
});

describe('a server that wants no header', () => {
  test.each<[string, Script, 'v1' | 'v2', boolean]>([
    ['and answers version 1 with 500, at the greeting', plain(), 'v1', false],
    ['and answers version 2 with three times 500, at the greeting', plain(), 'v2', false],
    ['and answers version 1 with 500, before EHLO', plain(), 'v1', true],
    ['and answers version 2 with three times 500, before EHLO', plain(), 'v2', true],
    ['and refuses who speaks first', refusingEarly(), 'v2', false],
    ['and closes on who speaks first', closingEarly(), 'v1', false],
  ])('%s is found out by a second connection', async (_, otherwise, version, further) => {
    const seen = await probeScript({ otherwise }, { proxyHeader: version, beyond: further ? BEYOND : null });
    expect(seen.headerLook?.answer).toBe('served');
    expect(codesOf(seen, version)).toEqual(['proxy-header-unexpected']);
  });

  test('is not taken for one that refuses the name in EHLO', async () => {
    const picky: Script = (socket) => {
      socket.once('data', () => {
        socket.write('220 mail.example.test ESMTP\r\n');
        lines(socket, (line) => (/^QUIT/.test(line) ? '221 2.0.0 Bye\r\n' : '504 5.5.2 need a name\r\n'));
      });
    };
    const seen = await probeScript({ otherwise: picky }, { proxyHeader: 'v2', beyond: BEYOND });
    expect([seen.headerLook, codesOf(seen, 'v2')]).toEqual([null, ['ehlo-refused']]);
  });

  test('takes no more time beyond the deadline in TLS than one look may', async () => {
    const tls = { ...PLAN.tls, when: 'implicit' } as const;
    const { durationMs } = await probeScript({ otherwise: () => {} }, { proxyHeader: 'v1', tls, deadlineMs: 2_000 });
    expect(durationMs).toBeLessThanOrEqual(2_300);
  });

  test('is not looked at again where all is well', async () => {
    const { io, headerLook } = await probeScript({ otherwise: wanting(() => {}) }, { proxyHeader: 'v1' });
    expect([io.dials.length, headerLook]).toEqual([1, null]);
  });
});

function refusingEarly(): Script {
  return early((socket) => socket.end('554 5.5.0 Error: SMTP protocol synchronization\r\n'));
}

function closingEarly(): Script {
  return early((socket) => socket.end());
}

/** Greets after a moment of silence; what comes before is too early. */
function early(refuse: (socket: Duplex) => void): Script {
  return (socket, clock: FakeClock) => {
    const tooEarly = () => {
      cancel();
      refuse(socket);
    };
    const cancel = clock.after(100, () => {
      socket.off('data', tooEarly);
      plain()(socket, clock);
    });
    socket.once('data', tooEarly);
  };
}

test('other ports of the host hear no header in a look around', async () => {
  const io = scriptedIo({ resolves: ['192.0.2.1', '2001:db8::1'], otherwise: 'ECONNREFUSED' });
  const plan = { ...PLAN, port: 2525, proxyHeader: 'v2' } as const;
  const seen = await io.clock.runUntil(probe(plan, io));
  const open = scriptedIo({ otherwise: plain() }, io.clock);
  const machine = {
    dns: async () => ({ answer: 'unavailable', addresses: [] }) as const,
    hosts: async () => '',
    resolverConfiguration: async () => '',
    ipv6Route: async () => null,
  };
  const around = await io.clock.runUntil(lookAround(plan, { ...seen, addresses: [] }, { ...open, env: {}, machine }));
  expect(around?.ports.length).toBeGreaterThan(0);
  expect(open.said.join()).not.toMatch(/PROXY|QUIT\n/);
  // 465 is asked for TLS first.
  expect(open.said.filter((line) => line === 'QUIT')).toHaveLength(around?.ports.length ?? 0);
});

test('a port that answers in TLS hears no header', async () => {
  const { cert, key } = await makeCertificate();
  const server = await loopbackServer((socket) => socket.end('220 up\r\n'), {
    server: tls.createServer({ cert, key }),
  });
  const plan = { ...PLAN, host: '127.0.0.1', port: server.port, timeoutMs: 1_500 };
  // However long this machine takes for a handshake, it is within the head start of TLS.
  const clock = Object.assign(Object.create(systemClock) as typeof systemClock, {
    after: (ms: number, then: () => void) => (ms < 1_500 ? () => {} : systemClock.after(ms, then)),
  });
  const seen = await probe(plan, systemIo(clock));
  await server.close();
  expect(seen.tlsLook?.answer).toBe('tls');
  expect([server.connections(), seen.headerLook]).toEqual([2, null]);
});

describe('a proxy on the way that sends a header which the server does not want', () => {
  const HEADER = 'PROXY TCP4 192.0.2.9 192.0.2.25 50000 25';
  const STRAY = '500 5.5.2 Error: command not recognized\r\n';
  const TOO_EARLY = '554 5.5.0 Error: SMTP protocol synchronization\r\n';
  const full = (line: string) => {
    if (/^EHLO /.test(line)) return '250-mail.example.test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n';
    if (/^AUTH/.test(line)) return '235 2.7.0 ok\r\n';
    if (/^(?:MAIL|RCPT|RSET)/.test(line)) return '250 2.1.0 Ok\r\n';
    if (/^STARTTLS/.test(line)) return '454 4.7.0 TLS not available\r\n';
    return smtp(line);
  };
  /** One server, which answers what comes in its order: the header first, `ms` after its greeting. */
  const behind =
    (ms: number, header = HEADER, hear = full): Script =>
    (socket, clock) => {
      const late: string[] = [];
      let isReady = ms === 0;
      const answer = (line: string) => {
        if (line === 'QUIT' && header.includes('QUIT')) return '221 2.0.0 Bye\r\n';
        return hear(line);
      };
      socket.write(`220 mail.example.test ESMTP\r\n${isReady ? header.split('\n').map(answer).join('') : ''}`);
      if (!isReady) {
        clock.after(ms, () => {
          isReady = true;
          if (!socket.destroyed) socket.write([...header.split('\n'), ...late].map(answer).join(''));
        });
      }
      lines(socket, (line) => {
        if (isReady) return answer(line);
        late.push(line);
        return '';
      });
    };
  const timings: [string, Script][] = [
    ['in the greeting’s place', (socket) => socket.end(TOO_EARLY)],
    ['with the greeting', behind(0)],
    ['in the middle of the greeting', (socket) => socket.write(`220-please wait\r\n${STRAY}`)],
    ...[1, 20, 200, 1_500].map((ms): [string, Script] => [`${ms} ms behind the greeting`, behind(ms)]),
    ['three times, as version 2 earns it', behind(0, '\0\nx\nx')],
    ['three times, and late', behind(20, '\0\nx\nx')],
    ['three times, then the answer to the QUIT in version 2', behind(0, '\0\nx\nx\nQUIT')],
    ['three times, then that answer, late', behind(20, '\0\nx\nx\nQUIT')],
  ];
  const envelope = { from: 'gate@example.test', to: ['ops@example.test'] };
  const depths: [string, object][] = [
    ['the greeting', { beyond: null }],
    ['EHLO', { beyond: BEYOND, tls: { ...PLAN.tls, when: 'never' } }],
    ['STARTTLS', { beyond: BEYOND, tls: { ...PLAN.tls, when: 'starttls' } }],
    ['STARTTLS where it is offered', { beyond: BEYOND }],
    ['an envelope', { beyond: { ...BEYOND, envelope }, tls: { ...PLAN.tls, when: 'never' } }],
    ['a login', { beyond: { ...BEYOND, login: LOGIN }, tls: { ...PLAN.tls, when: 'never' } }],
    ['LMTP', { protocol: 'lmtp', beyond: BEYOND, tls: { ...PLAN.tls, when: 'never' } }],
  ];
  test.each(timings.flatMap(([when, script]) => depths.map(([what, plan]) => [what, when, script, plan] as const)))(
    'is found out by %s, refused %s',
    async (_, __, otherwise, plan) => {
      const seen = await probeScript({ otherwise }, plan);
      const found = judge(seen, { ...NOTHING, beyondGreeting: true }, () => false);
      expect(found.map(({ code }) => code)).toEqual(['greeting-refused']);
      const { fault, message, remedies } = explain(found[0] as never, SUBJECT, 'systemd');
      expect([fault, message, remedies[0]?.text]).toEqual([
        'network',
        expect.stringMatching(/speaks first/),
        expect.stringMatching(/Stop the load balancer .*send-proxy.*or have the server expect it/),
      ]);
      expect(seen.io.clock.pending).toBe(0);
    },
  );
});

describe('is not taken for a server that something else speaks to:', () => {
  const answering =
    (answers: Readonly<Record<string, string>>): Script =>
    (socket) => {
      socket.write('220 mail.example.test ESMTP\r\n');
      lines(socket, (line) => answers[line.slice(0, 4)] ?? smtp(line));
    };
  const OLD = { EHLO: '500 5.5.1 Command unrecognized\r\n' };
  const others: [string, Script, object, string[]][] = [
    ['one that knows HELO alone', answering(OLD), { beyond: BEYOND }, []],
    ['one that does not know QUIT', answering({ QUIT: '502 5.5.2 Error: command not recognized\r\n' }), {}, []],
    ['one that knows neither EHLO nor QUIT', answering({ ...OLD, QUIT: '500 what\r\n' }), { beyond: BEYOND }, []],
    ['one that knows nothing', answering({ ...OLD, HELO: '500 what\r\n' }), { beyond: BEYOND }, ['ehlo-refused']],
    [
      'one that says more than it is asked',
      (socket) => socket.write('220 mail.example.test ESMTP\r\n250 hello\r\n'),
      {},
      ['protocol-violation'],
    ],
    [
      'one that turns us away behind its greeting',
      (socket) => socket.write('220 mail.example.test ESMTP\r\n550 5.7.1 go away\r\n'),
      {},
      ['protocol-violation'],
    ],
  ];
  test.each(others)('%s', async (_, otherwise, plan, codes) => {
    const seen = await probeScript({ otherwise }, plan);
    expect(codesOf(seen)).toEqual(codes);
    expect(seen.io.dials.length).toBeLessThanOrEqual(2);
  });

  test.each(['500 5.5.1 Command unrecognized', '501 5.5.4 HELO/EHLO argument invalid'])(
    'one that hangs up behind %s, and is not connected to again',
    async (refusal) => {
      const hangsUp: Script = (socket) => {
        socket.write('220 mail.example.test ESMTP\r\n');
        lines(socket, () => {
          socket.end(`${refusal}\r\n`);
          return '';
        });
      };
      const seen = await probeScript({ otherwise: hangsUp }, { beyond: BEYOND });
      expect([codesOf(seen), seen.io.dials.length, seen.silentLook]).toEqual([['ehlo-refused'], 1, null]);
    },
  );
});
