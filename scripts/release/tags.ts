type Version = readonly [major: number, minor: number, patch: number];

/** The version that a tag `vX.Y.Z` stands for; null for any other tag, pre-releases and major tags included. */
export function versionOf(tag: string): Version | null {
  const numbers = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag)?.slice(1).map(Number);
  return numbers === undefined ? null : (numbers as unknown as Version);
}

/** Whether a version comes after another; none comes after nothing. */
export function isNewer(version: Version | null, than: Version): boolean {
  if (version === null) return false;
  const differs = version.findIndex((number, index) => number !== than[index]);
  return differs !== -1 && (version[differs] ?? 0) > (than[differs] ?? 0);
}

/** The major tag that moves to `tag`, once it is released: null when `tags` has a newer release of the same major. */
export function majorTagOf(tag: string, tags: readonly string[]): string | null {
  const version = versionOf(tag);
  if (version === null) throw new Error(`${tag} is not the tag of a release: vX.Y.Z`);
  const newer = tags.map(versionOf).some((other) => other?.[0] === version[0] && isNewer(other, version));
  return newer ? null : `v${version[0]}`;
}
