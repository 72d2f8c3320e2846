import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { carries, hidden, type State, stateIn } from '../../src/incident/state.ts';
import { GitHubApi } from '../support/github-api.ts';
import { Day, down, type RunOptions, scheduled } from '../support/incidents.ts';

// A machine that is busy takes its time.
jest.setTimeout(60_000);

for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) delete process.env[name];

let api: GitHubApi;
let day: Day;
beforeEach(async () => {
  api = await GitHubApi.start();
  day = new Day();
  api.now = () => day.date();
});
afterEach(async () => {
  await api.close();
  expect(api.problems).toEqual([]);
});

const run = (options: Omit<RunOptions, 'day'> = {}) => scheduled(api, { day, ...options });
const fails = (options: Omit<RunOptions, 'day'> = {}) => run({ servers: { a: down }, ...options });
const link = (query: string, rel: string) => `<https://api.github.com/repositories/1/issues?${query}>; rel="${rel}"`;

describe('an answer', () => {
  test('is read up to 32 MiB', async () => {
    api.fault = ({ path }) =>
      path.endsWith('/issues') ? { status: 200, raw: `[${' '.repeat(33 * 1024 ** 2)}]` } : null;
    const { warnings, outputs } = await fails();
    expect(outputs['incident-state']).toBe('none');
    expect(warnings).toEqual([
      expect.stringMatching(/reading issues: .* answered what GitHub’s API does not \(\[ +…\)/),
    ]);
  });

  test('that refuses is told in a few words, however long it is', async () => {
    api.fault = () => ({ status: 403, message: 'no '.repeat(1_000_000) });
    const { warnings } = await fails();
    expect(warnings[0]?.length).toBeLessThan(500);
  });
});

describe('pages', () => {
  test.each([['1000000000'], ['9007199254740991'], ['many']])(
    'that are said to be %s are read in time',
    async (last) => {
      let pages = 0;
      api.fault = ({ method, path }) => {
        if (method !== 'GET' || !path.endsWith('release/issues')) return null;
        pages += 1;
        day.advance(200);
        return {
          status: 200,
          raw: '[]',
          headers: { link: `${link('page=2', 'next')}, ${link(`page=${last}`, 'last')}` },
        };
      };
      expect((await fails()).outputs['incident-state']).toBe('opened');
      expect(pages).toBeLessThan(60);
    },
  );

  test.each([
    ['by cursors', `${link('page=2&after=x', 'next')}`],
    ['by numbers', `${link('page=2', 'next')}, ${link('page=100000', 'last')}`],
  ])('that never end are at most 200 of one list, %s', async (_, header) => {
    let pages = 0;
    api.fault = ({ method, path }) => {
      if (method !== 'GET' || !path.endsWith('release/issues')) return null;
      pages += 1;
      return { status: 200, raw: '[]', headers: { link: header } };
    };
    expect((await fails()).outputs['incident-state']).toBe('opened');
    // The newest, all that are open, all that were closed, and the latest.
    expect(pages).toBe(1 + 200 + 200 + 1);
  });
});

test('of many incidents a run closes a few, and is about the oldest', async () => {
  await fails();
  const [first] = api.issues;
  for (let number = 2; number <= 20; number += 1) api.add({ ...first, number, comments: [] });
  const { outputs } = await run({ targets: ['a'] });
  expect(outputs).toMatchObject({ 'incident-state': 'closed', 'incident-url': expect.stringMatching(/\/1$/) });
  expect(api.open()).toHaveLength(14);
  for (let runs = 0; runs < 3; runs += 1) await run();
  expect(api.open()).toEqual([]);
});

test('an issue whose URL cannot stand in a link is named by its number', async () => {
  const issue = { number: 7, html_url: 'https://x.example/) ![i](https://evil.example/x.png' };
  api.fault = ({ method, path }) =>
    method === 'POST' && path.endsWith('/issues') ? { status: 201, raw: JSON.stringify(issue) } : null;
  const { summary } = await fails();
  expect(summary).toContain('**Incident:** opened #7');
  expect(summary).not.toContain('evil');
});

describe('what somebody wrote into what a body remembers', () => {
  const identity = 'f'.repeat(32);
  const at = '2026-01-01T12:00:00.000Z';
  const run = 'https://github.com/octo/release/actions/runs/1';
  const one: State = { since: at, firstRun: run, failing: [], others: 0, digest: '', changes: [] };
  const read = (over: Partial<State>) => stateIn(hidden(identity, { ...one, ...over }));

  test('is cut to what we would have written', () => {
    const known = { label: 'a:25', codes: ['connect-refused'], since: at };
    const changes = Array.from({ length: 1_000 }, (_, i) => ({ at, run, text: `change ${i}` }));
    const state = read({ failing: Array.from({ length: 1_000 }, () => known), others: 5, changes });
    expect(state?.changes).toEqual(changes.slice(-20));
    expect(state?.failing.length).toBeLessThan(200);
    expect((state?.failing.length ?? 0) + (state?.others ?? 0)).toBe(1_005);
    expect(hidden(identity, state ?? one).length).toBeLessThan(40_000);
  });

  test.each<[string, Partial<State>]>([
    ['a long URL', { firstRun: `https://x.example/${'x'.repeat(10_000)}` }],
    ['a long time', { since: `2026-01-01(${'x'.repeat(10_000)})` }],
    ['a long digest', { digest: 'x'.repeat(10_000) }],
    ['fewer than none', { others: -1 }],
  ])('is not read: %s', (_, over) => {
    expect(read({})).toEqual(one);
    expect(read(over)).toBeNull();
  });

  test('is read in a time that grows with its length', () => {
    const comment = `<!-- smtp-gate incident ${identity} `;
    for (const piece of [comment, '<!-- smtp-gate incident ', `${comment}x -->`, '<!--'])
      expect(carries(piece.repeat(Math.ceil(131_072 / piece.length)), 'e'.repeat(32))).toBe(false);
  });
});
