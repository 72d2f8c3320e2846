// Tells which small changes of the source no test notices, by Stryker (stryker.config.mjs). Stryker is installed into
// .stryker/ by this alone: it is a fifth of all that `npm ci` installs, and seldom needed.
// A folder takes long, because each change runs all of its tests: a file with its own tests first is quicker.
//   npm run mutate [-- FOLDER[/FILE] [OPTIONS OF STRYKER]]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const VERSION = '9.6.1';
const FOLDERS = ['smtp', 'probe', 'diagnosis', 'inputs', 'gate'];

const root = path.resolve(import.meta.dirname, '..');
const own = path.join(root, '.stryker');
const [folder, ...options] = process.argv.slice(2);

function run(command, args, env = {}) {
  const shell = process.platform === 'win32' && command === 'npm';
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, env: { ...process.env, ...env } }).status === 0;
}

const stryker = path.join(own, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const packages = ['core', 'jest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`);
const isInstalled =
  existsSync(stryker) || run('npm', ['install', '--prefix', own, '--no-save', '--ignore-scripts', ...packages]);
const failed = isInstalled
  ? (folder ? [folder] : FOLDERS).filter(
      (one) => !run(process.execPath, [stryker, 'run', 'stryker.config.mjs', ...options], { MUTATE: one }),
    )
  : ['npm install'];
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
