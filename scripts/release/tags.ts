type Version = readonly [major: number, minor: number, patch: number];

/** The version that a tag `vX.Y.Z` stands for; null for any other tag, pre-releases and major tags included. */
export function versionOf(tag: string): Version | null {
  const numbers = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag)?.slice(1).map(Number);
  return numbers === undefined ? null : (numbers as unknown as Version);
}

/** The major tag that moves to `tag`, once it is released: null when `tags` has a newer release of the same major. */
export function majorTagOf(tag: string, tags: readonly string[]): string | null {
  const version = versionOf(tag);
  if (version === null) throw new Error(`${tag} is not the tag of a release: vX.Y.Z`);
  const [major, minor, patch] = version;
  const isNewer = (other: Version) =>
    other[0] === major && (other[1] > minor || (other[1] === minor && other[2] > patch));
  const newer = tags.map(versionOf).some((other) => other !== null && isNewer(other));
  return newer ? null : `v${major}`;
}
