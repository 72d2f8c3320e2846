import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import type { Certificate, CertificateDigests, Weak } from '../../model/observation.ts';
import { readSigning, type Signing } from './der.ts';

/** The certificates in the order in which the server sent them, its own first. */
export function sentBy(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  const first = reading(() => socket.getPeerX509Certificate(), undefined);
  for (let next = first; next; next = issuerOf(next)) chain.push(next);
  return chain;
}

function issuerOf(certificate: X509Certificate): X509Certificate | undefined {
  return reading(() => certificate.issuerCertificate, undefined);
}

/**
 * Node formats a certificate's fields when they are asked for, and throws at what OpenSSL cannot read: such a field is
 * taken for `instead`, so that a bad certificate is a finding and no internal error.
 */
function reading<T>(read: () => T, instead: T): T {
  try {
    return read();
  } catch {
    return instead;
  }
}

/** Whether a certificate is for a name (RFC 6125); one that cannot be read is for nobody. */
export function isFor(certificate: X509Certificate, name: string): boolean {
  return reading(() => checkServerIdentity(name, certificate.toLegacyObject()) === undefined, false);
}

/**
 * The certificates that a client needs of those that were sent: an old cross-signature behind an authority that is
 * trusted anyway may expire without harm. The authorities are read only when that can make a difference.
 */
export function neededOf(sent: X509Certificate[], authorities: () => readonly string[]): X509Certificate[] {
  const [leaf, ...others] = sent;
  if (!leaf || others.every((other) => endOf(other) >= endOf(leaf))) return sent;
  return trustedPath(sent, authorities()) ?? sent;
}

/** The way from the server's certificate to an authority, as far as it was sent; `null` when there is none. */
export function trustedPath(
  sent: readonly X509Certificate[],
  authorities: readonly string[],
): X509Certificate[] | null {
  return wayToTrust(sent, authorities)?.path ?? null;
}

/** What holds of a chain whose dates, or whose strength, OpenSSL finds fault with. */
export function trustIn(
  sent: readonly X509Certificate[],
  authorities: readonly string[],
): { anchored: boolean; weak: Weak | null } {
  const way = wayToTrust(sent, authorities);
  if (!way) return { anchored: false, weak: null };
  const chain = way.path.at(-1) === way.anchor ? way.path : [...way.path, way.anchor];
  // Nobody relies on the signature of what is trusted itself.
  const weak = chain.flatMap((certificate, i) => weaknessOf(certificate, i, i < chain.length - 1));
  return { anchored: way.path.every(isForServers), weak: weak[0] ?? null };
}

/** A path as `trustedPath` has it, and the authority that it ends at, which may be the last of the path. */
function wayToTrust(
  sent: readonly X509Certificate[],
  authorities: readonly string[],
): { path: X509Certificate[]; anchor: X509Certificate } | null {
  const anchors = authorities.flatMap(parsed);
  const path: X509Certificate[] = [];
  for (let current = sent[0]; current && !path.includes(current); ) {
    const certificate: X509Certificate = current;
    const below = path.length;
    path.push(certificate);
    if (anchors.some((anchor) => reading(() => anchor.raw.equals(certificate.raw), false))) {
      return { path, anchor: certificate };
    }
    const issuer = (other: X509Certificate) => isIssuedBy(certificate, other) && mayIssue(other, below);
    const anchor = anchors.find(issuer);
    if (anchor) return { path, anchor };
    current = sent.find((other) => other !== certificate && issuer(other));
  }
  return null;
}

/** Whether a certificate may sign others, with so many authorities between it and a server's (RFC 5280 §6.1.4). */
function mayIssue(certificate: X509Certificate, below: number): boolean {
  const signing = signingOf(certificate);
  if (!signing) return false;
  const { isAuthority, signsCertificates, pathLength } = signing;
  return isAuthority && signsCertificates && (pathLength === null || below <= pathLength);
}

function signingOf(certificate: X509Certificate): Signing | null {
  return reading(() => readSigning(certificate.raw), null);
}

/** The extended key usage of a TLS server (RFC 5280 §4.2.1.12), which OpenSSL wants of authorities on the way as well. */
const FOR_SERVERS = '1.3.6.1.5.5.7.3.1';

function isForServers(certificate: X509Certificate): boolean {
  // Node has none where the extension is missing, whatever its types say.
  const usages = reading(() => certificate.keyUsage as string[] | undefined, []);
  return usages === undefined || usages.includes(FOR_SERVERS);
}

/** The fewest bits of a key that a version of OpenSSL accepts: security level 2 from 3.2 on, and level 1 before. */
export function leastBits(version: string): { readonly rsa: number; readonly ec: number } {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 2) ? { rsa: 2048, ec: 224 } : { rsa: 1024, ec: 160 };
}

const LEAST = leastBits(process.versions.openssl);

function weaknessOf(certificate: X509Certificate, position: number, isRelied: boolean): Weak[] {
  const at = readCertificate(certificate);
  const digest = isRelied ? signingOf(certificate)?.weakDigest : null;
  const key = reading(() => certificate.publicKey, null);
  const { modulusLength = LEAST.rsa, namedCurve } = key?.asymmetricKeyDetails ?? {};
  const curveBits = Number(/\d{3}/.exec(namedCurve ?? '')?.[0] ?? LEAST.ec);
  const errno = position === 0 ? 'EE_KEY_TOO_SMALL' : 'CA_KEY_TOO_SMALL';
  return [
    ...(modulusLength < LEAST.rsa ? [{ errno, weakness: `a key of ${modulusLength} bits`, certificate: at }] : []),
    ...(curveBits < LEAST.ec ? [{ errno, weakness: `a key on the curve ${namedCurve}`, certificate: at }] : []),
    ...(digest ? [{ errno: 'CA_MD_TOO_WEAK', weakness: `a signature with ${digest}`, certificate: at }] : []),
  ];
}

/** The authorities that were read: there are some hundred, the same ones for every chain that does not verify. */
const read = new Map<string, X509Certificate[]>();
const MOST_READ = 1_000;

/** A certificate; none where a bundle holds something that cannot be read, which OpenSSL passes over as well. */
function parsed(pem: string): X509Certificate[] {
  const known = read.get(pem);
  if (known) return known;
  const certificates = reading(() => [new X509Certificate(pem)], []);
  if (read.size >= MOST_READ) read.clear();
  read.set(pem, certificates);
  return certificates;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return reading(() => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey), false);
}

function endOf(certificate: X509Certificate): number {
  return +dateOf(() => certificate.validTo);
}

/** What of a certificate can be read: empty, or an invalid date, where a field cannot. */
export function readCertificate(certificate: X509Certificate): Certificate {
  const names = reading(() => certificate.subjectAltName, '') ?? '';
  return {
    subject: onOneLine(reading(() => certificate.subject, '')),
    issuer: onOneLine(reading(() => certificate.issuer, '')),
    names: names.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)/.exec(entry)?.[1] ?? []),
    validFrom: dateOf(() => certificate.validFrom),
    validTo: dateOf(() => certificate.validTo),
  };
}

/** A certificate and what TLSA records name it by; what cannot be read has digests that nothing matches. */
export function readWithDigests(certificate: X509Certificate): Certificate {
  const whole = reading(() => certificate.raw, null);
  const key = reading(() => certificate.publicKey.export({ type: 'spki', format: 'der' }), null);
  return { ...readCertificate(certificate), digests: { whole: digestsOf(whole), key: digestsOf(key) } };
}

function digestsOf(bytes: Buffer | null): CertificateDigests['key'] {
  if (bytes === null) return { sha256: '', sha512: '' };
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  return { sha256: digest('sha256'), sha512: digest('sha512') };
}

function dateOf(read: () => string): Date {
  return new Date(reading(read, ''));
}

/** A distinguished name, which Node writes over several lines, the least specific part first, and leaves out when empty. */
function onOneLine(name = ''): string {
  return name.split('\n').reverse().join(', ');
}
