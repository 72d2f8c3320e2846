import { describe, expect, test } from '@jest/globals';
import { api, day, fails, run, state } from '../support/incident-runs.ts';
import { down } from '../support/incidents.ts';
import { SAMPLED, sample } from '../support/property.ts';

/** The first `count` numbers, or those that are drawn of them. */
const seeds = (count: number): readonly number[] =>
  sample(
    Array.from({ length: count }, (_, i) => i + 1),
    8,
  );

describe('two runs at once', () => {
  /** A request waits for a few turns of the loop, which are as good as random and the same every time. */
  function shuffled(seed: number): () => Promise<void> {
    let n = seed * 2_654_435_761;
    return async () => {
      n = (n * 1_103_515_245 + 12_345) % 2_147_483_648;
      for (let turns = n % 7; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    };
  }

  test(`never leave two open incidents, 100 times over (${SAMPLED})`, async () => {
    let raced = 0;
    for (const seed of seeds(100)) {
      api.issues.length = 0;
      api.before = shuffled(seed);
      const results = await Promise.all([fails(), fails()]);
      raced += api.issues.length - 1;
      expect([seed, api.open().map(({ number }) => number)]).toEqual([seed, [1]]);
      const urls = results.map(({ outputs }) => outputs['incident-url']);
      expect(urls).toEqual([urls[0], urls[0]]);
      expect(results.flatMap(({ warnings }) => warnings)).toEqual([]);
    }
    // Otherwise nothing would have been tested.
    expect(raced).toBeGreaterThan(seeds(100).length / 5);
  });

  test('both open one when neither sees the other’s, and the younger one is closed and never opened again', async () => {
    let waiting = 0;
    let go = () => {};
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    api.before = async ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/issues')) return;
      waiting += 1;
      if (waiting === 2) go();
      await both;
    };
    const results = await Promise.all([fails(), fails()]);
    expect(results.map(state).sort()).toEqual(['opened', 'unchanged']);
    expect(api.issues[1]).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
    expect(api.issues[1]?.comments).toEqual([expect.stringContaining('#1')]);
    expect(api.issues[1]?.body).not.toContain('<!--');
    await run();
    expect(state(await fails())).toBe('opened');
    expect(api.open().map(({ number }) => number)).toEqual([1]);
  });

  test('never leave two open incidents when one of them opens the last one again, however many issues there are', async () => {
    await fails();
    await run();
    const [last] = api.issues;
    day.later(10);
    for (let i = 0; i < 350; i += 1) api.add();
    day.later(1);
    const before = api.issues.map((issue) => ({ ...issue }));
    let raced = 0;
    for (const seed of seeds(32)) {
      api.issues.splice(0, Number.POSITIVE_INFINITY, ...before.map((issue) => ({ ...issue, comments: [] })));
      // What another run has done a moment ago the search does not know.
      api.indexed = ({ number }) => number > 1 && number <= before.length;
      api.before = shuffled(seed);
      const results = await Promise.all([fails(), fails(), fails()]);
      raced += api.issues.length - before.length;
      const open = api.open().filter(({ title }) => title.startsWith('smtp-gate'));
      expect([seed, open.map(({ number }) => number)]).toEqual([seed, [last?.number]]);
      expect(results.flatMap(({ warnings }) => warnings)).toEqual([]);
      expect(api.issues[0]?.comments.length).toBeGreaterThan(0);
    }
    expect(raced).toBeGreaterThan(0);
  });

  test('that close an incident under a run that finds more failures leave it open', async () => {
    const targets = ['a', 'b'];
    await run({ targets, servers: { a: down } });
    const [incident] = api.issues;
    api.before = async ({ method }) => {
      if (method !== 'PATCH' || !incident) return;
      api.before = async () => {};
      Object.assign(incident, { state: 'closed', state_reason: 'completed', closedAt: day.date().toISOString() });
    };
    expect(state(await run({ targets, servers: { a: down, b: down } }))).toBe('opened');
    expect(incident?.state).toBe('open');
    expect(incident?.body).toContain('joined');
  });

  test('that find the gate well again say so once', async () => {
    await fails();
    const [incident] = api.issues;
    api.before = async ({ method, path }) => {
      // Another run closes it between our question for what is open and the next one.
      if (method !== 'GET' || !path.endsWith('/issues/1') || !incident) return;
      Object.assign(incident, { state: 'closed', state_reason: 'completed', closedAt: day.date().toISOString() });
      incident.comments.push('✅ Recovered');
    };
    const late = await run();
    expect([state(late), late.line]).toEqual(['closed', expect.stringContaining('by another run at the same time')]);
    expect(incident?.comments).toHaveLength(1);
  });

  test('that were cut short are put right by the next one', async () => {
    await fails();
    const [first] = api.issues;
    api.add({ ...first, number: 2, comments: [] });
    expect(state(await fails())).toBe('unchanged');
    expect(api.open().map(({ number }) => number)).toEqual([1]);
  });
});
