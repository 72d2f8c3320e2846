import fc from 'fast-check';

/** One seed for all tests that draw, so that a run that passed passes again; `SEED=7 npm test` tries others. */
const SEED = Number(process.env.SEED ?? 20_260_101);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });

/** Whether every case is tested of those that take too long for each run: `EXHAUSTIVE=1 npm test`, as .ci/run does. */
export const EXHAUSTIVE = process.env.EXHAUSTIVE === '1';

/** Every `each`th case, of which the first by the seed: `each` seeds that follow each other draw all. */
export const sample = <T>(cases: readonly T[], each: number): readonly T[] =>
  EXHAUSTIVE ? cases : cases.filter((_, i) => i % each === Math.abs(SEED) % each);

/** How many cases a test draws that takes long over each: a third of `all`, unless every case is wanted. */
export const draws = (all: number): number => (EXHAUSTIVE ? all : Math.ceil(all / 3));

/** What was drawn, for the name of a test: the seed draws it again. */
export const SAMPLED = EXHAUSTIVE ? 'all cases' : `a sample, SEED=${SEED}; all with EXHAUSTIVE=1`;

export default fc;
