import { describe, expect, test } from '@jest/globals';
import { api, asked, day, fails, run, state } from '../support/incident-runs.ts';
import { down, noAnswer, TOKEN } from '../support/incidents.ts';

describe('an outage', () => {
  test('opens one issue, leaves it alone while nothing changes, and closes it on recovery', async () => {
    const opened = await fails();
    expect(opened).toMatchObject({
      outputs: { 'incident-state': 'opened', 'incident-url': 'https://github.com/octo/release/issues/1' },
      warnings: [],
      line: 'incident: opened, https://github.com/octo/release/issues/1',
    });
    expect(opened.summary).toContain('**Incident:** opened [#1](https://github.com/octo/release/issues/1)');
    expect(api.issues[0]?.title).toBe('smtp-gate: the mail server: a:25 fails (connect-refused)');
    asked();

    day.later(60);
    expect(state(await fails())).toBe('unchanged');
    expect(asked()).toEqual(['GET /issues']);

    day.later(65);
    const closed = await run();
    expect(state(closed)).toBe('closed');
    expect(asked()).toEqual(['GET /issues', 'GET /issues/1', 'POST /issues/1/comments', 'PATCH /issues/1']);
    expect(api.issues[0]).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(api.issues[0]?.comments).toEqual([
      expect.stringMatching(/^✅ Recovered: .* since 2026-01-01 12:00 UTC, for 2 h 5 min\. \[The run\]\(https:/),
    ]);
    expect(state(await run())).toBe('none');
    expect(asked()).toEqual(['GET /issues']);
  });

  test('is told with its verdict, its targets, the first remedies and the runs', async () => {
    await fails({ runId: '77' });
    const { body = '' } = api.issues[0] ?? {};
    for (const part of [
      /^### ❌ .*a:25.* refused the connection/,
      /\| <code>a:25<\/code> \| 2026-01-01 12:00 UTC \| <code>connect-refused<\/code> \| /,
      /#### What to do first\n/,
      /```sh\n/,
      /\(https:\/\/github\.com\/octo\/release\/actions\/runs\/77\)/,
      /Failing since \*\*2026-01-01 12:00 UTC\*\*/,
    ])
      expect(body).toMatch(part);
  });

  test('is updated when targets join, recover, or have another code, and not otherwise', async () => {
    const targets = ['a', 'b', 'c'];
    await fails({ targets });
    for (const [servers, what] of [
      [{ a: down, b: down }, 'joined: <code>b&#58;25</code> (<code>connect-refused</code>)'],
      [{ a: down, b: noAnswer }, '<code>connect-refused</code> → <code>b&#58;25</code> (<code>connect-timeout</code>)'],
      [{ b: noAnswer }, 'recovered: <code>a&#58;25</code>'],
    ] as const) {
      asked();
      day.later(30);
      expect(state(await run({ targets, servers }))).toBe('updated');
      expect(asked()).toEqual(['GET /issues', 'PATCH /issues/1']);
      expect(api.issues[0]?.body.replaceAll('&#58;', ':')).toContain(what.replaceAll('&#58;', ':'));
      expect(state(await run({ targets, servers }))).toBe('unchanged');
    }
    // The outage is the same one, since its first run.
    expect(api.issues[0]?.body).toContain('Failing since **2026-01-01 12:00 UTC**');
    expect(api.issues[0]?.comments).toEqual([]);
  });

  test('that comes again within a day goes on in the same issue, and after a day in a new one', async () => {
    await fails();
    await run();
    day.later(23 * 60);
    expect(state(await fails())).toBe('opened');
    expect(api.issues).toHaveLength(1);
    expect(api.issues[0]).toMatchObject({ state: 'open', state_reason: 'reopened' });
    expect(api.issues[0]?.comments.at(-1)).toContain('❌ The gate fails again');
    expect(api.issues[0]?.body).toContain('Failing since **2026-01-02 11:00 UTC**');
    await run();
    day.later(24 * 60 + 1);
    expect(state(await fails())).toBe('opened');
    expect(api.issues.map((issue) => issue.state)).toEqual(['closed', 'open']);
  });

  test('that comes again within a day and is confirmed later goes on in the same issue', async () => {
    const inputs = { 'incident-threshold': '2' };
    for (const _ of [1, 2]) await fails({ inputs });
    await run({ inputs });
    day.later(23.5 * 60);
    await fails({ inputs });
    day.later(60);
    expect(state(await fails({ inputs }))).toBe('opened');
    expect(api.issues).toHaveLength(1);
  });
});

describe('what is no verdict on the server', () => {
  test.each([
    [
      'a crash of the probe',
      {
        servers: {
          a: () => {
            throw new Error('boom');
          },
        },
      },
    ],
    ['nothing to probe', { targets: [], inputs: { targets: '', host: '', 'if-not-configured': 'fail' } }],
  ])('neither opens nor closes an incident: %s', async (_, options) => {
    expect(await run(options)).toMatchObject({ outputs: { 'incident-state': 'none', 'incident-url': '' } });
    expect(asked()).toEqual([]);
    await fails();
    asked();
    expect(state(await run(options))).toBe('none');
    expect(asked()).toEqual([]);
    expect(api.open()).toHaveLength(1);
  });

  test('leaves an incident as it is when one of its targets may have recovered or not', async () => {
    const targets = ['a', 'b'];
    await run({ targets, servers: { a: down, b: down } });
    const crash = () => {
      throw new Error('boom');
    };
    const unsure = await run({ targets, servers: { a: down, b: crash } });
    expect([state(unsure), unsure.line]).toEqual(['unchanged', expect.stringContaining('the probe itself crashed')]);
    expect(api.issues[0]?.body).not.toContain('recovered');
    expect(state(await run({ targets, servers: { a: down } }))).toBe('updated');
  });

  test('is not a failure that a quorum bears', async () => {
    expect(state(await fails({ targets: ['a', 'b'], inputs: { quorum: 'any' } }))).toBe('none');
    expect(state(await fails({ targets: ['a', 'b'] }))).toBe('opened');
  });
});

describe('which incident is whose', () => {
  test('is told by workflow, job and targets in any order, or by the key', async () => {
    const both = { servers: { a: down, b: down } };
    await run({ ...both, targets: ['a', 'b'] });
    expect(state(await run({ ...both, targets: ['b', 'A'] }))).toBe('updated');
    expect(state(await run({ ...both, targets: ['b', 'a'], inputs: { timeout: '5s' } }))).toBe('updated');
    await fails();
    await fails({ env: { GITHUB_JOB: 'other' } });
    expect(api.open()).toHaveLength(3);
    const key = { 'incident-key': 'mail' };
    await fails({ inputs: key });
    expect(state(await run({ ...both, targets: ['b'], inputs: key }))).toBe('updated');
    expect(api.open()).toHaveLength(4);
  });

  test('is not told by a pull request, nor by an issue that an outsider copied', async () => {
    await fails();
    const [{ body } = { body: '' }] = api.issues;
    api.issues.length = 0;
    api.add({ body, pull: true, user: { login: 'app[bot]', type: 'Bot' } });
    api.add({ body, association: 'CONTRIBUTOR' });
    expect(state(await fails())).toBe('opened');
    expect(api.issues[1]).toMatchObject({ body, state: 'open', title: 'Something else' });
    api.issues.splice(2);
    api.add({ body, association: 'MEMBER' });
    expect(state(await fails())).toBe('unchanged');
  });

  test('is told by whose token it is, when that account is an outsider itself', async () => {
    api.user = { login: 'carol', type: 'User' };
    api.mayPush = false;
    expect(state(await fails())).toBe('opened');
    asked();
    expect(state(await fails())).toBe('unchanged');
    expect(asked()).toEqual(['GET /issues', 'GET /user']);
    expect(state(await run())).toBe('closed');
    expect(state(await fails())).toBe('opened');
    expect(api.issues).toHaveLength(1);
    api.user = { login: 'dave', type: 'User' };
    expect(state(await fails())).toBe('opened');
    expect(api.issues).toHaveLength(2);
  });
});

describe('a threshold', () => {
  const inputs = { 'incident-threshold': '3' };

  test('is how many runs have to fail one after the other', async () => {
    for (const runs of [1, 2]) {
      const { outputs, line } = await fails({ inputs });
      expect(outputs['incident-state']).toBe('none');
      expect(line).toContain(`${runs} of 3 consecutive failing runs`);
      day.later(10);
    }
    expect([...api.labels.values()]).toEqual([expect.stringMatching(/^2 failing runs since 2026-01-01T12:00/)]);
    expect(state(await fails({ inputs }))).toBe('opened');
    expect(api.issues[0]?.body).toContain('Failing since **2026-01-01 12:00 UTC**');
    expect(api.labels.size).toBe(0);
    asked();
    expect(state(await fails({ inputs }))).toBe('unchanged');
    expect(asked()).toEqual(['GET /issues']);
  });

  test('begins anew when a run passes, and does not count a run twice', async () => {
    await fails({ inputs, runId: '1' });
    await fails({ inputs, runId: '1' });
    await fails({ inputs, runId: '2' });
    expect((await fails({ inputs, runId: '2' })).line).toContain('2 of 3');
    expect(state(await run({ inputs }))).toBe('none');
    expect(api.labels.size).toBe(0);
    asked();
    expect(state(await run({ inputs }))).toBe('none');
    expect(asked().length).toBeLessThanOrEqual(3);
    for (const _ of [1, 2]) expect(state(await fails({ inputs }))).toBe('none');
    expect(state(await fails({ inputs }))).toBe('opened');
  });

  test('begins anew when its memory cannot be read', async () => {
    await fails({ inputs });
    for (const name of api.labels.keys()) api.labels.set(name, 'Mail is down');
    expect((await fails({ inputs })).line).toContain('1 of 3');
  });

  test('is counted without a word when two runs begin at once', async () => {
    const results = await Promise.all([fails({ inputs }), fails({ inputs }), fails({ inputs })]);
    expect(results.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(api.labels.size).toBe(1);
    // The memory is gone between the question for it and the answer to it.
    api.before = async ({ method }) => {
      if (method === 'PATCH') api.labels.clear();
    };
    expect((await fails({ inputs, runId: '99' })).warnings).toEqual([]);
  });

  test('of 1 keeps no memory at all', async () => {
    await fails();
    await run();
    expect(asked().filter((request) => request.includes('label'))).toEqual([]);
  });
});

describe('what is made of the options', () => {
  test('labels and assignees are those of the issue', async () => {
    const inputs = { 'incident-labels': 'outage\nmail', 'incident-assignees': 'octocat' };
    for (const name of ['outage', 'mail']) api.labels.set(name, '');
    expect((await fails({ inputs })).warnings).toEqual([]);
    expect(api.issues[0]).toMatchObject({ labels: ['outage', 'mail'], assignees: ['octocat'] });
  });

  test('who cannot be assigned is not, and the issue is opened all the same', async () => {
    const inputs = { 'incident-labels': 'outage', 'incident-assignees': 'nobody\noctocat\nno-one' };
    api.labels.set('outage', '');
    const { warnings, ...opened } = await fails({ inputs });
    expect(state(opened)).toBe('opened');
    expect(warnings).toEqual([expect.stringContaining('without nobody, no-one, who cannot be assigned')]);
    expect(api.issues[0]).toMatchObject({ labels: ['outage'], assignees: ['octocat'] });
  });

  test('a label that does not exist is made by GitHub, and that is said', async () => {
    api.labels.set('mail', '');
    const { warnings, ...opened } = await fails({ inputs: { 'incident-labels': 'otuage\nmail' } });
    expect(state(opened)).toBe('opened');
    expect(warnings).toEqual([expect.stringContaining('had no label otuage, and GitHub has made it')]);
  });

  test('what GitHub drops without a word is said', async () => {
    api.mayPush = false;
    const inputs = { 'incident-labels': 'outage', 'incident-assignees': 'octocat' };
    const { warnings } = await fails({ inputs });
    expect(warnings).toEqual([expect.stringContaining('without outage'), expect.stringContaining('without octocat')]);
  });

  test('the token is sent in the header alone', async () => {
    await fails();
    await run();
    expect(new Set(api.seen.map(({ token }) => token))).toEqual(new Set([TOKEN]));
    expect(JSON.stringify([api.seen.map(({ token, ...rest }) => rest), api.issues])).not.toContain(TOKEN);
  });
});
