// Changes the source in many small ways, one at a time, and tells which of them no test notices. scripts/mutate.mjs starts
// it; scripts/mutate/runner.mjs runs the tests of the folder that reach the change, those of its own file first.
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** A folder of src/, or files or a folder in it: `probe`, `probe/deadline`, `probe/tls`, `probe/{auth,envelope}`. */
const asked = process.env.MUTATE ?? 'smtp';
const [folder, ...names] = asked.split('/');
const file = names.join('/').replace(/\.ts$/, '');
const files = readdirSync(`src/${folder}`, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .filter((name) => !file || path.matchesGlob(name, `${file}.ts`) || path.matchesGlob(name, `${file}/**`))
  .map((name) => path.posix.join('src', folder, name.replaceAll('\\', '/')))
  // A changed sentence is a matter for a reader, and the tests of the catalogue hold that there is one.
  .filter((name) => !name.startsWith('src/diagnosis/catalogue/'));
// Without this, a misspelt name would pass, since nothing of it survives.
if (files.length === 0) throw new Error(`no file of src/ is called ${asked}`);
const own = '.stryker';

export default {
  plugins: [path.resolve('scripts/mutate/runner.mjs')],
  testRunner: 'hot',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  mutate: files,
  // Texts have tests of their own, and TypeScript checks the names that are no texts; in these folders they are many.
  mutator: { excludedMutations: ['diagnosis', 'inputs', 'probe'].includes(folder) ? ['StringLiteral'] : [] },
  // A change of a table takes a load of every test anew, and most tables of these folders are of words.
  ignoreStatic: ['diagnosis', 'inputs'].includes(folder),
  ignorePatterns: [own, 'coverage', '.git'],
  tempDirName: `${own}/sandbox`,
  // What was found once is not looked for again until the file, or a test that decides about it, is changed.
  incremental: true,
  incrementalFile: `${own}/${folder}.incremental.json`,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `${own}/${folder}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 1,
  // Other work on the machine may make a run several times as long, which is no loop without end.
  timeoutMS: 10_000,
  timeoutFactor: 3,
  // What tests leave behind in a process grows.
  maxTestRunnerReuse: 400,
  allowEmpty: true,
  thresholds: { high: 95, low: 95, break: 95 },
};
