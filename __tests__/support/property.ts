import fc from 'fast-check';

/** One seed for all property tests, so that a run that passed passes again; `SEED=7 npm test` tries others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.SEED ?? 20_260_101) });

export default fc;
