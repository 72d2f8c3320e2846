import { describe, expect, test } from '@jest/globals';
import { OPTION_NAMES, OPTIONS } from '../../src/inputs/options.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { makeCertificate } from '../support/certificates.ts';
import { settings } from '../support/settings.ts';

type Inputs = Readonly<Record<string, string | undefined>>;
const read = (inputs: Inputs) => readSettings((name) => inputs[name]);

async function problems(inputs: Inputs): Promise<{ input: string; problem: string }[]> {
  const result = await read(inputs);
  if ('problems' in result) return result.problems;
  throw new Error(`these were read: ${JSON.stringify(inputs)}`);
}

describe('the defaults', () => {
  test.each([
    ['nothing', {}],
    ['empty texts', { host: '', timeout: '', ignore: '\n' }],
    ['white space', { port: ' \t\n' }],
  ])('are what %s means', async (_, inputs) => {
    expect(await read(inputs)).toEqual({
      settings: {
        shard: null,
        vantage: null,
        ifNotConfigured: 'skip',
        timeout: 10_000,
        deadline: 30_000,
        wait: 0,
        ipFamily: 'auto',
        addresses: 'first',
        sourceAddress: null,
        proxyProtocol: null,
        proxy: null,
        expectBanner: null,
        tls: 'auto',
        tlsVerify: true,
        tlsMinVersion: 'TLSv1.2',
        tlsServername: null,
        tlsCa: null,
        tlsClientCert: null,
        tlsClientKey: null,
        certificateWarnDays: 21,
        certificateFailDays: 0,
        ehloName: null,
        require: [],
        credentials: null,
        authMethod: 'auto',
        authOverPlaintext: false,
        envelope: null,
        latencyWarn: null,
        latencyFail: null,
        mtaSts: true,
        failOn: 'fail',
        ignore: [],
        quorum: { kind: 'all' },
        concurrency: 64,
        summary: true,
        annotations: true,
        reportJson: null,
        reportJunit: null,
        reportHtml: null,
        reportMetrics: null,
        lookAround: true,
        history: null,
        incidentIssue: false,
        incidentKey: null,
        incidentLabels: [],
        incidentAssignees: [],
        incidentThreshold: 1,
        githubToken: null,
        entries: [],
        missing: ['host', 'port'],
        notes: [],
        asksForTls: false,
        beyondGreeting: false,
        given: new Map(),
      },
    });
  });

  test.each([
    { require: 'SMTPUTF8' },
    { 'ehlo-name': 'a.example' },
    { tls: 'starttls' },
    { tls: 'implicit' },
    { 'tls-servername': 'a.example' },
    { 'tls-min-version': 'TLSv1.3' },
    { 'certificate-warn-days': '30' },
    { 'certificate-fail-days': '7' },
    { 'access-token': 'ya29.x', 'auth-method': 'OAUTHBEARER' },
    { username: 'ada', password: 'correct horse' },
    { 'mail-from': 'gate@example.com' },
  ])('go no further than the greeting, but for %j', async (inputs) => {
    expect(await read(inputs)).toMatchObject({ settings: { beyondGreeting: true } });
  });

  test('go beyond the greeting, and ask for TLS, with a certificate to show; with an authority to trust, only where it is offered', async () => {
    const { cert, key } = await makeCertificate();
    expect(await read({ 'tls-ca': cert })).toMatchObject({ settings: { beyondGreeting: true, asksForTls: false } });
    const client = { 'tls-client-cert': cert, 'tls-client-key': key };
    expect(await read(client)).toMatchObject({ settings: { beyondGreeting: true, asksForTls: true } });
  });

  test.each([
    { 'tls-min-version': 'TLSv1.3' },
    { 'tls-servername': 'a.example' },
    { 'certificate-warn-days': '30' },
    { 'certificate-fail-days': '7' },
  ])('ask for no TLS, but for %j', async (inputs) => {
    expect(await read(inputs)).toMatchObject({ settings: { asksForTls: true } });
  });

  test.each([{ tls: 'none' }, { 'tls-verify': 'false' }, { 'auth-over-plaintext': 'true' }])(
    'go no further than the greeting for %j either',
    async (inputs) => {
      expect(await read(inputs)).toMatchObject({ settings: { beyondGreeting: false, asksForTls: false } });
    },
  );

  test.each(OPTION_NAMES)('of %s can be read, written as the value of an input', async (name) => {
    expect(await read({ [name]: OPTIONS[name].default })).toHaveProperty('settings');
  });
});

describe('a timeout that is above the deadline', () => {
  const notes = async (inputs: Record<string, string>) => {
    const given = await read(inputs);
    return 'settings' in given ? given.settings.notes : given.problems;
  };
  const place = { host: 'mail.example.com', port: '25' };

  test('is noted, since it never ends', async () => {
    expect(await notes({ ...place, timeout: '30s', deadline: '20s' })).toEqual([
      'timeout (30 s) is above deadline (20 s), which ends the attempt first',
    ]);
    expect(await notes({ ...place, timeout: '31' })).toEqual([
      'timeout (31 s) is above deadline (30 s), which ends the attempt first',
    ]);
  });

  test('is noted once of several targets, with their own times', async () => {
    const targets = 'a:25\nb:25\nc:25?timeout=40s\nd:25?deadline=1m';
    expect(await notes({ targets, timeout: '35s' })).toEqual([
      'timeout (35 s) is above deadline (30 s), which ends the attempt first',
      'timeout (40 s) is above deadline (30 s), which ends the attempt first',
    ]);
  });

  test.each<Record<string, string>>([{ deadline: '5s' }, { timeout: '30s' }, { timeout: '1m', deadline: '2m' }])(
    'is none where nobody asked for it: %j',
    async (inputs) => {
      expect(await notes({ ...place, ...inputs })).toEqual([]);
    },
  );
});

describe('the target', () => {
  test.each([
    [{ host: 'a.example', port: '25' }, [{ host: 'a.example', port: 25 }], []],
    [{ host: 'a.example' }, [], ['port']],
    [{ port: '25' }, [], ['host']],
    [{}, [], ['host', 'port']],
  ])('of %j', async (inputs, targets, missing) => {
    const entries = targets.map((target) => ({ target, mx: false }));
    expect(await read(inputs)).toMatchObject({ settings: { entries, missing } });
  });

  test.each([
    ['a line end', 'mail.example.com\r\n'],
    ['spaces', '  mail.example.com '],
    ['a no-break space', '\u00a0mail.example.com\u00a0'],
    ['a byte-order mark', '\ufeffmail.example.com'],
  ])('is read without the white space around it: %s', async (_, host) => {
    expect(await read({ host, port: '\t587\n' })).toMatchObject({
      settings: { entries: [{ target: { host: 'mail.example.com', port: 587 } }] },
    });
  });
});

describe('problems', () => {
  test('are reported all at once, each with its input', async () => {
    const found = await problems({
      host: 'smtp://mail.example.com',
      port: 'smtp',
      targets: 'nowhere',
      'if-not-configured': 'maybe',
      timeout: 'soon',
      deadline: '0',
      wait: '-1',
      'ip-family': 'ipv4',
      addresses: 'every',
      'source-address': '203.0.113.77',
      'proxy-protocol': 'v3',
      proxy: 'ftp://proxy.example',
      'expect-banner': '(',
      tls: 'yes',
      'tls-verify': 'maybe',
      'tls-min-version': '1.1',
      'tls-servername': 'smtp://a',
      'tls-ca': '/nowhere/ca.pem',
      'tls-client-cert': '/nowhere/cert.pem',
      'tls-client-key': '/nowhere/key.pem',
      'certificate-warn-days': '-1',
      'certificate-fail-days': 'soon',
      'ehlo-name': '192.0.2.1',
      require: '=',
      username: 'a\u0001b',
      password: 'a\u0001b',
      'access-token': 'a\u0001b',
      'auth-method': 'plain',
      'auth-over-plaintext': 'maybe',
      'mail-from': 'nobody',
      'rcpt-to': 'nobody',
      'latency-warn': 'fast',
      'latency-fail': '25h',
      'mta-sts': 'strict',
      'fail-on': 'error',
      ignore: 'nope',
      quorum: 'most',
      concurrency: '0',
      summary: 'yes',
      annotations: 'no',
      'report-json': 'a\nb',
      'report-junit': 'a\nb',
      'report-html': 'a\nb',
      'report-metrics': 'a\nb',
      'look-around': 'no',
      history: 'a\nb',
      'incident-issue': 'yes',
      'incident-key': 'a\u0001b',
      'incident-labels': 'outage, mail',
      'incident-assignees': '@octocat',
      'incident-threshold': '0',
      'github-token': 'a b',
      'targets-file': 'no/such.txt',
      shard: '5/4',
      vantage: 'a b',
    });
    expect([...new Set(found.map(({ input }) => input))]).toEqual(OPTION_NAMES);
    for (const { problem } of found) expect(problem).toMatch(/write |give |store it again|put a backslash/);
  });

  test('name every wrong line of a list', async () => {
    expect(await problems({ ignore: 'slow\nnope\n\nslow@x' })).toEqual([
      { input: 'ignore', problem: expect.stringMatching(/^line 2: "nope" .*; line 4: "x" is not a target/) },
    ]);
  });

  test.each([
    [{ host: '192.0.2.1', 'ip-family': '6' }, 'ip-family', '"6"', 'write auto or 4'],
    [{ host: '[::1]', 'ip-family': '4' }, 'ip-family', '"4"', 'write auto or 6'],
    [{ 'latency-warn': '1001ms', 'latency-fail': '1s' }, 'latency-warn', '1001 ms', 'write a shorter time'],
    [{ 'latency-warn': '2s', 'latency-fail': '1s' }, 'latency-warn', '2000 ms', 'write a shorter time'],
    [{ 'incident-issue': 'true', 'fail-on': 'never' }, 'incident-issue', 'never', 'write fail-on: fail'],
  ])('of options that contradict each other: %j', async (inputs, input, names, advice) => {
    const [first, ...more] = await problems(inputs);
    expect(more).toEqual([]);
    expect(first?.input).toBe(input);
    expect(first?.problem).toContain(names);
    expect(first?.problem).toContain(advice);
  });

  test('of options that contradict each other are reported together with those that cannot be read', async () => {
    const found = (await problems({ host: '192.0.2.1', 'ip-family': '6', timeout: 'soon' })).map(({ input }) => input);
    expect(found.sort()).toEqual(['ip-family', 'timeout']);
  });

  test.each([
    [{ host: '192.0.2.1', 'ip-family': '4' }],
    [{ host: '::1', 'ip-family': '6' }],
    [{ host: 'mail.example.com', 'ip-family': '6' }],
    [{ 'latency-warn': '1s', 'latency-fail': '2s' }],
    [{ 'latency-warn': '2s' }],
    [{ 'latency-fail': '1s' }],
    [{ timeout: '40s', deadline: '30s' }],
    [{ 'incident-labels': 'outage', 'incident-threshold': '3', 'fail-on': 'never' }],
  ])('are not made of options that agree: %j', async (inputs) => {
    expect(await read(inputs)).toHaveProperty('settings');
  });
});

test('what is asked of the reports is known where something else is wrong, as far as it can be read', async () => {
  const inputs = { host: 'a b', summary: 'maybe', annotations: 'false', 'report-junit': 'x.xml', 'fail-on': 'never' };
  expect(await read(inputs)).toHaveProperty('reporting', {
    shard: null,
    vantage: null,
    reportJson: null,
    reportJunit: 'x.xml',
    reportHtml: null,
    reportMetrics: null,
    summary: true,
    annotations: false,
    failOn: 'never',
  });
});

describe('what was given', () => {
  test('is kept as trimmed text, in the order of the table', async () => {
    const { given } = await settings({ wait: ' 60 ', timeout: '5s\n', 'expect-banner': ' Postfix ' });
    expect([...given]).toEqual([
      ['host', 'mail.example.com'],
      ['port', '587'],
      ['timeout', '5s'],
      ['wait', '60'],
      ['expect-banner', 'Postfix'],
    ]);
  });

  test('holds no token that GitHub gives to every step', async () => {
    const { given, githubToken } = await settings({ 'github-token': 'ghs_0123' });
    expect(githubToken).toBe('ghs_0123');
    expect([...given.keys()]).toEqual(['host', 'port']);
  });

  test('holds nothing that is as the default has it', async () => {
    const { given } = await settings({ timeout: ' 10s ', 'fail-on': 'fail', summary: 'true', ignore: ' ' });
    expect([...given.keys()]).toEqual(['host', 'port']);
  });
});
