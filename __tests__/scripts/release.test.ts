import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { releaseNotes } from '../../scripts/release/changelog.ts';
import { PLACEHOLDER } from '../../scripts/release/placeholder.ts';
import { nextVersion } from '../../scripts/release/rehearsal.ts';
import { majorTagOf } from '../../scripts/release/tags.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- What is to come.

## [1.10.0] - 2026-11-24

### Added

- Ten.

### Fixed

- Something with a [link](https://example.com).

## [1.1.0] - 2026-10-01

- One.

## [1.0.0] - 2026-09-01

## 0.9.0

- Without a date.

[1.10.0]: https://github.com/OWNER/smtp-gate/releases/tag/v1.10.0
`;

describe('the notes of a release', () => {
  test.each([
    ['1.10.0', '### Added\n\n- Ten.\n\n### Fixed\n\n- Something with a [link](https://example.com).'],
    ['1.1.0', '- One.'],
  ])('%s end where the next begin', (version, notes) => {
    expect(releaseNotes(CHANGELOG, version)).toBe(notes);
    expect(releaseNotes(CHANGELOG.replaceAll('\n', '\r\n'), version)).toBe(notes);
  });

  test('of the oldest end at the links', () => {
    expect(releaseNotes(CHANGELOG.replace('## 0.9.0', '## [0.9.0] - 2026-08-01'), '0.9.0')).toBe('- Without a date.');
  });

  test.each([
    ['2.0.0', 'CHANGELOG.md has no heading "## [2.0.0] - YYYY-MM-DD": write one'],
    ['Unreleased', 'CHANGELOG.md has no heading "## [Unreleased] - YYYY-MM-DD": write one'],
    ['1.10', 'CHANGELOG.md has no heading "## [1.10] - YYYY-MM-DD": write one'],
    ['0.9.0', 'CHANGELOG.md has no heading "## [0.9.0] - YYYY-MM-DD": write one'],
    ['1.0.0', 'CHANGELOG.md says nothing of 1.0.0: write down what has changed'],
  ])('%s are missing', (version, problem) => {
    expect(() => releaseNotes(CHANGELOG, version)).toThrow(problem);
  });
});

describe('the major tag', () => {
  test.each([
    ['v1.2.3', ['v1.2.3'], 'v1'],
    ['v1.2.3', [], 'v1'],
    ['v1.10.0', ['v1', 'v1.9.9', 'v1.10.0', 'v2.0.0'], 'v1'],
    ['v1.2.4', ['v1.2.3', 'v1.2.4', 'v1.3.0'], null],
    ['v1.9.9', ['v1.10.0'], null],
    ['v1.2.3', ['v1.2.4'], null],
    ['v0.1.0', ['v0.1.0'], 'v0'],
    ['v10.0.0', ['v1.9.0', 'v11.0.0'], 'v10'],
    // What is no release does not count.
    ['v1.2.3', ['v1.3.0-rc.1', 'v1.3', '1.3.0', 'v01.3.0', 'v1.3.0x', ''], 'v1'],
  ])('of %s among %j is %s', (tag, tags, major) => {
    expect(majorTagOf(tag, tags)).toBe(major);
  });

  test.each(['1.2.3', 'v1', 'v1.2', 'v1.2.3-rc.1', 'v1.2.3\n', 'main', ''])(
    'of %j is none: it is no release',
    (tag) => {
      expect(() => majorTagOf(tag, [])).toThrow('is not the tag of a release: vX.Y.Z');
    },
  );
});

describe('the version that a rehearsal takes', () => {
  const unreleased = '# Changelog\n\n## [Unreleased]\n\n- It.\n\n## [1.2.3] - 2026-10-01\n\n- Once.\n';
  test.each([
    ['the next minor one', unreleased, '1.2.3', 'v1', '1.3.0'],
    ['the first that the documents may name', unreleased, '0.1.0', 'v1', '1.0.0'],
    ['the present one, once its notes are written', unreleased.replace('- It.\n', ''), '1.2.3', 'v1', '1.2.3'],
  ])('is %s', (_, changelog, version, ref, next) => {
    expect(nextVersion(changelog, version, ref)).toBe(next);
  });
});

// The step's shell is bash, on Linux.
(process.platform === 'win32' ? describe.skip : describe)('the step that drafts', () => {
  const workflow = parse(readFileSync('.github/workflows/release.yml', 'utf8'));
  const steps: { name?: string; run?: string }[] = workflow.jobs.draft.steps;
  const { run = '' } = steps.find(({ name }) => name === 'Draft') ?? {};

  /** What it asks `gh` for, where `gh release view` answers so, and whether it succeeds. */
  function asked(view: string): [string[], boolean] {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-release-'));
    const log = path.join(folder, 'log');
    const gh = `#!/bin/sh\necho "$2" >>'${log}'\n[ "$2" != view ] || { ${view}; }\n`;
    writeFileSync(path.join(folder, 'gh'), gh, { mode: 0o755 });
    writeFileSync(path.join(folder, 'node'), '#!/bin/sh\n', { mode: 0o755 });
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      TAG: 'v1.2.3',
      FILE: 'smtp-gate.tgz',
      GITHUB_STEP_SUMMARY: '/dev/null',
    };
    const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', run], { cwd: folder, env, stdio: 'ignore' });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    return [lines, status === 0];
  }

  test.each([
    ['at first', 'echo "release not found" >&2; exit 1', ['view', 'create']],
    ['again, behind a draft', 'echo true', ['view', 'delete', 'create']],
    ['again, behind a release', 'echo false', ['view']],
  ])('can be run %s', (_, view, does) => {
    expect(asked(view)).toEqual([does, true]);
  });

  test('does nothing where it cannot learn what is there', () => {
    expect(asked('echo "HTTP 502" >&2; exit 1')).toEqual([['view'], false]);
  });
});

describe('release.yml publishes nothing that was not verified', () => {
  interface Job {
    readonly needs?: string | readonly string[];
    readonly if?: string;
    readonly 'continue-on-error'?: unknown;
    readonly environment?: string;
    readonly permissions: Readonly<Record<string, string>>;
    readonly steps: readonly Readonly<Record<string, unknown>>[];
  }
  const { jobs, on }: { jobs: Record<string, Job>; on: unknown } = parse(
    readFileSync('.github/workflows/release.yml', 'utf8'),
  );
  const needs = (name: string): readonly string[] => [jobs[name]?.needs ?? []].flat();
  const behind = (name: string): boolean =>
    name === 'verify' || (needs(name).length > 0 && needs(name).every((other) => behind(other)));

  test('the check is the first command, and nothing lets it pass', () => {
    const { verify } = jobs;
    const [first] = verify?.steps.filter(({ run }) => run !== undefined) ?? [];
    expect(first?.run).toBe('node scripts/release.ts ready "$TAG"');
    expect(first?.env).toEqual({ TAG: ['$', '{{ github.ref_name }}'].join('') });
    for (const part of [verify, first]) {
      expect(part).not.toHaveProperty('if');
      expect(part).not.toHaveProperty('continue-on-error');
    }
    expect(verify?.permissions).toEqual({ contents: 'read' });
  });

  test.each(Object.keys(jobs))('%s runs behind it', (name) => {
    expect(behind(name)).toBe(true);
    // always(), failure() and cancelled() run a job whose needs have not passed.
    expect(jobs[name]?.if ?? '').toMatch(/^(github\.event_name == '(push|release)')?$/);
  });

  test('what others see comes behind a release that a person has published', () => {
    expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] }, release: { types: ['published'] } });
    const text = (name: string) => JSON.stringify(jobs[name]?.steps);
    expect(jobs.draft?.if).toBe("github.event_name == 'push'");
    expect(text('draft')).not.toMatch(/npm publish|image\.sh|git\/refs|draft=false/);
    expect(jobs.tag?.if).toBe("github.event_name == 'release'");
    expect(needs('npm')).toEqual(['tag']);
    expect(needs('image')).toEqual(['tag']);
    expect(Object.keys(jobs).filter((name) => jobs[name]?.environment !== 'release')).toEqual(['verify']);
  });
});

describe('the command', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const scripts = readdirSync(path.join(root, 'scripts/release'), { withFileTypes: true }).map(({ name }) => name);
  const folders: string[] = [];
  let untouched: string | undefined;
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** A repository with as much of this one as the command reads; building and generating are only noted. */
  function repository(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-release-'));
    folders.push(folder);
    const put = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    const tsx = path.join(root, 'node_modules/tsx');
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(tsx, path.join(folder, 'node_modules/tsx'), 'junction');
    for (const file of ['scripts/release.ts', ...scripts.map((name) => `scripts/release/${name}`)])
      put(file, readFileSync(path.join(root, file), 'utf8'));
    const own = `name: 'smtp-gate', version: '0.1.0', uses: '${PLACEHOLDER}/smtp-gate@v1'`;
    put(
      'src/shared/project.ts',
      `export const PROJECT = { ${own}, repository: '${PLACEHOLDER}/smtp-gate', ref: 'v1' };\n`,
    );
    put('package.json', '{ "version": "0.1.0", "type": "module" }\n');
    put('package-lock.json', '{ "version": "0.1.0", "packages": { "": { "version": "0.1.0" } } }\n');
    put('CHANGELOG.md', '## [Unreleased]\n\n- It.\n\n## [0.1.0] - 2026-11-24\n\n- Once.\n');
    put('.github/workflows/monitor.yml', `uses: ${PLACEHOLDER}/smtp-gate@v1\n`);
    put('picture.png', `\0${PLACEHOLDER}`);
    put('.gitignore', 'node_modules\nlog\n');
    const note = (what: string) => `import { appendFileSync } from 'node:fs';\nappendFileSync('log', '${what}\\n');\n`;
    put('scripts/build.mjs', note('built'));
    put('scripts/generate.ts', note('generated'));
    git(folder, 'init', '--quiet');
    git(folder, 'add', '--all');
    return folder;
  }

  const git = (folder: string, ...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout;

  function release(folder: string, words: string, input = '', more: Record<string, string> = {}) {
    const { GITHUB_REPOSITORY: _, ...env } = process.env;
    const command = ['--import', 'tsx', 'scripts/release.ts', ...words.split(' ')];
    const options = { cwd: folder, encoding: 'utf8', input, env: { ...env, ...more } } as const;
    const { stdout, stderr, status } = spawnSync(process.execPath, command, options);
    return { said: `${stdout}${stderr}`, status };
  }

  test('refuses all that release.yml asks while the placeholder stands, and goes once owner and version are set', () => {
    const folder = repository();
    for (const asked of ['ready', 'notes', 'major']) {
      const { said, status } = release(folder, `${asked} v0.1.0`);
      expect(status).toBe(1);
      expect(said).toContain(`  .github/workflows/monitor.yml:1 names ${PLACEHOLDER}\n`);
      expect(said).toContain(`  src/shared/project.ts:1 names ${PLACEHOLDER}\n`);
      expect(said).toContain('npm run release -- owner my-org');
    }

    expect(release(folder, 'version 1.0.0 owner octo')).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(folder, 'log'), 'utf8')).toBe('built\ngenerated\n');
    expect(readFileSync(path.join(folder, '.github/workflows/monitor.yml'), 'utf8')).toBe('uses: octo/smtp-gate@v1\n');
    expect(release(folder, 'ready v1.0.0', '', { GITHUB_REPOSITORY: 'Octo/smtp-gate' })).toEqual({
      said: 'v1.0.0 may be published by octo/smtp-gate\n',
      status: 0,
    });
    expect(release(folder, 'notes v1.0.0').said).toBe('- It.\n');
    expect(release(folder, 'major v1.0.0', 'refs/tags/v1\nrefs/tags/v1.0.0\n').said).toBe('v1\n');

    git(folder, 'add', '--all');
    // Without a tag it is npm that asks, before somebody publishes by hand.
    expect(release(folder, 'ready')).toEqual({ said: 'v1.0.0 may be published by octo/smtp-gate\n', status: 0 });
    expect(release(folder, 'owner octo version 1.0.0').said).toContain('all was set already');
    expect(git(folder, 'diff', '--name-only')).toBe('');
    expect(release(folder, 'owner mona').status).toBe(0);
    expect(release(folder, 'ready v1.0.0').said).toBe('v1.0.0 may be published by mona/smtp-gate\n');
  });

  test('tells of lines that came after the notes were written', () => {
    const folder = repository();
    release(folder, 'version 1.0.0');
    const changelog = path.join(folder, 'CHANGELOG.md');
    const text = readFileSync(changelog, 'utf8').replace('## [Unreleased]\n', '## [Unreleased]\n\n- Late.\n');
    writeFileSync(changelog, text);
    const { said, status } = release(folder, 'version 1.0.0');
    expect([status, said]).toEqual([0, expect.stringContaining('is not in the notes of 1.0.0')]);
    expect(readFileSync(changelog, 'utf8')).toBe(text);
  });

  test('is what npm asks before somebody publishes a working copy', () => {
    const { scripts: asked } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(asked.prepublishOnly).toBe('tsx scripts/release.ts ready');
  });

  test('refuses a repository that is not the one that the files name, and versions that differ', () => {
    const folder = repository();
    release(folder, 'owner octo version 1.0.0');
    expect(release(folder, 'ready v1.0.0', '', { GITHUB_REPOSITORY: 'fork/smtp-gate' })).toEqual({
      said: 'release: this is fork/smtp-gate, and the files name octo/smtp-gate: npm run release -- owner fork\n',
      status: 1,
    });
    expect(release(folder, 'ready v1.0.1').said).toContain('the tag is v1.0.1, and package.json says 1.0.0');
    writeFileSync(path.join(folder, 'package-lock.json'), '{ "version": "0.9.0" }');
    expect(release(folder, 'ready v1.0.0').said).toContain('package-lock.json says 0.9.0, not 1.0.0');
  });

  test.each([
    ['owner a/b', 'has a slash'],
    ['owner octo version 1.0', 'is not X.Y.Z'],
    ['version 0.0.9', 'is below v1'],
    ['owner', 'usage: '],
    ['owner a owner b', 'usage: '],
    ['owner a version', 'usage: '],
    ['publish v1.0.0', 'usage: '],
    ['', 'usage: '],
    ['ready 1.0.0', 'usage: '],
    ['ready v1.0.0 more', 'usage: '],
  ])('%s: says why not, and writes nothing', (words, problem) => {
    untouched ??= repository();
    const folder = untouched;
    const { said, status } = release(folder, words);
    expect([status, said]).toEqual([1, expect.stringContaining(problem)]);
    expect(git(folder, 'status', '--porcelain', '--untracked-files=all').match(/^.M/gm)).toBeNull();
  });
});
