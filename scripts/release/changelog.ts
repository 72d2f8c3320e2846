const HEADING = /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/;

/** The heading of what is not released, and what stands below it. */
export const UNRELEASED = /^## \[Unreleased\][ \t]*\n([\s\S]*?)(?=^## |(?![\s\S]))/m;

/**
 * What CHANGELOG.md says of `version`: the lines below its heading, up to the next one. Throws when it has no dated
 * heading of its own, and when nothing stands below it.
 */
export function releaseNotes(changelog: string, version: string): string {
  const lines = changelog.split(/\r?\n/);
  const from = lines.findIndex((line) => HEADING.exec(line)?.[1] === version);
  if (from === -1) throw new Error(`CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD": write one`);
  const below = lines.slice(from + 1);
  const next = below.findIndex((line) => line.startsWith('## ') || /^\[[^\]]+\]: /.test(line));
  const notes = (next === -1 ? below : below.slice(0, next)).join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}: write down what has changed`);
  return notes;
}
