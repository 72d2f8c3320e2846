// Changes the source in many small ways, one at a time, and tells which of them no test notices. scripts/mutate.mjs starts
// it, for one folder of src/ after the other: a folder is held by its own tests alone, which take seconds.
import path from 'node:path';
import jest from './jest.config.mjs';

const folder = process.env.MUTATE ?? 'smtp';
const own = '.stryker';

export default {
  plugins: [path.resolve(own, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    config: {
      ...jest,
      testMatch: [`<rootDir>/__tests__/${folder}/**/*.test.ts`, `<rootDir>/__tests__/${folder}{.*,}.test.ts`],
    },
    // All tests of the folder are related, and to look for those that are takes longer than to run them.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // A changed sentence is a matter for a reader, and the tests of the catalogue hold that there is one.
  mutate: [`src/${folder}/**/*.ts`, `src/${folder}.ts`, '!src/diagnosis/catalogue/**'],
  ignorePatterns: [own, 'coverage', '.git'],
  tempDirName: `${own}/sandbox`,
  incremental: true,
  incrementalFile: `${own}/${folder}.incremental.json`,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: `${own}/${folder}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Other work on the machine may make a run several times as long, which is no loop without end.
  timeoutMS: 20_000,
  allowEmpty: true,
  thresholds: { high: 95, low: 95, break: 95 },
};
