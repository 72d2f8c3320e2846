import { describe, expect, test } from '@jest/globals';
import { mailboxUrl } from '../../src/deliver/mailbox-url.ts';
import { readDeliverySettings, repeatDelivery } from '../../src/deliver/settings.ts';
import { shellQuote } from '../../src/shared/shell.ts';

const FINE = {
  host: 'mail.example.com',
  port: '587',
  'mail-from': 'gate@example.com',
  'deliver-to': 'ops@example.net',
  mailbox: 'imaps://imap.example.net',
  'mailbox-password': 'tulip-garden',
};

const read = (inputs: Readonly<Record<string, string>>) => readDeliverySettings((name) => inputs[name], {});

async function problemsOf(inputs: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await read(inputs);
  return 'problems' in found ? found.problems.map(({ input, problem }) => `${input} ${problem}`) : [];
}

/** What is left of the inputs without some of them. */
function without(...names: (keyof typeof FINE)[]): Record<string, string> {
  return Object.fromEntries(Object.entries(FINE).filter(([name]) => !names.includes(name as keyof typeof FINE)));
}

describe('the inputs of a delivery', () => {
  test('are one server, one sender, one recipient and its mailbox', async () => {
    const found = await read(FINE);
    if (!('settings' in found)) throw new Error(JSON.stringify(found));
    expect(found.settings.job).toMatchObject({
      from: { local: 'gate', domain: 'example.com' },
      to: { local: 'ops', domain: 'example.net' },
      place: { host: 'imap.example.net', port: 993, tls: 'implicit' },
      login: { kind: 'password', username: 'ops@example.net', password: 'tulip-garden' },
      timeoutMs: 120_000,
      warnMs: 30_000,
      require: [],
      authservId: null,
      keep: false,
    });
    expect(found.settings.job?.entry.checks.envelope).toEqual({
      from: { local: 'gate', domain: 'example.com' },
      to: [{ local: 'ops', domain: 'example.net' }],
      size: null,
    });
  });

  test('may have secrets that are read elsewhere, and that cannot be', async () => {
    const elsewhere = (secret: { value: string } | { problem: string }) =>
      readDeliverySettings((name) => (name === 'mailbox-password' ? secret : FINE[name as keyof typeof FINE]), {});
    const found = await elsewhere({ value: 'from-a-file' });
    expect('settings' in found && found.settings.job?.login).toMatchObject({ password: 'from-a-file' });
    const lost = await elsewhere({ problem: 'comes from a file that does not exist' });
    expect('problems' in lost && lost.problems).toEqual([
      { input: 'mailbox-password', problem: 'comes from a file that does not exist' },
    ]);
  });

  test('may name the server as a target with a query', async () => {
    const found = await read({ ...without('host', 'port'), targets: 'smtps://mail.example.com?timeout=3s' });
    if (!('settings' in found)) throw new Error(JSON.stringify(found));
    expect(found.settings.job?.entry).toMatchObject({
      target: { port: 465 },
      checks: { tls: 'implicit', timeout: 3000 },
    });
  });

  test.each([
    ['no mailbox', without('mailbox'), [/^mailbox is empty/]],
    ['no sender', without('mail-from'), [/^mail-from is empty/]],
    ['no recipient', without('deliver-to'), [/^deliver-to is empty/]],
    ['no password', without('mailbox-password'), [/^mailbox-password is empty; give it, or mailbox-access-token/]],
    ['the null sender', { ...FINE, 'mail-from': '<>' }, [/^mail-from is <>/]],
    ['both a password and a token', { ...FINE, 'mailbox-access-token': 'x' }, [/^mailbox-access-token .*only one/]],
    [
      'several targets',
      { ...without('host', 'port'), targets: 'a.example.com:25\nb.example.com:25' },
      [/^targets names 2 servers/],
    ],
    ['a mail domain', { ...without('host', 'port'), targets: 'mx:example.com' }, [/^targets is a mail domain/]],
    [
      'an LMTP server',
      { ...without('host', 'port'), targets: 'lmtp://example.com:24' },
      [/^targets names an LMTP server/],
    ],
    [
      'every address, and other recipients',
      { ...without('host', 'port'), targets: 'smtp://a.example.com:25?addresses=all&rcpt-to=x@example.com' },
      [/^targets has addresses, rcpt-to in its query/],
    ],
    [
      'dkim and nobody to trust',
      { ...FINE, 'delivery-require': 'dkim\ninbox' },
      [/^delivery-require has dkim, which needs authserv-id: set it to the word .*, such as mx\.example\.com$/],
    ],
    ['a warning that cannot come', { ...FINE, 'delivery-warn': '3m' }, [/^delivery-warn 180000 ms is above/]],
    ['an unknown requirement', { ...FINE, 'delivery-require': 'dkmi' }, [/^delivery-require .*did you mean `dkim`/]],
    ['a list of addresses', { ...FINE, 'deliver-to': 'a@example.com,b@example.com' }, [/^deliver-to .*comma/]],
  ])('are refused with %s', async (_, inputs, expected) => {
    const problems = (await problemsOf(inputs)).filter((one) => !/^targets line 1:/.test(one));
    expect(problems).toEqual(expected.map((one) => expect.stringMatching(one)));
  });

  test('say all that is wrong at once', async () => {
    const problems = await problemsOf({ host: 'mail.example.com', port: 'x', mailbox: 'pop3://a' });
    expect(problems.map((one) => one.split(' ')[0])).toEqual([
      'deliver-to',
      'mailbox',
      'mailbox-password',
      'port',
      'mail-from',
    ]);
  });

  test('that are not there at all are not configured, and a mailbox without a server is neither', async () => {
    const nothing = await read({});
    expect('settings' in nothing && nothing.settings.job).toBeNull();
    const half = await read(without('host', 'port'));
    expect('settings' in half && [half.settings.job, half.settings.gate.missing]).toEqual([null, ['host', 'port']]);
  });

  test('never quote a login that stands in the mailbox', async () => {
    const problems = await problemsOf({ ...FINE, mailbox: 'imaps://ops:tulip-garden@imap.example.net' });
    expect(problems).toEqual([expect.stringMatching(/^mailbox contains an at sign/)]);
    expect(problems.join()).not.toContain('tulip');
  });

  test('become the command that repeats the check, without secrets', async () => {
    const found = await read({ ...FINE, 'delivery-require': 'inbox', 'delivery-timeout': '5m' });
    if (!('settings' in found)) throw new Error('unread');
    const secret = (name: string) => `${name}="\${${name}:?}"`;
    const options = '--mail-from=gate@example.com';
    const gate = `${secret('SMTP_GATE_PASSWORD')} smtp-gate mail.example.com:587 ${options}`;
    const own = '--deliver-to=ops@example.net --mailbox=imaps://imap.example.net --delivery-timeout=5m';
    expect(repeatDelivery(gate, found.settings.job?.given ?? new Map(), shellQuote)).toBe(
      `${secret('SMTP_GATE_MAILBOX_PASSWORD')} ${secret('SMTP_GATE_PASSWORD')} smtp-gate deliver mail.example.com:587 ${options} ${own} --delivery-require=inbox`,
    );
  });
});

describe('a mailbox', () => {
  test.each([
    ['imaps://imap.example.net', { host: 'imap.example.net', port: 993, tls: 'implicit' }],
    ['imap://imap.example.net/', { host: 'imap.example.net', port: 143, tls: 'starttls' }],
    ['IMAPS://[::1]:1993', { host: '::1', port: 1993, tls: 'implicit' }],
  ])('is read: %s', (text, value) => expect(mailboxUrl(text)).toEqual({ value }));

  test.each([
    ['imap.example.net', /no scheme/],
    ['pop3s://imap.example.net', /has the scheme pop3s:/],
    ['constructor://x', /has the scheme constructor:/],
    ['imaps://', /the host is missing/],
    ['imaps://a:993:1', /host/],
    ['imaps://a:0', /the port "0" is out of range/],
    ['imaps://a/INBOX', /has a path/],
    ['imaps://a b', /contains a space/],
    ['imaps://user@a', /at sign/],
    [`imaps://${'a'.repeat(2_000)}`, /2008 characters long/],
  ])('is refused: %s', (text, problem) => {
    const read = mailboxUrl(text);
    expect('problem' in read && read.problem).toMatch(problem);
  });
});
