import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROPERTIES, warmUp } from '../support/fuzz/properties.ts';
import { draws } from '../support/property.ts';

/** How many cases of each where all are wanted; `npm run fuzz` has no end. */
const RUNS: Readonly<Record<string, number>> = {
  conversations: 500,
  tls: 40,
  proxies: 100,
  'first-words': 150,
  certificates: 40,
};
/** Fixed, so that a change of ours is to blame for a failure; `npm run fuzz` takes others. */
const SEED = 15;

await warmUp();

test.each(Object.entries(PROPERTIES))('generated cases: %s', async (name, { cases, check }) => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await check(one)).toEqual([]);
    }),
    { seed: SEED, numRuns: draws(RUNS[name] ?? 0) },
  );
});
