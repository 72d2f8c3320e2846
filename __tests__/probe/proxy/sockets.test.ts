import type { Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Plan, ProxyPlan } from '../../../src/probe/plan.ts';
import { probe, systemIo } from '../../../src/probe/probe.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { CREDENTIALS, proxyPlan, tunnel } from '../../support/proxies.ts';
import { PLAN } from '../../support/scripted.ts';
import { closedPort, greeter, type LoopbackServer, loopbackServer } from '../../support/servers.ts';

const servers: LoopbackServer[] = [];
const serve = async (...args: Parameters<typeof loopbackServer>) => {
  const server = await loopbackServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

let authority: Identity;
let good: Identity;
beforeAll(async () => {
  authority = await makeAuthority();
  good = await makeCertificate({ issuer: authority });
});

const io = systemIo(systemClock);
const ca = () => authority.cert;

function through(port: number, over: Partial<ProxyPlan>, plan: Partial<Plan>) {
  return probe({ ...PLAN, host: 'localhost', proxy: proxyPlan({ host: '127.0.0.1', port, ...over }), ...plan }, io);
}

const tlsPlan = (when: 'starttls' | 'implicit') => ({ ...PLAN.tls, when, strict: true, name: 'localhost', ca: ca() });
const beyond = { ehloName: 'gate.example', login: null, envelope: null };

/** Greets in plaintext, offers STARTTLS, and offers something else behind it. */
function startTlsServer(socket: Socket): void {
  socket.write('220 mail ESMTP\r\n');
  socket.on('data', function hear(chunk: Buffer) {
    const line = chunk.toString();
    if (/^EHLO/.test(line)) socket.write('250-mail\r\n250 STARTTLS\r\n');
    if (!/^STARTTLS/.test(line)) return;
    socket.off('data', hear);
    socket.write('220 go\r\n');
    const secure = new tls.TLSSocket(socket, { isServer: true, key: good.key, cert: good.cert });
    secure.on('error', () => {});
    secure.on('data', (said: Buffer) => secure.write(/^EHLO/.test(said.toString()) ? '250 mail\r\n' : '221 bye\r\n'));
  });
}

describe('through a proxy', () => {
  const schemes: [string, () => Promise<LoopbackServer>, Partial<ProxyPlan>][] = [
    ['http', () => serve(tunnel), {}],
    ['https', () => serve(tunnel, { server: tls.createServer(good) }), { scheme: 'https' }],
  ];

  test.each(schemes)('of %s, a server is greeted and left', async (_, start, over) => {
    const server = await serve(greeter('220 real\r\n'));
    const seen = await through((await start()).port, { ...over, ca: ca() }, { port: server.port });
    expect(seen).toMatchObject({
      greeting: { lines: ['real'] },
      farewell: { code: 221 },
      end: null,
      address: 'localhost',
    });
    expect(server.said).toEqual(['QUIT']);
  });

  test.each(schemes)('of %s, TLS is as it is without one', async (_, start, over) => {
    const startTls = await serve(startTlsServer);
    const { port } = await start();
    const seen = await through(port, { ...over, ca: ca() }, { port: startTls.port, tls: tlsPlan('starttls'), beyond });
    expect(seen).toMatchObject({
      end: null,
      tls: { chainError: null, named: true },
      ehlo: { reply: { lines: ['mail'] } },
    });
    const implicit = await serve(greeter('220 secure\r\n'), { server: tls.createServer(good) });
    const secured = await through(port, { ...over, ca: ca() }, { port: implicit.port, tls: tlsPlan('implicit') });
    expect(secured).toMatchObject({ end: null, tls: { chainError: null }, greeting: { lines: ['secure'] } });
  });

  test('a port that greets in plaintext where TLS is meant is seen as one', async () => {
    const server = await serve((socket) => {
      socket.write('220 plain\r\n');
      socket.on('data', () => socket.end());
    });
    const { port } = await serve(tunnel);
    const seen = await through(port, {}, { port: server.port, tls: tlsPlan('implicit') });
    expect(seen.plainLook).toMatchObject({ answer: 'greeting', text: '220 plain' });
  });

  test('a server that is not there is the proxy’s word', async () => {
    const { port } = await serve(tunnel);
    const seen = await through(port, {}, { port: await closedPort() });
    expect(seen.end).toMatchObject({ kind: 'proxy', what: 'refused', answer: 502 });
  });
});

describe('a proxy', () => {
  test('that is not there refuses, with the errno', async () => {
    const seen = await through(await closedPort(), {}, { port: 25 });
    expect(seen.end).toMatchObject({ kind: 'proxy', what: 'unreachable', stage: 'connect', errno: 'ECONNREFUSED' });
  });

  test('that resets in the place of an answer cannot be reached', async () => {
    const { port } = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const seen = await through(port, {}, { port: 25 });
    expect(seen.end).toMatchObject({ kind: 'proxy', what: 'unreachable', stage: 'answer', errno: 'ECONNRESET' });
  });

  const bad: [string, () => Promise<Identity>, () => string | null, RegExp][] = [
    ['of an authority that nobody knows', async () => good, () => null, /^certificate CN=localhost: UNABLE_TO_/],
    ['that has expired', () => makeCertificate({ issuer: authority, from: -9, to: -2 }), ca, /CERT_HAS_EXPIRED/],
    [
      'for another name',
      () => makeCertificate({ issuer: authority, names: ['other.example'] }),
      ca,
      /does not name 127/,
    ],
    ['of its own', () => makeCertificate(), ca, /SELF_SIGNED/],
  ];
  test.each(bad)('of https with a certificate %s is not told what is asked, nor by whom', async (_, make, ca, said) => {
    const proxy = await serve(tunnel, { server: tls.createServer(await make()) });
    const seen = await through(proxy.port, { scheme: 'https', ca: ca(), credentials: CREDENTIALS }, { port: 25 });
    expect(seen.end).toMatchObject({ kind: 'proxy', what: 'untrusted', said: expect.stringMatching(said) });
    expect(proxy.said).toEqual([]);
  });

  test('of https that speaks no TLS cannot be trusted, and one that closes cannot be reached', async () => {
    const plain = await serve((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const seen = await through(plain.port, { scheme: 'https', credentials: CREDENTIALS }, { port: 25 });
    expect(seen.end).toMatchObject({ kind: 'proxy', what: 'untrusted', said: expect.stringMatching(/WRONG_VERSION/) });
    const closing = await serve((socket) => socket.once('data', () => socket.end()));
    const closed = await through(closing.port, { scheme: 'https' }, { port: 25 });
    expect(closed.end).toMatchObject({ kind: 'proxy', what: 'unreachable', stage: 'tls', errno: 'closed' });
    const resetting = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const reset = await through(resetting.port, { scheme: 'https' }, { port: 25 });
    expect(reset.end).toMatchObject({ kind: 'proxy', what: 'unreachable', stage: 'tls', errno: 'ECONNRESET' });
  });
});
