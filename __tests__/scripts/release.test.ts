import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { releaseNotes } from '../../scripts/release/changelog.ts';
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

// The step's shell is bash, on Linux.
(process.platform === 'win32' ? describe.skip : describe)('the step that publishes', () => {
  const workflow = parse(readFileSync('.github/workflows/release.yml', 'utf8'));
  const steps: { name?: string; run?: string }[] = workflow.jobs.publish.steps;
  const { run = '' } = steps.find(({ name }) => name === 'Release') ?? {};

  /** What it asks `gh` for, where `gh release view` answers so, and whether it succeeds. */
  function asked(view: string): [string[], boolean] {
    const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-release-'));
    const log = path.join(folder, 'log');
    const gh = `#!/bin/sh\necho "$2" >>'${log}'\n[ "$2" != view ] || { ${view}; }\n`;
    writeFileSync(path.join(folder, 'gh'), gh, { mode: 0o755 });
    writeFileSync(path.join(folder, 'node'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env.PATH}`, TAG: 'v1.2.3', FILE: 'smtp-gate.tgz' };
    const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', run], { cwd: folder, env, stdio: 'ignore' });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    return [lines, status === 0];
  }

  test.each([
    ['at first', 'echo "release not found" >&2; exit 1', ['view', 'create', 'edit']],
    ['again, behind a draft', 'echo true', ['view', 'delete', 'create', 'edit']],
    ['again, behind a release', 'echo false', ['view']],
  ])('can be run %s', (_, view, does) => {
    expect(asked(view)).toEqual([does, true]);
  });

  test('does nothing where it cannot learn what is there', () => {
    expect(asked('echo "HTTP 502" >&2; exit 1')).toEqual([['view'], false]);
  });
});
