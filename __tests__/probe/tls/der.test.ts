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

describe('what is written byte by byte', () => {
  const element = (tag: string, ...parts: string[]): string => {
    const body = parts.join('');
    return tag + (body.length / 2).toString(16).padStart(2, '0') + body;
  };
  const sequence = (...parts: string[]) => element('30', ...parts);
  const SHA_256 = '2a8648ce3d040302';
  const extension = (id: string, ...value: string[]) => sequence(element('06', id), ...value);
  const constraints = (...parts: string[]) => extension('551d13', element('04', sequence(...parts)));
  const usage = (bits: string) => extension('551d0f', element('04', element('03', bits)));
  const certificate = (extensions: string[], algorithm = SHA_256, serial = '020101') =>
    sequence(
      sequence(serial, ...(extensions.length > 0 ? [element('a3', sequence(...extensions))] : [])),
      sequence(element('06', algorithm), '0500'),
      element('03', '00'),
    );
  const signing = (hex: string) => readSigning(Buffer.from(hex, 'hex'));
  const NOTHING_SAID = { weakDigest: null, isAuthority: false, signsCertificates: true, pathLength: null };

  test.each([
    ['2a864886f70d010102', 'MD2'],
    ['2a864886f70d010104', 'MD5'],
    ['2a864886f70d010105', 'SHA-1'],
    ['2a8648ce380403', 'SHA-1'],
    ['2a8648ce3d0401', 'SHA-1'],
    ['2b0e03021d', 'SHA-1'],
    [SHA_256, null],
  ])('the algorithm %s is weak by %s', (algorithm, weakDigest) => {
    expect(signing(certificate([], algorithm))).toEqual({ ...NOTHING_SAID, weakDigest });
  });

  test.each<[string, string[], object]>([
    ['no extension', [], {}],
    ['another extension', [extension('551d11', element('04', '3000'))], {}],
    ['empty constraints', [constraints()], {}],
    ['a CA that is false', [constraints('010100')], {}],
    ['a CA that is true', [constraints('0101ff')], { isAuthority: true }],
    ['a CA that is true in BER', [constraints('010101')], { isAuthority: true }],
    ['a length of none', [constraints('0101ff', '020100')], { isAuthority: true, pathLength: 0 }],
    ['a length of two bytes', [constraints('0101ff', '02020102')], { isAuthority: true, pathLength: 258 }],
    ['a length without a CA', [constraints('020105')], { pathLength: 5 }],
    ['a critical extension', [sequence('0603551d13', '0101ff', element('04', '30030101ff'))], { isAuthority: true }],
    ['a key that signs certificates', [usage('0204')], {}],
    ['a key that signs all', [usage('00ff')], {}],
    ['a key that signs all but certificates', [usage('00fb')], { signsCertificates: false }],
    ['a key for nothing', [usage('00')], { signsCertificates: false }],
    ['several extensions', [usage('00fb'), constraints('0101ff')], { isAuthority: true, signsCertificates: false }],
  ])('with %s', (_, extensions, expected) => {
    expect(signing(certificate(extensions))).toEqual({ ...NOTHING_SAID, ...expected });
  });

  test.each([
    ['one byte', '0281', '7f'],
    ['one byte that is needed', '0281', '80'],
    ['two bytes', '0282', '0102'],
    ['four bytes', '0284', '00000103'],
  ])('with a length of %s', (_, head, length) => {
    const serial = head + length + 'aa'.repeat(Number.parseInt(length, 16));
    const body = serial + element('a3', sequence(constraints('0101ff')));
    const long = (hex: string) => `3082${(hex.length / 2).toString(16).padStart(4, '0')}${hex}`;
    const whole = long(long(body) + sequence(element('06', SHA_256)) + element('03', '00'));
    expect(signing(whole)).toEqual({ ...NOTHING_SAID, isAuthority: true });
  });

  test.each([
    ['nothing', '', 'no element with the tag 48'],
    ['a set', '3100', 'no element with the tag 48'],
    ['a tag alone', '30', 'an element without an end'],
    ['a length without its bytes', '308201', 'an element without an end'],
    ['a length of no end', '3080', 'a length that DER does not have'],
    ['a length of five bytes', '308500000000000000', 'a length that DER does not have'],
    ['an element that is one byte short', '3002aa', 'an element that is longer than what holds it'],
    ['no algorithm', sequence('3000'), 'no element with the tag 48'],
    ['an algorithm without an identifier', sequence('3000', '3000'), 'no element with the tag 6'],
    ['no set of extensions', sequence(sequence('a300'), sequence('06012a')), 'no element with the tag 48'],
    ['an extension that is none', certificate(['0500']), 'no element with the tag 48'],
    ['an extension without an identifier', certificate([sequence('0400')]), 'no element with the tag 6'],
    ['an extension without a value', certificate([sequence('0603551d13')]), 'no element with the tag 4'],
    ['constraints that are none', certificate([extension('551d13', '04020500')]), 'no element with the tag 48'],
    ['a use that is none', certificate([extension('551d0f', '04020500')]), 'no element with the tag 3'],
  ])('and not with %s', (_, hex, problem) => {
    expect(() => signing(hex)).toThrow(problem);
  });
});
