import { describe, expect, test } from '@jest/globals';
import { masksOf, planOf, secretsOf } from '../../src/gate/probe-plan.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { makeCertificate } from '../support/certificates.ts';
import { settings } from '../support/settings.ts';

type Inputs = Readonly<Record<string, string>>;
const plan = async (inputs: Inputs = {}, target = { host: 'mail.example.com', port: 587 }) =>
  planOf(target, await settings(inputs));
const base64 = (text: string) => Buffer.from(text).toString('base64');

const LOGIN = { username: 'ada@example.com', password: 'correct horse' };
const TOKEN = { username: 'ada@example.com', 'access-token': 'ya29.vF9dft4qm' };

describe('a plan', () => {
  test('of a host and a port alone goes no further than the greeting', async () => {
    expect(await plan()).toEqual({
      host: 'mail.example.com',
      port: 587,
      family: 0,
      only: null,
      localAddress: null,
      timeoutMs: 10_000,
      deadlineMs: 30_000,
      proxy: null,
      proxyHeader: null,
      tls: {
        when: 'if-offered',
        strict: false,
        verify: true,
        minVersion: 'TLSv1.2',
        name: 'mail.example.com',
        ca: null,
        client: null,
      },
      protocol: 'smtp',
      beyond: null,
      secrets: expect.anything(),
    });
  });

  test('is for the target that is asked about, and not for the one in the inputs', async () => {
    expect(await plan({}, { host: 'other.example', port: 25 })).toMatchObject({
      host: 'other.example',
      port: 25,
      tls: { name: 'other.example' },
    });
  });

  test.each<[Inputs, object]>([
    [{ 'ip-family': '4' }, { family: 4 }],
    [{ 'ip-family': '6' }, { family: 6 }],
    [{ 'source-address': '127.0.0.1' }, { localAddress: '127.0.0.1', family: 4 }],
    [
      { timeout: '2s', deadline: '3s' },
      { timeoutMs: 2_000, deadlineMs: 3_000 },
    ],
    [{ 'ehlo-name': 'a.example' }, { beyond: { ehloName: 'a.example', login: null, envelope: null } }],
    [{ require: 'SMTPUTF8' }, { beyond: { ehloName: null, login: null, envelope: null } }],
    [{ tls: 'starttls' }, { beyond: { ehloName: null, login: null, envelope: null } }],
    [{ tls: 'none' }, { beyond: null }],
    [
      LOGIN,
      {
        beyond: {
          login: { credentials: { kind: 'password', ...LOGIN }, mechanism: 'auto', overPlaintext: false },
          envelope: null,
        },
      },
    ],
    [
      { ...TOKEN, 'auth-method': 'XOAUTH2', 'auth-over-plaintext': 'true' },
      {
        beyond: {
          login: {
            credentials: { kind: 'token', username: 'ada@example.com', token: 'ya29.vF9dft4qm' },
            mechanism: 'XOAUTH2',
            overPlaintext: true,
          },
        },
      },
    ],
    [
      { 'access-token': 'ya29.x', 'auth-method': 'OAUTHBEARER' },
      { beyond: { login: { credentials: { kind: 'token', username: '', token: 'ya29.x' } } } },
    ],
    [
      { 'mail-from': 'gate@bücher.example', 'rcpt-to': 'a@example.com\nb@example.com', require: 'SIZE 1000' },
      {
        beyond: {
          login: null,
          envelope: {
            from: { local: 'gate', domain: 'xn--bcher-kva.example' },
            to: [
              { local: 'a', domain: 'example.com' },
              { local: 'b', domain: 'example.com' },
            ],
            size: '1000',
          },
        },
      },
    ],
    [{ 'mail-from': '<>' }, { beyond: { envelope: { from: 'null-path', to: [], size: null } } }],
  ])('of %j', async (inputs, expected) => {
    expect(await plan(inputs)).toMatchObject(expected);
  });
});

describe('TLS', () => {
  test.each([
    ['auto', 465, 'implicit', false],
    ['auto', 587, 'if-offered', false],
    ['auto', 25, 'if-offered', false],
    ['none', 465, 'never', true],
    ['none', 25, 'never', true],
    ['starttls', 465, 'starttls', true],
    ['starttls', 587, 'starttls', true],
    ['implicit', 465, 'implicit', true],
    ['implicit', 25, 'implicit', true],
  ])('%s on port %d is %s (strict: %p)', async (tls, port, when, strict) => {
    expect((await plan({ tls }, { host: 'a.example', port })).tls).toMatchObject({ when, strict, verify: true });
  });

  test.each([
    ['certificate-expired', false],
    ['greeting-busy\ncertificate-expired', false],
    ['greeting-busy\ngreeting-refused', true],
  ])('is strict unless a fault of the certificate is ignored: %s', async (ignore, strict) => {
    expect((await plan({ tls: 'starttls', ignore })).tls).toMatchObject({ strict, verify: true });
  });

  test.each(['auto', 'starttls', 'implicit'])('%s is not strict where nothing is verified', async (tls) => {
    expect((await plan({ tls, 'tls-verify': 'false' })).tls).toMatchObject({ strict: false, verify: false });
  });

  test.each([
    [{}, 'mail.example.com', 'mail.example.com'],
    [{}, 'mail.example.com.', 'mail.example.com'],
    [{}, '192.0.2.1', '192.0.2.1'],
    [{}, '2001:db8::1', '2001:db8::1'],
    [{ 'tls-servername': 'b.example' }, 'mail.example.com', 'b.example'],
    [{ 'tls-servername': 'b.example.' }, 'mail.example.com', 'b.example'],
    [{ 'tls-servername': 'bücher.example' }, 'mail.example.com', 'xn--bcher-kva.example'],
  ])('with %j at %s verifies the name %s', async (inputs: Inputs, host, name) => {
    expect((await plan(inputs, { host, port: 465 })).tls.name).toBe(name);
  });

  test('takes certificates and keys as they were read', async () => {
    const { cert, key } = await makeCertificate();
    const inputs = { 'tls-ca': cert, 'tls-client-cert': cert, 'tls-client-key': key, 'tls-min-version': 'TLSv1.3' };
    expect((await plan(inputs)).tls).toMatchObject({ ca: cert.trim(), minVersion: 'TLSv1.3' });
    expect((await plan(inputs)).tls.client).toEqual({ cert: cert.trim(), key: key.trim() });
  });
});

describe('the proxy', () => {
  const PROXIED = { proxy: 'https://ada:p%40ssword@proxy.example:3129', 'tls-ca': '' };

  test('is as its URL says, with the authorities that were given', async () => {
    const { cert } = await makeCertificate();
    expect((await plan({ ...PROXIED, 'tls-ca': cert })).proxy).toEqual({
      scheme: 'https',
      host: 'proxy.example',
      port: 3129,
      credentials: { username: 'ada', password: 'p@ssword' },
      from: 'proxy',
      ca: cert.trim(),
    });
    expect((await plan()).proxy).toBeNull();
  });

  test('of the environment is for those targets that it does not except', async () => {
    const env = { ALL_PROXY: 'socks5://proxy.example', no_proxy: 'internal.example' };
    const inputs: Inputs = { host: 'a', port: '1', proxy: 'env' };
    const read = await readSettings((name) => inputs[name], env);
    if ('problems' in read) throw new Error('these were not read');
    const proxyTo = (host: string) => planOf({ host, port: 25 }, read.settings).proxy;
    expect(proxyTo('mail.example.com')).toMatchObject({ scheme: 'socks5', from: 'ALL_PROXY' });
    expect(proxyTo('mail.internal.example')).toBeNull();
  });

  test.each([
    'p@ssword',
    'p%40ssword',
    'ada:p@ssword',
    'ada:p%40ssword',
    base64('p@ssword'),
    base64('ada:p@ssword'),
    base64('xyz ada:p@ssword'),
    encodeURIComponent('ada:p@ssword'),
  ])('has its credentials redacted: %s', async (text) => {
    expect((await plan(PROXIED)).secrets.redact(`a ${text} b`)).not.toContain(text);
    expect((await plan(PROXIED)).secrets.redact(`a ${text} b`)).toMatch(/^a .*\*\*\*.* b$/);
  });

  test('has its credentials masked, beside those of the login', async () => {
    const masks = masksOf(await settings({ ...PROXIED, ...LOGIN }));
    for (const form of ['p@ssword', 'p%40ssword', 'ada:p@ssword', 'ada:p%40ssword', base64('ada:p@ssword')])
      expect(masks).toContain(form);
    expect(masks).toContain('correct horse');
  });
});

describe('what no output may show', () => {
  test.each<[Inputs, string, string]>([
    [{}, 'ada@example.com', 'ada@example.com'],
    [LOGIN, 'ada@example.com: correct horse', '***: ***'],
    [LOGIN, base64('\0ada@example.com\0correct horse'), '***'],
    [TOKEN, 'ada@example.com ya29.vF9dft4qm', '*** ***'],
    [{ ...LOGIN, 'mail-from': 'ada@example.com' }, 'ada@example.com: correct horse', 'ada@example.com: ***'],
    [{ ...LOGIN, 'rcpt-to': 'x@a.example\nada@example.com' }, 'ada@example.com', 'ada@example.com'],
    [{ ...LOGIN, password: '***x' }, '***x', '***'],
    // The report could not say what was checked.
    [
      { username: 'a.example', password: 'correct horse', host: 'mail.a.example' },
      'a.example: correct horse',
      'a.example: ***',
    ],
    [{ 'incident-issue': 'true', 'github-token': 'ghs_0123456789' }, 'token ghs_0123456789', 'token ***'],
  ])('of %j', async (inputs, text, expected) => {
    const read = await settings({ ...inputs, ...('rcpt-to' in inputs ? { 'mail-from': '<>' } : {}) });
    const host = String(inputs.host ?? 'a');
    expect(secretsOf(read, host).redact(text)).toBe(expected);
    expect(planOf({ host, port: 25 }, read).secrets.redact(text)).toBe(expected);
  });

  test('is each line of a client’s key', async () => {
    const { cert, key } = await makeCertificate();
    const { secrets } = await plan({ tls: 'starttls', 'tls-client-cert': cert, 'tls-client-key': key });
    const [begin, second] = key.split('\n');
    expect(secrets.redact(`535 ${second} is no password`)).toBe('535 *** is no password');
    expect(secrets.redact(`${begin}`)).toBe(begin);
  });
});

test('an environment that names no proxy has no secrets of one', async () => {
  const proxy = { shown: 'env', proxy: null, choose: () => null };
  const checks = { ...(await settings(LOGIN)), proxy };
  expect(secretsOf(checks).redact('correct horse')).toBe('***');
  expect(masksOf(checks)).toContain('correct horse');
});

test('a user name is no secret because two other inputs say it together', async () => {
  const checks = await settings({ host: 'a.example', port: '25', username: 'a.example25', password: 'correct horse' });
  expect(secretsOf(checks, 'a.example').redact('a.example25')).toBe('***');
});

describe('what the runner is to mask', () => {
  const hex = (text: string) => Buffer.from(text).toString('hex');

  test.each<[Inputs, string[]]>([
    [{}, []],
    [{ 'mail-from': 'ada@example.com' }, []],
    [
      LOGIN,
      [
        'correct horse',
        base64('correct horse'),
        base64('correct horse').replace(/=+$/, ''),
        'correct%20horse',
        hex('correct horse'),
        base64('\0ada@example.com\0correct horse'),
      ],
    ],
    [
      TOKEN,
      [
        'ya29.vF9dft4qm',
        base64('ya29.vF9dft4qm'),
        base64('ya29.vF9dft4qm').replace(/=+$/, ''),
        hex('ya29.vF9dft4qm'),
        base64('\0ada@example.com\0ya29.vF9dft4qm'),
      ],
    ],
    [{ username: 'ada', password: 'abc' }, [base64('abc'), hex('abc'), base64('\0ada\0abc')]],
  ])('of %j', async (inputs, expected) => {
    expect(masksOf(await settings(inputs))).toEqual(expected);
  });

  test('is escaped as pages and JSON escape it', async () => {
    const masks = masksOf(await settings({ username: 'ada', password: 'a<"b&c\'d>e' }));
    expect(masks).toContain('a&lt;&quot;b&amp;c&#39;d&gt;e');
    expect(masks).toContain('a<\\"b&c\'d>e');
  });

  test('of a key is each of its lines, but not what every key begins with', async () => {
    const { cert, key } = await makeCertificate();
    const masks = masksOf(await settings({ tls: 'starttls', 'tls-client-cert': cert, 'tls-client-key': key }));
    const [first = '', second = ''] = key.split('\n');
    expect(first).toMatch(/^-----BEGIN/);
    expect(masks).not.toContain(first);
    expect(masks).toContain(second);
    expect(masks.every((mask) => !mask.includes('\n'))).toBe(true);
  });
});
