// Runs tests for Stryker in one process, with the parts that Jest is made of, but without starting Jest for each change:
// a change is switched on, the tests that reach it run until one of them fails, and it is switched off.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addEventHandler, getState, resetState, run, setState } from 'jest-circus';
import { importCopy } from './modules.mjs';

/** Tests of the whole, which reach every folder; they run after those of the folder. */
const WIDER = ['__tests__/field/failures.test.ts'];
/** Tests that take seconds to measure time, which would run for each change that lives. */
const MEASURING = /\/(?:busy-loop|nasty-inputs|bounds)\.test\.ts$/;
/** How long each test took without a change, in ms; kept for the processes that follow one that was ended. */
const DURATIONS = 'durations.json';
/** A test hangs if it takes this long, and ten times as long as without a change. In ms. */
const HANGS = 5_000;
const ENDLESS = 600_000;

/** What has been found so far, since Stryker writes its report at the end alone. */
const LOG = path.resolve(import.meta.dirname, '../../.stryker', `${process.env.MUTATE?.replace(/\W.*/, '')}.log`);

globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;
const originalEnv = { ...process.env };

let durations = {};
/** A test failed although nothing was changed: what ran before it has left something behind. */
let spoiled = false;
let changes = 0;
/** Test files by path, each with what jest-circus knows of it. */
let files = new Map();

/** What runs now: the ids of the tests, what to do as one starts and ends, and how it went. */
let current = null;

addEventHandler((event) => {
  if (event.name === 'test_start') stryker.currentTestId = event.test.strykerId;
  if (event.name !== 'test_done') return;
  stryker.currentTestId = undefined;
  current.results.push(event.test);
  if (event.test.errors.length > 0 && current.bail) for (const test of current.tests) test.mode = 'skip';
});

for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => getState().currentlyRunningTest?.errors.push([error, error]));
}

function setEnv(env) {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

function* testsOf(block) {
  for (const child of block.children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}

function nameOf(test) {
  return test.parent ? [nameOf(test.parent), test.name].filter(Boolean).join(' ') : '';
}

async function loadFile(file) {
  const known = files.get(file);
  if (known) return known;
  resetState();
  setEnv(originalEnv);
  await importCopy(path.resolve(file));
  const state = getState();
  const tests = [...testsOf(state.rootDescribeBlock)];
  const seen = new Map();
  for (const test of tests) {
    const name = nameOf(test);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    test.strykerId = `${file}: ${name}${seen.get(name) > 1 ? ` (${seen.get(name)})` : ''}`;
    test.usual = test.mode;
  }
  const loaded = { file, state, tests, env: { ...process.env } };
  files.set(file, loaded);
  return loaded;
}

/** Runs these tests of a file; all without `ids`. */
async function runFile({ state, tests, env }, ids, { bail, limit }) {
  for (const test of tests) {
    test.mode = ids && !ids.has(test.strykerId) ? 'skip' : test.usual;
    test.errors = [];
    test.timeout = limit(test.strykerId);
  }
  setState(state);
  state.testTimeout = ENDLESS;
  state.unhandledErrors = [];
  setEnv(env);
  current = { tests, bail, results: [] };
  await run();
  return current.results;
}

const messageOf = (error) => {
  const first = Array.isArray(error) ? (error[0] ?? error[1]) : error;
  return String(first?.message ?? first);
};
const failed = (test) => test.errors.length > 0;
const hanging = (test) => test.errors.some((error) => messageOf(error).startsWith('Exceeded timeout of'));

function allFiles() {
  const folder = process.env.MUTATE.split('/')[0];
  const own = readdirSync(path.join('__tests__', folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.posix.join('__tests__', folder, name.replaceAll('\\', '/')))
    .sort();
  return [...own, ...WIDER].filter((file) => !MEASURING.test(file));
}

/** The files with the test of the changed file first. */
function nearestFirst(changed) {
  const source = path.relative(process.cwd(), changed).replaceAll('\\', '/');
  const own = source.replace(/^src\//, '__tests__/').replace(/\.ts$/, '.');
  return allFiles().sort((a, b) => Number(b.startsWith(own)) - Number(a.startsWith(own)));
}

const limit = (id) => HANGS + 10 * (durations[id] ?? 0);

async function dryRun({ coverageAnalysis }) {
  const tests = [];
  for (const file of allFiles()) {
    const loaded = await loadFile(file);
    if (coverageAnalysis === 'off') delete stryker.mutantCoverage;
    for (const test of await runFile(loaded, null, { bail: false, limit: () => ENDLESS })) {
      const result = {
        id: test.strykerId,
        name: test.strykerId,
        timeSpentMs: test.duration ?? 0,
        fileName: path.resolve(file),
      };
      durations[result.id] = result.timeSpentMs;
      const failureMessage = test.errors.map(messageOf).join('\n');
      tests.push(failed(test) ? { ...result, status: 1, failureMessage } : { ...result, status: 0 });
    }
  }
  writeFileSync(DURATIONS, JSON.stringify(durations));
  return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
}

async function firstCaught(order, ids) {
  let count = 0;
  for (const file of order) {
    const loaded = await loadFile(file);
    if (ids && !loaded.tests.some((test) => ids.has(test.strykerId))) continue;
    const results = await runFile(loaded, ids, { bail: true, limit });
    count += results.length;
    const test = results.find(failed);
    if (test) return { loaded, test, errors: test.errors, hung: hanging(test), count };
    if (stryker.hitCount > stryker.hitLimit) return { loaded, hung: true, count, errors: [] };
  }
  return { count };
}

/** Runs the tests with the change switched on; from before the files are loaded if they run it as they load. */
async function runChanged({ activeMutant, hitLimit, mutantActivation }, order, ids) {
  if (mutantActivation !== 'static') for (const file of order) await loadFile(file);
  Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit });
  try {
    return await firstCaught(order, ids);
  } catch (error) {
    // A module that throws while it loads fails each of its tests.
    return { count: 1, errors: [error], test: { strykerId: `${order[0]}: loads` } };
  } finally {
    Object.assign(stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
  }
}

/** Fails a process in which the test that has caught a change fails without it too, unless it is the first change there. */
async function checkWithout({ loaded, test }) {
  const again = await runFile(loaded, new Set([test.strykerId]), { bail: true, limit });
  if (!again.some(failed)) return;
  spoiled = true;
  if (changes > 1) throw new Error(`Fails without a change too: ${test.strykerId}`);
}

async function mutantRun(options) {
  if (spoiled) throw new Error('An earlier change has left something behind');
  if (options.reloadEnvironment) files = new Map();
  if (existsSync(DURATIONS)) durations = JSON.parse(readFileSync(DURATIONS, 'utf8'));
  const { testFilter } = options;
  const isReached = (file) => !testFilter || testFilter.some((id) => id.startsWith(`${file}: `));
  const order = nearestFirst(options.sandboxFileName).filter(isReached);
  changes += 1;
  const caught = await runChanged(options, order, testFilter && new Set(testFilter));
  if (!caught.errors) return { status: 'survived', nrOfTests: caught.count };
  if (caught.hung) {
    spoiled = true;
    return { status: 'timeout', reason: messageOf(caught.errors[0] ?? 'a loop without end') };
  }
  if (caught.loaded && options.mutantActivation !== 'static') await checkWithout(caught);
  const failureMessage = caught.errors.map(messageOf).join('\n').slice(0, 1000);
  return { status: 'killed', killedBy: [caught.test.strykerId], failureMessage, nrOfTests: caught.count };
}

function create() {
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    dryRun,
    async mutantRun(options) {
      const result = await mutantRun(options);
      const { fileName, location, mutatorName, replacement } = options.activeMutant;
      const file = path.relative(path.resolve(import.meta.dirname, '../..'), fileName);
      appendFileSync(LOG, `${JSON.stringify({ ...result, file, location, mutatorName, replacement })}\n`);
      return result;
    },
  };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'hot', factory: create }];
