import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import tls from 'node:tls';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
// Sets the provider of @peculiar/x509.
import '../certificates.ts';
import { hostOf } from './run.ts';

const DAY_MS = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A server's certificate and the chain behind it, as data. */
export interface CertificateScript {
  /** Days from now. */
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
  readonly subject: string;
  readonly issuer: 'root' | 'itself' | 'unknown' | 'intermediate' | 'expired-intermediate' | 'ordinary' | 'missing';
  /** Bytes of the certificate that are other than they should be: where, as a share of its length, and what they are. */
  readonly patch: { readonly where: 'date' | 'name' | number; readonly bytes: string } | null;
  readonly version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
}

interface Pair {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly certificate: x509.X509Certificate;
}

const makeKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

async function authority(name: string, keys: webcrypto.CryptoKeyPair, by?: Pair, ca = true, to = 90): Promise<Pair> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: by?.certificate.subject ?? `CN=${name}`,
    notBefore: new Date(Date.now() - 400 * DAY_MS),
    notAfter: new Date(Date.now() + to * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: by?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(ca, undefined, true)],
  });
  return { keys, certificate };
}

async function prepare() {
  const [rootKeys, otherKeys, middleKeys, leafKeys] = await Promise.all([
    makeKeys(),
    makeKeys(),
    makeKeys(),
    makeKeys(),
  ]);
  const root = await authority('Fuzz Root', rootKeys);
  return {
    root,
    unknown: await authority('Other Root', otherKeys),
    intermediate: await authority('Intermediate', middleKeys, root),
    'expired-intermediate': await authority('Old Intermediate', middleKeys, root, true, -3),
    ordinary: await authority('ordinary.fuzz.test', middleKeys, root, false),
    leafKeys,
    key: x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey), 'PRIVATE KEY'),
    ca: root.certificate.toString('pem'),
  };
}

let prepared: ReturnType<typeof prepare> | undefined;
/** The keys and authorities, made once. */
export const authoritiesOfFuzz = (): ReturnType<typeof prepare> => {
  prepared ??= prepare();
  return prepared;
};

export interface FuzzIdentity {
  readonly options: tls.TlsOptions;
  readonly ca: string;
  /** Whether a client that trusts the root must take it, but for its dates. */
  readonly sound: boolean;
  readonly inTime: boolean;
}

const made = new Map<string, FuzzIdentity>();

/** The identity of a server; where the patched certificate cannot be served, the one without the patch. */
export async function identityOf(script: CertificateScript): Promise<FuzzIdentity> {
  const key = JSON.stringify(script);
  const known = made.get(key);
  if (known) return known;
  const identity = await makeIdentity(script);
  if (made.size > 500) made.clear();
  made.set(key, identity);
  return identity;
}

async function makeIdentity(script: CertificateScript): Promise<FuzzIdentity> {
  const all = await authoritiesOfFuzz();
  const { issuer, names, patch, version } = script;
  const by = issuer === 'itself' ? null : issuer === 'missing' ? all.intermediate : all[issuer];
  const subject = `CN=${
    script.subject.replace(
      /[^ -~]|[\\,+"<>;=#]/g,
      (sign) =>
        `\\${Buffer.from(sign)
          .toString('hex')
          .replace(/..(?=.)/g, '$&\\')}`,
    ) || 'x'
  }`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: by?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() + script.from * DAY_MS),
    notAfter: new Date(Date.now() + script.to * DAY_MS),
    publicKey: all.leafKeys.publicKey,
    signingKey: by?.keys.privateKey ?? all.leafKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...(names.length > 0
        ? [
            new x509.SubjectAlternativeNameExtension(
              names.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value }) as const),
            ),
          ]
        : []),
    ],
  });
  const behind =
    issuer === 'intermediate' || issuer === 'expired-intermediate' || issuer === 'ordinary'
      ? `\n${all[issuer].certificate.toString('pem')}`
      : '';
  const version3 = version === 'TLSv1.1' ? { minVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' } : {};
  const serve = (der: Buffer): tls.TlsOptions => {
    const pem = x509.PemConverter.encode(new Uint8Array(der).buffer as ArrayBuffer, 'CERTIFICATE');
    const secureContext = tls.createSecureContext({
      key: all.key,
      cert: `${pem}${behind}`,
      maxVersion: version,
      ...version3,
    });
    return { secureContext } as tls.TlsOptions;
  };
  const whole = Buffer.from(certificate.rawData);
  const signed = issuer === 'root' || issuer === 'intermediate' || issuer === 'expired-intermediate';
  const inTime = script.from < 0 && script.to > 0 && issuer !== 'expired-intermediate';
  // Without a DNS name, OpenSSL and Node go by the common name (RFC 6125 §6.4.4).
  const byCommonName = names.every((name) => /^[\d.]+$/.test(name)) && script.subject === hostOf(0);
  const named = byCommonName || names.some((name) => name === hostOf(0) || name === '*.fuzz.test');
  const rest = { ca: all.ca, inTime };
  if (patch) {
    try {
      return { options: serve(patched(whole, patch)), ...rest, sound: false };
    } catch {
      // It can be served by nobody.
    }
  }
  return { options: serve(whole), ...rest, sound: signed && named };
}

function patched(whole: Buffer, { where, bytes }: NonNullable<CertificateScript['patch']>): Buffer {
  const der = Buffer.from(whole);
  const utcTime = der.indexOf(Buffer.of(0x17, 0x0d));
  const name = der.indexOf(Buffer.of(0x06, 0x03, 0x55, 0x1d, 0x11));
  const at =
    where === 'date' ? utcTime + 2 : where === 'name' ? (name === -1 ? 40 : name + 11) : Math.floor(der.length * where);
  der.write(bytes, Math.min(Math.max(at, 4), der.length - 1), 'latin1');
  return der;
}

const HOST = hostOf(0);
const LONG = Array.from({ length: 300 }, (_, i) => `n${i}.fuzz.test`);
const ODD_NAMES = [
  '',
  '*',
  '*.test',
  'a,b.test',
  'DNS:evil.test',
  `${HOST}\0.evil.test`,
  '"quoted"',
  "x', DNS:y",
  'ü.test',
  ' ',
  '\n::error::x',
  '<script>alert(1)</script>',
  'x'.repeat(300),
  '192.0.2.1',
];

/** Certificates, of which half are what they should be in all but one thing. */
export const certificateScript: fc.Arbitrary<CertificateScript> = fc.record({
  from: fc.oneof(
    { weight: 6, arbitrary: fc.constant(-1) },
    { weight: 1, arbitrary: fc.constantFrom(-9_000, -100, 2, 300) },
  ),
  to: fc.oneof(
    { weight: 6, arbitrary: fc.constant(90) },
    { weight: 2, arbitrary: fc.constantFrom(-1, -100, 10, 0.5, 8_000, 90_000) },
  ),
  names: fc.oneof(
    { weight: 6, arbitrary: fc.constant<string[]>([HOST]) },
    { weight: 1, arbitrary: fc.constantFrom<string[]>([], ['*.fuzz.test'], ['other.test'], LONG, [...LONG, HOST]) },
    { weight: 1, arbitrary: fc.subarray([...ODD_NAMES, HOST], { minLength: 1, maxLength: 4 }) },
  ),
  subject: fc.oneof(
    { weight: 4, arbitrary: fc.constant(HOST) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES, '::error::x', '##[group]x') },
  ),
  issuer: fc.oneof(
    { weight: 5, arbitrary: fc.constant<CertificateScript['issuer']>('root') },
    {
      weight: 3,
      arbitrary: fc.constantFrom<CertificateScript['issuer']>(
        'itself',
        'unknown',
        'intermediate',
        'expired-intermediate',
        'ordinary',
        'missing',
      ),
    },
  ),
  patch: fc.option(
    fc.record({
      where: fc.oneof(fc.constantFrom<'date' | 'name'>('date', 'name'), fc.double({ min: 0, max: 1, noNaN: true })),
      bytes: fc.oneof(
        fc.constantFrom(
          'XXXXXXXXXXXXZ',
          '000000000000Z',
          '991332256199Z',
          '\xff\xff\xff\xff',
          '\0\0\0\0',
          '\x1b[2J',
          "', DNS:x",
        ),
        fc.string({ minLength: 1, maxLength: 8 }),
      ),
    }),
    { freq: 4 },
  ),
  version: fc.oneof(
    { weight: 8, arbitrary: fc.constant<CertificateScript['version']>('TLSv1.3') },
    { weight: 1, arbitrary: fc.constantFrom<CertificateScript['version']>('TLSv1.1', 'TLSv1.2') },
  ),
});
