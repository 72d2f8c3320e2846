import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const dist = readdirSync(path.join(root, 'dist'));

describe('what is committed in dist/', () => {
  test.each(dist.filter((name) => name.endsWith('.js')))('%s is ASCII, which V8 reads with half the work', (name) => {
    expect(read(`dist/${name}`)).not.toMatch(/[^\n -~]/);
  });

  test('has no source maps, since nothing reads them', () => {
    expect(dist.filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  test('has the licences of what is bundled', () => {
    const licences = read('dist/licenses.txt');
    // Of smtp-server, which is the demo's, what it depends on is bundled too.
    for (const name of ['@actions/core', '@actions/github', '@octokit/core', 'hono', 'smtp-server', 'undici']) {
      expect(`\n${licences}`).toMatch(new RegExp(`\n${name}\n[A-Z][\\w. -]+\n`));
    }
  });
});

describe('the archive that every job downloads', () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, maxBuffer: 1e8 });

  test('has at most 900 KB', () => {
    expect(gzipSync(git('archive', 'HEAD')).length).toBeLessThanOrEqual(900_000);
  });

  test('holds what the action needs and what its user reads, and nothing else', () => {
    const archive = git('archive', 'HEAD');
    const names = execFileSync('tar', ['-t'], { input: archive, encoding: 'utf8' }).trim().split('\n');
    const top = new Set(names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual([
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'action.yml',
      'deliver',
      'dist',
      'docs',
      'merge',
    ]);
    expect(names.filter((name) => name.startsWith('docs/images/'))).toEqual([]);
  });
});
