import { UNRELEASED } from './changelog.ts';
import { versionOf } from './tags.ts';

/**
 * The version that a release of today would have: the one that package.json has where nothing is unreleased, else the
 * next minor one, which is at least the first of the major version `ref` that the documents use.
 */
export function nextVersion(changelog: string, version: string, ref: string): string {
  const [major = 0, minor = 0] = versionOf(`v${version}`) ?? [];
  if (`v${major}` !== ref) return `${ref.slice(1)}.0.0`;
  const [, unreleased = ''] = UNRELEASED.exec(changelog) ?? [];
  return unreleased.trim() === '' ? version : `${major}.${minor + 1}.0`;
}

/** One line of a list of files: bytes, SHA-256, name. */
export function listed(name: string, size: number, sha256: string): string {
  return `  ${String(size).padStart(9)}  ${sha256}  ${name}`;
}
