import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allFilesOf } from '../../src/inputs/glob.ts';

const found = (pattern: string, mostSeen?: number) => {
  const problems: string[] = [];
  const files = allFilesOf([pattern], (problem) => problems.push(problem), mostSeen === undefined ? {} : { mostSeen });
  return { files: [...files], problems };
};

describe('a pattern', () => {
  test('looks at so many files and folders, and is refused where there are more', () => {
    const folder = mkdtempSync(join(tmpdir(), 'glob-'));
    for (const name of 'abcdefghij') {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'targets.txt'), '');
    }
    const pattern = `${folder}/**/targets.txt`;
    const all = found(pattern, 20);
    expect([all.files.length, all.problems]).toEqual([10, []]);
    const refused = 'looks at more than 15 files and folders; write a pattern that begins with the folder they are in';
    expect(found(pattern, 15)).toEqual({ files: [], problems: [`"${pattern}" ${refused}`] });
  });

  test('comes to its end where folders lead back to themselves on many ways', () => {
    const folder = mkdtempSync(join(tmpdir(), 'glob-'));
    for (const name of 'abcdefgh') symlinkSync('.', join(folder, name));
    const { files, problems } = found(`${folder}/**/targets.txt`, 1_000);
    expect([files, problems.length]).toEqual([[], 1]);
  });
});
