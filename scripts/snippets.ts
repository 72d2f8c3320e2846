// Writes the snippets of all documents as workflows into a folder, as a repository in which the action is `./`: so
// actionlint reads our own action.yml and workflows, and knows every input and output that a snippet names.
//   npx tsx scripts/snippets.ts DIR
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../src/shared/project.ts';
import { DOCUMENTS } from './documents/files.ts';
import { asWorkflow, snippetsOf } from './documents/snippets.ts';

const root = path.resolve(import.meta.dirname, '..');
const [folder = ''] = process.argv.slice(2);
if (folder === '') throw new Error('usage: snippets.ts DIR');
const workflows = path.join(folder, '.github/workflows');
mkdirSync(workflows, { recursive: true });
// What makes a folder a repository in the eyes of actionlint.
mkdirSync(path.join(folder, '.git'), { recursive: true });
const OURS = ['action.yml', 'dist/index.js', '.github/workflows/monitor.yml', '.github/workflows/fleet.yml'];
for (const file of OURS) cpSync(path.join(root, file), path.join(folder, file));

for (const document of DOCUMENTS) {
  const name = document.replace(/\.md$/, '').replaceAll('/', '-').toLowerCase();
  for (const snippet of snippetsOf(readFileSync(path.join(root, document), 'utf8'))) {
    if (snippet.kind === 'other') continue;
    const ours = new RegExp(`${PROJECT.repository}(/\\S+)?@(?:${PROJECT.ref}|[\\da-f]{40})`, 'g');
    const local = asWorkflow(snippet).replaceAll(ours, '.$1');
    writeFileSync(path.join(workflows, `${name}-${snippet.line}.yml`), local.replaceAll(/uses: \.$/gm, 'uses: ./'));
  }
}
