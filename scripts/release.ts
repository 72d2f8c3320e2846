// What .github/workflows/release.yml asks, with Node alone (it runs where nothing is installed):
//   node scripts/release.ts notes v1.2.3   the notes of that release, from CHANGELOG.md; fails unless it is the version
//   node scripts/release.ts major v1.2.3   the major tag that moves to it, if any; the repository's refs come on stdin
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../src/shared/project.ts';
import { releaseNotes } from './release/changelog.ts';
import { majorTagOf, versionOf } from './release/tags.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');

function notes(tag: string): string {
  const { version } = JSON.parse(read('package.json'));
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, and package.json says ${version}`);
  if (majorTagOf(tag, []) !== PROJECT.ref)
    throw new Error(
      `${tag} would not be ${PROJECT.ref}, which src/shared/project.ts and the documents have people use`,
    );
  return releaseNotes(read('CHANGELOG.md'), version);
}

function major(tag: string): string {
  const refs = readFileSync(0, 'utf8').split('\n');
  return (
    majorTagOf(
      tag,
      refs.map((ref) => ref.trim().replace('refs/tags/', '')),
    ) ?? ''
  );
}

const [command = '', tag = ''] = process.argv.slice(2);
const COMMANDS: Record<string, (tag: string) => string> = { notes, major };
const run = COMMANDS[command];
try {
  if (run === undefined || versionOf(tag) === null) throw new Error('usage: release.ts notes|major vX.Y.Z');
  console.log(run(tag));
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
