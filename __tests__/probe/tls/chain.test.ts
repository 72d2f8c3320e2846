import 'reflect-metadata';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import tls, { type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import {
  isFor,
  leastBits,
  neededOf,
  readCertificate,
  sentBy,
  trustedPath,
  trustIn,
} from '../../../src/probe/tls/chain.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { type LoopbackServer, loopbackServer } from '../../support/servers.ts';

const DAY_MS = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const AUTHORITY = new x509.BasicConstraintsExtension(true, undefined, true);

interface Written {
  readonly subject?: string;
  readonly issuer?: string;
  readonly names?: ConstructorParameters<typeof x509.SubjectAlternativeNameExtension>[0];
  readonly from?: Date;
  readonly to?: Date;
  readonly extensions?: x509.Extension[];
  readonly hash?: string;
}

/** A certificate for the keys of one identity, signed with those of another. */
async function written(
  { keys, certificate }: Identity,
  by: Identity,
  {
    subject = certificate.subject,
    issuer = by.certificate.subject,
    names,
    from = certificate.notBefore,
    to = certificate.notAfter,
    extensions,
    hash = 'SHA-256',
  }: Written = {},
): Promise<X509Certificate> {
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer,
    notBefore: from,
    notAfter: to,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: { ...ALGORITHM, hash },
    extensions: extensions ?? [
      // A certificate of an authority's key is an authority's.
      ...(certificate.getExtension(x509.BasicConstraintsExtension)?.ca ? [AUTHORITY] : []),
      ...(names ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return new X509Certificate(made.toString('pem'));
}

const read = ({ certificate }: Identity) => new X509Certificate(certificate.toString('pem'));
const endsIn = (days: number) => ({ to: new Date(Date.now() + days * DAY_MS) });
const subjects = (chain: readonly X509Certificate[] | null) => chain?.map(({ subject }) => subject.slice(3)) ?? null;

const [root, stranger, namesake, anyone] = await Promise.all([
  makeAuthority('Root'),
  makeAuthority('Stranger'),
  makeAuthority('Root'),
  makeCertificate(),
]);
const upper = await makeCertificate({ names: ['Upper'], issuer: root, isCa: true, to: 900 });
const lower = await makeCertificate({ names: ['Lower'], issuer: upper, isCa: true, to: 800 });
const leaf = await makeCertificate({ names: ['Leaf'], issuer: lower, to: 90 });
const otherLower = await makeCertificate({ names: ['Lower'], issuer: stranger, isCa: true });
const LEAF = read(leaf);
const LOWER = read(lower);
const UPPER = read(upper);
const ROOT = read(root);
const STRANGER = read(stranger);
const pem = (certificate: X509Certificate) => certificate.toString();
const pems = (chain: readonly X509Certificate[] | null) => chain?.map(pem) ?? null;

describe('a certificate is read', () => {
  test.each<[string, Written['names'], string[]]>([
    ['without names', undefined, []],
    ['with a name', [{ type: 'dns', value: 'mail.example.com' }], ['mail.example.com']],
    [
      'with several, in their order',
      [
        { type: 'dns', value: 'mx.example.com' },
        { type: 'dns', value: '*.example.com' },
        { type: 'dns', value: 'a.example.com' },
      ],
      ['mx.example.com', '*.example.com', 'a.example.com'],
    ],
    [
      'with addresses',
      [
        { type: 'ip', value: '192.0.2.25' },
        { type: 'ip', value: '2001:db8::7' },
      ],
      ['192.0.2.25', '2001:DB8:0:0:0:0:0:7'],
    ],
    [
      'without what names no host',
      [
        { type: 'email', value: 'ada@example.com' },
        { type: 'dns', value: 'mail.example.com' },
        { type: 'url', value: 'https://example.com/DNS:evil' },
        { type: 'dn', value: 'CN=DNS:evil.example' },
      ],
      ['mail.example.com'],
    ],
  ])('%s', async (_, names, expected) => {
    expect(readCertificate(await written(anyone, anyone, names ? { names } : {})).names).toEqual(expected);
  });

  test('and a comma in a name does not make two of it', async () => {
    const names = [{ type: 'dns', value: 'a.example, DNS:evil.example, DNS:b.example' } as const];
    const found = readCertificate(await written(anyone, anyone, { names })).names;
    expect(found).toEqual([expect.stringMatching(/a\.example.+evil\.example.+b\.example/)]);
  });

  test.each([
    ['CN=mail', 'CN=mail'],
    ['C=US, O=Example Inc, OU=Mail, CN=mail.example.com', 'CN=mail.example.com, OU=Mail, O=Example Inc, C=US'],
    ['O=Let’s Encrypt, CN=R11', 'CN=R11, O=Let’s Encrypt'],
    ['O=Example\\, Inc, CN=a', 'CN=a, O=Example\\, Inc'],
  ])('whose subject or issuer is %j', async (name, expected) => {
    const certificate = await written(anyone, root, { subject: name, issuer: 'O=Issuer, CN=I' });
    expect(readCertificate(certificate)).toMatchObject({ subject: expected, issuer: 'CN=I, O=Issuer' });
    const issued = await written(anyone, root, { subject: 'O=Subject, CN=S', issuer: name });
    expect(readCertificate(issued)).toMatchObject({ subject: 'CN=S, O=Subject', issuer: expected });
  });

  test('of which nothing can be read, as one without names and dates', () => {
    const unreadable = new Proxy(LEAF, {
      get() {
        throw new Error('Failed to format');
      },
    });
    const { validFrom, validTo, ...rest } = readCertificate(unreadable);
    expect(rest).toEqual({ subject: '', issuer: '', names: [] });
    expect([+validFrom, +validTo]).toEqual([Number.NaN, Number.NaN]);
    expect(isFor(unreadable, 'Leaf')).toBe(false);
    expect(trustedPath([unreadable, LOWER], [pem(ROOT)])).toBeNull();
    expect(neededOf([unreadable, LOWER], () => [pem(ROOT)])[0]).toBe(unreadable);
    const socket = { getPeerX509Certificate: () => unreadable } as unknown as TLSSocket;
    const sent = sentBy(socket);
    expect([sent.length, sent[0] === unreadable]).toEqual([1, true]);
  });

  // RFC 5280 §4.1.2.6: the names may be in the extension alone.
  test('that has no subject', async () => {
    const names = [{ type: 'dns', value: 'mail.example.com' } as const];
    const certificate = await written(anyone, root, { subject: '', names });
    expect(readCertificate(certificate)).toMatchObject({
      subject: '',
      issuer: 'CN=Root',
      names: ['mail.example.com'],
    });
  });

  test.each([
    ['2026-01-02T03:04:05Z', '2026-12-31T23:59:59Z'],
    ['1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z'],
    ['2024-02-29T12:00:00Z', '2049-12-31T23:59:59Z'],
    ['2050-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
  ])('that is valid from %s to %s', async (from, to) => {
    const certificate = await written(anyone, anyone, { from: new Date(from), to: new Date(to) });
    expect(readCertificate(certificate)).toMatchObject({ validFrom: new Date(from), validTo: new Date(to) });
  });
});

describe('what a server sent', () => {
  const open: { destroy(): void }[] = [];
  const servers: LoopbackServer[] = [];
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) await server.close();
  });

  /** The two ends of a connection to a server that sends these certificates. */
  async function connected(certificates: readonly X509Certificate[]): Promise<{ ours: TLSSocket; theirs: TLSSocket }> {
    let accept = (_: TLSSocket) => {};
    const accepted = new Promise<TLSSocket>((resolve) => {
      accept = resolve;
    });
    const server = tls.createServer({ key: leaf.key, cert: certificates.map(pem).join('') });
    const listening = await loopbackServer((socket) => accept(socket as TLSSocket), { server });
    servers.push(listening);
    const ours = tls.connect({ host: '127.0.0.1', port: listening.port, rejectUnauthorized: false });
    open.push(ours);
    await once(ours, 'secureConnect');
    return { ours, theirs: await accepted };
  }

  test.each([
    ['alone', [LEAF]],
    ['with what is behind it', [LEAF, LOWER, UPPER]],
    ['with its root', [LEAF, LOWER, UPPER, ROOT]],
    ['out of order, with what has nothing to do with it', [LEAF, ROOT, STRANGER, UPPER, LOWER]],
    ['with one twice', [LEAF, LOWER, LOWER]],
  ])('is told as it was sent: its own %s', async (_, certificates) => {
    const { ours } = await connected(certificates);
    expect(pems(sentBy(ours))).toEqual(pems(certificates));
  });

  test('is nothing where no certificate was sent', async () => {
    const { theirs } = await connected([LEAF]);
    expect(sentBy(theirs)).toEqual([]);
  });
});

describe('a way to an authority', () => {
  test.each<[string, X509Certificate[], X509Certificate[], string[]]>([
    ['through those that were sent', [LEAF, LOWER, UPPER], [ROOT], ['Leaf', 'Lower', 'Upper']],
    ['in whatever order', [LEAF, UPPER, LOWER], [ROOT], ['Leaf', 'Lower', 'Upper']],
    ['past those that are none of it', [LEAF, STRANGER, LOWER, ROOT, UPPER], [ROOT], ['Leaf', 'Lower', 'Upper']],
    ['past another of the same name', [LEAF, read(otherLower), LOWER, UPPER], [ROOT], ['Leaf', 'Lower', 'Upper']],
    ['among several authorities', [LEAF, LOWER, UPPER], [STRANGER, ROOT], ['Leaf', 'Lower', 'Upper']],
    ['that is an intermediate one', [LEAF, LOWER, UPPER], [UPPER], ['Leaf', 'Lower']],
    ['that has issued the server’s own', [LEAF, LOWER, UPPER], [LOWER], ['Leaf']],
    ['that the server’s own is', [LEAF, LOWER, UPPER], [LEAF], ['Leaf']],
    ['that need not be sent', [LEAF], [LOWER], ['Leaf']],
    ['that has signed itself', [ROOT], [ROOT], ['Root']],
  ])('is found: %s', (_, sent, anchors, expected) => {
    expect(subjects(trustedPath(sent, anchors.map(pem)))).toEqual(expected);
  });

  test.each<[string, X509Certificate[], X509Certificate[]]>([
    ['nothing was sent', [], [ROOT]],
    ['nobody is trusted', [LEAF, LOWER, UPPER, ROOT], []],
    ['another is trusted', [LEAF, LOWER, UPPER, ROOT], [STRANGER]],
    ['one of the same name is trusted', [LEAF, LOWER, UPPER, ROOT], [read(namesake)]],
    ['the first intermediate is missing', [LEAF, UPPER], [ROOT]],
    ['the last intermediate is missing', [LEAF, LOWER], [ROOT]],
    ['only what has nothing to do with it is trusted', [LEAF, STRANGER], [STRANGER]],
    ['it has signed itself', [STRANGER], [ROOT]],
    ['its root was sent twice', [LEAF, LOWER, UPPER, ROOT, read(root)], [STRANGER]],
  ])('is not found where %s', (_, sent, anchors) => {
    expect(trustedPath(sent, anchors.map(pem))).toBeNull();
  });

  test('ends at an authority that another has signed too, whichever of the two was sent', async () => {
    const crossed = await written(root, stranger);
    expect(subjects(trustedPath([LEAF, LOWER, UPPER, crossed], [pem(ROOT)]))).toEqual(['Leaf', 'Lower', 'Upper']);
    expect(subjects(trustedPath([LEAF, LOWER, UPPER, crossed], [pem(STRANGER)]))).toEqual([
      'Leaf',
      'Lower',
      'Upper',
      'Root',
    ]);
  });

  test('leads from one that has signed itself to another that has signed it too', async () => {
    const sent = [LEAF, LOWER, UPPER, ROOT, await written(root, stranger)];
    expect(pems(trustedPath(sent, [pem(STRANGER)]))).toEqual(pems(sent));
  });

  test('does not go round in circles', async () => {
    const [first, second] = await Promise.all([written(root, stranger), written(stranger, root)]);
    const child = read(await makeCertificate({ names: ['Child'], issuer: root }));
    expect(trustedPath([child, first, second], [pem(read(namesake))])).toBeNull();
    expect(subjects(trustedPath([child, first, second], [pem(STRANGER)]))).toEqual(['Child', 'Root']);
  });

  test('needs the name of the authority as well as its key', async () => {
    const renamed = await written(root, root, { subject: 'CN=Renamed', issuer: 'CN=Renamed' });
    expect(trustedPath([UPPER], [pem(renamed)])).toBeNull();
  });

  test('is not lost over an authority of the same name whose key is of another kind', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = await x509.PublicKey.create(publicKey.export({ type: 'spki', format: 'der' }));
    const made = await x509.X509CertificateGenerator.create({
      subject: 'CN=Root',
      issuer: 'CN=Root',
      notBefore: root.certificate.notBefore,
      notAfter: root.certificate.notAfter,
      publicKey: rsa,
      signingKey: namesake.keys.privateKey,
      signingAlgorithm: ALGORITHM,
    });
    const other = made.toString('pem');
    expect(trustedPath([UPPER], [other])).toBeNull();
    expect(subjects(trustedPath([UPPER], [other, pem(ROOT)]))).toEqual(['Upper']);
  });

  // OpenSSL passes over it in a file of authorities.
  test('is not lost over an authority that cannot be parsed', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    expect(subjects(trustedPath([UPPER], [broken, pem(ROOT)]))).toEqual(['Upper']);
  });
});

describe('of what was sent, a client needs', () => {
  const forRoot = () => [pem(ROOT)];

  test.each<[string, X509Certificate[]]>([
    ['nothing of nothing', []],
    ['the one', [LEAF]],
    ['all that end later', [LEAF, LOWER, UPPER, ROOT, STRANGER]],
    ['all that end with it', [LEAF, LEAF]],
  ])('%s, and nobody asks for the authorities', (_, sent) => {
    const authorities = jest.fn(forRoot);
    expect(pems(neededOf(sent, authorities))).toEqual(pems(sent));
    expect(authorities).not.toHaveBeenCalled();
  });

  test.each<[string, number]>([
    ['has expired', -2],
    ['ends before the server’s own', 30],
  ])('no cross-signature behind a trusted authority, where it %s', async (_, days) => {
    const crossed = await written(root, stranger, endsIn(days));
    expect(subjects(neededOf([LEAF, LOWER, UPPER, crossed], forRoot))).toEqual(['Leaf', 'Lower', 'Upper']);
  });

  test('every intermediate on the way, though one ends first', async () => {
    const short = await written(upper, root, endsIn(10));
    const sent = [LEAF, LOWER, short, STRANGER];
    expect(pems(neededOf(sent, forRoot))).toEqual(pems([LEAF, LOWER, short]));
  });

  test('everything, where no way leads to an authority', async () => {
    const crossed = await written(root, stranger, endsIn(-2));
    const sent = [LEAF, LOWER, UPPER, crossed];
    expect(pems(neededOf(sent, () => []))).toEqual(pems(sent));
    expect(pems(neededOf(sent, () => [pem(read(namesake))]))).toEqual(pems(sent));
  });
});

describe('trust in a chain, whatever its dates', () => {
  const { KeyUsageFlags: Use } = x509;
  const constraint = (ca: boolean, length?: number) => new x509.BasicConstraintsExtension(ca, length, true);
  const server = (...usages: string[]) => new x509.ExtendedKeyUsageExtension(usages);

  test.each<[string, boolean, x509.Extension[]]>([
    ['an authority', true, [AUTHORITY]],
    ['an authority that may sign', true, [AUTHORITY, new x509.KeyUsagesExtension(Use.keyCertSign)]],
    ['an authority before no other', true, [constraint(true, 0)]],
    ['an ordinary certificate', false, [constraint(false)]],
    ['one that says nothing of what it is', false, []],
    ['an authority whose key may not sign', false, [AUTHORITY, new x509.KeyUsagesExtension(Use.cRLSign)]],
  ])('is there or not where the issuer is %s: %s', async (_, anchored, extensions) => {
    const issuer = await written(lower, root, { extensions });
    expect(trustIn([LEAF, issuer], [pem(ROOT)])).toEqual({ anchored, weak: null });
    // What is trusted itself is held to the same.
    expect(trustIn([LEAF], [pem(issuer)]).anchored).toBe(anchored);
  });

  test.each([
    [0, false],
    [1, true],
  ])('counts the authorities on the way: %d are allowed behind the second', async (length, anchored) => {
    const second = await written(upper, root, { extensions: [constraint(true, length)] });
    expect(trustIn([LEAF, LOWER, second], [pem(ROOT)]).anchored).toBe(anchored);
  });

  test.each<[string, string[], boolean]>([
    ['servers', ['1.3.6.1.5.5.7.3.1'], true],
    ['clients and servers', ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'], true],
    // OpenSSL does not take it for a server's.
    ['anything', ['2.5.29.37.0'], false],
    ['clients', ['1.3.6.1.5.5.7.3.2'], false],
  ])('needs a certificate for servers: one for %s', async (_, usages, anchored) => {
    const certificate = await written(leaf, root, { extensions: [server(...usages)] });
    expect(trustIn([certificate], [pem(ROOT)]).anchored).toBe(anchored);
  });

  test('tells of a weak signature, but for that of what is trusted itself', async () => {
    const weakLeaf = await written(leaf, root, { hash: 'SHA-1' });
    const weakRoot = await written(root, root, { hash: 'SHA-1' });
    const strongLeaf = await written(leaf, root);
    expect(trustIn([weakLeaf], [pem(ROOT)])).toMatchObject({
      anchored: true,
      weak: { errno: 'CA_MD_TOO_WEAK', weakness: 'a signature with SHA-1', certificate: { subject: 'CN=Leaf' } },
    });
    expect(trustIn([strongLeaf], [pem(weakRoot)])).toEqual({ anchored: true, weak: null });
  });

  test('tells of no weak signature where the server’s own certificate is what is trusted', async () => {
    const weak = await written(root, root, { hash: 'SHA-1' });
    expect(trustIn([weak], [pem(weak)])).toEqual({ anchored: true, weak: null });
    expect(trustIn([weak, LEAF], [pem(weak)])).toEqual({ anchored: true, weak: null });
  });

  test('needs every certificate on the way to be one for servers', async () => {
    const clients = await written(lower, root, { extensions: [AUTHORITY, server('1.3.6.1.5.5.7.3.2')] });
    expect(trustIn([LEAF, clients], [pem(ROOT)])).toEqual({ anchored: false, weak: null });
    const servers = await written(lower, root, { extensions: [AUTHORITY, server('1.3.6.1.5.5.7.3.1')] });
    expect(trustIn([LEAF, servers], [pem(ROOT)])).toEqual({ anchored: true, weak: null });
  });

  /** The same certificate, of which these are different. */
  const changed = (certificate: X509Certificate, over: Partial<Record<keyof X509Certificate, () => unknown>>) =>
    Object.defineProperties(
      new X509Certificate(certificate.raw),
      Object.fromEntries(Object.entries(over).map(([name, get]) => [name, { get }])),
    );
  const unreadable = () => {
    throw new Error('Failed to format');
  };

  test('does not end where the extensions or the key of one cannot be read', () => {
    const noDer = { raw: () => Buffer.from('3000', 'hex') };
    expect(trustIn([changed(LEAF, noDer)], [pem(LOWER)])).toEqual({ anchored: true, weak: null });
    expect(trustIn([LEAF, changed(LOWER, noDer), UPPER], [pem(ROOT)])).toEqual({ anchored: false, weak: null });
    expect(trustIn([changed(LEAF, { publicKey: unreadable })], [pem(LOWER)])).toEqual({ anchored: true, weak: null });
    expect(trustIn([changed(LEAF, { keyUsage: unreadable })], [pem(LOWER)]).anchored).toBe(false);
  });

  test.each([
    ['1.1.1', 1024, 160],
    ['1.2.0', 1024, 160],
    ['3.0.13', 1024, 160],
    ['3.1.9', 1024, 160],
    ['3.2.0', 2048, 224],
    ['3.5.1', 2048, 224],
    ['4.0.0', 2048, 224],
  ])('and OpenSSL %s wants at least %d bits of RSA, and %d of a curve', (version, rsa, ec) => {
    expect(leastBits(version)).toEqual({ rsa, ec });
  });

  const LEAST = leastBits(process.versions.openssl);
  const RSA = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey;
  const EC = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey;
  test.each<[string, () => unknown, string | null]>([
    ['RSA with 768 bits', () => RSA(768), 'a key of 768 bits'],
    ['RSA with 2,048 bits', () => RSA(2048), null],
    ['RSA with no more bits than are needed', () => RSA(LEAST.rsa), null],
    ['a curve of 112 bits', () => EC('secp112r1'), 'a key on the curve secp112r1'],
    ['a curve of no more bits than are needed', () => EC(`secp${LEAST.ec}r1`), null],
    ['a curve of 256 bits', () => EC('prime256v1'), null],
    ['a curve without a number', () => generateKeyPairSync('ed25519').publicKey, null],
  ])('tells of a short key: %s', (_, make, weakness) => {
    const key = make();
    const weak = (errno: string, subject: string) =>
      weakness === null ? null : { errno, weakness, certificate: { subject } };
    const own = trustIn([changed(LEAF, { publicKey: () => key })], [pem(LOWER)]).weak;
    const leaf = weak('EE_KEY_TOO_SMALL', 'CN=Leaf');
    if (leaf) expect(own).toMatchObject(leaf);
    else expect(own).toBeNull();
    // The key that is judged is not the one that has signed.
    const asked = jest.fn().mockReturnValueOnce(LOWER.publicKey).mockReturnValue(key);
    const authority = trustIn([LEAF, changed(LOWER, { publicKey: asked }), UPPER], [pem(ROOT)]).weak;
    const lower = weak('CA_KEY_TOO_SMALL', 'CN=Lower');
    if (lower) expect(authority).toMatchObject(lower);
    else expect(authority).toBeNull();
  });
});
