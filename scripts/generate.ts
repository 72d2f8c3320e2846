// Writes what is derived from the source: action.yml, docs/reference.md, docs/codes.md and the man page, and in the other
// documents and the workflows the name of the published action. With --check it only says what is out of step.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATED } from './generate/files.ts';

const root = path.resolve(import.meta.dirname, '..');

const check = process.argv.includes('--check');
for (const [file, generate] of Object.entries(GENERATED)) {
  const target = path.join(root, file);
  const current = readIfThere(target);
  const wanted = generate(current);
  if (wanted === current) continue;
  if (check) {
    console.error(`${file} is out of step with the source: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(target, wanted);
    console.log(`wrote ${file}`);
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
