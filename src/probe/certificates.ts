import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from '../observation.ts';

/** The certificates in the order in which the server sent them, its own first. */
export function sentBy(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = socket.getPeerX509Certificate(); next; next = next.issuerCertificate) chain.push(next);
  return chain;
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
    const isAnchor = (anchor: X509Certificate) => anchor.fingerprint256 === certificate.fingerprint256;
    if (anchors.some((anchor) => isAnchor(anchor) || isIssuedBy(certificate, anchor))) return path;
    current = sent.find((other) => other !== certificate && isIssuedBy(certificate, other));
  }
  return null;
}

/** A certificate; none where a bundle holds something that cannot be read, which OpenSSL passes over as well. */
function parsed(pem: string): X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function endOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo);
}

export function readCertificate(certificate: X509Certificate): Certificate {
  const { subject, issuer, subjectAltName = '', validFrom, validTo } = certificate;
  return {
    subject: onOneLine(subject),
    issuer: onOneLine(issuer),
    names: subjectAltName.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []),
    validFrom: new Date(validFrom),
    validTo: new Date(validTo),
  };
}

/** A distinguished name, which Node writes over several lines, the least specific part first, and leaves out when empty. */
function onOneLine(name = ''): string {
  return name.split('\n').reverse().join(', ');
}
