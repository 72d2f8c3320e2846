import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import type { Certificate } from '../observation.ts';

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
 * taken for `instead`, so that a bad certificate is something to tell of and no defect of ours.
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
  const anchors = authorities.flatMap(parsed);
  const path: X509Certificate[] = [];
  for (let current = sent[0]; current && !path.includes(current); ) {
    const certificate: X509Certificate = current;
    path.push(certificate);
    const isAnchor = (anchor: X509Certificate) => reading(() => anchor.raw.equals(certificate.raw), false);
    if (anchors.some((anchor) => isAnchor(anchor) || isIssuedBy(certificate, anchor))) return path;
    current = sent.find((other) => other !== certificate && isIssuedBy(certificate, other));
  }
  return null;
}

/** A certificate; none where a bundle holds something that cannot be read, which OpenSSL passes over as well. */
function parsed(pem: string): X509Certificate[] {
  return reading(() => [new X509Certificate(pem)], []);
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
    names: names.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []),
    validFrom: dateOf(() => certificate.validFrom),
    validTo: dateOf(() => certificate.validTo),
  };
}

function dateOf(read: () => string): Date {
  return new Date(reading(read, ''));
}

/** A distinguished name, which Node writes over several lines, the least specific part first, and leaves out when empty. */
function onOneLine(name = ''): string {
  return name.split('\n').reverse().join(', ');
}
