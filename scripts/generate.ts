// Writes what is derived from the source: action.yml, the README's tables and snippets, docs/codes.md, the workflows that
// use the published action. With --check it only says what is out of step.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { actionYml } from './generate/action-yml.ts';
import { codesPage } from './generate/codes.ts';
import { named } from './generate/names.ts';
import { readme } from './generate/readme.ts';

const root = path.resolve(import.meta.dirname, '..');
const FILES: Record<string, (current: string) => string> = {
  'action.yml': actionYml,
  'README.md': readme,
  'docs/codes.md': codesPage,
  '.github/workflows/monitor.yml': named,
  '.github/workflows/prober.yml': named,
};

const check = process.argv.includes('--check');
for (const [file, generate] of Object.entries(FILES)) {
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
