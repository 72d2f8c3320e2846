import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Every Markdown document that people read, by its path from the root: README.md and its like, docs/, .github/. */
export const DOCUMENTS: readonly string[] = ['.', 'docs', '.github'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name)),
);
