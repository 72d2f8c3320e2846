// Plays a whole release in a temporary clone, against a repository and registries on this machine, and prints what a
// person has to read before the first one. It uses no network, and leaves the working copy as it is.
//   npm run rehearse -- [owner my-org] [version 1.2.3]
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { PROJECT } from '../src/shared/project.ts';
import { isPlaceholder, misnamed } from './release/placeholder.ts';
import { listed, nextVersion } from './release/rehearsal.ts';
import { type Wanted, wantedOf } from './release/words.ts';

const root = path.resolve(import.meta.dirname, '..');
const node = process.env.SMTP_GATE_NODE ?? process.execPath;
const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-rehearsal-'));
const clone = path.join(folder, 'smtp-gate');
const remote = path.join(folder, 'remote.git');
/** The tests that know the owner or the version; release.yml runs all. */
const TESTS = ['shared/project', 'documents', 'scripts/', 'runtime/context', 'bundle/package'];
const IDENTITY = [
  '-c',
  'user.name=Rehearsal',
  '-c',
  'user.email=rehearsal@localhost',
  '-c',
  'core.hooksPath=/dev/null',
];
const UNSIGNED = ['-c', 'commit.gpgSign=false', '-c', 'tag.gpgSign=false'];

const say = (...lines: readonly string[]) => console.log(lines.join('\n'));
const title = (text: string) => say('', `== ${text}`);

/** What a command prints, in the clone; throws with what it printed when it fails. */
function run(command: string, args: readonly string[], input = ''): string {
  // In a workflow it names the repository, which is not the one that is rehearsed.
  const { GITHUB_REPOSITORY: _, ...own } = process.env;
  const env = { ...own, PATH: `${path.dirname(node)}:${own.PATH}`, npm_config_offline: 'true' };
  const { stdout, stderr, status, error } = spawnSync(command, args, { cwd: clone, encoding: 'utf8', input, env });
  if (status === 0) return stdout.trim();
  throw new Error([`${command} ${args.join(' ')}`, error?.message, stdout, stderr].filter(Boolean).join('\n'));
}
const git = (...args: readonly string[]) => run('git', [...IDENTITY, ...UNSIGNED, ...args]);
const release = (words: readonly string[], input = '') =>
  run(node, ['--import', 'tsx', 'scripts/release.ts', ...words], input);
const read = (file: string) => readFileSync(path.join(clone, file), 'utf8');

interface Release {
  readonly owner: string;
  readonly version: string;
  readonly tag: string;
}

function makeClone(): void {
  title('What is rehearsed');
  const own = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  execFileSync('git', ['clone', '--quiet', root, clone]);
  execFileSync('git', ['clone', '--quiet', '--bare', root, remote]);
  say(`the last commit: ${own('log', '-1', '--format=%h %s')}`);
  const changes = own('status', '--porcelain').split('\n').filter(Boolean).length;
  if (changes > 0) say(`NOT what is changed and not committed: ${changes} files`);
  // The bundler names modules by their path, so it has to be a folder in the clone; hard links take no time.
  const modules = [path.join(root, 'node_modules'), path.join(clone, 'node_modules')] as const;
  if (spawnSync('cp', ['-al', ...modules]).status !== 0)
    cpSync(...modules, { recursive: true, verbatimSymlinks: true });
}

/** What is given, and for the rest what a release of today would have. */
function planned(words: readonly string[]): Release {
  const given: Wanted | null = words.length === 0 ? {} : wantedOf(words);
  if (given === null) throw new Error('usage: npm run rehearse -- [owner my-org] [version 1.2.3]');
  const [present = ''] = PROJECT.repository.split('/');
  const owner = given.owner ?? (isPlaceholder(present) ? 'rehearsal' : present);
  const version = given.version ?? nextVersion(read('CHANGELOG.md'), PROJECT.version, PROJECT.ref);
  return { owner, version, tag: `v${version}` };
}

function refuseAtFirst(): void {
  const [present = ''] = PROJECT.repository.split('/');
  if (!isPlaceholder(present)) return;
  title('As it is, it must not be released');
  let said = '';
  try {
    release(['ready', `v${PROJECT.version}`]);
  } catch (error) {
    said = (error as Error).message;
  }
  if (!said.includes('nothing is published')) throw new Error(`it would be released with the placeholder: ${said}`);
  say(said.trim());
}

function setOwnerAndVersion({ owner, version, tag }: Release): void {
  title(`npm run release -- owner ${owner} version ${version}`);
  say(release(['owner', owner, 'version', version]));
  git('add', '--all');
  // Nothing changes where all is set already.
  git('commit', '--quiet', '--allow-empty', '--message', `Release ${version}`);
  say(git('show', '--shortstat', '--format=%h %s'));
  git('tag', tag);
  git('push', '--quiet', remote, tag);
  say(`${tag} is pushed to a repository of the rehearsal's own`);
}

function verify({ tag }: Release): void {
  title('release.yml: Verify');
  say(release(['ready', tag]));
  run(node, ['scripts/build.mjs', path.join(folder, 'dist')]);
  run('git', ['diff', '--no-index', '--stat', '--exit-code', 'dist', path.join(folder, 'dist')]);
  say('dist/ is what the source builds to');
  run(node, ['--import', 'tsx', 'scripts/generate.ts', '--check']);
  say('what is generated is in step');
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--silent', '--maxWorkers=2'];
  run(node, [...jest, ...TESTS.map((name) => `__tests__/${name}`)]);
  say(`the tests that know the owner or the version pass (${TESTS.join(', ')}); release.yml runs all`);
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

function pack({ owner }: Release): string {
  title('release.yml: Draft: the package');
  const [packed] = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json'])) as Packed[];
  if (packed === undefined) throw new Error('npm pack has packed nothing');
  for (const file of packed.files) say(`  ${String(file.size).padStart(9)}  ${file.path}`);
  const unpacked = path.join(folder, 'unpacked');
  mkdirSync(unpacked);
  run('tar', ['-xzf', packed.filename, '-C', unpacked]);
  const names = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const texts = names.map(({ parentPath, name }) => path.join(parentPath, name));
  const wrong = misnamed(
    new Map(texts.map((file) => [path.relative(path.join(unpacked, 'package'), file), readFileSync(file, 'utf8')])),
    owner,
  );
  if (wrong.length > 0) throw new Error(`the package names another owner: ${JSON.stringify(wrong)}`);
  say(`nothing in it names another owner than ${owner}`);
  return packed.filename;
}

function line(file: string): string {
  const bytes = readFileSync(path.join(clone, file));
  return listed(file, bytes.length, createHash('sha256').update(bytes).digest('hex'));
}

/** The files that the workflow says it attests. */
function attested(file: string): readonly string[] {
  const steps: { uses?: string; with?: Record<string, string> }[] = parse(read('.github/workflows/release.yml')).jobs
    .draft.steps;
  const paths = steps.find(({ uses }) => uses?.startsWith('actions/attest-'))?.with?.['subject-path'] ?? '';
  const patterns = paths.trim().split('\n');
  return patterns.flatMap((pattern) => (pattern.includes('{{') ? [file] : globSync(pattern, { cwd: clone }).sort()));
}

function draft({ tag }: Release, file: string): void {
  title('release.yml: Draft: what is uploaded');
  say('     bytes  SHA-256                                                           file');
  say(line(file));
  say('', `the notes of ${tag}:`, '', release(['notes', tag]));
  say('', 'what is attested (its SHA-256 goes to GitHub, signed by Sigstore):', ...attested(file).map(line));
  const archive = path.join(folder, 'archive.tar.gz');
  run('git', ['archive', '--output', archive, tag]);
  say('', `what each job that uses the action downloads: ${readFileSync(archive).length} bytes`);
  say('', 'Here the workflow ends. A person looks at the draft and publishes it (CONTRIBUTING.md).');
}

function moveTag({ tag }: Release): string {
  title('release.yml: Move the major tag');
  const refs = () =>
    git('ls-remote', '--tags', '--refs', remote)
      .split('\n')
      .map((one) => one.split('\t'));
  const at = (name: string) => refs().find(([, ref]) => ref === `refs/tags/${name}`)?.[0] ?? 'not there';
  const names = refs().map(([, ref = '']) => ref);
  const major = release(['major', tag], names.join('\n'));
  if (major === '') {
    say(`${tag} is not the newest of its major version: no tag moves`);
    return major;
  }
  say(`before: ${major} is ${at(major)}`);
  git('push', '--quiet', '--force', remote, `${tag}^{commit}:refs/tags/${major}`);
  say(`after:  ${major} is ${at(major)}`, `        ${tag} is ${at(tag)}`);
  if (at(major) !== at(tag)) throw new Error(`${major} is not ${tag}`);
  return major;
}

function publish({ owner, version }: Release, major: string): void {
  title('release.yml: Publish to npm, and the image');
  say(`npm: smtp-gate@${version}, tag ${major === '' ? 'older' : 'latest'}`);
  const tags = [version, ...(major === '' ? [] : [major.slice(1)])];
  say(...tags.map((tag) => `image: ghcr.io/${owner.toLowerCase()}/smtp-gate:${tag}, linux/amd64 and linux/arm64`));
  const problem = imageProblem();
  if (problem !== null) say(`the image is left out: ${problem}`);
  say('Here they go to registries on this machine, and are run from there:');
  const env = { ...process.env, SMTP_GATE_NODE: node, IMAGE: problem === null ? 'yes' : '' };
  const test = ['--import', 'tsx', '--test', '--test-reporter=spec', '.ci/release.mjs'];
  const { status } = spawnSync(node, test, { cwd: clone, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('what was published does not run');
}

/** Why no image can be built here; null when one can. */
function imageProblem(): string | null {
  const missing = ['buildah', 'docker-registry', 'openssl', 'unshare'].filter(
    (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0,
  );
  if (missing.length > 0) return `${missing.join(', ')} cannot be had here`;
  return spawnSync('unshare', ['--mount', 'true']).status === 0 ? null : 'this machine allows no mount';
}

try {
  makeClone();
  const wanted = planned(process.argv.slice(2));
  refuseAtFirst();
  setOwnerAndVersion(wanted);
  verify(wanted);
  const file = pack(wanted);
  draft(wanted, file);
  publish(wanted, moveTag(wanted));
  title(`${wanted.tag} can be released by ${wanted.owner}; CONTRIBUTING.md says how`);
} catch (error) {
  console.error(`\nthe rehearsal failed: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
