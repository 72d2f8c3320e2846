import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { allFilesOf } from '../../src/inputs/glob.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'glob-')));
const NAMES = Array.from({ length: 20 }, (_, i) => `${String.fromCharCode('t'.charCodeAt(0) - i)}.txt`);
for (const name of [...NAMES, '.hidden.txt', '[x].md', 'q*.md', 'qa.md']) writeFileSync(path.join(folder, name), '');
mkdirSync(path.join(folder, 'sub'));
writeFileSync(path.join(folder, 'sub', 'z.txt'), '');
const { platform } = process;
const cwd = process.cwd();
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
  process.chdir(cwd);
});
afterAll(() => rmSync(folder, { recursive: true }));

function found(paths: string[], options?: { mayBeNone: boolean }) {
  const problems: string[] = [];
  const files = [...allFilesOf(paths, (problem) => problems.push(problem), options)];
  return { files, problems };
}
const inFolder = (...names: string[]) => names.map((name) => path.posix.join(folder, name));
const SORTED = ['.hidden.txt', ...[...NAMES].sort()];
const only = (files: string[]) => ({ files, problems: [] });

describe('files are found', () => {
  test.each<[string, string[], string[]]>([
    ['standard input', ['-'], ['-']],
    ['a path, whether or not it is there', inFolder('a.txt', 'none.txt'), inFolder('a.txt', 'none.txt')],
    ['a path that looks like a pattern, and is there', inFolder('[x].md'), inFolder('[x].md')],
    ['a path that would be a pattern of others', inFolder('q*.md'), inFolder('q*.md')],
    ['a pattern of several folders, by name', inFolder('**/[szt]*.txt'), inFolder('s.txt', 'sub/z.txt', 't.txt')],
    ['a pattern, by name, hidden ones too', inFolder('*.txt'), inFolder(...SORTED)],
    ['two patterns, each file once', inFolder('a.*', '[ab].txt'), inFolder('a.txt', 'b.txt')],
    ['those below', inFolder('**/z.*'), inFolder('sub/z.txt')],
  ])('%s', (_, paths, files) => {
    expect(found(paths)).toEqual(only(files));
  });

  test('from this folder, by their own names', () => {
    process.chdir(folder);
    expect(found(['*.txt'])).toEqual(only(SORTED));
    expect(found(['sub/*'])).toEqual(only(['sub/z.txt']));
  });

  test('with the separator of Windows there alone', () => {
    const written = `${folder}\\[ab].txt`;
    expect(found([written]).files).not.toContain(inFolder('a.txt')[0]);
    Object.defineProperty(process, 'platform', { value: 'win32' });
    expect(found([written])).toEqual(only(inFolder('a.txt', 'b.txt')));
  });
});

describe('a pattern that finds none', () => {
  const [missing = '', aFolder = ''] = inFolder('*.none', 's[u]b');

  test('is complained of, unless it may', () => {
    const problems = [`"${missing}" matches no file; write a path or a pattern that finds one`];
    expect(found([missing])).toEqual({ files: [], problems });
    expect(found([missing], { mayBeNone: true })).toEqual(only([]));
  });

  test('does not stand for what is in a folder', () => {
    expect(found([aFolder]).problems).toHaveLength(1);
  });
});
