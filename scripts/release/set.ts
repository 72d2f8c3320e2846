import { UNRELEASED } from './changelog.ts';
import { isPlaceholder, PLACEHOLDER } from './placeholder.ts';
import { isNewer, versionOf } from './tags.ts';

/** The texts of the repository, by path from its root. */
export type Files = ReadonlyMap<string, string>;

/** What the project is called now. */
interface Present {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  readonly ref: string;
}

/** Built anew afterwards, and not written to. */
const BUILT = /^dist\//;
/** The paragraph of README.md that explains the placeholder, and goes with it. */
const EXPLAINED = new RegExp(`^\`${PLACEHOLDER}\` in the examples .*\\n\\n`, 'm');
const RELEASED = /^## \[(\d+\.\d+\.\d+)\]/gm;

/**
 * The files that change when the repository belongs to `owner`: wherever it is named, the images in lower case as
 * registries want them.
 */
export function withOwner(files: Files, owner: string, { name, repository }: Present): Files {
  const problem = ownerProblem(owner);
  if (problem !== null) throw new Error(`the owner "${owner}" ${problem}`);
  const [before = ''] = repository.split('/');
  const froms = [...new Set([before, PLACEHOLDER])].join('|');
  // Not in the path of a file, such as /opt/smtp-gate, when the owner is called "opt".
  const anywhere = `(?<=git(?:hub|hubusercontent)\\.com/(?:repos/)?|(?<![\\w./-]))(?:${froms})`;
  const rest = `(?=/${name}(?:\\.git\\b|(?![\\w-]|\\.\\w)))`;
  const inImages = new RegExp(`(?<=ghcr\\.io/)(?:${froms})${rest}`, 'gi');
  const elsewhere = new RegExp(`${anywhere}${rest}`, 'g');
  return changed(files, (text, file) => {
    const named = text.replace(inImages, owner.toLowerCase()).replace(elsewhere, owner);
    return file === 'README.md' ? named.replace(EXPLAINED, '') : named;
  });
}

/** What speaks against it as the name of an account on GitHub; null when nothing does. */
export function ownerProblem(owner: string): string | null {
  if (isPlaceholder(owner)) return 'is the placeholder: write the name of your account or organization';
  if (owner.includes('/')) return 'has a slash: write only the name of the account, such as my-org';
  if (!/^[a-z\d]+(-[a-z\d]+)*$/i.test(owner))
    return 'is no name on GitHub: letters, digits and single hyphens, none of them first or last';
  return owner.length > 39 ? `has ${owner.length} characters, and a name on GitHub has at most 39` : null;
}

/**
 * The files that change when the next release is `version`: package.json, package-lock.json, src/shared/project.ts, and in
 * CHANGELOG.md what stands under "Unreleased" gets a heading with `date` (YYYY-MM-DD). A new major version changes the
 * tag that people use too.
 */
export function withVersion(files: Files, version: string, present: Present, date: string): Files {
  const changelog = files.get('CHANGELOG.md') ?? '';
  const problem = versionProblem(version, changelog, present.ref);
  if (problem !== null) throw new Error(`the version "${version}" ${problem}`);
  const major = version.split('.')[0] ?? '';
  const json = (text: string, count: number) =>
    text.replace(/"version": "[^"]*"/g, (found) => {
      count -= 1;
      return count < 0 ? found : `"version": "${version}"`;
    });
  const own: Record<string, (text: string) => string> = {
    'package.json': (text) => json(text, 1),
    // Its own entry says it twice; then come the packages.
    'package-lock.json': (text) => json(text, 2),
    'src/shared/project.ts': (text) => text.replace(/version: '[^']*'/, `version: '${version}'`),
    'CHANGELOG.md': (text) => withHeading(text, version, date),
  };
  return changed(files, (text, file) => {
    const used = `v${major}` === present.ref ? text : withMajor(text, major, present);
    return own[file]?.(used) ?? used;
  });
}

/** What speaks against it as the next version; null when nothing does. */
function versionProblem(version: string, changelog: string, ref: string): string | null {
  const wanted = versionOf(`v${version}`);
  if (wanted === null) return `is not X.Y.Z, three numbers without leading zeros, such as 1.2.3`;
  if (wanted[0] < Number(ref.slice(1))) return `is below ${ref}, which the documents have people use`;
  const released = [...changelog.matchAll(RELEASED)].map(([, one = '']) => one);
  const newer = released.find((one) => isNewer(versionOf(`v${one}`), wanted));
  return newer === undefined ? null : `is lower than ${newer}, which CHANGELOG.md has already`;
}

function withHeading(changelog: string, version: string, date: string): string {
  if (changelog.includes(`\n## [${version}] - `)) return changelog;
  const found = UNRELEASED.exec(changelog);
  if (!found?.[1]?.trim())
    throw new Error('CHANGELOG.md has nothing under "## [Unreleased]": write down what has changed');
  return changelog.replace(/^## \[Unreleased\][ \t]*\n/m, `## [Unreleased]\n\n## [${version}] - ${date}\n`);
}

/** With the new major version where a reader is told which to use: `@v1`, `:1`, `/blob/v1/`, `npx smtp-gate@1`. */
function withMajor(text: string, major: string, { name, ref, repository }: Present): string {
  const before = ref.slice(1);
  const one = (found: RegExp) => (all: string) => all.replace(found, `$1${major}`);
  const at = new RegExp(`${repository}[\\w./-]*(?:@v|:|/v)${before}(?![\\w.])|\\b${name}@${before}(?![\\w.])`, 'gi');
  const own = text.replace(at, one(new RegExp(`((?:@v?|:|/v))${before}$`)));
  return own.replace(`ref: '${ref}'`, `ref: 'v${major}'`);
}

function changed(files: Files, change: (text: string, file: string) => string): Files {
  const made = [...files]
    .filter(([file]) => !BUILT.test(file))
    .map(([file, text]) => [file, change(text, file)] as const);
  return new Map(made.filter(([file, text]) => text !== files.get(file)));
}
