import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Fault, GitHubApi, type Seen } from '../support/github-api.ts';
import { wrongAnswer, wrongRequest } from '../support/github-openapi.ts';
import { Day, down, type RunOptions, scheduled, TOKEN } from '../support/incidents.ts';
import { closedPort } from '../support/servers.ts';

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

const fails = (options: Omit<RunOptions, 'day'> = {}) => scheduled(api, { day, servers: { a: down }, ...options });
const always = (fault: Fault) => {
  api.fault = () => fault;
};
/** The fault at the first `times` requests of a kind. */
const at = (kind: (seen: Seen) => boolean, fault: Fault, times = 1) => {
  let left = times;
  api.fault = (seen) => {
    if (!kind(seen) || left === 0) return null;
    left -= 1;
    return fault;
  };
};
const post = ({ method, path }: Seen) => method === 'POST' && path.endsWith('/issues');
const comment = ({ path }: Seen) => path.endsWith('/comments');
const reset = String(Date.UTC(2026, 0, 1, 12, 30) / 1_000);

describe('what goes wrong at GitHub is a warning that says what to do', () => {
  test.each<[string, Fault, RegExp]>([
    [
      'a token that has expired',
      { status: 401, message: 'Bad credentials' },
      /does not know the token \(401: Bad credentials\).*expired/,
    ],
    [
      'a token that may not',
      { status: 403, message: 'Resource not accessible by integration' },
      /\(403: Resource not accessible by integration\); give the job `permissions: issues: write`/,
    ],
    [
      'the rate limit',
      {
        status: 403,
        message: 'API rate limit exceeded',
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      },
      /rate limit is used up .* until 2026-01-01 12:30:00 UTC/,
    ],
    [
      'the secondary rate limit',
      { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'retry-after': '60' } },
      /rate limit is used up .* until 2026-01-01 12:01:00 UTC/,
    ],
    [
      'too many requests',
      { status: 429, message: 'slow down', headers: { 'retry-after': 'soon' } },
      /rate limit is used up \(429: slow down\); a later run/,
    ],
    [
      'a repository that is not seen',
      { status: 404, message: 'Not Found' },
      /does not see octo\/release .*issues: write/,
    ],
    [
      'issues that are switched off',
      { status: 410, message: 'Issues are disabled for this repo' },
      /issues are switched off in octo\/release .*switch them on/,
    ],
    ['a fault of GitHub’s', { status: 502, message: 'Bad Gateway' }, /fault of its own, twice \(502: Bad Gateway\)/],
    ['an answer that is none', { status: 500, raw: '' }, /fault of its own, twice/],
    [
      'another server',
      { status: 200, raw: '"<html>::error::sign in ##[error]</html>"' },
      /answered what GitHub’s API does not \(<html>/,
    ],
    [
      'a connection that is reset',
      'reset',
      /cannot be reached \(.*\); check the runner’s network, and GITHUB_API_URL, https_proxy and no_proxy/,
    ],
  ])('%s', async (_, fault, says) => {
    always(fault);
    const { outputs, warnings, line, summary } = await fails();
    expect(outputs).toEqual({ 'incident-state': 'none', 'incident-url': '' });
    expect(warnings).toEqual([expect.stringMatching(says)]);
    expect(warnings[0]).toMatch(
      /^The incident issue could not be kept, reading issues: .*\. This does not change the verdict\.$/,
    );
    expect(warnings[0]).not.toContain('##[');
    expect(line).toBe('incident: could not be kept, see the warning');
    expect(summary).toContain('> The incident issue could not be kept');
    expect(api.issues).toEqual([]);
  });

  test.each<[string, Omit<RunOptions, 'day'>, RegExp]>([
    ['there is no token', { inputs: { 'github-token': '' } }, /there is no token; leave github-token out/],
    ['nobody evaluated the token', { inputs: { 'github-token': `\${{ github.token }}` } }, /there is no token/],
  ])('%s, and nothing is asked', async (_, options, says) => {
    expect((await fails(options)).warnings).toEqual([expect.stringMatching(says)]);
    expect(api.seen).toEqual([]);
  });

  test.each([['ftp://github.example.com'], ['github.example.com/api/v3'], ['/api']])(
    'an API’s address that is none: %s',
    async (url) => {
      const { warnings } = await fails({ env: { GITHUB_API_URL: url } });
      expect(warnings).toEqual([
        expect.stringMatching(/GITHUB_API_URL is no http or https URL; write one such as https:\/\/github\.example/),
      ]);
    },
  );

  test('a network that is down', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { warnings } = await fails({ env: { GITHUB_API_URL: url } });
    expect(warnings).toEqual([expect.stringMatching(/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/)]);
  });

  test('an answer that is cut off', async () => {
    always('cut');
    expect((await fails()).warnings).toEqual([expect.stringMatching(/answered what GitHub’s API does not/)]);
    expect(api.issues).toEqual([]);
  });

  test('silence, after 15 s in all', async () => {
    always('silence');
    api.before = async () => void setImmediate(() => day.advance(15_000));
    const { warnings } = await fails();
    expect(warnings).toEqual([expect.stringMatching(/did not answer within 15 s in all/)]);
    expect(day.pending).toBe(0);
  });

  test('what GitHub will not take', async () => {
    at(post, {
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'Issue', code: 'custom', field: 'title' }],
    });
    expect((await fails()).warnings).toEqual([
      expect.stringMatching(/opening the issue: GitHub refuses what it was given/),
    ]);
    at(post, {
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'Label', code: 'invalid', field: 'name' }],
    });
    const { outputs, warnings } = await fails({ inputs: { 'incident-labels': 'odd' } });
    expect(outputs['incident-state']).toBe('opened');
    expect(warnings).toEqual([expect.stringContaining('without odd')]);
  });
});

describe('a fault that passes', () => {
  test.each<[string, Fault]>([
    ['503', { status: 503, message: 'Service unavailable' }],
    ['a reset', 'reset'],
  ])('costs one more try: %s', async (_, fault) => {
    let n = 0;
    api.fault = () => (n++ % 2 === 0 ? fault : null);
    const { outputs, warnings } = await fails();
    expect([outputs['incident-state'], warnings]).toEqual(['opened', []]);
    expect(api.open()).toHaveLength(1);
  });

  test('after the issue was opened all the same leaves one issue', async () => {
    const { before } = api;
    at(post, 'reset');
    api.before = async (seen) => {
      await before(seen);
      // The answer gets lost, what was asked is done.
      if (post(seen) && api.issues.length === 0) {
        const { title, body } = seen.body as { title: string; body: string };
        api.add({ title, body, user: { login: 'github-actions[bot]', type: 'Bot' } });
      }
    };
    const { outputs } = await fails();
    expect(outputs['incident-url']).toMatch(/\/1$/);
    expect(api.open().map(({ number }) => number)).toEqual([1]);
  });
});

describe('what was done before a fault is kept', () => {
  test('an issue that was opened, though nobody could look again', async () => {
    let opened = false;
    api.fault = (seen) => {
      if (opened) return { status: 403, message: 'Forbidden' };
      opened = post(seen);
      return null;
    };
    const { outputs, warnings, line } = await fails();
    expect(outputs).toEqual({
      'incident-state': 'opened',
      'incident-url': 'https://github.com/octo/release/issues/1',
    });
    expect(warnings).toEqual([expect.stringContaining('This does not change the verdict (issue #1 is opened).')]);
    expect(line).toContain('opened');
  });

  test.each([
    ['Forbidden', 'give the job `permissions: issues: write`'],
    ['Unable to create comment because issue is locked.', 'the issue is locked'],
  ])('an issue that was closed without its comment: %s', async (message, advice) => {
    await fails();
    at(comment, { status: 403, message });
    const { outputs, warnings } = await scheduled(api, { day });
    expect(outputs['incident-state']).toBe('closed');
    expect(warnings).toEqual([expect.stringMatching(/commenting on the issue.*\(issue #1 is closed\)/)]);
    expect(warnings[0]).toContain(advice);
  });

  test.each<[string, Fault]>([
    ['is refused', { status: 404, message: 'Not Found' }],
    ['fails', { status: 502, message: 'Bad Gateway' }],
    ['is answered with something else', { status: 200, raw: '[]' }],
  ])('an issue is closed as it was listed when to read it again %s', async (_, fault) => {
    await fails();
    api.fault = ({ method, path }) => (method === 'GET' && path.endsWith('/issues/1') ? fault : null);
    const { outputs, warnings } = await scheduled(api, { day });
    expect([outputs['incident-state'], warnings]).toEqual(['closed', []]);
  });

  test('nothing is opened while a page could not be read', async () => {
    for (let i = 0; i < 150; i += 1) api.add();
    api.fault = ({ query }) => (query.page === '2' ? { status: 500, message: 'oops' } : null);
    expect((await fails()).outputs['incident-state']).toBe('none');
    expect(api.open()).toHaveLength(150);
  });
});

test('no token is in a warning, even when GitHub repeats it', async () => {
  always({ status: 401, message: `Bad credentials: ${TOKEN} ${Buffer.from(`x:${TOKEN}`).toString('base64')}` });
  const text = JSON.stringify(await fails());
  expect(text).toContain('Bad credentials: ***');
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(Buffer.from(TOKEN).toString('base64').slice(4, 30));
});

test('no part of a token is in a warning, where what GitHub says is cut in its midst', async () => {
  for (const before of [190, 995]) {
    always({ status: 403, message: `${'x '.repeat(before / 2)}${TOKEN}` });
    expect(JSON.stringify(await fails())).not.toContain(TOKEN.slice(0, 5));
  }
});

describe('the description of GitHub’s API', () => {
  const none = new URLSearchParams();
  test('finds what is wrong with a request', () => {
    const issues = '/repos/{owner}/{repo}/issues';
    expect(wrongRequest('POST', issues, none, { title: 'x' })).toEqual([]);
    for (const body of [undefined, {}, { title: [] }, { title: 'x', labels: 'y' }, { title: 'x', colour: 'red' }])
      expect(wrongRequest('POST', issues, none, body)).not.toEqual([]);
    for (const query of ['state=opened', 'per_page=many', 'label=x', 'since=yesterday'])
      expect(wrongRequest('GET', issues, new URLSearchParams(query), undefined)).not.toEqual([]);
    expect(wrongRequest('GET', '/repos/{owner}/{repo}/problems', none, undefined)).not.toEqual([]);
  });

  test('finds what is wrong with an answer', () => {
    const label = {
      id: 1,
      node_id: 'L',
      url: 'https://x.example/',
      name: 'x',
      description: null,
      color: 'f',
      default: true,
    };
    const path = '/repos/{owner}/{repo}/labels/{name}';
    expect(wrongAnswer('GET', path, 200, label)).toEqual([]);
    for (const answer of [{}, { ...label, url: 'x' }, { ...label, name: null }, { ...label, id: '1' }])
      expect(wrongAnswer('GET', path, 200, answer)).not.toEqual([]);
    expect(wrongAnswer('GET', path, 418, label)).not.toEqual([]);
  });
});
