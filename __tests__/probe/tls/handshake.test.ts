import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import tls, { TLSSocket, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Cause, isNotTls, isVerified } from '../../../src/model/observation.ts';
import { Cancellation } from '../../../src/probe/cancellation.ts';
import { tcpDial } from '../../../src/probe/connect.ts';
import { Deadline, Interrupted, type Limits } from '../../../src/probe/deadline.ts';
import type { TlsPlan } from '../../../src/probe/plan.ts';
import { prepareContext, secure } from '../../../src/probe/tls/handshake.ts';
import { authorities } from '../../../src/probe/tls/trust-store.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { FakeClock, rest } from '../../support/clock.ts';
import { errno, PLAN } from '../../support/scripted.ts';
import { type LoopbackServer, loopbackServer } from '../../support/servers.ts';

const NAME = PLAN.tls.name;
const OTHER = 'mx.example.net';
const EXPIRED = { from: -90, to: -3 };
const EARLY = { from: 2, to: 90 };
type Leaf = NonNullable<Parameters<typeof makeCertificate>[0]>;
/** An identity, or one that is still being made. */
type Making = Identity | Promise<Identity>;

const [own, root, stranger, namesake, installed, clients, oldRoot] = await Promise.all([
  makeAuthority('Own'),
  makeAuthority('Root'),
  makeAuthority('Stranger'),
  makeAuthority('Root'),
  makeAuthority('Installed'),
  makeAuthority('Clients'),
  makeCertificate({ names: ['Old root'], isCa: true, from: -900, to: -3 }),
]);
const intermediateOf = (issuer: Identity, dates: Leaf = {}) =>
  makeCertificate({ names: ['Intermediate'], issuer, isCa: true, to: 400, ...dates });
const [intermediate, expiredIntermediate, strange] = await Promise.all([
  intermediateOf(root),
  intermediateOf(root, EXPIRED),
  intermediateOf(stranger),
]);
const leaf = (options: Leaf = {}) => makeCertificate({ names: [NAME], issuer: root, ...options });
const selfSigned = (options: Leaf = {}) => makeCertificate({ names: [NAME], ...options });
const [GOOD, BEHIND, BY_SYSTEM, ALONE] = await Promise.all([
  leaf(),
  leaf({ issuer: intermediate }),
  leaf({ issuer: installed }),
  selfSigned(),
]);

/** An identity that sends its own certificate and these behind it, and no others. */
const sending = (identity: Identity, ...behind: readonly Identity[]): Identity => ({
  ...identity,
  cert: [identity, ...behind].map(({ certificate }) => certificate.toString('pem')).join('\n'),
});

// What the system trusts, and what Node does: its real authorities take 25 ms a connection to read.
const folder = mkdtempSync(join(tmpdir(), 'secure-'));
const bundle = join(folder, 'bundle.pem');
writeFileSync(bundle, installed.cert);
const { env } = process;
process.env = { ...env, SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: '' };
afterAll(() => {
  process.env = env;
  rmSync(folder, { recursive: true });
});
const { added } = authorities;
beforeEach(() => {
  jest.spyOn(authorities, 'all').mockImplementation((ca) => [own.cert, ...added(ca)]);
});

const open: Duplex[] = [];
const servers: LoopbackServer[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  // TLS before the stream that it is made of: the other way round, Node 20 crashes.
  for (const stream of open.splice(0).reverse()) stream.destroy();
  for (const server of servers.splice(0)) await server.close();
});

/** The port of a server on loopback. */
async function serve(...args: Parameters<typeof loopbackServer>): Promise<number> {
  const server = await loopbackServer(...args);
  servers.push(server);
  return server.port;
}

/** A TLS server, which says what it sees of its client, and then every byte that it hears. */
const serveTls = ({ key, cert, ...options }: TlsOptions, see: (socket: TLSSocket) => string = () => 'hello') =>
  serve(
    (socket) => {
      socket.write(see(socket as TLSSocket));
      socket.pipe(socket);
    },
    { server: tls.createServer({ ...(key && { key }), ...(cert && { cert }), ...options }) },
  );

const LIMITS: Limits = { timeoutMs: 1_000, deadlineMs: 5_000 };

/** A handshake in which no time passes, whatever it takes, unless its clock is told to go on. */
async function shakeHands(
  to: number | Duplex,
  over: Partial<TlsPlan> = {},
  { clock = new FakeClock(), limits = LIMITS }: { clock?: FakeClock; limits?: Limits } = {},
) {
  const plain = typeof to === 'number' ? await tcpDial('127.0.0.1', to, new Cancellation()) : to;
  open.push(plain);
  plain.on('error', () => {});
  const plan: TlsPlan = { ...PLAN.tls, ca: root.cert, ...over };
  const deadline = new Deadline(clock, limits);
  const secured = await secure(plain, plan, { context: prepareContext(plan), deadline, clock });
  open.push(secured.socket);
  return secured;
}
const sessionWith = async ({ key, cert }: Identity, over: Partial<TlsPlan> = {}) =>
  (await shakeHands(await serveTls({ key, cert }), over)).session;
const heard = async (socket: Duplex) => String((await once(socket, 'data'))[0]);

describe('a handshake', () => {
  test.each([
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    ['TLSv1.2', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'],
    ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_CHACHA20_POLY1305_SHA256'],
    ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ] as const)('tells the protocol %s, and its cipher %s by the name %s', async (version, ciphers, cipher) => {
    const { key, cert } = GOOD;
    const port = await serveTls({ key, cert, minVersion: version, maxVersion: version, ciphers });
    expect((await shakeHands(port)).session).toMatchObject({ protocol: version, cipher });
  });

  test('tells whom it looked for, and when', async () => {
    const clock = new FakeClock();
    clock.advance(86_400_000);
    const { session } = await shakeHands(await serveTls(GOOD), { name: OTHER }, { clock });
    expect(session).toMatchObject({ name: OTHER, at: new Date('2026-01-02T00:00:00Z') });
  });

  test.each<[string, () => Promise<number> | Duplex]>([
    ['a socket', () => serveTls(GOOD)],
    [
      'a stream in memory',
      () => {
        const [ours, theirs] = duplexPair();
        const server = new TLSSocket(theirs as Socket, { isServer: true, key: GOOD.key, cert: GOOD.cert });
        open.push(server);
        server.on('error', () => {}).write('hello');
        server.pipe(server);
        return ours;
      },
    ],
  ])('over %s leaves a connection that goes on, and no timer', async (_, to) => {
    const clock = new FakeClock();
    const { socket, session } = await shakeHands(await to(), {}, { clock });
    expect(clock.pending).toBe(0);
    expect(isVerified(session)).toBe(true);
    expect(await heard(socket)).toBe('hello');
    socket.write('EHLO');
    expect(await heard(socket)).toBe('EHLO');
  });
});

describe('the chain has', () => {
  const KNOWN = {};
  const UNKNOWN = { ca: null };
  const SHOWN = sending(BEHIND, intermediate, root);

  test.each<[string, Identity, Partial<TlsPlan>, string[]]>([
    ['the server’s own certificate', GOOD, KNOWN, [NAME]],
    ['what was sent behind it', BEHIND, KNOWN, [NAME, 'Intermediate']],
    ['the root too, where it was sent', SHOWN, KNOWN, [NAME, 'Intermediate', 'Root']],
    ['what nobody trusts', SHOWN, UNKNOWN, [NAME, 'Intermediate', 'Root']],
    ['the order in which it was sent', sending(BEHIND, root, intermediate), KNOWN, [NAME, 'Root', 'Intermediate']],
    ['no old one that nobody needs', sending(BEHIND, intermediate, oldRoot), KNOWN, [NAME, 'Intermediate']],
    ['that one, where nothing is trusted', sending(BEHIND, oldRoot), UNKNOWN, [NAME, 'Old root']],
    ['none of it, where the system is what is trusted', sending(BY_SYSTEM, oldRoot), UNKNOWN, [NAME]],
  ])('%s', async (_, identity, over, expected) => {
    const { chain } = await sessionWith(identity, over);
    expect(chain.map(({ subject }) => subject)).toEqual(expected.map((name) => `CN=${name}`));
  });

  test('the names and the dates of a certificate', async () => {
    const names = [NAME, '*.example.net', '127.0.0.1'];
    const identity = await leaf({ names, from: -20, to: 40 });
    const { notBefore, notAfter } = identity.certificate;
    expect((await sessionWith(identity)).chain).toEqual([
      { subject: `CN=${NAME}`, issuer: 'CN=Root', names, validFrom: notBefore, validTo: notAfter },
    ]);
  });
});

describe('a certificate verifies', () => {
  test.each<[string, Making, Partial<TlsPlan>]>([
    ['by an authority that is given', GOOD, {}],
    ['by one of several that are given', GOOD, { ca: `${stranger.cert}\n${root.cert}` }],
    ['by an authority of the system', BY_SYSTEM, { ca: null }],
    ['by an authority of the system, though another is given', BY_SYSTEM, {}],
    ['by an authority of Node’s own, though another is given', leaf({ issuer: own }), {}],
    ['by its intermediate', BEHIND, {}],
    ['by an intermediate that is what is trusted', BEHIND, { ca: intermediate.cert }],
    ['by an intermediate that is not sent, and given', sending(BEHIND), { ca: intermediate.cert }],
    ['by itself, where it is given', ALONE, { ca: ALONE.cert }],
    ['by itself, where it is given and its issuer is not', GOOD, { ca: GOOD.cert }],
    ['though an old root is sent along', sending(BEHIND, intermediate, oldRoot), {}],
    ['with one name of several', leaf({ names: [OTHER, NAME] }), {}],
    ['with a name in other letters', GOOD, { name: NAME.toUpperCase() }],
    ['with a wildcard', leaf({ names: ['*.example.test'] }), {}],
    ['with an address', leaf({ names: [OTHER, '127.0.0.1'] }), { name: '127.0.0.1' }],
    ['with an address of IPv6', leaf({ names: ['2001:db8::7'] }), { name: '2001:db8::7' }],
  ])('%s', async (_, identity, over) => {
    const session = await sessionWith(await identity, over);
    expect(session).toMatchObject({ chainError: null, anchored: true, named: true });
    expect(isVerified(session)).toBe(true);
  });
});

describe('a certificate that does not verify is read all the same', () => {
  const NOBODY = { ca: null };
  const NO_ISSUER = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
  const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
  const OVER = 'CERT_HAS_EXPIRED';
  const byNoAuthority = makeCertificate({ names: [OTHER], issuer: root }).then(async (issuer) =>
    sending(await leaf({ issuer }), issuer),
  );

  test.each<[string, Making, Partial<TlsPlan>, chainError: unknown, anchored: boolean, named: boolean]>([
    ['expired', leaf(EXPIRED), {}, OVER, true, true],
    ['not yet valid', leaf(EARLY), {}, 'CERT_NOT_YET_VALID', true, true],
    ['for another name', leaf({ names: [OTHER] }), {}, null, true, false],
    ['for the domain alone', leaf({ names: ['example.test'] }), {}, null, true, false],
    ['with a wildcard that is too wide', leaf({ names: ['*.test'] }), {}, null, true, false],
    ['for no address', GOOD, { name: '127.0.0.1' }, null, true, false],
    ['for nobody', leaf({ names: [] }), {}, null, true, false],
    ['self-signed', ALONE, {}, SELF_SIGNED, false, true],
    ['of an unknown authority', GOOD, NOBODY, NO_ISSUER, false, true],
    ['of an unknown authority that is sent', sending(GOOD, root), NOBODY, 'SELF_SIGNED_CERT_IN_CHAIN', false, true],
    [
      'of one that has only the name of an authority',
      leaf({ issuer: namesake }),
      {},
      'CERT_SIGNATURE_FAILURE',
      false,
      true,
    ],
    ['of one that is no authority', byNoAuthority, {}, expect.stringMatching(/^INVALID_/), false, true],
    ['of an unknown intermediate', leaf({ issuer: strange }), {}, NO_ISSUER, false, true],
    ['without its intermediate', sending(BEHIND), {}, NO_ISSUER, false, true],
    ['with an expired intermediate', leaf({ issuer: expiredIntermediate }), {}, OVER, true, true],
    ['with an expired root', leaf({ issuer: oldRoot }), { ca: oldRoot.cert }, OVER, true, true],
    ['expired, of an unknown authority', leaf(EXPIRED), NOBODY, OVER, false, true],
    ['not yet valid, of an unknown authority', leaf(EARLY), NOBODY, 'CERT_NOT_YET_VALID', false, true],
    ['expired, of an authority of the system', leaf({ issuer: installed, ...EXPIRED }), {}, OVER, true, true],
    ['expired, of an authority of Node’s own', leaf({ issuer: own, ...EXPIRED }), {}, OVER, true, true],
    ['expired, for another name', leaf({ names: [OTHER], ...EXPIRED }), {}, OVER, true, false],
    ['expired, self-signed', selfSigned(EXPIRED), {}, OVER, false, true],
    ['self-signed, for another name', selfSigned({ names: [OTHER] }), {}, SELF_SIGNED, false, false],
  ])('%s', async (_, making, over, chainError, anchored, named) => {
    const identity = await making;
    const session = await sessionWith(identity, over);
    expect(session).toMatchObject({ chainError, anchored, named });
    expect(isVerified(session)).toBe(false);
    const { subject, issuer, notBefore, notAfter } = identity.certificate;
    expect(session.chain[0]).toMatchObject({ subject, issuer, validFrom: notBefore, validTo: notAfter });
  });

  test.each<Partial<TlsPlan>>([{ verify: false }, { strict: true }, { when: 'starttls' }])(
    'and the same way with %j',
    async (over) => {
      const port = await serveTls(ALONE);
      const [usual, other] = [await shakeHands(port), await shakeHands(port, over)];
      expect(other.session).toEqual(usual.session);
      expect(other.session.chainError).toBe(SELF_SIGNED);
      expect(await heard(other.socket)).toBe('hello');
    },
  );
});

describe('a handshake does not come about', () => {
  /** What ended a handshake. */
  async function causeOf(handshake: Promise<unknown>): Promise<Cause> {
    const error = await handshake.then(
      () => new Error('the handshake came about'),
      (error: unknown) => error,
    );
    if (error instanceof Interrupted) return error.end;
    throw error;
  }
  const handshake = (errno: RegExp, reason: RegExp) => ({
    kind: 'handshake',
    errno: expect.stringMatching(errno),
    reason: expect.stringMatching(reason),
  });
  const TOO_OLD = handshake(/^ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION$/, /^tlsv1 alert protocol version$/);
  const REFUSED = handshake(/^ERR_SSL_.+ALERT_HANDSHAKE_FAILURE$/, /alert handshake failure$/);
  const CLOSED = { kind: 'closed', heard: '' };
  const RESET = { kind: 'reset', errno: 'ECONNRESET', heard: '' };
  const ALERT = Buffer.from('15030300020228', 'hex');
  const HALF = Buffer.from('160303007a02', 'hex');

  /** A server that waits for our hello. */
  const afterHello = (answer: (socket: Socket) => void) => () =>
    serve((socket) => socket.once('data', () => answer(socket)));
  const upTo = (maxVersion: 'TLSv1.1' | 'TLSv1.2') => () =>
    serveTls({ ...GOOD, minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' });

  test.each<[string, () => Promise<number>, Partial<TlsPlan>, unknown]>([
    ['speaks TLS 1.2 where 1.3 is wanted', upTo('TLSv1.2'), { minVersion: 'TLSv1.3' }, TOO_OLD],
    ['speaks TLS 1.1', upTo('TLSv1.1'), {}, TOO_OLD],
    ['has no certificate', () => serveTls({}), {}, REFUSED],
    ['answers with an alert', afterHello((socket) => socket.end(ALERT)), {}, REFUSED],
    ['closes', () => serve((socket) => socket.end()), {}, CLOSED],
    ['closes after our hello', afterHello((socket) => socket.end()), {}, CLOSED],
    ['closes within a record', afterHello((socket) => socket.end(HALF)), {}, CLOSED],
    ['resets', afterHello((socket) => socket.resetAndDestroy()), {}, RESET],
  ])('with a server that %s', async (_, server, over, expected) => {
    const cause = await causeOf(shakeHands(await server(), over));
    expect(cause).toEqual(expected);
    expect(cause.kind === 'handshake' && isNotTls(cause)).toBe(false);
  });

  test.each([
    ['greets', '220 mail.example.test ESMTP ready\r\n', false],
    ['waits', '500 5.5.2 what?\r\n', true],
    ['speaks another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n', true],
  ])('in plaintext, with a server that %s', async (_, text, waits) => {
    const answer = (socket: Socket) => socket.write(text);
    const server = waits ? afterHello(answer) : () => serve(answer);
    const cause = await causeOf(shakeHands(await server()));
    expect(cause).toEqual(handshake(/^ERR_SSL_/, /^[a-z ]+$/));
    expect(cause.kind === 'handshake' && isNotTls(cause)).toBe(true);
  });

  test.each(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])('over a stream that ends with %s', async (code) => {
    const [ours] = duplexPair();
    const cause = causeOf(shakeHands(ours));
    ours.destroy(errno(code));
    expect(await cause).toEqual({ ...RESET, errno: code });
  });

  test('over a connection that had ended before TLS was attached', async () => {
    const port = await serve((socket) => socket.once('data', () => socket.end('220 go')));
    const plain = await tcpDial('127.0.0.1', port, new Cancellation());
    plain.write('STARTTLS');
    await once(plain, 'data');
    plain.pause();
    // Both the answer and the end have arrived: nobody reads any more.
    for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
    expect(await causeOf(shakeHands(plain))).toEqual(CLOSED);
  });

  test('over a stream that had ended before', async () => {
    const [ours, theirs] = duplexPair();
    theirs.end();
    await new Promise(setImmediate);
    expect(await causeOf(shakeHands(ours))).toEqual(CLOSED);
  });

  test('over a stream whose end was heard before', async () => {
    const [ours, theirs] = duplexPair();
    theirs.end();
    await once(ours.resume(), 'end');
    expect(ours.destroyed).toBe(false);
    expect(await causeOf(shakeHands(ours))).toEqual(CLOSED);
  });

  test('over a stream that was destroyed before', async () => {
    const [ours] = duplexPair();
    ours.destroy();
    expect(ours.readableEnded).toBe(false);
    expect(await causeOf(shakeHands(ours))).toEqual(CLOSED);
  });

  test('over a stream that ends without a word', async () => {
    const [ours] = duplexPair();
    const cause = causeOf(shakeHands(ours));
    ours.destroy();
    expect(await cause).toEqual(CLOSED);
  });

  const SHORT: Limits = { timeoutMs: 5_000, deadlineMs: 800 };
  test.each<[string, Limits, Buffer, number, Cause]>([
    ['nothing in time', LIMITS, Buffer.of(), 1_000, { kind: 'silence', ms: 1_000, heard: '' }],
    ['half a record in time', LIMITS, HALF, 1_000, { kind: 'silence', ms: 1_000, heard: '' }],
    ['nothing before the deadline', SHORT, Buffer.of(), 800, { kind: 'deadline', ms: 800, heard: '' }],
  ])('with a server that says %s', async (_, limits, bytes, ms, expected) => {
    const clock = new FakeClock();
    const [ours, theirs] = duplexPair();
    const over = jest.fn();
    const cause = causeOf(shakeHands(ours, {}, { clock, limits })).finally(over);
    theirs.resume().write(bytes);
    await rest();
    clock.advance(ms - 1);
    await rest();
    expect(over).not.toHaveBeenCalled();
    clock.advance(1);
    expect(await cause).toEqual(expected);
    expect(clock.pending).toBe(0);
  });

  // `getProtocol` tells a version from our hello on, not from theirs.
  test('and the connection is let go when nobody waits any more', async () => {
    const clock = new FakeClock();
    const [ours, theirs] = duplexPair();
    theirs.resume();
    const cause = causeOf(shakeHands(ours, {}, { clock }));
    expect((await clock.runUntil(cause)).kind).toBe('silence');
    await rest();
    expect(ours.destroyed).toBe(true);
  });
});

describe('a client certificate', () => {
  const client = intermediateOf(clients).then((issuer) => makeCertificate({ names: ['gate'], issuer }));
  const demanding = (version: 'TLSv1.2' | 'TLSv1.3'): TlsOptions => ({
    ...{ key: GOOD.key, cert: GOOD.cert, ca: clients.cert },
    requestCert: true,
    ...{ minVersion: version, maxVersion: version },
  });
  const see = (socket: TLSSocket) => `${socket.authorized} ${socket.getPeerCertificate().subject?.CN}`;

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown, with what is behind it, over %s', async (version) => {
    const { key, cert } = await client;
    const { socket, session } = await shakeHands(await serveTls(demanding(version), see), { client: { key, cert } });
    expect(await heard(socket)).toBe('true gate');
    expect(isVerified(session)).toBe(true);
  });

  test('that is missing ends the handshake over TLS 1.2', async () => {
    await expect(shakeHands(await serveTls(demanding('TLSv1.2')))).rejects.toMatchObject({
      end: { kind: 'handshake', errno: expect.stringMatching(/^ERR_SSL_.+ALERT_HANDSHAKE_FAILURE$/) },
    });
  });

  test('that is missing ends the connection behind the handshake over TLS 1.3', async () => {
    const { socket, session } = await shakeHands(await serveTls(demanding('TLSv1.3')));
    expect(isVerified(session)).toBe(true);
    const [error] = await once(socket.resume(), 'error');
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
  });

  test('with the key of another is refused before anybody sees it', () => {
    const prepare = (key: string) => () => prepareContext({ ...PLAN.tls, client: { cert: GOOD.cert, key } });
    expect(prepare(ALONE.key)).toThrow(/key values mismatch/);
    expect(prepare(GOOD.key)).not.toThrow();
  });
});

describe('the name that is sent', () => {
  test.each([
    [NAME, NAME],
    ['mx', 'mx'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['127.0.0.1', 'false'],
    ['::1', 'false'],
    ['2001:db8::7', 'false'],
    ['fe80::1%eth0', 'false'],
  ])('for %s is %s', async (name, expected) => {
    const port = await serveTls(GOOD, ({ servername }) => String(servername));
    const { socket, session } = await shakeHands(port, { name });
    expect(await heard(socket)).toBe(expected);
    expect(session.name).toBe(name);
  });
});

describe('a context', () => {
  test('is shared by what has the same version, authorities and client certificate, and by nothing else', () => {
    const of = (over: Partial<TlsPlan>) => prepareContext({ ...PLAN.tls, ca: root.cert, ...over });
    const shared = of({});
    expect(of({ name: OTHER, strict: true })).toBe(shared);
    expect(of({ minVersion: 'TLSv1.3' })).not.toBe(shared);
    expect(of({ ca: stranger.cert })).not.toBe(shared);
    expect(of({ client: { cert: GOOD.cert, key: GOOD.key } })).not.toBe(shared);
    expect(of({})).toBe(shared);
  });

  test('is not shared by two client certificates', () => {
    const of = ({ cert, key }: Identity) => prepareContext({ ...PLAN.tls, ca: root.cert, client: { cert, key } });
    expect(of(GOOD)).not.toBe(of(ALONE));
    expect(of(GOOD)).toBe(of(GOOD));
  });

  test('is kept until sixteen others have been made', () => {
    const of = (i: number) => prepareContext({ ...PLAN.tls, ca: `${root.cert}\n# ${i}` });
    const first = of(0);
    for (let i = 1; i < 16; i += 1) of(i);
    expect(of(0)).toBe(first);
    of(16);
    expect(of(0)).not.toBe(first);
  });

  test('has Node’s own authorities, which are read already, where no other is known', () => {
    jest.spyOn(authorities, 'added').mockReturnValue([]);
    prepareContext({ ...PLAN.tls, ca: '# nobody' });
    expect(authorities.all).not.toHaveBeenCalled();
  });
});

test.each([
  ['verifies', GOOD],
  ['is not trusted', ALONE],
])('the authorities are not read again for a certificate that %s', async (_, { key, cert }) => {
  const port = await serveTls({ key, cert });
  await shakeHands(port);
  const all = jest.spyOn(authorities, 'all').mockClear();
  await shakeHands(port);
  expect(all).not.toHaveBeenCalled();
});
