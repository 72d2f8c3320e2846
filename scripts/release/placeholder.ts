import { PROJECT } from '../../src/shared/project.ts';

/** What stands for the owner of the repository until `release.ts owner` has set one. */
export const PLACEHOLDER = 'OWNER';

/** Whether it is the placeholder; in lower case too, since an image's name is. */
export const isPlaceholder = (owner: string) => owner.toUpperCase() === PLACEHOLDER;

/** What is not published, and may have the placeholder as data; CHANGELOG.md and CONTRIBUTING.md may speak of it. */
const UNPUBLISHED = /^(__tests__|scripts|\.ci)\//;
const SPEAKS_OF_IT = /^(CHANGELOG|CONTRIBUTING)\.md$/;
/** In code the word alone is also a word of GitHub's API. */
const CODE = /\.[cm]?[jt]s$/;
/** A repository named `smtp-gate`, where a workflow, a link or an image names it: a reader's pipeline runs what is there. */
const NAMED = new RegExp(
  `(?:uses:\\s*["']?|git(?:hub|hubusercontent)\\.com/|ghcr\\.io/)([\\w.-]+)/${PROJECT.name}(?:\\.git\\b|(?![\\w.-]))`,
  'g',
);

/** An owner that a file should not name, and the first line that does. */
export interface Misnamed {
  readonly file: string;
  readonly line: number;
  readonly owner: string;
}

/** Where a published file still has the placeholder, or names a repository of another owner than `owner`. */
export function misnamed(files: ReadonlyMap<string, string>, owner: string): readonly Misnamed[] {
  const published = [...files].filter(([file]) => !UNPUBLISHED.test(file));
  return published.flatMap(([file, text]) => misnamedIn(file, text, owner));
}

function misnamedIn(file: string, text: string, owner: string): readonly Misnamed[] {
  const followed = CODE.test(file) || SPEAKS_OF_IT.test(file) ? '/' : '(?![\\w-])';
  const placeholder = new RegExp(`(?<![\\w-])${PLACEHOLDER}${followed}`);
  const found = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const named = [...line.matchAll(NAMED)].map(([, name = '']) => (isPlaceholder(name) ? PLACEHOLDER : name));
    const others = named.filter((name) => isPlaceholder(name) || name.toLowerCase() !== owner.toLowerCase());
    if (placeholder.test(line)) others.push(PLACEHOLDER);
    for (const other of others) if (!found.has(other)) found.set(other, index + 1);
  }
  return [...found].map(([other, line]) => ({ file, line, owner: other }));
}
