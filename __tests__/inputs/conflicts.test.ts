import { beforeAll, describe, expect, test } from '@jest/globals';
import { contradictions, type Problem } from '../../src/inputs/conflicts.ts';
import type { OptionName, Options } from '../../src/inputs/options.ts';
import type { ProxyUrl } from '../../src/inputs/parsers/proxy-rule.ts';
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

describe('what exactly is said of', () => {
  const said = (options: Partial<Options>, ...given: OptionName[]) =>
    contradictions(options, { has: (name) => given.includes(name) }).map(({ input, problem }) => `${input} ${problem}`);
  const url = (scheme: ProxyUrl['scheme']): ProxyUrl => ({
    scheme,
    host: 'proxy.example',
    port: 1080,
    credentials: null,
    secrets: [],
    from: 'proxy',
  });
  /** A proxy that leads to these hosts alone. */
  const proxy = (scheme: ProxyUrl['scheme'], ...hosts: string[]): Pick<Options, 'proxy'> => ({
    proxy: {
      shown: 'x',
      proxy: url(scheme),
      choose: ({ host, port }) => (hosts.includes(`${host}:${port}`) ? url(scheme) : null),
    },
  });

  test.each<[OptionName[], string[]]>([
    [['host', 'targets'], ['targets is given together with host; give one or the other']],
    [['port', 'targets'], ['targets is given together with port; give one or the other']],
    [['host', 'port', 'targets'], ['targets is given together with host and port; give one or the other']],
    [
      ['host', 'targets', 'targets-file'],
      [
        'targets is given together with host; give one or the other',
        'targets-file is given together with host; give one or the other',
      ],
    ],
    [['targets', 'targets-file'], []],
    [['host', 'port'], []],
  ])('targets where %j are given', (given, expected) => {
    expect(said({}, ...given)).toEqual(expected);
  });

  const RESOLVED =
    'addresses is all, and the proxy resolves the name itself, so that the addresses are not known here; write first, or use a socks5:// proxy';
  const THERE = (family: string) =>
    `ip-family "${family}" cannot be used with the proxy, which resolves the name itself; write auto, or use a socks5:// proxy`;
  test.each<[Partial<Options>, string[]]>([
    [{ addresses: 'all', ...proxy('http') }, [RESOLVED]],
    [{ addresses: 'all', ...proxy('socks5') }, []],
    [{ addresses: 'all', host: 'a.example', port: 25, ...proxy('http', 'a.example:25') }, [RESOLVED]],
    [{ addresses: 'all', host: 'a.example', ...proxy('http', 'a.example:0') }, [RESOLVED]],
    [{ addresses: 'all', host: 'a.example', port: 25, ...proxy('http', 'b.example:25') }, []],
    [{ addresses: 'all', host: '192.0.2.1', port: 25, ...proxy('http', '192.0.2.1:25') }, []],
    [{ addresses: 'all' }, []],
    [{ addresses: 'all', proxy: null }, []],
    [{ ipFamily: 'auto', ...proxy('http') }, []],
    [{ ipFamily: '6', ...proxy('http') }, [THERE('6')]],
    [{ ipFamily: '4', ...proxy('socks5h') }, [THERE('4')]],
    [{ ipFamily: '6', ...proxy('socks5') }, []],
    [{ ipFamily: '6', addresses: 'all', ...proxy('http') }, [RESOLVED]],
    [{ ipFamily: '6', host: 'a.example' }, []],
    [{ ipFamily: '4', host: '192.0.2.1' }, []],
    [
      { ipFamily: '6', host: '192.0.2.1' },
      ['ip-family "6" excludes the host, which is the IPv4 address 192.0.2.1; write auto or 4'],
    ],
    [
      { ipFamily: '4', host: '2001:db8::1' },
      ['ip-family "4" excludes the host, which is the IPv6 address 2001:db8::1; write auto or 6'],
    ],
    [{ ipFamily: 'auto', host: '192.0.2.1' }, []],
    [{ host: '192.0.2.1' }, []],
  ])('addresses where the options are %j', (options, expected) => {
    expect(said(options)).toEqual(expected);
  });

  test.each<[Partial<Options>, string[]]>([
    [
      { latencyWarn: 3, latencyFail: 2 },
      ['latency-warn 3 ms is above latency-fail (2 ms), so it can never warn; write a shorter time'],
    ],
    [{ latencyWarn: 2, latencyFail: 2 }, []],
    [{ latencyWarn: 3, latencyFail: null }, []],
    [{ latencyWarn: null, latencyFail: 2 }, []],
    [{}, []],
  ])('latency where the options are %j', (options, expected) => {
    expect(said(options)).toEqual(expected);
  });

  test.each<[Partial<Options>, OptionName[], string[]]>([
    [
      { certificateWarnDays: 7, certificateFailDays: 8 },
      ['certificate-warn-days', 'certificate-fail-days'],
      ['certificate-warn-days 7 is below certificate-fail-days (8), so it can never warn; write a larger number'],
    ],
    [{ certificateWarnDays: 8, certificateFailDays: 8 }, ['certificate-warn-days', 'certificate-fail-days'], []],
    [{ certificateWarnDays: 7, certificateFailDays: 8 }, ['certificate-fail-days'], []],
    [{ certificateWarnDays: 7, certificateFailDays: 8 }, ['certificate-warn-days'], []],
    [{ certificateFailDays: 8 }, ['certificate-warn-days', 'certificate-fail-days'], []],
    [{ certificateWarnDays: 7 }, ['certificate-warn-days', 'certificate-fail-days'], []],
    [
      { tls: 'none' },
      ['tls-verify'],
      ['tls is none, and tls-verify asks for TLS; write starttls or implicit, or leave it out'],
    ],
    [{ tls: 'none' }, [], []],
    [{ tls: 'auto' }, ['tls-verify'], []],
  ])('TLS where the options are %j and %j are given', (options, given, expected) => {
    expect(said(options, ...given)).toEqual(expected);
  });

  test.each<[Options['authMethod'] | undefined, OptionName[], string[]]>([
    [undefined, [], []],
    [undefined, ['auth-method'], []],
    ['PLAIN', [], []],
    ['PLAIN', ['username', 'password', 'auth-method'], []],
    ['XOAUTH2', ['username', 'access-token', 'auth-method'], []],
    ['OAUTHBEARER', ['access-token', 'auth-method'], []],
    [
      undefined,
      ['username'],
      ['username is given without password or access-token; give one of them (is the secret set here?)'],
    ],
    [
      'auto',
      ['username', 'auth-method'],
      ['username is given without password or access-token; give one of them (is the secret set here?)'],
    ],
    ['LOGIN', ['username', 'auth-method'], ['username is given without password; give it (is the secret set here?)']],
    [
      'XOAUTH2',
      ['username', 'auth-method'],
      ['username is given without access-token; give it (is the secret set here?)'],
    ],
    [
      'auto',
      ['auth-method'],
      ['auth-method auto has nothing to log in with; give username and password, or leave it out'],
    ],
    [
      'XOAUTH2',
      ['auth-method'],
      ['auth-method XOAUTH2 has nothing to log in with; give username and access-token, or leave it out'],
    ],
    ['PLAIN', ['password', 'auth-method'], ['password is given without username; give both (is the secret set here?)']],
    [
      'PLAIN',
      ['access-token', 'auth-method'],
      ['access-token is given without username; give it, or write auth-method: OAUTHBEARER, which needs none'],
    ],
  ])('a login by %s where %j are given', (authMethod, given, expected) => {
    expect(said(authMethod === undefined ? {} : { authMethod }, ...given)).toEqual(expected);
  });

  test.each<[Options['quorum'] | undefined, OptionName[], string[]]>([
    [{ kind: 'count', count: 2 }, ['host'], ['quorum 2 is more than the one target of host and port; leave it out']],
    [{ kind: 'count', count: 1 }, ['host'], []],
    [{ kind: 'percent', percent: 50 }, ['host'], []],
    [{ kind: 'all' }, ['host'], []],
    [{ kind: 'count', count: 2 }, [], []],
    [undefined, ['host'], []],
  ])('the quorum %j where %j are given', (quorum, given, expected) => {
    expect(said(quorum ? { quorum } : {}, ...given)).toEqual(expected);
  });

  test('a quorum of several targets, beside a host', () => {
    expect(said({ quorum: { kind: 'count', count: 2 } }, 'host', 'targets')).toHaveLength(1);
  });

  test.each<[Partial<Options>, number]>([
    [{ incidentIssue: true, failOn: 'never' }, 1],
    [{ incidentIssue: true, failOn: 'fail' }, 0],
    [{ incidentIssue: false, failOn: 'never' }, 0],
    [{ failOn: 'never' }, 0],
  ])('an incident where the options are %j', (options, count) => {
    expect(said(options)).toHaveLength(count);
  });

  test('a client certificate of which one half cannot be read', () => {
    expect(said({ tlsClientCert: one.cert })).toEqual([]);
    expect(said({ tlsClientKey: one.key })).toEqual([]);
    expect(said({ tlsClientCert: one.cert, tlsClientKey: one.key })).toEqual([]);
  });
});
