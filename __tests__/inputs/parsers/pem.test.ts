import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { certificates, isKeyOf, privateKey } from '../../../src/inputs/parsers/pem.ts';
import { isPemText } from '../../../src/shared/pem.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { problemOf } from '../../support/problems.ts';

let ca: Identity;
let one: Identity;
let other: Identity;
let folder: string;

beforeAll(async () => {
  [ca, one, other] = await Promise.all([makeAuthority(), makeCertificate(), makeCertificate()]);
  folder = mkdtempSync(join(tmpdir(), 'smtp-gate-pem-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The path of a new file that holds a text. */
function file(text: string): string {
  const path = join(folder, `${Math.random()}.pem`);
  writeFileSync(path, text);
  return path;
}

const BROKEN = '-----BEGIN CERTIFICATE-----\nQUJDREVGR0hJSktMTU5PUFFS\n-----END CERTIFICATE-----';
/** Every run of base64 that a problem must not repeat. */
const contents = (pem: string) => pem.split('\n').filter((line) => line.length > 8 && !line.startsWith('-----'));
const expectNothingOf = (pem: string, problem: string) => {
  for (const line of contents(pem)) expect(problem).not.toContain(line.slice(0, 12));
};

/** Ways to give a PEM: what is given, and what is read. */
const WAYS: readonly (readonly [string, (pem: string) => string, (pem: string) => string])[] = [
  ['as text', (pem) => pem, (pem) => pem],
  ['as the path of a file', file, (pem) => pem],
  ['with its line ends as two characters', (pem) => pem.replaceAll('\n', '\\n'), (pem) => pem],
  ['with CR LF', (pem) => pem.replaceAll('\n', '\r\n'), (pem) => pem.replaceAll('\n', '\r\n')],
  ['with other text before it', (pem) => `subject=CN = a\n${pem}`, (pem) => `subject=CN = a\n${pem}`],
];

describe('certificates are read', () => {
  test.each(WAYS)('%s', (_, give, expected) => {
    expect(certificates(give(one.cert))).toEqual({ value: expected(one.cert) });
  });

  test.each(WAYS)('several, %s', (_, give, expected) => {
    const bundle = `${one.cert}\n${ca.cert}\n${other.cert}`;
    expect(certificates(give(bundle))).toEqual({ value: expected(bundle) });
  });

  test('beside a key', () => {
    expect(certificates(`${one.key}\n${one.cert}`)).toHaveProperty('value');
  });
});

describe('certificates are refused', () => {
  test.each<[string, () => string, string, string]>([
    ['a key', () => one.key, 'has no certificate in it (a private key is)', 'give PEM text'],
    ['a key in a file', () => file(one.key), '", which has no certificate in it (a private key is)', 'give PEM text'],
    ['a public key', () => one.cert.replaceAll('CERTIFICATE', 'PUBLIC KEY'), 'no certificate in it;', 'give PEM text'],
    ['an empty file', () => file(''), 'has no certificate in it', 'give PEM text'],
    ['one without an end', () => one.cert.split('-----END')[0] ?? '', 'has no certificate in it', 'give PEM text'],
    ['one that is broken', () => BROKEN, 'has a certificate in it that cannot be parsed', 'export it again'],
    ['one that is broken, in a file', () => file(BROKEN), 'cannot be parsed', 'export it again'],
    ['the second of three', () => `${one.cert}\n${BROKEN}\n${ca.cert}`, '(number 2 of 3)', 'export it again'],
    ['the third of three', () => `${one.cert}\n${ca.cert}\n${BROKEN}`, '(number 3 of 3)', 'export it again'],
    ['a missing file', () => '/nowhere/ca.pem', '"/nowhere/ca.pem" cannot be read as a file (ENOENT)', 'give a certi'],
    ['a folder', () => folder, 'cannot be read as a file (EISDIR)', 'give a certificate as PEM text, or a path'],
    [
      'lines that are no PEM',
      () => 'MIIB\nkDCC',
      'neither PEM text nor the path of a file',
      'give a certificate as PEM',
    ],
    ['a path with a NUL', () => '/etc\0/ca.pem', 'contains a NUL', 'give a certificate as PEM'],
  ])('%s', (_, text, names, advice) => {
    const problem = problemOf(certificates(text()));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
    for (const pem of [one.cert, one.key, ca.cert, BROKEN]) expectNothingOf(pem, problem);
  });
});

describe('a private key is read', () => {
  test.each(WAYS)('%s', (_, give, expected) => {
    expect(privateKey(give(one.key))).toEqual({ value: expected(one.key) });
  });

  test.each([
    ['PKCS #8, RSA', 'rsa', 'pkcs8'],
    ['PKCS #1, RSA', 'rsa', 'pkcs1'],
    ['SEC 1, EC', 'ec', 'sec1'],
    ['PKCS #8, EC', 'ec', 'pkcs8'],
  ] as const)('in the form of %s', (_, kind, type) => {
    const { privateKey: made } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = made.export({ type, format: 'pem' } as never).toString();
    expect(privateKey(pem)).toEqual({ value: pem });
  });
});

describe('a private key is refused', () => {
  const encrypted = (type: 'pkcs8' | 'sec1') =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' })
      .toString();
  const PASSPHRASE = 'a key with a passphrase in it';
  const PLAIN = 'give one without (openssl pkey -in key.pem -out plain.pem)';

  test.each<[string, () => string, string, string]>([
    ['a certificate', () => one.cert, 'has no private key in it', 'give PEM text'],
    ['a certificate in a file', () => file(one.cert), 'has no private key in it', 'give PEM text'],
    ['a public key', () => one.key.replaceAll('PRIVATE', 'PUBLIC'), 'has no private key in it', 'give PEM text'],
    ['one with a passphrase (PKCS #8)', () => encrypted('pkcs8'), PASSPHRASE, PLAIN],
    ['one with a passphrase (SEC 1)', () => encrypted('sec1'), PASSPHRASE, PLAIN],
    ['one with a passphrase, in a file', () => file(encrypted('pkcs8')), PASSPHRASE, PLAIN],
    ['one cut short', () => one.key.replace(/.{20}\n-----END/, '\n-----END'), 'cannot be parsed', 'export it again'],
    ['one without an end', () => one.key.split('-----END')[0] ?? '', 'cannot be parsed', 'export it again'],
    ['a missing file', () => '/nowhere/key.pem', '"/nowhere/key.pem" cannot be read as a file (ENOENT)', 'or a path'],
    ['a folder', () => folder, 'cannot be read as a file (EISDIR)', 'give a private key as PEM text, or a path'],
    [
      'its lines alone',
      () => contents(one.key).join('\n'),
      'neither PEM text nor the path',
      'give a private key as PEM',
    ],
  ])('%s', (_, text, names, advice) => {
    const given = text();
    const problem = problemOf(privateKey(given));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
    expectNothingOf(one.key, problem);
    if (isPemText(given)) expectNothingOf(given, problem);
  });
});

describe('a key', () => {
  test('belongs to the certificate that was made with it, and to no other', () => {
    expect(isKeyOf(one.key, one.cert)).toBe(true);
    expect(isKeyOf(one.key, other.cert)).toBe(false);
  });

  test('belongs to the first of several certificates', () => {
    expect(isKeyOf(one.key, `${one.cert}\n${other.cert}`)).toBe(true);
    expect(isKeyOf(other.key, `${one.cert}\n${other.cert}`)).toBe(false);
  });
});

test.each([
  ['-----BEGIN CERTIFICATE-----', true],
  ['x\n-----BEGIN PRIVATE KEY-----', true],
  ['/etc/ssl/ca.pem', false],
  ['BEGIN CERTIFICATE', false],
])('%j is PEM text: %p', (text, expected) => {
  expect(isPemText(text)).toBe(expected);
});
