import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { readSigning } from '../../../src/probe/tls/der.ts';
import { makeCertificate } from '../../support/certificates.ts';

const { KeyUsageFlags: Use } = x509;
const AUTHORITY = new x509.BasicConstraintsExtension(true, undefined, true);
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };
const RSA = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

async function der(extensions: x509.Extension[], algorithm: object = ECDSA, hash = 'SHA-256'): Promise<Buffer> {
  await makeCertificate();
  const keys = await webcrypto.subtle.generateKey({ ...algorithm, hash } as never, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=a',
    keys: keys as never,
    signingAlgorithm: { ...algorithm, hash } as never,
    extensions,
  });
  return new X509Certificate(made.toString('pem')).raw;
}

describe('what a certificate may sign', () => {
  test.each<[string, x509.Extension[], object]>([
    ['nothing is said', [], { isAuthority: false, signsCertificates: true, pathLength: null }],
    ['it is an authority', [AUTHORITY], { isAuthority: true, signsCertificates: true, pathLength: null }],
    ['it is none', [new x509.BasicConstraintsExtension(false)], { isAuthority: false }],
    ['none may follow', [new x509.BasicConstraintsExtension(true, 0, true)], { isAuthority: true, pathLength: 0 }],
    ['300 may follow', [new x509.BasicConstraintsExtension(true, 300)], { isAuthority: true, pathLength: 300 }],
    [
      'its key signs',
      [AUTHORITY, new x509.KeyUsagesExtension(Use.keyCertSign | Use.cRLSign, true)],
      { signsCertificates: true },
    ],
    [
      'its key signs all else',
      [AUTHORITY, new x509.KeyUsagesExtension(Use.cRLSign | Use.digitalSignature)],
      { isAuthority: true, signsCertificates: false },
    ],
    [
      'its key only agrees',
      [AUTHORITY, new x509.KeyUsagesExtension(Use.decipherOnly | Use.keyAgreement)],
      { signsCertificates: false },
    ],
  ])('is read where %s', async (_, extensions, expected) => {
    expect(readSigning(await der(extensions))).toMatchObject({ weakDigest: null, ...expected });
  });

  test.each([
    ['ECDSA', ECDSA, 'SHA-1', 'SHA-1'],
    ['ECDSA', ECDSA, 'SHA-384', null],
    ['RSA', RSA, 'SHA-1', 'SHA-1'],
    ['RSA', RSA, 'SHA-256', null],
  ])('and the digest of its signature: %s with %s', async (_, algorithm, hash, weak) => {
    expect(readSigning(await der([], algorithm, hash)).weakDigest).toBe(weak);
  });
});

describe('what is no certificate', () => {
  test.each([
    ['nothing', ''],
    ['another element', '020101'],
    ['a sequence of nothing', '3000'],
    ['a length without an end', '3084'],
    ['a length of no end', '3080'],
    ['a length of many bytes', '3088ffffffffffffffff'],
    ['one that is longer than what there is', '300502'],
  ])('is not read: %s', (_, hex) => {
    expect(() => readSigning(Buffer.from(hex, 'hex'))).toThrow();
  });

  test('and no byte of one can be cut off or changed so that it does not end', async () => {
    const whole = await der([AUTHORITY]);
    for (let at = 0; at < whole.length; at += 1) {
      expect(() => readSigning(whole.subarray(0, at))).toThrow();
      const changed = Buffer.from(whole);
      changed[at] = 0xff;
      try {
        readSigning(changed);
      } catch (error) {
        expect(String(error)).toMatch(/element|length/);
      }
    }
  });
});
