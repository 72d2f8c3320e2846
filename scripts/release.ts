// What a release needs. Before one, a person runs it (npm run release -- …); release.yml runs it with Node alone, where
// nothing is installed.
//   owner my-org     writes the owner of the repository wherever it is named, builds and generates
//   version 1.2.3    writes the version wherever it stands, builds and generates; both can be set at once:
//                    owner my-org version 1.2.3
//   ready v1.2.3     whether it may be published: fails while a published file names the placeholder or another owner.
//                    Without a tag, of the present version: npm asks so before a person publishes from a working copy
//   notes v1.2.3     the notes of that release, from CHANGELOG.md
//   major v1.2.3     the major tag that moves to it, if any; the repository's refs come on stdin
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../src/shared/project.ts';
import { releaseNotes, UNRELEASED } from './release/changelog.ts';
import { trackedTexts } from './release/files.ts';
import { isPlaceholder, misnamed } from './release/placeholder.ts';
import { type Files, withOwner, withVersion } from './release/set.ts';
import { majorTagOf, versionOf } from './release/tags.ts';
import { type Wanted, wantedOf } from './release/words.ts';

const USAGE = `usage: npm run release -- owner my-org     sets who the repository belongs to
       npm run release -- version 1.2.3    sets the version
       npm run release -- ready v1.2.3     says whether that tag may be published
       npm run release -- notes v1.2.3     prints its notes
       npm run release -- major v1.2.3     prints the major tag that moves to it; refs on stdin`;
const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Throws unless `tag` may be published as it is: nothing that release.yml publishes comes before this. */
function ready(tag: string): string {
  const [owner = ''] = PROJECT.repository.split('/');
  const wrong = misnamed(trackedTexts(root), owner);
  if (wrong.length > 0) {
    const list = wrong.map((one) => `  ${one.file}:${one.line} names ${one.owner}`).join('\n');
    const command = `npm run release -- owner ${isPlaceholder(owner) ? 'my-org' : owner}`;
    throw new Error(
      `nothing is published while these files name an account that is not the repository's:\n${list}\n` +
        `Run this with the name of your account, and commit what it writes: ${command}`,
    );
  }
  // Otherwise the workflows of a fork would run what lies elsewhere, with the passwords of whoever calls them.
  const { GITHUB_REPOSITORY: here = PROJECT.repository } = process.env;
  if (here.toLowerCase() !== PROJECT.repository.toLowerCase())
    throw new Error(
      `this is ${here}, and the files name ${PROJECT.repository}: npm run release -- owner ${here.split('/')[0]}`,
    );
  notesOf(tag);
  return `${tag} may be published by ${PROJECT.repository}`;
}

function notesOf(tag: string): string {
  const { version } = JSON.parse(read('package.json'));
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, and package.json says ${version}`);
  const differing = [
    ['src/shared/project.ts', PROJECT.version],
    ['package-lock.json', JSON.parse(read('package-lock.json')).version],
  ].find(([, other]) => other !== version);
  if (differing !== undefined)
    throw new Error(`${differing[0]} says ${differing[1]}, not ${version}: npm run release -- version ${version}`);
  if (majorTagOf(tag, []) !== PROJECT.ref)
    throw new Error(
      `${tag} would not be ${PROJECT.ref}, which src/shared/project.ts and the documents have people use`,
    );
  return releaseNotes(read('CHANGELOG.md'), version);
}

function notes(tag: string): string {
  ready(tag);
  return notesOf(tag);
}

function major(tag: string): string {
  ready(tag);
  const refs = readFileSync(0, 'utf8').split('\n');
  const tags = refs.map((ref) => ref.trim().replace('refs/tags/', ''));
  return majorTagOf(tag, tags) ?? '';
}

/** Writes owner and version, then what is derived from them; returns what a person has to look at. */
function set({ owner, version }: Wanted): string {
  const before = trackedTexts(root);
  // All is judged before anything is written.
  const owned: Files = owner === undefined ? new Map() : withOwner(before, owner, PROJECT);
  const repository = owner === undefined ? PROJECT.repository : `${owner}/${PROJECT.name}`;
  const texts = new Map([...before, ...owned]);
  const date = new Date().toISOString().slice(0, 10);
  const versioned: Files =
    version === undefined ? new Map() : withVersion(texts, version, { ...PROJECT, repository }, date);
  const written = new Map([...owned, ...versioned]);
  // Last what says who the owner is now, so that an interrupted run can be run again.
  const names = [...written.keys()].sort((a, b) => Number(a === SETTLED) - Number(b === SETTLED));
  for (const name of names) writeFileSync(path.join(root, name), written.get(name) ?? '');
  for (const command of [['scripts/build.mjs'], ['--import', 'tsx', 'scripts/generate.ts']])
    execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return report(names, version);
}

const SETTLED = 'src/shared/project.ts';

function report(written: readonly string[], version: string | undefined): string {
  const after = trackedTexts(root);
  const list = written.length === 0 ? 'all was set already' : `wrote ${[...written].sort().join(', ')}`;
  const stale =
    version === undefined || `v${version.split('.')[0]}` === PROJECT.ref ? [] : mentions(after, PROJECT.ref);
  const [, late = ''] = UNRELEASED.exec(after.get('CHANGELOG.md') ?? '') ?? [];
  if (version !== undefined && late.trim() !== '')
    console.error(`NOTE: what CHANGELOG.md has under "## [Unreleased]" is not in the notes of ${version}`);
  const look = stale.length === 0 ? '' : `\n${PROJECT.ref} still stands here; read these lines:\n${stale.join('\n')}`;
  return `${list}\nbuilt dist/ and generated what is derived; commit all of it${look}`;
}

/** The lines of documents that speak of a major tag. */
function mentions(files: Files, ref: string): readonly string[] {
  const word = new RegExp(`(?<![\\w.-])${ref}(?![\\w.-])`);
  return [...files]
    .filter(([file]) => /\.(md|ya?ml)$/.test(file) && file !== 'CHANGELOG.md' && !file.startsWith('__tests__/'))
    .flatMap(([file, text]) =>
      text.split('\n').flatMap((line, index) => (word.test(line) ? [`  ${file}:${index + 1}`] : [])),
    );
}

const ASKED: Record<string, (tag: string) => string> = { ready, notes, major };

function run(words: readonly string[]): string {
  const [command = '', tag = `v${PROJECT.version}`, ...more] = words;
  const asked = ASKED[command];
  if (asked !== undefined && versionOf(tag) !== null && more.length === 0) return asked(tag);
  const wanted = wantedOf(words);
  if (wanted === null) throw new Error(USAGE);
  return set(wanted);
}

try {
  console.log(run(process.argv.slice(2)));
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
