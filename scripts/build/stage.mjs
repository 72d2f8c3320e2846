import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
/** Below the project, where the packages that the source imports are found. */
export const stage = path.join(root, '.build');

/** What of src/ is read when it runs. */
const READ = 'src/report/html/page.css';

/** Compiles src/ to ES modules in the stage; `about` is what their package.json says. */
export function compile(about) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(about)}\n`);
  execFileSync(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', path.join(root, 'tsconfig.build.json')],
    { stdio: 'inherit' },
  );
  cpSync(path.join(root, READ), path.join(stage, READ));
}

export function leaveStage() {
  rmSync(stage, { recursive: true, force: true });
}
