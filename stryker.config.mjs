// Changes the source in many small ways, one at a time, and tells which of them no test notices. scripts/mutate.mjs starts
// it. Each change is held by the tests of its folder, or of its file, alone: they are run anew for each of them.
import path from 'node:path';
import jest from './jest.config.mjs';

/** A folder of src/, or a file in it: `probe`, `probe/deadline`. */
const [folder, ...names] = (process.env.MUTATE ?? 'smtp').split('/');
const file = names.join('/');
const own = '.stryker';

export default {
  plugins: [path.resolve(own, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    config: {
      ...jest,
      testMatch: file
        ? [`<rootDir>/__tests__/${folder}/${file}{,-*,.*}.test.ts`]
        : [`<rootDir>/__tests__/${folder}/**/*.test.ts`, `<rootDir>/__tests__/${folder}{,.*}.test.ts`],
    },
    // Nearly all tests of a folder are related.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // A changed sentence is a matter for a reader, and the tests of the catalogue hold that there is one.
  mutate: [
    ...(file ? [`src/${folder}/${file}.ts`] : [`src/${folder}/**/*.ts`, `src/${folder}.ts`]),
    '!src/diagnosis/catalogue/**',
  ],
  ignorePatterns: [own, 'coverage', '.git'],
  tempDirName: `${own}/sandbox`,
  // What a test of the file has caught needs no test of the folder any more.
  incremental: true,
  incrementalFile: `${own}/${folder}.incremental.json`,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `${own}/${folder}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Other work on the machine may make a run several times as long, which is no loop without end.
  timeoutMS: 20_000,
  // Jest keeps what it has loaded as ES modules.
  maxTestRunnerReuse: 100,
  allowEmpty: true,
  thresholds: { high: 95, low: 95, break: 95 },
};
