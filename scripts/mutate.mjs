// Tells which small changes of the source no test notices, by Stryker (stryker.config.mjs). Stryker is installed into
// .stryker/ by this alone: it is a fifth of all that `npm ci` installs, and seldom needed. At the end a table has what is
// known of each file of the folder, from this run and from earlier ones.
//   npm run mutate [-- FOLDER[/FILE] [OPTIONS OF STRYKER]]     (FILE may be a pattern: 'probe/{auth,envelope}')
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
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
const isInstalled =
  existsSync(stryker) ||
  run('npm', ['install', '--prefix', own, '--no-save', '--ignore-scripts', `@stryker-mutator/core@${VERSION}`]);

/** How many changes of each file were caught, and the share of them. */
function printTable(folder) {
  const report = path.join(own, `${folder}.incremental.json`);
  if (!existsSync(report)) return;
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  const rows = Object.entries(files).map(([file, { mutants }]) => {
    const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const caught = count('Killed', 'Timeout');
    return { file, caught, changes: caught + count('Survived', 'NoCoverage') };
  });
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  rows.push({ file: folder, caught: sum('caught'), changes: sum('changes') });
  console.table(rows.map((row) => ({ ...row, percent: ((100 * row.caught) / (row.changes || 1)).toFixed(1) })));
}

/** Stryker ends well although tests fail without a change, but then it writes no report. */
function mutate(what) {
  const report = path.join(own, `${what.split('/')[0]}.json`);
  rmSync(report, { force: true });
  const args = [stryker, 'run', 'stryker.config.mjs', ...options];
  return run(process.execPath, args, { MUTATE: what }) && existsSync(report);
}

const failed = isInstalled ? (folder ? [folder] : FOLDERS).filter((one) => !mutate(one)) : ['npm install'];
for (const one of new Set((folder ? [folder] : FOLDERS).map((name) => name.split('/')[0]))) printTable(one);
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
