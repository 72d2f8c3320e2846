import { describe, expect, test } from '@jest/globals';
import { namesWith, type OptionName } from '../../../src/inputs/options.ts';
import { readSettings } from '../../../src/inputs/settings.ts';
import { type Identity, makeAuthority, makeCertificate } from '../../support/certificates.ts';
import { settings } from '../../support/settings.ts';

type Inputs = Readonly<Record<string, string>>;

async function problems(inputs: Inputs): Promise<string[]> {
  const read = await readSettings((name) => inputs[name]);
  return 'problems' in read ? read.problems.map(({ input, problem }) => `${input} ${problem}`) : [];
}

describe('a target', () => {
  test.each([
    ['mail.example.com:587', 'mail.example.com', 587],
    ['192.0.2.1:25', '192.0.2.1', 25],
    ['[2001:db8::25]:25', '2001:db8::25', 25],
    ['smtp://mail.example.com:2525', 'mail.example.com', 2525],
    ['SMTP://mail.example.com:2525/', 'mail.example.com', 2525],
    ['smtp://[::1]:25', '::1', 25],
    ['smtps://mail.example.com', 'mail.example.com', 465],
    ['smtps://[::1]', '::1', 465],
    ['smtps://mail.example.com:8465', 'mail.example.com', 8465],
    ['bücher.example:25', 'xn--bcher-kva.example', 25],
    ['mx:25', 'mx', 25],
    ['  mail.example.com:587   # the relay', 'mail.example.com', 587],
    ['mail.example.com:587#the relay', 'mail.example.com', 587],
  ])('%s', async (text, host, port) => {
    expect((await settings({ targets: text })).entries).toMatchObject([{ target: { host, port }, mx: false }]);
  });

  test.each([
    ['lmtp://mail.example.com:24', 'mail.example.com', 24],
    ['LMTP://[::1]:2003/', '::1', 2003],
    ['lmtp://127.0.0.1:24?rcpt-to=ops@example.com&mail-from=gate@example.com', '127.0.0.1', 24],
  ])('%s is to speak LMTP, which only LHLO tells', async (text, host, port) => {
    const { entries } = await settings({ targets: text });
    expect(entries.map(({ target }) => target)).toEqual([{ host, port, lmtp: true }]);
    expect(entries[0]?.checks.beyondGreeting).toBe(true);
  });

  test.each([
    ['mx:example.com', 'example.com'],
    ['MX:Example.com.', 'Example.com'],
    ['mx:bücher.example?tls=starttls', 'xn--bcher-kva.example'],
  ])('%s is a mail domain', async (text, host) => {
    expect((await settings({ targets: text })).entries).toMatchObject([{ target: { host, port: 25 }, mx: true }]);
  });

  test.each([
    ['smtps://a.example', 'implicit'],
    ['smtps://a.example?tls=implicit', 'implicit'],
    ['smtp://a.example:465', 'auto'],
    ['a.example:587?tls=starttls', 'starttls'],
  ])('%s has tls: %s', async (text, tls) => {
    expect((await settings({ targets: text })).entries).toMatchObject([{ checks: { tls } }]);
  });
});

describe('the options of a target', () => {
  const only = async (inputs: Inputs) => (await settings(inputs)).entries[0]?.checks;

  test('override the inputs of the same name, for this target alone', async () => {
    const { entries } = await settings({
      targets: 'a:25?timeout=2s&expect-banner=^220%20a\nb:25',
      timeout: '5s',
      deadline: '20s',
    });
    expect(entries.map(({ checks }) => [checks.timeout, checks.deadline, checks.expectBanner])).toEqual([
      [2_000, 20_000, '^220 a'],
      [5_000, 20_000, null],
    ]);
    expect(entries.map(({ checks }) => [...checks.given.keys()].filter((name) => name !== 'targets'))).toEqual([
      ['timeout', 'deadline', 'expect-banner'],
      ['timeout', 'deadline'],
    ]);
  });

  test('may go back to a default', async () => {
    const checks = await only({ targets: 'a:25?tls=auto&tls-servername=', tls: 'starttls', 'tls-servername': 'b' });
    expect(checks).toMatchObject({ tls: 'auto', tlsServername: null, asksForTls: false, beyondGreeting: false });
    expect([...(checks?.given.keys() ?? [])]).toEqual(['targets']);
  });

  test('may be lists', async () => {
    expect(await only({ targets: 'a:25?require=SMTPUTF8&require=SIZE%20100' })).toMatchObject({
      require: [{ keyword: 'SMTPUTF8' }, { keyword: 'SIZE', parameters: ['100'] }],
      beyondGreeting: true,
    });
  });

  test('keep a plus, as an address has it', async () => {
    expect(await only({ targets: 'a:25?mail-from=gate+test@example.com' })).toMatchObject({
      envelope: { from: { local: 'gate+test', domain: 'example.com' } },
    });
  });

  test('may hold a question mark and an equals sign', async () => {
    expect(await only({ targets: 'a:25?expect-banner=a?=b' })).toMatchObject({ expectBanner: 'a?=b' });
  });
});

describe('comments and empty lines', () => {
  test.each(['# nothing', '\n\n  # one\r\n# two\n'])('alone are no target: %j', async (targets) => {
    expect(await settings({ targets })).toMatchObject({ entries: [], missing: ['targets'] });
  });
});

describe('a target that is there twice', () => {
  test.each([
    ['a.example:25\n\nA.example.:25', 'line 3 repeats line 1'],
    ['[::1]:25\n[0:0::1]:25', 'line 2 repeats line 1'],
    ['a:25?timeout=1s&tls=none\na:25?tls=none&timeout=1s', 'line 2 repeats line 1'],
    ['mx:example.com\nmx:EXAMPLE.com', 'line 2 repeats line 1'],
    ['a:25\na:25?tls=auto', 'line 2 repeats line 1'],
    ['a:25?timeout=10s\na:25', 'line 2 repeats line 1'],
    ['a:25?require=DSN&require=%20SIZE%20\na:25?require=DSN%20&require=SIZE', 'line 2 repeats line 1'],
  ])('%j is probed once, and that is said', async (targets, note) => {
    const { entries, notes } = await settings({ targets });
    expect(entries).toHaveLength(1);
    expect(notes).toEqual([expect.stringContaining(note)]);
  });

  test.each([
    'a:24\nlmtp://a:24',
    'a:25\na:26',
    'a:25\nb:25',
    'a:25\na:25?timeout=1s',
    'example.com:25\nmx:example.com',
  ])('%j is not', async (targets) => {
    const { entries, notes } = await settings({ targets });
    expect([entries.length, notes]).toEqual([2, []]);
  });

  const OTHERWISE: Partial<Record<OptionName, string>> = {
    timeout: '1s',
    deadline: '20s',
    wait: '1s',
    'ip-family': '4',
    addresses: 'all',
    'source-address': '127.0.0.2',
    'proxy-protocol': 'v2',
    proxy: 'socks5://proxy.example:1080',
    'expect-banner': 'ready',
    tls: 'starttls',
    'tls-verify': 'false',
    'tls-min-version': 'TLSv1.3',
    'tls-servername': 'b',
    'certificate-warn-days': '7',
    'certificate-fail-days': '7',
    'ehlo-name': 'gate.example',
    require: 'DSN',
    'auth-method': 'PLAIN',
    'auth-over-plaintext': 'true',
    'mail-from': 'b@example.com',
    'rcpt-to': 'b@example.com',
    'latency-warn': '1s',
    'latency-fail': '1s',
    'mta-sts': 'false',
  };
  const login = { username: 'u', password: 'p', 'mail-from': 'a@example.com' };

  test.each(Object.entries(OTHERWISE))('is another target with another %s', async (name, value) => {
    const line = `a:25?${name}=${value}`;
    const { entries, notes } = await settings({ ...login, targets: `a:25\n${line}\n${line}` });
    expect(entries).toHaveLength(2);
    expect(notes).toEqual(['targets: line 3 repeats line 2, and is checked once']);
  });

  test('is another target with the same proxy and another login', async () => {
    const inputs = { proxy: 'http://user:secret@p.example:1', targets: 'a:25\na:25?proxy=http://p.example:1' };
    expect((await settings(inputs)).entries).toHaveLength(2);
  });

  test.each([
    ['tls-ca', async () => `tls-ca=${encoded((await makeAuthority()).cert)}`],
    ['tls-client-cert and tls-client-key', async () => clientOptions(await makeCertificate())],
  ])('is another target with another %s', async (_, options) => {
    const { entries } = await settings({ targets: `a:25\na:25?${await options()}\na:25?${await options()}` });
    expect(entries).toHaveLength(3);
  });

  test('no option of one target is left out here', () => {
    const known = [...Object.keys(OTHERWISE), 'tls-ca', 'tls-client-cert', 'tls-client-key'];
    expect(known.sort()).toEqual([...namesWith('perTarget')].sort());
  });
});

const encoded = (text: string) => encodeURIComponent(text.trim());
const clientOptions = ({ cert, key }: Identity) => `tls-client-cert=${encoded(cert)}&tls-client-key=${encoded(key)}`;

describe('a line that cannot be read is named by its number', () => {
  test.each([
    ['a', '"a" is not a target; write host:port'],
    ['a:0', 'port "0" is out of range'],
    ['a:25 b:25', 'contains a space; write one target per line'],
    ['a:25,b:25', '"25,b:25"|"a:25,b:25"'],
    ['a:25,b:25', 'contains a comma (,); write one target per line'],
    ['"a:25"', 'double quote'],
    ['http://a:25', 'scheme http://'],
    ['smtp://a', 'no port; write it, such as smtp://a:587'],
    ['smtp://a:25/inbox', 'has a path'],
    ['smtps://', 'host'],
    ['lmtp://a', 'has no port, and LMTP has none of its own; write it, such as lmtp://a:24'],
    ['lmtp://', 'such as lmtp://mail.example.com:24'],
    ['lmtp://a:25', 'has port 25, where LMTP must not be used (RFC 2033 §5); write smtp://a:25, or the port of LMTP'],
    ['lmtp://[::1]:25/', 'such as lmtp://[::1]:24'],
    ['lmtp://a:24/inbox', 'has a path'],
    ['lmtps://a:24', 'has the scheme lmtps://'],
    ['lmtp://ada:secret@a:24', 'contains credentials'],
    ['mx:', 'domain'],
    ['mx:192.0.2.1', 'is an address, which has no MX records'],
    ['mx:[::1]', 'is an address, which has no MX records'],
    ['smtps://a?tls=starttls', 'smtps:// is implicit TLS, and the query says tls="starttls"'],
    ['a:25?nonsense=1', 'unknown query option "nonsense"; write one of'],
    ['a:25?tls-minimum=1', 'unknown query option "tls-minimum"; write one of tls, tls-verify'],
    ['a:25?tls-sevrername=b', 'unknown query option "tls-sevrername" (did you mean `tls-servername`?)'],
    ['a:25?tls=startls', '(did you mean `starttls`?)'],
    ['mx:example.com:587', 'has a port (:587), but mail for a domain always goes to port 25; write mx:example.com'],
    ['a:25?tls', 'query option "tls" without a value'],
    ['a:25?timeout=1s&timeout=2s', 'has timeout twice in its query'],
    ['a:25?timeout=soon', 'timeout "soon" is not a duration'],
    ['a:25?expect-banner=100%', 'an extra %'],
    ['a:25?fail-on=warn', 'has fail-on in its query, which is not an option of one target'],
    ['a:25?host=b', 'has host in its query, which is not an option of one target; write host:port before the ?'],
    ['a:25?proxy=http://ada:correct@proxy.example:3128', 'has a proxy with credentials in its query'],
    ['a:25?username=ada', 'has username in its query, where credentials would be visible'],
    ['a:25?rcpt-to=ops@example.com', 'rcpt-to is given without mail-from'],
    ['192.0.2.1:25?ip-family=6', 'ip-family "6" excludes the host'],
    ['a:25?tls=none&tls-servername=b', 'tls is none, and tls-servername asks for TLS'],
  ])('%s', async (text, problem) => {
    const found = await problems({ targets: `ok:25\n${text}\n` });
    expect(found).toEqual([expect.stringMatching(/^targets line 2: /)]);
    expect(problem.split('|').some((part) => found[0]?.includes(part))).toBe(true);
    expect(found[0]).toMatch(/write |give |leave /);
  });

  test.each(['user:hunter2@a:25', 'smtp://user:hunter2@a:25', 'a:25?password=hunter2', 'a:25?access-token=hunter2'])(
    'credentials are refused, and not repeated: %s',
    async (text) => {
      const found = await problems({ targets: text });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/credentials.*give (?:them|it) as the input/);
      expect(found[0]).not.toMatch(/hunter2|user:/);
    },
  );

  test('together with every other, and with what is wrong elsewhere', async () => {
    const found = await problems({ targets: 'a\nb:25\n# c\nd:x\ne:25?what=1', timeout: 'soon', quorum: '0' });
    expect(found.map((text) => text.slice(0, 16))).toEqual([
      'targets line 1: ',
      'targets line 4: ',
      'targets line 5: ',
      'timeout "soon" i',
      'quorum "0" would',
    ]);
  });

  test('a contradiction between inputs is told once, and not for every line', async () => {
    const found = await problems({ targets: 'a:25?timeout=1s\nb:25?timeout=2s', 'rcpt-to': 'ops@example.com' });
    expect(found).toEqual([expect.stringContaining('rcpt-to is given without mail-from')]);
  });
});

describe('targets', () => {
  test.each<[Inputs, string]>([
    [{ host: 'a', port: '25' }, 'together with host and port'],
    [{ host: 'a' }, 'together with host;'],
    [{ port: '25' }, 'together with port;'],
  ])('are not given together with %j', async (inputs, problem) => {
    expect(await problems({ targets: 'b:25', ...inputs })).toEqual([expect.stringContaining(problem)]);
  });
});

describe('a quorum', () => {
  test.each([
    ['all', { kind: 'all' }],
    ['any', { kind: 'count', count: 1 }],
    ['2', { kind: 'count', count: 2 }],
    ['60%', { kind: 'percent', percent: 60 }],
    ['100 %', { kind: 'percent', percent: 100 }],
  ])('of %s', async (text, quorum) => {
    expect(await settings({ targets: 'a:25\nb:25', quorum: text })).toMatchObject({ quorum });
  });

  test.each<[Inputs, string]>([
    [{ quorum: '3' }, 'quorum 3 is more than the number of targets (2)'],
    [{ quorum: '101%' }, 'at most 100%'],
    [{ quorum: '0' }, 'would pass even if all targets fail'],
    [{ quorum: '0%' }, 'would pass even if all targets fail'],
    [{ quorum: 'most' }, '"most" is not a quorum; write all, any, a number'],
    [{ quorum: '-1' }, '"-1" is not a quorum'],
    [{ targets: 'a:25\na:25', quorum: '2' }, 'quorum 2 is more than the number of targets (1)'],
    [{ targets: '', host: 'a', port: '25', quorum: '2' }, 'quorum 2 is more than the one target of host and port'],
    [{ concurrency: '0' }, 'concurrency "0" is too few targets; write at least 1'],
    [{ concurrency: '2000' }, 'concurrency "2000" is too many targets'],
  ])('that cannot be: %j', async (inputs, problem) => {
    expect(await problems({ targets: 'a:25\nb:25', ...inputs })).toEqual([expect.stringContaining(problem)]);
  });

  test('of a number is not compared with what MX records may name', async () => {
    expect(await problems({ targets: 'mx:example.com', quorum: '3' })).toEqual([]);
  });

  test('that no mending of a bad line could reach is told with the line', async () => {
    const found = await problems({ targets: 'a:25\nbad', quorum: '5' });
    expect(found).toEqual([expect.stringMatching(/^targets line 2/), expect.stringMatching(/^quorum 5 is more/)]);
    expect(await problems({ targets: 'a:25\nbad', quorum: '2' })).toHaveLength(1);
  });
});
