// Bundles src/ into dist/ (or the folder that is given): the action, the command line, and the licences of what is in them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ncc from '@vercel/ncc';

const root = path.resolve(import.meta.dirname, '..');
const out = path.resolve(process.argv[2] ?? path.join(root, 'dist'));
const ENTRIES = { 'index.js': 'src/index.ts', 'cli.js': 'src/cli.ts' };

/**
 * @actions/core says nothing about side effects, so a bundler keeps all of it, an HTTP client included, and loads it at
 * every start. Its modules have none: told so while it bundles, ncc leaves out what is not used.
 */
function declareFreeOfSideEffects(name) {
  const file = path.join(root, 'node_modules', name, 'package.json');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(before), sideEffects: false }));
  return () => writeFileSync(file, before);
}

const restore = declareFreeOfSideEffects('@actions/core');
try {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [filename, entry] of Object.entries(ENTRIES)) {
    const options = { filename, cache: false, quiet: true, license: 'licenses.txt', target: 'es2023' };
    const { code, assets } = await ncc(path.join(root, entry), options);
    const files = { [filename]: code };
    for (const [name, { source }] of Object.entries(assets)) {
      files[name === 'licenses.txt' ? filename.replace('.js', '.licenses.txt') : name] = source;
    }
    for (const [name, source] of Object.entries(files)) {
      writeFileSync(path.join(out, name), source);
      console.log(`${String(source.length).padStart(9)}  ${path.relative(process.cwd(), path.join(out, name))}`);
    }
  }
} finally {
  restore();
}
