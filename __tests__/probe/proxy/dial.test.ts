import { duplexPair } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import type { Dial, Wire } from '../../../src/probe/connect.ts';
import { Deadline } from '../../../src/probe/deadline.ts';
import type { Plan, ProxyPlan } from '../../../src/probe/plan.ts';
import { probe } from '../../../src/probe/probe.ts';
import { openTunnel } from '../../../src/probe/proxy/http-connect.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { FakeClock } from '../../support/clock.ts';
import {
  bytewise,
  CREDENTIALS,
  httpProxy,
  OPENED,
  openTo,
  proxyPlan,
  type Reply,
  say,
  sayAndClose,
  socksProxy,
} from '../../support/proxies.ts';
import { greet, PLAN, probeScript, type Script, scriptedIo, type World } from '../../support/scripted.ts';

const GREETING = '220 mail.example.test ESMTP\r\n';
const OK = 'HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n';
const server = greet(GREETING);
const quiet: Script = (socket) => socket.on('data', () => socket.end('221 bye\r\n'));

function through(proxy: Script | World, over: Partial<ProxyPlan> = {}, plan: Partial<Plan> = {}) {
  const world = typeof proxy === 'function' ? { answers: { '198.51.100.8': proxy }, otherwise: 'ECONNREFUSED' } : proxy;
  return probeScript(world, { proxy: proxyPlan(over), ...plan });
}

/** The whole conversation went through. */
function expectOpen(seen: Awaited<ReturnType<typeof through>>): void {
  expect(seen.end).toBeNull();
  expect(seen.greeting).toEqual({ code: 220, lines: ['mail.example.test ESMTP'] });
  expect(seen.farewell?.code).toBe(221);
}

describe('CONNECT', () => {
  test.each<[string, Partial<Plan>, Partial<ProxyPlan>, string]>([
    ['a name', {}, {}, 'CONNECT mail.example.test:25 HTTP/1.1\r\nHost: mail.example.test:25\r\n\r\n'],
    [
      'an IPv4 address',
      { host: '192.0.2.1', port: 587 },
      {},
      'CONNECT 192.0.2.1:587 HTTP/1.1\r\nHost: 192.0.2.1:587\r\n\r\n',
    ],
    [
      'an IPv6 address',
      { host: '2001:db8::1' },
      {},
      'CONNECT [2001:db8::1]:25 HTTP/1.1\r\nHost: [2001:db8::1]:25\r\n\r\n',
    ],
    [
      'a name, with credentials',
      {},
      { credentials: CREDENTIALS },
      `CONNECT mail.example.test:25 HTTP/1.1\r\nHost: mail.example.test:25\r\nProxy-Authorization: Basic ${Buffer.from('ada:p@ss:wörd/1').toString('base64')}\r\n\r\n`,
    ],
  ])('asks for %s', async (_, plan, over, request) => {
    const asked: string[] = [];
    expectOpen(await through(httpProxy(openTo(say(OK), server), asked), over, plan));
    expect(asked).toEqual([request]);
  });

  test.each<[string, Reply]>([
    ['at once', openTo(say(OK), server)],
    ['byte by byte', openTo(bytewise(OK), server)],
    ['with the greeting in the same piece', openTo(say(`${OK}${GREETING}`), quiet)],
    ['byte by byte, greeting and all', openTo(bytewise(`${OK}${GREETING}`), quiet)],
    ['with half of the greeting in the same piece', openTo(say(`${OK}220 mail.exam`, 'ple.test ESMTP\r\n'), quiet)],
    ['in bare line feeds', openTo(say('HTTP/1.0 200 OK\n\n'), server)],
    ['without a reason', openTo(say('HTTP/1.1 200\r\n\r\n'), server)],
    ['with another 2xx', openTo(say('HTTP/1.1 204 No Content\r\n\r\n'), server)],
    ['with a length that means nothing', openTo(say('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'), server)],
    ['after an interim answer', openTo(say('HTTP/1.1 100 Continue\r\n\r\n', OK), server)],
    ['after interim answers, glued', openTo(say(`HTTP/1.1 100 Continue\r\nX: y\r\n\r\n${OK}${GREETING}`), quiet)],
    ['in a header of 99 lines', openTo(say(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(98)}\r\n`), server)],
    ['after a while', (s, clock) => clock.after(9_000, () => openTo(say(OK), server)(s, clock))],
  ])('is answered %s', async (_, reply) => {
    const seen = await through(httpProxy(reply));
    expectOpen(seen);
    expect(seen.io.clock.pending).toBe(0);
  });

  const garbage = (said: RegExp) => ({ what: 'garbage', said: expect.stringMatching(said) });
  test.each<[string, Reply, object]>([
    [
      '401, as tinyproxy does',
      say('HTTP/1.0 401 Unauthorized\r\n\r\n'),
      { what: 'auth', said: 'HTTP/1.0 401 Unauthorized' },
    ],
    ['407', say('HTTP/1.1 407 Who?\r\n\r\n'), { what: 'auth', said: 'HTTP/1.1 407 Who?' }],
    [
      '407 with ways to log in',
      say('HTTP/1.1 407 Who?\r\nproxy-authenticate: NTLM\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n<html>'),
      { what: 'auth', said: 'HTTP/1.1 407 Who? (it takes NTLM, Basic)' },
    ],
    ['403', say('HTTP/1.1 403 Filtered\r\n\r\nno'), { what: 'refused', answer: 403, said: 'HTTP/1.1 403 Filtered' }],
    ['502', bytewise('HTTP/1.0 502 Bad Gateway\r\n\r\n'), { what: 'refused', answer: 502 }],
    ['301', say('HTTP/1.1 301 Moved\r\n\r\n'), { what: 'refused', answer: 301 }],
    ['101', say('HTTP/1.1 101 Switching\r\n\r\n'), { what: 'refused', answer: 101 }],
    ['another version', say('HTTP/2 200\r\n\r\n'), garbage(/HTTP\/2 200/)],
    ['a status that is none', say('HTTP/1.1 2000 OK\r\n\r\n'), garbage(/no status line.*2000/s)],
    ['an SMTP greeting', say(GREETING), garbage(/no HTTP: 220 mail/)],
    ['bytes', say(Buffer.of(0x15, 3, 1, 0, 2, 2, 0x28)), garbage(/^no HTTP/)],
    ['an endless line', say(`HTTP/1.1 200 ${'x'.repeat(70_000)}`), garbage(/more than 64 KiB/)],
    ['an endless header', say(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(100)}`), garbage(/100 lines/)],
    ['a header of 101 lines', say(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(100)}\r\n`), garbage(/100 lines/)],
    [
      'a header without end',
      say('HTTP/1.1 200 OK\r\nVia: x\r\n'),
      garbage(/half an answer in time: HTTP\/1\.1 200 OK/),
    ],
    ['a close in the header', sayAndClose('HTTP/1.1 200 OK\r\n'), garbage(/half an answer, then closed/)],
    ['a close', sayAndClose(), { what: 'unreachable', stage: 'answer', errno: 'closed' }],
    ['nothing', () => {}, { what: 'unreachable', stage: 'answer', errno: 'timeout' }],
  ])('that is answered with %s opens nothing', async (_, reply, failure) => {
    const seen = await through(httpProxy(reply));
    expect(seen.end).toMatchObject({ kind: 'proxy', step: 'connect', ...failure });
    expect(seen.dialled).toMatchObject([
      { address: 'mail.example.test', family: null, outcome: 'proxy-failed', errno: null },
    ]);
    expect(seen).toMatchObject({ address: null, greeting: null, transcript: [], tlsLook: null, plainLook: null });
    expect(seen.durationMs).toBeLessThanOrEqual(10_000);
    expect(seen.io.clock.pending).toBe(0);
  });

  const INTERIM = 'HTTP/1.1 100 Continue\r\n\r\n';
  test.each<[string, string, object]>([
    ['16 interim answers and the last one', INTERIM.repeat(16) + OK + GREETING, { end: null, greeting: { code: 220 } }],
    ['17 interim answers', INTERIM.repeat(17) + OK, { end: garbage(/^more than 16 interim answers: HTTP/) }],
    [
      'interim answers that are too large together',
      `HTTP/1.1 100 ${'x'.repeat(6_000)}\r\n\r\n`.repeat(11) + OK,
      { end: garbage(/more than 64 KiB/) },
    ],
    [
      'interim answers that have too many lines together',
      `HTTP/1.1 102 Wait\r\n${'X: y\r\n'.repeat(10)}\r\n`.repeat(10) + OK,
      { end: garbage(/100 lines/) },
    ],
  ])('is answered with %s, in one piece or byte by byte', async (_, text, expected) => {
    for (const reply of [openTo(say(text), quiet), openTo(bytewise(text), quiet)])
      expect(await through(httpProxy(reply))).toMatchObject(expected);
  });

  test('is not read on when interim answers never end', async () => {
    let written = 0;
    const seen = await through((socket) => {
      socket.on('data', () => {});
      const flood = () => {
        if (socket.destroyed || written > FLOOD) return;
        written += 65_536;
        socket.write(Buffer.from(`HTTP/1.1 100 ${'x'.repeat(65_519)}\r\n\r\n`.slice(0, 65_536)), flood);
      };
      flood();
    });
    expect(seen.end).toMatchObject(garbage(/64 KiB/));
    expect(written).toBeLessThan(FLOOD / 10);
  });
  const FLOOD = 64 * 1024 ** 2;

  test('may be answered with 401 and 407, whose offers are read wherever they stand', async () => {
    const offers = async (status: string, ...fields: string[]) => {
      const seen = await through(httpProxy(say(`HTTP/1.1 ${status} no\r\n${fields.join('\r\n')}\r\n\r\n`)));
      expect(seen.end).toMatchObject({ kind: 'proxy', what: 'auth' });
      return seen.end?.kind === 'proxy' && seen.end.what === 'auth' ? seen.end.offers : null;
    };
    const field = 'Proxy-Authenticate';
    expect(await offers('407', 'Via: x')).toEqual([]);
    expect(await offers('407', `${field}: Negotiate`, `${field.toLowerCase()}:NTLM`)).toEqual(['Negotiate', 'NTLM']);
    expect(await offers('407', `${field}: Negotiate, NTLM , Basic realm="x"`)).toEqual(['Negotiate', 'NTLM', 'Basic']);
    expect(
      await offers('407', `${field}: Digest realm="Basic, a \\", NTLM", nonce = "x", qop=auth, NTLM abc==`),
    ).toEqual(['Digest', 'NTLM']);
    expect(await offers('407', `${field}: Negotiate oWw=,`, ' Basic realm="folded"', `${field}: BASIC`)).toEqual([
      'Negotiate',
      'Basic',
    ]);
    expect(await offers('407', 'WWW-Authenticate: Basic')).toEqual([]);
    expect(await offers('401', 'WWW-Authenticate: Basic')).toEqual(['Basic']);
    expect(await offers('407', `${field}: ${Array.from({ length: 500 }, (_, i) => `s${i}`).join(',')}`)).toHaveLength(
      16,
    );
  });

  test.each([
    ['nothing more', OK, { end: { kind: 'closed', step: 'greeting', heard: '' } }],
    ['a greeting', `${OK}${GREETING}`, { end: null, greeting: { code: 220 } }],
  ])('that opens a connection which ends with %s is left to the conversation', async (_, text, expected) => {
    for (const reply of [sayAndClose(text), openTo(bytewise(text), (socket) => socket.end())])
      expect(await through(httpProxy(reply))).toMatchObject(expected);
  });

  test('that drips is given up with the timeout, and with the deadline where that is sooner', async () => {
    const drip: Reply = (socket, clock) => {
      socket.write('H');
      const next = (i: number) => {
        if (socket.writable) socket.write('TTP/1.1 200 OK\r\n'.charAt(i) || 'x');
        clock.after(1_000, () => next(i + 1));
      };
      clock.after(1_000, () => next(0));
    };
    const slow = await through(httpProxy(drip));
    expect([slow.durationMs, slow.end]).toMatchObject([10_000, { kind: 'proxy', what: 'garbage' }]);
    const late = await through(httpProxy(drip), {}, { deadlineMs: 4_000 });
    expect([late.durationMs, late.end]).toMatchObject([4_000, { kind: 'proxy', what: 'garbage' }]);
  });

  /** What an answer means, in one piece, in two, and byte by byte. */
  async function ends(text: string, at = text.length - 2) {
    const replies = [say(text), say(text.slice(0, at), text.slice(at)), bytewise(text)];
    const all = [];
    for (const reply of replies) all.push((await through(httpProxy(openTo(reply, quiet)))).end);
    return all;
  }
  const thrice = (end: object) => [end, end, end];
  const opened = { kind: 'closed', step: 'greeting', heard: '' };
  const proxyEnd = { kind: 'proxy', step: 'connect' };

  test.each<[string, string, object]>([
    ['300', 'HTTP/1.1 300 Choices', { what: 'refused', answer: 300, said: 'HTTP/1.1 300 Choices' }],
    ['another answer within it', 'HTTP/1.x HTTP/1.1 200 OK', { what: 'garbage', said: expect.anything() }],
    [
      'an interim answer within it',
      'HTTP/1.0 500 HTTP/1.1 100 x',
      { what: 'refused', answer: 500, said: 'HTTP/1.0 500 HTTP/1.1 100 x' },
    ],
  ])('with the line %s opens nothing', async (_, line, end) => {
    expect(await ends(`${line}\r\n\r\n`)).toEqual(thrice({ ...proxyEnd, ...end }));
    expect(await ends(`${line}\n\n`)).toEqual(thrice({ ...proxyEnd, ...end }));
  });

  test.each<[string, string, string[]]>([
    ['in bare line feeds', 'Proxy-Authenticate: Basic\n\n', ['Basic']],
    ['and no others of a body', 'Proxy-Authenticate: Basic\n\nProxy-Authenticate: NTLM\n', ['Basic']],
    ['and no others of fields that end like it', 'X-Proxy-Authenticate: NTLM\nX-WWW-Authenticate: NTLM\n\n', []],
    ['and nothing behind what is none', 'Proxy-Authenticate: Basic, ;NTLM\n\n', ['Basic']],
    ['and nothing of a text without an end', 'Proxy-Authenticate: Basic realm="a, NTLM\n\n', ['Basic']],
    ['and nothing of a first line that continues nothing', ' Proxy-Authenticate: Basic\n\n', []],
    ['in a field of two lines', 'Proxy-Authenticate: Basic,\n\t NTLM\n\n', ['Basic', 'NTLM']],
  ])('has its offers read %s', async (_, fields, offers) => {
    for (const status of [401, 407]) {
      const said = `HTTP/1.1 ${status} x${offers.length > 0 ? ` (it takes ${offers.join(', ')})` : ''}`;
      const end = { ...proxyEnd, what: 'auth', said, offers };
      expect(await ends(`HTTP/1.1 ${status} x\n${fields}`)).toEqual(thrice(end));
    }
  });

  test('has five of its offers quoted', async () => {
    const [end] = await ends('HTTP/1.1 407 x\nProxy-Authenticate: a, b, c, d, e, f\n\n');
    expect(end).toMatchObject({ said: 'HTTP/1.1 407 x (it takes a, b, c, d, e)', offers: { length: 6 } });
  });

  test('may have 64 KiB and 100 lines, and no more', async () => {
    const sized = (size: number) => `HTTP/1.1 200 ${'x'.repeat(size - 13)}\r\n\r\n`;
    const lined = (lines: number) => `HTTP/1.1 200 OK${'\r\nX: y'.repeat(lines - 1)}\r\n\r\n`;
    const tooMuch = {
      ...proxyEnd,
      what: 'garbage',
      said: expect.stringMatching(/^a header of more than 64 KiB or 100 lines: HTTP/),
    };
    const inTwo = async (text: string) => {
      const found = [];
      for (const at of [text.length - 1, text.length - 2, text.length - 3, 20]) {
        const reply = say(text.slice(0, at), text.slice(at));
        found.push((await through(httpProxy(openTo(reply, (socket) => socket.end())))).end);
      }
      return found;
    };
    expect(await inTwo(sized(65_536))).toEqual(Array(4).fill(opened));
    expect(await inTwo(sized(65_537))).toEqual(Array(4).fill(tooMuch));
    expect(await inTwo(lined(100))).toEqual(Array(4).fill(opened));
    expect(await inTwo(lined(101))).toEqual(Array(4).fill(tooMuch));
    // Of two headers the sum counts, their ends included.
    const interim = 'HTTP/1.1 100 x\r\n\r\n';
    expect(await inTwo(interim + sized(65_536 - interim.length))).toEqual(Array(4).fill(opened));
    expect(await inTwo(interim + sized(65_537 - interim.length))).toEqual(Array(4).fill(tooMuch));
  });

  test.each([
    [300, 'x'.repeat(287)],
    [301, `${'x'.repeat(287)}…`],
  ])('of %d characters is quoted with 300 of them', async (length, quoted) => {
    const [end] = await ends(`HTTP/1.1 403 ${'x'.repeat(length - 13)}\r\n\r\n`);
    expect(end).toEqual({ ...proxyEnd, what: 'refused', answer: 403, said: `HTTP/1.1 403 ${quoted}` });
  });

  test('is not asked for where the target has white space in it', async () => {
    const [ours] = duplexPair();
    const io = { deadline: new Deadline(new FakeClock(), PLAN), secrets: new Secrets() };
    for (const host of ['a b', 'a\0b', 'a\r\nb'])
      await expect(openTunnel(ours, { host, port: 25 }, proxyPlan(), io)).rejects.toThrow(
        'white space in the authority',
      );
  });

  test('has what it quotes redacted, and kept short', async () => {
    const secrets = new Secrets(['hunter2hunter2']);
    const text = `HTTP/1.1 403 not you, hunter2hunter2 ${'x'.repeat(1_000)}`;
    const { end } = await through(httpProxy(say(`${text}\r\n\r\n`)), {}, { secrets });
    expect(end).toMatchObject({ said: expect.stringMatching(/^HTTP\/1\.1 403 not you, \*\*\* x+…$/) });
    expect(JSON.stringify(end).length).toBeLessThan(500);
  });
});

describe('the proxy itself', () => {
  const unreachable = (over: object) => ({ kind: 'proxy', step: 'connect', what: 'unreachable', ...over });

  test('is resolved and dialled as any server is, and the target’s name is left to it', async () => {
    const world: World = {
      resolves: ['2001:db8::8', '198.51.100.8'],
      answers: { '2001:db8::8': 'ENETUNREACH', '198.51.100.8': httpProxy(openTo(say(OK), server)) },
    };
    const seen = await through(world, { host: 'proxy.example' });
    expectOpen(seen);
    expect(seen.io.dials).toEqual(['2001:db8::8', '198.51.100.8']);
    expect(seen.steps[0]).toMatchObject({ step: 'resolve', status: 'skipped', because: 'the proxy resolves the name' });
    expect(seen).toMatchObject({
      addresses: null,
      address: 'mail.example.test',
      dialled: [{ address: 'mail.example.test', family: null, outcome: 'connected' }],
      proxy: { scheme: 'http', host: 'proxy.example', port: 3128, from: 'proxy', withCredentials: false },
    });
    expect(seen.proxy).not.toHaveProperty('credentials');
  });

  test.each<[string, World, Partial<Plan>, object]>([
    ['does not exist', { resolves: 'ENOTFOUND' }, {}, { stage: 'resolve', errno: 'ENOTFOUND' }],
    ['is not resolved for now', { resolves: 'EAI_AGAIN' }, {}, { stage: 'resolve', errno: 'EAI_AGAIN' }],
    ['is not resolved in time', { resolves: null }, {}, { stage: 'resolve', errno: 'timeout' }],
    ['refuses connections', { otherwise: 'ECONNREFUSED' }, {}, { stage: 'connect', errno: 'ECONNREFUSED' }],
    [
      'refuses on one address, and has no route to the other',
      { resolves: ['2001:db8::8', '192.0.2.8'], answers: { '2001:db8::8': 'ENETUNREACH' }, otherwise: 'ECONNREFUSED' },
      {},
      { stage: 'connect', errno: 'ECONNREFUSED', dialled: { length: 2 } },
    ],
    ['does not answer', { otherwise: null }, {}, { stage: 'connect', errno: 'timeout' }],
    [
      'does not answer before the deadline',
      { otherwise: null },
      { deadlineMs: 3_000 },
      { stage: 'connect', errno: 'timeout' },
    ],
  ])('that %s is at fault, and not the server', async (_, world, plan, expected) => {
    const seen = await through(world, { host: 'proxy.example' }, plan);
    expect(seen.end).toMatchObject(unreachable(expected));
    expect(seen.nameExists).toBeNull();
    expect(seen.durationMs).toBeLessThanOrEqual(plan.deadlineMs ?? 10_000);
  });

  test('may have more addresses than anybody has, and some that are none', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const resolves = ['not an address', ...many, ...many];
    const seen = await through({ resolves, otherwise: 'ECONNREFUSED' }, { host: 'proxy.example' });
    expect(seen.end).toMatchObject(unreachable({ stage: 'connect', errno: 'ECONNREFUSED', dialled: { length: 64 } }));
    expect(seen.io.dials).toEqual(many.slice(0, 64));
    const none = await through({ resolves: ['', 'example'] }, { host: 'proxy.example' });
    expect(none.end).toMatchObject(unreachable({ stage: 'resolve', errno: 'EBADRESP' }));
    expect(none.io.dials).toEqual([]);
  });

  test('has exactly these facts told of it', async () => {
    const silent: Script = (socket) => socket.resume();
    expect((await through(silent)).end).toEqual(unreachable({ stage: 'answer', errno: 'timeout', dialled: [] }));
    const shaken = await through(silent, { scheme: 'https' });
    expect(shaken.end).toEqual(unreachable({ stage: 'tls', errno: 'timeout', dialled: [] }));
  });

  test('is no longer dialled where another address of the server was quicker', async () => {
    const givenUp = jest.fn();
    const io = scriptedIo({
      resolves: ['192.0.2.1', '192.0.2.2'],
      otherwise: socksProxy([[5, 0], openTo(say(Buffer.from(OPENED)), server)]),
    });
    let n = 0;
    const dial: Dial = (address, port, cancellation) => {
      n += 1;
      if (n > 1) return io.dial(address, port, cancellation);
      cancellation.onCancel(givenUp);
      return new Promise(() => {});
    };
    const plan = { ...PLAN, proxy: proxyPlan({ scheme: 'socks5' }) };
    const seen = await io.clock.runUntil(probe(plan, { ...io, dial }));
    expect(seen.address).toBe('192.0.2.2');
    expect(givenUp).toHaveBeenCalled();
  });

  test('is not blamed for an internal error', async () => {
    const io = scriptedIo({});
    const dial: Dial = () => Promise.reject(new TypeError('an internal error'));
    const probing = probe({ ...PLAN, proxy: proxyPlan() }, { ...io, dial });
    await expect(io.clock.runUntil(probing)).rejects.toThrow('an internal error');
  });

  test('has the timeout for each of its steps', async () => {
    const late: Reply = (socket, clock) => clock.after(9_000, () => openTo(say(OK), server)(socket, clock));
    const seen = await through(
      httpProxy((s, clock) => late(s, clock)),
      {},
      { timeoutMs: 9_500 },
    );
    expectOpen(seen);
    expect(seen.latencyMs).toBe(9_000);
  });

  test('is gone through for a second look as well', async () => {
    const asked: string[] = [];
    const silent = httpProxy(
      openTo(say(OK), () => {}),
      asked,
    );
    const seen = await through(silent);
    expect(seen.end).toMatchObject({ kind: 'silence', step: 'greeting' });
    expect(seen.tlsLook).toMatchObject({ answer: 'nothing' });
    // Once for TLS, and once with each PROXY header.
    expect(asked).toHaveLength(4);
    expect(new Set(seen.io.dials)).toEqual(new Set(['198.51.100.8']));
  });
});

describe('SOCKS', () => {
  const NAME = Buffer.from('mail.example.test').toString('hex');
  const socks5 = { scheme: 'socks5' } as const;
  const socks5h = { scheme: 'socks5h' } as const;
  const NO_LOGIN = [5, 0] as const;
  const BY_PASSWORD = [5, 2] as const;

  test.each<[string, Partial<ProxyPlan>, Partial<Plan>, string]>([
    ['the address of a name that is resolved here', socks5, {}, '05010001c00002190019'],
    ['a name that the proxy resolves', socks5h, {}, `0501000311${NAME}0019`],
    ['an IPv4 address', socks5h, { host: '192.0.2.1', port: 587 }, '05010001c0000201024b'],
    ['an IPv6 address', socks5, { host: '2001:db8::1', port: 65_535 }, '0501000420010db8000000000000000000000001ffff'],
    [
      'an IPv6 address without its zone',
      socks5,
      { host: 'fe80::1%eth0' },
      '05010004fe8000000000000000000000000000010019',
    ],
  ])('asks for %s', async (_, over, plan, request) => {
    const asked: string[] = [];
    const seen = await through(socksProxy([NO_LOGIN, openTo(say(Buffer.from(OPENED)), server)], asked), over, plan);
    expectOpen(seen);
    expect(asked).toEqual(['050100', request]);
  });

  test('keeps a name to itself, or has it resolved, as the scheme says', async () => {
    const open = socksProxy([NO_LOGIN, openTo(say(Buffer.from(OPENED)), server)]);
    const here = await through(open, socks5);
    expect(here).toMatchObject({
      addresses: [{ address: '192.0.2.25' }],
      address: '192.0.2.25',
      steps: { 0: { status: 'done' } },
    });
    const there = await through(open, socks5h);
    expect(there).toMatchObject({ addresses: null, address: 'mail.example.test', steps: { 0: { status: 'skipped' } } });
  });

  test('with socks5, a name that does not exist is the name’s fault', async () => {
    const seen = await through({ resolves: 'ENOTFOUND' }, socks5);
    expect(seen.end).toMatchObject({ kind: 'resolver', step: 'resolve' });
  });

  test('logs in with user and password', async () => {
    const asked: string[] = [];
    const replies = [BY_PASSWORD, [1, 0], openTo(say(Buffer.from(OPENED)), server)];
    expectOpen(await through(socksProxy(replies, asked), { ...socks5, credentials: CREDENTIALS }));
    const password = Buffer.from(CREDENTIALS.password).toString('hex');
    expect(asked.slice(0, 2)).toEqual(['05020002', `0103616461${'0c'}${password}`]);
  });

  test('does not send credentials that nobody asks for', async () => {
    const asked: string[] = [];
    expectOpen(
      await through(socksProxy([NO_LOGIN, openTo(say(Buffer.from(OPENED)), server)], asked), {
        ...socks5,
        credentials: CREDENTIALS,
      }),
    );
    expect(asked).toHaveLength(2);
  });

  const address = (...bytes: number[]) => Buffer.of(5, 0, 0, ...bytes);
  const rows: [string, Buffer][] = [
    ['an IPv4 address', Buffer.from(OPENED)],
    ['an IPv6 address', address(4, ...Array<number>(16).fill(0xfe), 0, 0)],
    ['a name', address(3, 5, ...Buffer.from('proxy'), 0, 0)],
    ['an empty name', address(3, 0, 0, 0)],
  ];
  test.each(rows)(
    'takes %s for the proxy’s own end, however it arrives, and nothing of what is behind it',
    async (_, bytes) => {
      for (const reply of [
        openTo(say(bytes), server),
        openTo(bytewise(bytes), server),
        openTo(say(Buffer.concat([bytes, Buffer.from(GREETING)])), quiet),
        openTo(bytewise(Buffer.concat([bytes, Buffer.from(GREETING)])), quiet),
      ]) {
        expectOpen(await through(socksProxy([NO_LOGIN, reply]), socks5h));
      }
    },
  );

  test('may have every answer in one piece with the greeting', async () => {
    const all = say(Buffer.concat([Buffer.of(5, 2, 1, 0), Buffer.from(OPENED), Buffer.from(GREETING)]));
    const script: Script = (socket, clock) => socket.once('data', () => openTo(all, quiet)(socket, clock));
    // QUIT is what the quiet server answers; it hears the login first.
    const seen = await through(script, { ...socks5h, credentials: CREDENTIALS });
    expect(seen.greeting?.lines).toEqual(['mail.example.test ESMTP']);
  });

  test.each([
    [1, 'general SOCKS server failure'],
    [2, 'connection not allowed by ruleset'],
    [3, 'network unreachable'],
    [4, 'host unreachable'],
    [5, 'connection refused'],
    [6, 'TTL expired'],
    [7, 'command not supported'],
    [8, 'address type not supported'],
    [9, 'unassigned'],
    [255, 'unassigned'],
  ])('tells reply %d by its name, long or short: %s', async (reply, name) => {
    const refused = { kind: 'proxy', what: 'refused', answer: reply, said: `SOCKS reply ${reply}: ${name}` };
    for (const answer of [
      say(Buffer.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0)),
      sayAndClose(Buffer.of(5, reply)),
      bytewise(Buffer.of(5, reply, 0, 1)),
    ]) {
      expect((await through(socksProxy([NO_LOGIN, answer]), socks5h)).end).toMatchObject(refused);
    }
  });

  const garbage = (said: RegExp) => ({ what: 'garbage', said: expect.stringMatching(said) });
  test.each<[string, readonly (Reply | readonly number[])[], object]>([
    ['accepts no method', [[5, 0xff]], { what: 'auth', said: expect.stringContaining('no acceptable method') }],
    [
      'rejects the password',
      [BY_PASSWORD, [1, 1]],
      { what: 'auth', said: 'SOCKS: user and password rejected (status 1)' },
    ],
    [
      'rejects it in its own version',
      [BY_PASSWORD, [5, 9]],
      { what: 'auth', said: expect.stringContaining('status 9') },
    ],
    [
      'chooses GSSAPI',
      [[5, 1]],
      { what: 'auth', said: expect.stringMatching(/GSSAPI.*not offered/), offers: ['GSSAPI'] },
    ],
    ['chooses a method of its own', [[5, 0x80]], { what: 'auth', offers: ['a private method'] }],
    ['chooses a method that nobody knows', [[5, 4]], garbage(/not offered/)],
    ['chooses a method of the unassigned ones', [[5, 0x7f]], garbage(/not offered/)],
    ['speaks HTTP', [say('HTTP/1.1 400 Bad Request\r\n\r\n')], garbage(/no SOCKS 5: HTTP\/1\.1 400/)],
    ['speaks SOCKS 4', [[0, 0x5b]], garbage(/no SOCKS 5/)],
    ['speaks SMTP', [say(GREETING)], garbage(/no SOCKS 5: 220 mail/)],
    ['answers the login with garbage', [BY_PASSWORD, say('no')], garbage(/no answer to user and password/)],
    ['answers the request with garbage', [NO_LOGIN, [4, 0]], garbage(/no SOCKS 5/)],
    ['has an address of no type', [NO_LOGIN, [5, 0, 0, 2, 0, 0]], garbage(/no known type/)],
    ['closes at once', [sayAndClose()], { what: 'unreachable', stage: 'answer', errno: 'closed' }],
    ['closes in the method', [sayAndClose(Buffer.of(5))], garbage(/half an answer, then closed/)],
    ['closes instead of a reply', [NO_LOGIN, sayAndClose()], { what: 'unreachable', stage: 'answer', errno: 'closed' }],
    ['closes in the address', [NO_LOGIN, sayAndClose(Buffer.of(5, 0, 0, 1, 1))], garbage(/then closed/)],
    ['says nothing', [() => {}], { what: 'unreachable', stage: 'answer', errno: 'timeout' }],
    ['says nothing more', [NO_LOGIN, () => {}], { what: 'unreachable', stage: 'answer', errno: 'timeout' }],
    ['stops in the address', [NO_LOGIN, [5, 0, 0, 4, 1]], garbage(/in time/)],
  ])('with one that %s opens nothing', async (_, replies, failure) => {
    const seen = await through(socksProxy(replies), { ...socks5h, credentials: CREDENTIALS });
    expect(seen.end).toMatchObject({ kind: 'proxy', step: 'connect', ...failure });
    expect(seen.io.clock.pending).toBe(0);
  });

  test('without credentials, a method that asks for them says that they are missing', async () => {
    const asked = { what: 'auth', said: expect.stringContaining('user and password'), offers: [] };
    expect((await through(socksProxy([BY_PASSWORD]), socks5h)).end).toMatchObject(asked);
    expect((await through(socksProxy([[5, 0xff]]), socks5h)).end).toMatchObject({ what: 'auth' });
  });

  test.each<[string, readonly (readonly number[])[], boolean, string, string[]]>([
    ['GSSAPI', [[5, 1]], false, 'GSSAPI (method 1, which was not offered)', ['GSSAPI']],
    ['CHAP', [[5, 3]], false, 'CHAP (method 3, which was not offered)', ['CHAP']],
    ['a challenge', [[5, 5]], false, 'challenge-response (method 5, which was not offered)', ['challenge-response']],
    ['TLS', [[5, 6]], false, 'TLS (method 6, which was not offered)', ['TLS']],
    ['NDS', [[5, 7]], false, 'NDS (method 7, which was not offered)', ['NDS']],
    ['MAF', [[5, 8]], false, 'MAF (method 8, which was not offered)', ['MAF']],
    ['JSON', [[5, 9]], false, 'JSON (method 9, which was not offered)', ['JSON']],
    ['a password', [[5, 2]], false, 'user and password (method 2, which was not offered)', []],
    ['nothing', [[5, 0xff]], false, 'no acceptable method (offered: no login)', []],
    ['no password', [[5, 0xff]], true, 'no acceptable method (offered: no login, or user and password)', []],
    ['another password', [BY_PASSWORD, [1, 2]], true, 'user and password rejected (status 2)', []],
  ])('wants %s, and says so', async (_, replies, isLogin, said, offers) => {
    const credentials = isLogin ? CREDENTIALS : null;
    const { end } = await through(socksProxy(replies), { ...socks5h, credentials });
    expect(end).toEqual({ kind: 'proxy', step: 'connect', what: 'auth', said: `SOCKS: ${said}`, offers });
  });

  test('has one byte for the length of a user name and of a password', async () => {
    const replies = () => socksProxy([BY_PASSWORD, [1, 0], openTo(say(Buffer.from(OPENED)), server)]);
    const long = (length: number) => ({ username: 'a'.repeat(length), password: 'b'.repeat(length) });
    expectOpen(await through(replies(), { ...socks5h, credentials: long(255) }));
    await expect(through(replies(), { ...socks5h, credentials: long(256) })).rejects.toThrow(
      'more than SOCKS can count',
    );
  });

  test('tries every address of a name, each through a connection of its own', async () => {
    const asked: string[] = [];
    let n = 0;
    const script: Script = (socket, clock) => {
      n += 1;
      const last = n === 1 ? say(Buffer.of(5, 5)) : openTo(say(Buffer.from(OPENED)), server);
      socksProxy([NO_LOGIN, last], asked)(socket, clock);
    };
    const world: World = { resolves: ['192.0.2.1', '192.0.2.2'], answers: { '198.51.100.8': script } };
    const seen = await through(world, socks5);
    expectOpen(seen);
    expect(seen.address).toBe('192.0.2.2');
    expect(seen.dialled.map(({ address, outcome }) => [address, outcome])).toEqual([
      ['192.0.2.1', 'proxy-failed'],
      ['192.0.2.2', 'connected'],
    ]);
  });

  test('gives up the connections that another address was quicker than', async () => {
    let n = 0;
    const script: Script = (socket, clock) => {
      n += 1;
      if (n > 1) socksProxy([NO_LOGIN, openTo(say(Buffer.from(OPENED)), server)])(socket, clock);
      else socket.resume();
    };
    const io = scriptedIo({ resolves: ['192.0.2.1', '192.0.2.2'], answers: { '198.51.100.8': script } });
    const wires: Wire[] = [];
    const dial: Dial = async (...args) => {
      const wire = await io.dial(...args);
      wires.push(wire);
      return wire;
    };
    const seen = await io.clock.runUntil(probe({ ...PLAN, proxy: proxyPlan(socks5) }, { ...io, dial }));
    expect(seen.end).toBeNull();
    expect(wires.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(seen.dialled.map(({ outcome }) => outcome)).toEqual(['connected', 'abandoned']);
    expect(io.clock.pending).toBe(0);
  });
});
