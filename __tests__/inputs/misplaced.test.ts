import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import { quote, quoteMailbox } from '../../src/inputs/parsers/result.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import fc from '../support/property.ts';

type Inputs = Readonly<Record<string, string>>;

/** All that is said of inputs, whether or not they can be read: their problems, their notes, and what is probed. */
async function said(inputs: Inputs): Promise<string> {
  const read = await readSettings((name) => inputs[name], {});
  if ('problems' in read) return JSON.stringify(read.problems);
  return JSON.stringify([read.settings.notes, read.settings.entries.map(({ target }) => target)]);
}

/** What one finds in passwords: letters, digits, and whatever parts a URL. A tail makes each one of a kind. */
const password = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'abcXYZ0189 !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~é✓'), maxLength: 12 }),
    fc.constantFrom('Zq9xSECRETvw', 'hunter2', '12345678', 'correct horse'),
    fc.string({ unit: fc.constantFrom(...'abcXYZ0189!$%&*+,-./:;=?#_~'), maxLength: 6 }),
  )
  .map((parts) => parts.join(''));

type Place = (login: string) => Inputs;
const PLACES: readonly (readonly [string, Place])[] = [
  ['host', (login) => ({ host: `${login}@h.test`, port: '25' })],
  ['host with a scheme', (login) => ({ host: `smtp://${login}@h.test`, port: '25' })],
  ['host with a port', (login) => ({ host: `${login}@h.test:587`, port: '25' })],
  ['port', (login) => ({ host: 'h.test', port: `${login}@h.test` })],
  ['targets', (login) => ({ targets: `${login}@h.test:25` })],
  ['targets, smtp://', (login) => ({ targets: `a.test:25\nsmtp://${login}@h.test:25\n` })],
  ['targets, smtps://', (login) => ({ targets: `smtps://${login}@h.test:465` })],
  ['targets, mx:', (login) => ({ targets: `mx:${login}@h.test` })],
  ['targets, another scheme', (login) => ({ targets: `https://${login}@h.test:25/x` })],
  ['targets with a query', (login) => ({ targets: `smtp://${login}@h.test:25?tls=starttls` })],
  ['targets, for a proxy', (login) => ({ targets: `h.test:25?proxy=http://${encodeURIComponent(login)}@p.test:1x` })],
  ['proxy', (login) => ({ host: 'h.test', port: '25', proxy: `http://${login}@p.test:1x` })],
  ['mail-from', (login) => ({ host: 'h.test', port: '25', 'mail-from': `${login}@h..test` })],
  ['rcpt-to', (login) => ({ host: 'h.test', port: '25', 'mail-from': '<>', 'rcpt-to': `${login}@h..test` })],
  ['ehlo-name', (login) => ({ host: 'h.test', port: '25', 'ehlo-name': `${login}@h.test` })],
  ['tls-servername', (login) => ({ host: 'h.test', port: '25', 'tls-servername': `${login}@h.test` })],
  ['ignore', (login) => ({ host: 'h.test', port: '25', ignore: `slow@${login}@h.test:25` })],
  ['tls', (login) => ({ host: 'h.test', port: '25', tls: `${login}@h.test` })],
  ['timeout', (login) => ({ host: 'h.test', port: '25', timeout: `${login}@h.test` })],
];

describe.each(PLACES)('a login in the place of %s', (_, place) => {
  const LOGINS: readonly (readonly [string, (password: string) => string])[] = [
    ['as it is', (password) => `user:${password}`],
    ['percent-encoded', (password) => `user:${encodeURIComponent(password)}`],
  ];

  test.each(LOGINS)('is refused and never quoted, %s', async (_, login) => {
    await fc.assert(
      fc.asyncProperty(password, async (secret) => {
        const written = login(secret);
        const text = await said(place(written));
        for (const form of [secret, written, written.slice('user:'.length)])
          expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a login whose at sign is encoded', () => {
  test.each(['%40', '%2540', '&#64;', '＠', '\\u0040'])('as %s is never quoted', async (at) => {
    for (const place of [
      { host: `user:Zq9xSECRETvw${at}h.test`, port: '25' },
      { targets: `smtp://user:Zq9xSECRETvw${at}h.test:25` },
      { host: 'h.test', port: '25', 'ehlo-name': `user%3AZq9xSECRETvw${at}h.test` },
      { host: 'h.test', port: '25', 'mail-from': `user:Zq9xSECRETvw${at}h..test` },
    ]) {
      const text = await said(place);
      expect(text).toContain('problem');
      expect(text).not.toContain('SECRET');
    }
  });
});

describe('a login in a target is refused as one', () => {
  test.each([
    'smtp://user:Zq9xSECRETvw?x@h.test:25',
    'smtp://user:Zq9xSECRETvw#x@h.test:25',
    'smtp://user:123?x@h.test:25',
    'smtp://user:123#x@h.test:25',
    'smtp://user:123 #x@h.test:25',
    'smtp://user:123?tls=x@h.test:25',
    'smtp://user:123?x=y@h.test:25',
    'user%3A123%40h.test:25',
  ])('%s', async (targets) => {
    expect(await said({ targets })).toContain('contains credentials (before the @)');
  });

  test.each([
    'h.test:25 # ask ops@example.com',
    'h.test:25 #ops@example.com',
    'h.test:25#the relay',
    'h.test:25?mail-from=gate@example.com # x',
    'h.test:25?mail-from=gate%40example.com',
    'h.test:25?expect-banner=a@b',
  ])('and %s has none', async (targets) => {
    expect(await said({ targets })).not.toContain('problem');
  });
});

describe('what is called a secret', () => {
  test.each([
    'password=hunter2',
    'x?Token: hunter2',
    'passwd%3Dhunter2',
    '"password":"hunter2"',
    'api_key=hunter2&a=b',
  ])('is not quoted: %s', (text) => {
    expect(quote(text)).not.toContain('hunter2');
    expect(quoteMailbox(text)).not.toContain('hunter2');
  });
});

describe('a mailbox', () => {
  test.each(['gate@example..com', 'a b@example.com'])('is quoted: %s', (text) => {
    expect(quoteMailbox(text)).toBe(JSON.stringify(text));
  });
});

describe('on the command line', () => {
  const SECRET = 'Zq9xSECRETvw';
  test.each([
    [[`user:${SECRET}@h.test:25`]],
    [[`smtp://user:${SECRET}?x@h.test:25`]],
    [[`smtp://user:${SECRET}#x@h.test:25`]],
    [['--host', 'a', `user:${SECRET}@h.test:25`]],
    [['--host', 'a', `a.test:25?password=${SECRET}`]],
    [[`--user:${SECRET}@h.test:25`]],
    [[`--password=${SECRET}`]],
    [[`-user:${SECRET}@h.test`]],
    [[`--json=user:${SECRET}@h.test`]],
  ])('%j shows no password', (args) => {
    const read = readCommandLine(args);
    expect(read).toHaveProperty('usage');
    expect(JSON.stringify(read)).not.toContain('SECRET');
  });
});
