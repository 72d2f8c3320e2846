import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../src/inputs/settings.ts';

type Inputs = Readonly<Record<string, string>>;

const read = (inputs: Inputs) => readSettings((name) => inputs[name], {});

async function problems(inputs: Inputs): Promise<string[]> {
  const result = await read(inputs);
  return 'problems' in result ? result.problems.map(({ input, problem }) => `${input}: ${problem}`) : [];
}

async function settings(inputs: Inputs) {
  const result = await read(inputs);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

const times = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');
const LOGIN = { username: 'ada', password: 'Tr0ub4dor' };

describe('of many lines that cannot be read', () => {
  test('the first fifty are told, and how many more there are', async () => {
    expect(await problems({ targets: times(50, 'a') })).toHaveLength(50);
    const more = await problems({ targets: times(52, 'a') });
    expect(more).toHaveLength(51);
    expect(more.at(-2)).toMatch(/^targets: line 50: /);
    expect(more.at(-1)).toBe('targets: has 2 more such lines');
  });

  test('a file that cannot be named is told alone', async () => {
    expect(await problems({ 'targets-file': 'a\u0001' })).toEqual([
      'targets-file: line 1: contains an invisible character (U+0001); write one path',
    ]);
  });
});

describe('a quorum', () => {
  test.each<[string, string, string[]]>([
    ['a.example:25\nb.example:25', '2', []],
    ['a.example:25\nb.example:25', '3', ['quorum: 3 is more than the number of targets (2); write at most 2, or all']],
    ['mx:a.example\nb.example:25', '3', []],
    ['# none', '3', []],
  ])('of %j may not be %s where there can never be so many', async (targets, quorum, expected) => {
    expect(await problems({ targets, quorum })).toEqual(expected);
  });
});

test('targets are missing where there are none', async () => {
  expect((await settings({ targets: '# none' })).missing).toEqual(['targets']);
  expect((await settings({ targets: 'a.example:25' })).missing).toEqual([]);
});

test('a target without options has the checks of all', async () => {
  const { entries } = await settings({ targets: 'a.example:25\nb.example:25\nc.example:25?tls=none' });
  const [a, b, c] = entries.map(({ checks }) => checks);
  expect(a).toBe(b);
  expect(c).not.toBe(a);
});

test.each([
  [2, 'one login goes to 2 hosts: 1.example, 2.example'],
  [5, 'one login goes to 5 hosts: 1.example, 2.example, 3.example, 4.example, 5.example'],
  [6, 'one login goes to 6 hosts: 1.example, 2.example, 3.example, 4.example, 5.example and 1 more'],
])('one login for %d hosts is noted', async (count, note) => {
  const targets = Array.from({ length: count }, (_, i) => `${i + 1}.example:587`).join('\n');
  expect((await settings({ ...LOGIN, targets })).notes).toEqual([note]);
});

test('options that cannot be read are told before those that contradict each other', async () => {
  const said = await problems({ targets: 'a.example:25?tls=none&tls-servername=b.example&timeout=x' });
  expect(said).toEqual([
    'targets: line 1: timeout "x" is not a duration; write 500ms, 10s or 2m (a bare number is seconds)',
  ]);
  expect(await problems({ targets: 'a.example:25?tls=none&tls-servername=b.example' })).toEqual([
    'targets: line 1: tls is none, and tls-servername asks for TLS; write starttls or implicit, or leave it out',
  ]);
});

test('the text of an option has no white space around it', async () => {
  const { entries } = await settings({
    targets: 'a.example:25?ehlo-name=%20x.example%20&require=%20SIZE%20&require=%20DSN%20',
  });
  expect([...(entries[0]?.checks.given ?? [])]).toEqual([
    ['targets', expect.anything()],
    ['ehlo-name', 'x.example'],
    ['require', 'SIZE\nDSN'],
  ]);
});

test('two targets whose lists differ in empty lines alone are one', async () => {
  const targets = 'a.example:25?require=SIZE%0ADSN\na.example:25?require=SIZE%0A%0ADSN\na.example:25?require=SIZE';
  const { entries, notes } = await settings({ targets });
  expect(entries).toHaveLength(2);
  expect(notes).toEqual(['targets: line 2 repeats line 1, and is checked once']);
});

describe('a mail domain with a login', () => {
  const RISK =
    'targets: line 1: is a mail domain with a login, and whoever controls its MX records would receive the credentials';
  const BARE = `${RISK}; write tls-servername, the name that the certificates of its servers must have, or name the server as host:port`;
  const unproven = (what: string) =>
    `${RISK}: tls-servername does not prevent that if ${what}; leave that out, or name the server as host:port`;
  const NAMED = { 'tls-servername': 'mx.example', tls: 'starttls' };

  test.each<[Inputs, string[]]>([
    [LOGIN, [BARE]],
    [{ username: 'ada', 'access-token': 'ya29.x' }, [BARE]],
    [{ 'access-token': 'ya29.x', 'auth-method': 'OAUTHBEARER' }, [BARE]],
    [{ ...LOGIN, ...NAMED }, []],
    [{ ...LOGIN, ...NAMED, 'tls-verify': 'false' }, [unproven('tls-verify is false')]],
    [{ ...LOGIN, ...NAMED, 'auth-over-plaintext': 'true' }, [unproven('auth-over-plaintext is true')]],
    [
      { ...LOGIN, ...NAMED, 'tls-verify': 'false', 'auth-over-plaintext': 'true' },
      [unproven('tls-verify is false and auth-over-plaintext is true')],
    ],
    [{}, []],
  ])('and %j', async (inputs, expected) => {
    expect(await problems({ targets: 'mx:a.example', ...inputs })).toEqual(expected);
    expect(await problems({ targets: 'a.example:25', ...inputs })).toEqual([]);
  });

  test('and no TLS at all', async () => {
    const said = await problems({ targets: 'mx:a.example?tls=none', ...LOGIN, 'tls-servername': 'mx.example' });
    expect(said).toEqual([
      `targets: line 1: tls is none, and tls-servername asks for TLS; write starttls or implicit, or leave it out; ${unproven('tls is none').slice('targets: line 1: '.length)}`,
    ]);
  });
});

describe('what cannot stand in a target', () => {
  const own = async (query: string) => (await problems({ targets: `a.example:25?${query}` }))[0] ?? '';
  const HEAD = 'targets: line 1: ';

  test.each([
    [
      'password=x',
      'has password in its query, where credentials would be visible; give it as the input password, or write password-env or password-file, which says where it is',
    ],
    [
      'username=x',
      'has username in its query, where credentials would be visible; give it as the input username, or write username-env, which says where it is',
    ],
    [
      'github-token=x',
      'has github-token in its query, where credentials would be visible; give it as the input github-token',
    ],
    ['host=x', 'has host in its query, which is not an option of one target; write host:port before the ?'],
    ['summary=no', 'has summary in its query, which is not an option of one target; give it as the input summary'],
    ['timeout=1s&timeout=2s', 'has timeout twice in its query; write it once'],
  ])('%s', async (query, problem) => {
    expect(await own(query)).toBe(HEAD + problem);
  });

  test('an unknown option is told with those of the same kind, or with all', async () => {
    expect(await own('latency-x=1')).toBe(
      `${HEAD}has the unknown query option "latency-x"; write one of latency-warn, latency-fail`,
    );
    const all = await own('zzz=1');
    expect(all).toContain(`${HEAD}has the unknown query option "zzz"; write one of timeout, `);
    expect(all).toMatch(/, access-token-env$/);
    expect(await own('latency-war=1')).toContain('(did you mean `latency-warn`?)');
  });
});
