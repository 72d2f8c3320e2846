import { describe, expect, test } from '@jest/globals';
import { api, asked, day, fails, run, state } from '../support/incident-runs.ts';

describe('pages', () => {
  const others = (count: number) => {
    for (let i = 0; i < count; i += 1) api.add({ pull: i % 3 === 0 });
  };

  test.each([
    [99, 1],
    [150, 2],
    [250, 2],
  ])('of %i issues that came later are read to the end or searched, in %i questions', async (count, questions) => {
    await fails();
    day.later(1);
    others(count);
    asked();
    expect(state(await fails())).toBe('unchanged');
    expect(asked().length).toBe(questions);
    expect(state(await run())).toBe('closed');
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['by the search', {}, true],
    ['by the search, while the memory of a threshold is asked for too', { 'incident-threshold': '2' }, true],
    ['among the job’s own where there is no search', {}, false],
    ['among those with the labels where there is no search', { 'incident-labels': 'outage\nmail' }, false],
  ])('that are too many are left aside, and the incident is found %s', async (_, inputs, isSearchable) => {
    if (!isSearchable) api.indexed = null;
    others(20);
    if ('incident-threshold' in inputs) await fails({ inputs });
    await fails({ inputs });
    day.later(1);
    others(1_200);
    asked();
    expect(state(await fails({ inputs }))).toBe('unchanged');
    expect(asked().length).toBeLessThanOrEqual(3);
    expect(state(await run({ inputs }))).toBe('closed');
    asked();
    expect(state(await run({ inputs }))).toBe('none');
    expect(asked().length).toBeLessThanOrEqual(3);
  });

  test.each([[0], [1], [2]])('and a memory take three questions at most, with %i hundred others', async (hundreds) => {
    others(hundreds * 100);
    const inputs = { 'incident-threshold': '2' };
    expect(state(await run({ inputs }))).toBe('none');
    expect(asked().length).toBeLessThanOrEqual(3);
  });

  test('are found by the search when their label was taken off', async () => {
    await fails({ inputs: { 'incident-labels': 'outage' } });
    Object.assign(api.issues[0] ?? {}, { labels: [], user: { login: 'mona', type: 'User' }, association: 'OWNER' });
    day.later(1);
    others(400);
    expect(state(await run({ inputs: { 'incident-labels': 'outage' } }))).toBe('closed');
  });

  test('that are thousands are read several at a time', async () => {
    await fails();
    day.later(1);
    others(3_000);
    api.indexed = null;
    Object.assign(api.issues[0] ?? {}, { user: { login: 'mona', type: 'User' }, association: 'OWNER' });
    let [now, most] = [0, 0];
    api.before = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    };
    expect(state(await fails())).toBe('unchanged');
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThan(10);
  });

  test('of a search that is behind are not believed: what is closed is opened again', async () => {
    await fails();
    const [incident] = api.issues;
    day.later(1);
    others(350);
    await run();
    expect(incident?.state).toBe('closed');
    api.stale = incident ?? null;
    day.later(1);
    expect(state(await fails())).toBe('opened');
    expect(incident?.state).toBe('open');
  });

  test('that were not all looked through are no proof that none is open', async () => {
    await fails();
    Object.assign(api.issues[0] ?? {}, { user: { login: 'mona', type: 'User' }, association: 'OWNER' });
    day.later(1);
    others(350);
    api.indexed = null;
    const well = await run();
    expect([state(well), well.line]).toEqual([
      'none',
      'incident: none was found among the newest issues and the likely ones',
    ]);
    api.fault = ({ path }) => (path === '/search/issues' ? { status: 403, message: 'secondary rate limit' } : null);
    expect((await run()).warnings).toEqual([expect.stringContaining('rate limit is used up')]);
  });

  test('that take too long to read do not keep an incident from being opened', async () => {
    others(1_500);
    api.cursors = true;
    let pages = 0;
    api.before = async ({ query }) => {
      if (query.state !== 'open' || query.sort === 'updated') return;
      pages += 1;
      day.advance(1_000);
    };
    expect(state(await fails())).toBe('opened');
    expect(pages).toBeLessThan(15);
  });

  test('are all read before a new incident, however many there are', async () => {
    await fails();
    api.indexed = null;
    Object.assign(api.issues[0] ?? {}, { user: { login: 'mona', type: 'User' }, association: 'OWNER' });
    day.later(1);
    others(1_200);
    expect(state(await fails())).toBe('unchanged');
    expect(api.open().filter(({ title }) => title.startsWith('smtp-gate'))).toHaveLength(1);
  });

  test('are asked for at our own host, by cursors too', async () => {
    await fails();
    day.later(1);
    others(250);
    api.linkHost = 'https://elsewhere.example';
    api.cursors = true;
    expect(state(await fails())).toBe('unchanged');
    Object.assign(api.issues[0] ?? {}, { user: { login: 'mona', type: 'User' }, association: 'OWNER' });
    expect(state(await fails())).toBe('unchanged');
  });
});
