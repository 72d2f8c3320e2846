// Checks what a change has to pass, on any machine and without root; .ci/run does so too, and more. It stops at the first
// that fails.
//   npm run check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const built = mkdtempSync(path.join(tmpdir(), 'smtp-gate-check-'));

const npm = (...args) => run('npm', ['run', '--silent', ...args]);
const CHECKS = {
  'format, types, import directions': () => npm('lint'),
  'what nobody uses': () => npm('unused'),
  tests: () => npm('test'),
  'generated files': () => npm('generate', '--', '--check'),
  'dist/': () => run(process.execPath, ['scripts/build.mjs', built]) && isSame(path.join(root, 'dist'), built),
};

try {
  const failed = Object.entries(CHECKS).find(([name, check]) => {
    console.log(`\n${name}`);
    return !check();
  });
  console.log(failed ? `\nfailed: ${failed[0]}` : '\nall is well');
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(built, { recursive: true, force: true });
}

/** Whether it ended well. npm is a script on Windows, which only a shell starts. */
function run(command, args) {
  const shell = process.platform === 'win32' && command === 'npm';
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell }).status === 0;
}

/** Whether two folders hold the same files; says which differ. */
function isSame(committed, made) {
  const list = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const files = (folder) =>
    new Map(
      list(folder).map(({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        return [path.relative(folder, file), readFileSync(file)];
      }),
    );
  const [ours, theirs] = [files(committed), files(made)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differing = names.filter((name) => !theirs.get(name)?.equals(ours.get(name) ?? Buffer.of()));
  for (const name of differing) console.log(`dist/${name} is not what the source gives: npm run build`);
  return differing.length === 0;
}
