import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The texts that git has under `root`, by path; those that are no text are left out. */
export function trackedTexts(root: string): ReadonlyMap<string, string> {
  const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const texts = list
    .split('\0')
    .filter((file) => file !== '')
    .map((file) => [file, readIfThere(path.join(root, file))] as const);
  return new Map(texts.filter(([, text]) => !text.includes('\0')));
}

/** Empty for a file that git has, and that has been deleted since. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
