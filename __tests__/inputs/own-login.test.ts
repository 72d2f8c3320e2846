import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runGate } from '../../src/gate/gate.ts';
import { masksOf, planOf, secretsOfAll } from '../../src/gate/probe-plan.ts';
import { readOwnLogin } from '../../src/inputs/own-login.ts';
import { readSettings, type Settings } from '../../src/inputs/settings.ts';
import { setApart } from '../../src/inputs/target-labels.ts';
import { repeatCommand } from '../../src/inputs/verify-command.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { FakeClock } from '../support/clock.ts';
import { NOTHING_ELSE } from '../support/gate.ts';
import { observation } from '../support/observation.ts';

const folder = mkdtempSync(join(tmpdir(), 'logins-'));
const file = (name: string, text: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const ENV = {
  MX1_USER: 'relay-one',
  MX1_PASSWORD: 'first secret',
  MX2_USER: 'relay-two',
  MX2_PASSWORD: 'second secret\n',
  MX3_TOKEN: 'ya29.token',
  EMPTY: '',
  BLANK: ' \n',
  ODD: 'a\u0001b',
};

const read = (targets: string, inputs: Record<string, string> = {}) =>
  readSettings((name) => (({ targets, ...inputs }) as Readonly<Record<string, string>>)[name], ENV);

async function settings(targets: string, inputs: Record<string, string> = {}): Promise<Settings> {
  const result = await read(targets, inputs);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

async function problem(query: string, inputs: Record<string, string> = {}): Promise<string> {
  const result = await read(`mail.example.com:587?${query}`, inputs);
  return 'problems' in result ? result.problems.map(({ problem }) => problem).join(' | ') : '';
}

const login = ({ username = 'both', password = 'everywhere' } = {}) => ({ username, password });
const credentials = async (query: string, inputs: Record<string, string> = {}) =>
  (await settings(`mail.example.com:587?${query}`, inputs)).entries[0]?.checks.credentials;

describe('a target’s own login', () => {
  test('is in the variables that it names', async () => {
    expect(await credentials('username-env=MX1_USER&password-env=MX1_PASSWORD')).toEqual({
      kind: 'password',
      username: 'relay-one',
      password: 'first secret',
    });
  });

  test('makes the gate go beyond the greeting for that target alone', async () => {
    const { entries } = await settings(
      'a.example.com:587?username-env=MX1_USER&password-env=MX1_PASSWORD\nb.example.com:587',
    );
    expect(entries.map(({ checks }) => checks.beyondGreeting)).toEqual([true, false]);
  });

  test('may be in a file, whose last line end is none of it', async () => {
    const path = file('mx1', ' padded \r\n');
    expect(await credentials(`username-env=MX1_USER&password-file=${path}`)).toHaveProperty('password', ' padded ');
  });

  test.each([
    ['takes a part of the inputs’ place', 'password-env=MX1_PASSWORD', { username: 'both', password: 'first secret' }],
    [
      'takes the place of a password by a token',
      'access-token-env=MX3_TOKEN',
      { username: 'both', token: 'ya29.token' },
    ],
    [
      'takes all of its place',
      'username-env=MX2_USER&password-env=MX2_PASSWORD',
      { username: 'relay-two', password: 'second secret' },
    ],
  ])('%s', async (_, query, expected) => {
    expect(await credentials(query, login())).toMatchObject(expected);
  });

  test('may be none', async () => {
    const { entries } = await settings('a.example.com:587\nb.example.com:587?username-env=', login());
    expect(entries.map(({ checks }) => checks.credentials?.username)).toEqual(['both', undefined]);
  });

  test.each([
    [
      'password-env=NOWHERE',
      'password-env names NOWHERE, which is not set here; set this variable, in a workflow under env: of this step or in the secret logins of fleet.yml',
    ],
    [
      'password-env=EMPTY',
      'password-env names EMPTY, which is set to nothing; is the secret there that it is set from?',
    ],
    [
      'access-token-env=BLANK',
      'access-token-env names BLANK, which is set to nothing; is the secret there that it is set from?',
    ],
    ['password-env=', 'password-env is empty; write the name of an environment variable, such as MX1_PASSWORD'],
    ['password-env=hunter-2!', 'password-env is no name of an environment variable'],
    ['password-env=ODD', 'password-env contains an invisible character (U+0001)'],
    ['password-file=', 'password-file is empty; write the path of a file, such as /run/secrets/mx1'],
    ['password-file=hunter2', 'password-file the file that it names does not exist (ENOENT)'],
    [
      'password-file=/no/such',
      'password-file "/no/such" does not exist (ENOENT); write the path of a file that holds the secret alone',
    ],
    ['password-file=/', 'password-file "/" is a folder (EISDIR)'],
    ['username-env=MX1_USER&username-env=MX2_USER', 'says twice where its username is; write one of username-env'],
    [
      'password-env=MX1_PASSWORD&password-file=/x/y',
      'says twice where its password is; write one of password-env, password-file',
    ],
    [
      'username-env=&password-env=MX1_PASSWORD',
      'has an empty username-env, which is no login at all, and a part of one',
    ],
    ['username-env=MX1_USER', 'username is given without password or access-token'],
    ['pasword-env=MX1_PASSWORD', 'has the unknown query option "pasword-env" (did you mean `password-env`?)'],
    [
      'password=hunter2',
      'give it as the input password, or write password-env or password-file, which says where it is',
    ],
  ])('%s is refused, and no value is quoted', async (query, said) => {
    const text = await problem(query);
    expect(text).toContain(said);
    expect(text).not.toMatch(/hunter|first secret|a\u0001b/);
  });

  test.each([
    ['nothing', '', /is empty; write the secret into it/],
    ['too much', 'x'.repeat(65 * 1024), /is larger than 64 KiB; write the secret alone into it/],
    ['no text', Buffer.from([0xff, 0xfe, 0x41]), /is not UTF-8 text/],
  ])('a file with %s is refused', async (name, text, said) => {
    expect(await problem(`username-env=MX1_USER&password-file=${file(name.replace(' ', '-'), text)}`)).toMatch(said);
  });

  test('is refused for a mail domain, unless its servers have to prove a name', async () => {
    const result = await read('mx:example.com?username-env=MX1_USER&password-env=MX1_PASSWORD');
    expect(JSON.stringify(result)).toContain('is a mail domain with a login');
  });
});

const TWO =
  'a.example.com:587?username-env=MX1_USER&password-env=MX1_PASSWORD\nb.example.com:587?username-env=MX2_USER&password-env=MX2_PASSWORD';

describe('logins of several targets', () => {
  test('that differ are two targets at one place, each with its name', async () => {
    const { entries } = await settings(TWO.replaceAll('b.example.com', 'a.example.com'));
    expect(setApart(entries.map(({ target, checks }) => ({ at: target.host, given: checks.given })))).toEqual([
      '?password-env=MX1_PASSWORD&username-env=MX1_USER',
      '?password-env=MX2_PASSWORD&username-env=MX2_USER',
    ]);
  });

  test('are noted where one goes to several hosts', async () => {
    const query = '?username-env=MX1_USER&password-env=MX1_PASSWORD';
    const { notes } = await settings(
      `a.example.com:587${query}\nA.example.com:25${query}\nb.example.com:587${query}\nc.example.com:587${query}\n`,
    );
    expect(notes).toEqual(['one login goes to 3 hosts: a.example.com, b.example.com, c.example.com']);
  });

  test('are noted for the inputs’ login too, and with few names', async () => {
    const { notes } = await settings(Array.from({ length: 7 }, (_, i) => `m${i}.example.com:587`).join('\n'), login());
    expect(notes).toEqual([expect.stringMatching(/^one login goes to 7 hosts: m0\..*, m4\.example\.com and 2 more$/)]);
  });

  test('are all masked', async () => {
    const masks = masksOf(await settings(TWO, login()));
    expect(masks).toEqual(
      expect.arrayContaining([
        'first secret',
        'second secret',
        'everywhere',
        Buffer.from('second secret').toString('base64'),
      ]),
    );
  });

  test('are repeated by their names', async () => {
    const { entries } = await settings(TWO);
    expect(repeatCommand('a.example.com:587', entries[0]?.checks.given ?? new Map())).toBe(
      "npx smtp-gate@1 'a.example.com:587?username-env=MX1_USER&password-env=MX1_PASSWORD'",
    );
  });

  test('are redacted in what every server says', async () => {
    const read = await settings(TWO);
    const [a] = read.entries;
    if (!a) throw new Error('no entry');
    const { secrets } = planOf(a.target, a.checks, secretsOfAll(read.entries));
    expect(secrets.redact('220 first secret, second secret, relay-one and relay-two')).toBe(
      '220 ***, ***, *** and relay-two',
    );
    expect(secrets.holds(Buffer.from('second secret').toString('base64'))).toBe(true);
  });

  test('are redacted where one target alone has a login', async () => {
    const read = await settings(`a.example.com:587?username-env=MX1_USER&password-env=MX1_PASSWORD\nb.example.com:587`);
    const [, b] = read.entries;
    if (!b) throw new Error('no entry');
    const { secrets } = planOf(b.target, b.checks, secretsOfAll(read.entries));
    expect(secrets.redact('220 first secret')).toBe('220 ***');
  });

  test('reach the probe with the secrets of all others', async () => {
    const said: string[] = [];
    const probe = async (plan: Plan) => {
      said.push(plan.secrets.redact('first secret second secret'));
      return observation();
    };
    const clock = new FakeClock();
    await clock.runUntil(runGate(await settings(TWO), { ...NOTHING_ELSE, clock, progress: () => {}, probe }));
    expect(said).toEqual(['*** ***', '*** ***']);
  });
});

describe('a secret of one target', () => {
  const OWN = 'mail.example.com:587?username-env=MX1_USER&password-env=MX1_PASSWORD';
  const FORMS = ['first secret', Buffer.from('first secret').toString('base64'), encodeURIComponent('first secret')];

  test.each([
    ['in a line that is no target', `${OWN}\n${FORMS[1]}`],
    ['in an option of another target', `${OWN}\nb.example.com:25?expect-banner=(${FORMS[2]}`],
    ['in an option of its own', `${OWN}&tls=${FORMS[2]}`],
    ['in the name of a file', `${OWN}\nb.example.com:25?tls-ca=/none/${FORMS[2]}.pem`],
  ])('is not quoted by a problem: %s', async (_, targets) => {
    const result = await read(targets);
    const said = JSON.stringify('problems' in result ? result.problems : '');
    expect(said).toContain('***');
    for (const form of FORMS) expect(said).not.toContain(form);
  });

  test('is in no reason, no name of a file, no text of an option, and no note', async () => {
    const path = file('list with first secret.txt', `${OWN}\n${OWN}\nb.example.com:25\n`);
    const { entries, ignore, given, notes } = await settings('c.example.com:25', {
      'targets-file': path,
      ignore: `slow # as ${FORMS[1]}`,
      'expect-banner': 'first secret',
    });
    const said = JSON.stringify([
      entries.map(({ source, checks }) => [source, checks.ignore, [...checks.given]]),
      ignore,
      [...given],
      notes,
    ]);
    for (const form of FORMS) expect(said).not.toContain(form);
    expect(ignore[0]?.reason).toBe('as ***');
    expect(entries[1]?.source?.file).toMatch(/list with \*\*\*\.txt$/);
    expect(notes).toEqual([expect.stringContaining('list with ***.txt:2 repeats')]);
    expect(entries[1]?.checks.expectBanner).toBe('first secret');
  });
});

describe('to the letter', () => {
  const env = { A: 'one', B: 'two' };
  const exact = (...query: [string, string][]) => {
    const { login, problems } = readOwnLogin(query, env);
    return { values: login?.values, shown: login && [...login.shown], problems };
  };

  test.each<[string, [string, string][], object, [string, string | null][]]>([
    ['a user', [['username-env', 'A']], { username: 'one' }, [['username', 'username-env=A']]],
    [
      'a password, and so no token',
      [['password-env', 'A']],
      { password: 'one', accessToken: null },
      [
        ['password', 'password-env=A'],
        ['access-token', null],
      ],
    ],
    [
      'a token, and so no password',
      [['access-token-env', 'A']],
      { accessToken: 'one', password: null },
      [
        ['access-token', 'access-token-env=A'],
        ['password', null],
      ],
    ],
    [
      'both, of which somebody else complains',
      [
        ['password-env', 'A'],
        ['access-token-env', 'B'],
      ],
      { password: 'one', accessToken: 'two' },
      [
        ['password', 'password-env=A'],
        ['access-token', 'access-token-env=B'],
      ],
    ],
  ])('%s', (_, query, values, shown) => {
    expect(exact(...query)).toEqual({ values, shown, problems: [] });
  });

  test('a path is shown as a query has it', () => {
    expect(exact(['password-file', 'a/b&c#d?e+f g']).shown?.[0]).toEqual([
      'password',
      'password-file=a/b%26c%23d%3Fe%2Bf%20g',
    ]);
  });

  test.each(['1A', 'A-', '-A', ' A', `A${'a'.repeat(128)}`])('%j is no name of a variable', (name) => {
    expect(exact(['password-env', name]).problems).toEqual([
      'password-env is no name of an environment variable (letters, digits and _); write one, such as MX1_PASSWORD',
    ]);
  });

  test.each<[string, string | undefined]>([
    ['a', 'a'],
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\nb', undefined],
    ['a\n\n', undefined],
  ])('of a file with %j, one line end is no part of the secret', (text, password) => {
    const path = file('secret', text);
    const { values, problems } = exact(['password-file', path]);
    expect(values?.password).toBe(password);
    expect(problems).toHaveLength(password === undefined ? 1 : 0);
  });
});
