import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Problem } from '../../src/inputs/conflicts.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { type Identity, makeCertificate } from '../support/certificates.ts';

type Inputs = Readonly<Record<string, string>>;

/** An RSA key of 512 bits, which no OpenSSL in use takes, and its certificate. */
const WEAK = {
  key: `-----BEGIN PRIVATE KEY-----
MIIBUwIBADANBgkqhkiG9w0BAQEFAASCAT0wggE5AgEAAkEAuMVkbCopxlG+FZNl
yKqIM6AgKZcGC7V4F+gI/PHzjohzHrQPdb4XiJAZmF5FsARctsO2nMqxJpGahfXV
ArpnwQIDAQABAkARL8s3hHR+TfwwZZWCJNqmcq6LL9EQJcEV+C9d1+Ofzkjw5+uh
Gzz7FdmnuCfpQVrKhYGZngYGM/4REktObS8BAiEA2tWJ0l9s8kiKHTPblN6OVcMO
YInGsdlC8gBigPiYhb0CIQDYJtxxHhdw6ToyP3qkqhnOAyZhiJ3hj2gDBI1u4s4A
VQIgYg1uTLHvSfxQzlbvG5xBIJJevcjeG9Bim7aqbGl3Re0CIF0sUzXHfN9FCbsD
NgCo+jqdjPvaAgRq5rD2U2kLBzWJAiBYV3owJU5zZ4USOjO0kGge6nsb8UqzEsOy
L++o5vJWfg==
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBdzCCASGgAwIBAgIUfb7rdz3dCj9fur2zvWdNidi+f14wDQYJKoZIhvcNAQEL
BQAwDzENMAsGA1UEAwwEd2VhazAgFw0yNjExMjkwMDE1MjdaGA8yMTI2MTEwNTAw
MTUyN1owDzENMAsGA1UEAwwEd2VhazBcMA0GCSqGSIb3DQEBAQUAA0sAMEgCQQC4
xWRsKinGUb4Vk2XIqogzoCAplwYLtXgX6Aj88fOOiHMetA91vheIkBmYXkWwBFy2
w7acyrEmkZqF9dUCumfBAgMBAAGjUzBRMB0GA1UdDgQWBBTY8hC2ePlCdvsKGqJW
o/10I9g0cTAfBgNVHSMEGDAWgBTY8hC2ePlCdvsKGqJWo/10I9g0cTAPBgNVHRMB
Af8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA0EAaUjz3zpbiS0GfsdfkVcK5nIgXiu9
eM0pxQKCsuzbD71INKuld61kToNBbzvIiIc+SSSDOWEaHFvVV708lT1Y6w==
-----END CERTIFICATE-----
`,
};

let one: Identity;
let other: Identity;
beforeAll(async () => {
  [one, other] = await Promise.all([makeCertificate(), makeCertificate()]);
});

/** Inputs whose certificates and keys are made before the tests run. */
const filled = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => {
      const made: Inputs = {
        CERT: one.cert,
        KEY: one.key,
        OTHER: other.key,
        WEAK_CERT: WEAK.cert,
        WEAK_KEY: WEAK.key,
      };
      return [name, made[text] ?? text];
    }),
  );

async function problems(inputs: Inputs): Promise<readonly Problem[]> {
  const all = filled(inputs);
  const result = await readSettings((name) => all[name]);
  return 'problems' in result ? result.problems : [];
}

const LOGIN = { username: 'ada@example.com', password: 'Tr0ub4dor' };
const TOKEN = { username: 'ada@example.com', 'access-token': 'ya29.Tr0ub4dor' };
const TWO_WAYS = 'only one of them can be used; give one of them';

describe('inputs that cannot all be meant', () => {
  test.each<[Inputs, string, string]>([
    // Login
    [{ password: 'Tr0ub4dor' }, 'password', 'without username; give both'],
    [{ username: 'ada@example.com' }, 'username', 'without password or access-token; give one of them'],
    [{ username: 'ada@example.com', 'auth-method': 'PLAIN' }, 'username', 'without password; give it'],
    [{ username: 'ada@example.com', 'auth-method': 'XOAUTH2' }, 'username', 'without access-token; give it'],
    [{ ...LOGIN, ...TOKEN }, 'access-token', TWO_WAYS],
    [{ password: 'Tr0ub4dor', 'access-token': 'ya29.Tr0ub4dor' }, 'access-token', TWO_WAYS],
    [{ ...LOGIN, ...TOKEN, 'auth-method': 'OAUTHBEARER' }, 'access-token', TWO_WAYS],
    [{ 'access-token': 'ya29.Tr0ub4dor' }, 'access-token', 'write auth-method: OAUTHBEARER'],
    [{ 'access-token': 'ya29.Tr0ub4dor', 'auth-method': 'XOAUTH2' }, 'access-token', 'write auth-method: OAUTHBEARER'],
    [{ 'auth-method': 'PLAIN' }, 'auth-method', 'PLAIN has nothing to log in with; give username and password'],
    [
      { 'auth-method': 'OAUTHBEARER' },
      'auth-method',
      'OAUTHBEARER has nothing to log in with; give username and access-token',
    ],
    [{ ...LOGIN, 'auth-method': 'OAUTHBEARER' }, 'auth-method', 'does not take a password; write auto or one of SCRAM'],
    [{ ...LOGIN, 'auth-method': 'XOAUTH2' }, 'auth-method', 'XOAUTH2 does not take a password'],
    ...['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'].map((method): [Inputs, string, string] => [
      { ...TOKEN, 'auth-method': method },
      'auth-method',
      `${method} does not take an access-token; write auto or one of OAUTHBEARER, XOAUTH2`,
    ]),
    // Envelope
    [{ 'rcpt-to': 'ops@example.com' }, 'rcpt-to', 'without mail-from; give a sender as well'],
    // TLS
    [{ tls: 'none', 'tls-verify': 'false' }, 'tls', 'is none, and tls-verify asks for TLS'],
    [{ tls: 'none', 'tls-min-version': 'TLSv1.3' }, 'tls', 'is none, and tls-min-version asks for TLS'],
    [{ tls: 'none', 'tls-servername': 'a.example' }, 'tls', 'is none, and tls-servername asks for TLS'],
    [{ tls: 'none', 'certificate-warn-days': '30' }, 'tls', 'is none, and certificate-warn-days asks for TLS'],
    [{ tls: 'none', 'certificate-fail-days': '7' }, 'tls', 'is none, and certificate-fail-days asks for TLS'],
    [
      { tls: 'none', 'tls-client-cert': 'CERT', 'tls-client-key': 'KEY' },
      'tls',
      'is none, and tls-client-cert, tls-client-key ask for TLS; write starttls or implicit, or leave them out',
    ],
    [{ 'tls-client-cert': 'CERT' }, 'tls-client-cert', 'without tls-client-key; give both'],
    [{ 'tls-client-key': 'KEY' }, 'tls-client-key', 'without tls-client-cert; give both'],
    [{ 'tls-client-cert': 'CERT', 'tls-client-key': 'OTHER' }, 'tls-client-key', 'does not belong to tls-client-cert'],
    [{ 'tls-client-cert': 'WEAK_CERT', 'tls-client-key': 'WEAK_KEY' }, 'tls-client-cert', '(ee key too small)'],
    [
      { 'certificate-warn-days': '7', 'certificate-fail-days': '8' },
      'certificate-warn-days',
      '7 is below certificate-fail-days (8)',
    ],
  ])('%j', async (inputs, input, names) => {
    const [first, ...more] = await problems(inputs);
    expect(more).toEqual([]);
    expect(first?.input).toBe(input);
    expect(first?.problem).toContain(names);
    expect(first?.problem).toMatch(/give |write /);
  });
});

describe('inputs that agree', () => {
  test.each<[Inputs]>([
    [LOGIN],
    [TOKEN],
    [{ 'access-token': 'ya29.Tr0ub4dor', 'auth-method': 'OAUTHBEARER' }],
    ...['auto', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'].map((method): [Inputs] => [
      { ...LOGIN, 'auth-method': method },
    ]),
    ...['auto', 'OAUTHBEARER', 'XOAUTH2'].map((method): [Inputs] => [{ ...TOKEN, 'auth-method': method }]),
    [{ 'auth-method': 'auto' }],
    [{ 'mail-from': 'gate@example.com' }],
    [{ 'mail-from': 'gate@example.com', 'rcpt-to': 'ops@example.com\nall@example.com' }],
    [{ 'mail-from': '<>', 'rcpt-to': 'ops@example.com' }],
    [{ tls: 'none' }],
    [{ tls: 'none', 'tls-ca': 'CERT' }],
    [{ tls: 'none', 'tls-verify': 'true', 'tls-min-version': 'TLSv1.2', 'certificate-warn-days': '21' }],
    [{ tls: 'none', ...LOGIN, 'auth-over-plaintext': 'true' }],
    [{ 'tls-client-cert': 'CERT', 'tls-client-key': 'KEY' }],
    [{ 'tls-verify': 'false', tls: 'starttls' }],
    [{ 'certificate-warn-days': '8', 'certificate-fail-days': '8' }],
    [{ 'certificate-fail-days': '30' }],
    [{ 'certificate-warn-days': '0' }],
  ])('%j', async (inputs) => {
    expect(await problems(inputs)).toEqual([]);
  });
});

test('contradictions of every kind are reported at once, and none of them shows a secret', async () => {
  const found = await problems({
    tls: 'none',
    'tls-client-cert': 'CERT',
    'tls-client-key': 'OTHER',
    'certificate-warn-days': '1',
    'certificate-fail-days': '2',
    'rcpt-to': 'ops@example.com',
    password: 'Tr0ub4dor',
    'access-token': 'ya29.Tr0ub4dor',
  });
  expect(found.map(({ input }) => input)).toEqual([
    'tls',
    'tls-client-key',
    'certificate-warn-days',
    'access-token',
    'rcpt-to',
  ]);
  const text = JSON.stringify(found);
  expect(text).not.toContain('Tr0ub4dor');
  for (const line of `${one.cert}\n${other.key}`.split('\n').filter((line) => !line.startsWith('---'))) {
    if (line !== '') expect(text).not.toContain(line.slice(0, 12));
  }
});

describe('of one target', () => {
  const HOST = { host: 'mail.example', port: '587' };
  const of = async (inputs: Inputs) => {
    const all: Inputs = { ...HOST, ...inputs };
    const result = await readSettings((name) => all[name]);
    return 'problems' in result ? result.problems.map(({ input }) => input) : [];
  };

  test.each<[Inputs, string[]]>([
    [{ addresses: 'all' }, []],
    [{ addresses: 'all', proxy: 'http://proxy.example:3128' }, ['addresses']],
    [{ addresses: 'all', proxy: 'socks5h://proxy.example:1080' }, ['addresses']],
    [{ addresses: 'all', proxy: 'socks5://proxy.example:1080' }, []],
    [{ addresses: 'all', proxy: 'http://proxy.example:3128', host: '192.0.2.1' }, []],
    [{ addresses: 'first', proxy: 'http://proxy.example:3128' }, []],
    [{ 'source-address': '127.0.0.1' }, []],
    [{ 'source-address': '127.0.0.1', 'ip-family': '4' }, []],
    [{ 'source-address': '127.0.0.1', 'ip-family': '6' }, ['source-address']],
    [{ 'source-address': '127.0.0.1', host: '192.0.2.1' }, []],
    [{ 'source-address': '127.0.0.1', host: '2001:db8::1' }, ['source-address']],
    [{ 'source-address': '127.0.0.1', proxy: 'http://proxy.example:3128' }, ['source-address']],
    [{ 'source-address': '127.0.0.1', proxy: 'socks5://proxy.example:1080' }, ['source-address']],
    [{ 'source-address': '127.0.0.1', proxy: 'env' }, []],
    [{ quorum: '1' }, []],
    [{ quorum: '2' }, ['quorum']],
    [{ quorum: 'any' }, []],
    [{ quorum: '50%' }, []],
    [{ 'latency-warn': '1s', 'latency-fail': '1s' }, []],
    [{ 'latency-warn': '1001ms', 'latency-fail': '1s' }, ['latency-warn']],
  ])('%j contradicts itself in %j', async (inputs, problems) => {
    expect(await of(inputs)).toEqual(problems);
  });

  test.each([
    ['any', 1],
    ['60%', 1],
    ['2', 1],
    ['all', 0],
  ])('quorum %s together with a shard is refused %d times, and the merge is named', async (quorum, times) => {
    const inputs: Inputs = { targets: 'a.example.com:25\nb.example.com:25', shard: '1/2', quorum };
    const result = await readSettings((name) => inputs[name]);
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map(({ input }) => input)).toEqual(Array(times).fill('quorum'));
    for (const { problem } of problems) expect(problem).toMatch(/with shard.*quorum of the merge/);
  });
});
