import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);
const DAY = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** What `tls.createSecureContext` takes, and what was made of it. */
export interface Identity {
  readonly key: string;
  /** The certificate, with the intermediates behind it. */
  readonly cert: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface LeafOptions {
  /** Subject alternative names; the first is the common name. */
  readonly names?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly issuer?: Identity;
  readonly isCa?: boolean;
}

/** A certificate; self-signed when it has no issuer. */
export async function makeCertificate({
  names = ['localhost', '127.0.0.1'],
  from = -1,
  to = 90,
  issuer,
  isCa = false,
}: LeafOptions = {}): Promise<Identity> {
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const subject = `CN=${names[0] ?? 'nobody'}`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() + from * DAY),
    notAfter: new Date(Date.now() + to * DAY),
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(isCa, undefined, true),
      ...(isCa
        ? []
        : [
            new x509.SubjectAlternativeNameExtension(
              names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const),
            ),
          ]),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const chain = issuer && !isRoot(issuer.certificate) ? `\n${issuer.cert}` : '';
  return { key, cert: `${certificate.toString('pem')}${chain}`, certificate, keys };
}

/** A certificate authority of its own. */
export const makeAuthority = (name = 'Test CA'): Promise<Identity> =>
  makeCertificate({ names: [name], isCa: true, to: 3650 });

function isRoot(certificate: x509.X509Certificate): boolean {
  return certificate.subject === certificate.issuer;
}
