import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { temporaryName, writeReport } from '../../src/report/file.ts';
import { plain } from '../../src/report/safe.ts';

let outside: string;
let workspace: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'smtp-gate-test-'));
  workspace = join(outside, 'workspace');
  mkdirSync(workspace);
});

describe('a report is written', () => {
  test.each(['report.json', './report.json', 'a/b/c/report.json', '..report/report.json', 'a/../report.json'])(
    'in the workspace, folders and all: %s',
    (path) => {
      const target = join(workspace, path);
      expect(writeReport('report-json', path, '{}', workspace)).toEqual({ path: target });
      expect(readFileSync(target, 'utf8')).toBe('{}');
    },
  );

  test.each([
    ['in a folder outside that exists', () => join(outside, 'report.json')],
    ['by a path that leads outside', () => '../report.json'],
    ['by an absolute path in the workspace', () => join(workspace, 'new', 'report.json')],
  ])('%s', (_, path) => {
    expect(writeReport('report-json', path(), '{}', workspace)).toHaveProperty('path');
  });

  test('over what was there', () => {
    writeFileSync(join(workspace, 'report.json'), 'something longer than the report');
    writeReport('report-json', 'report.json', '{}', workspace);
    expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toBe('{}');
  });
});

describe('a report that cannot be written is a warning', () => {
  test.each([
    ['a folder in its place', 'folder', /it is a folder \(EISDIR\); name a file in it/],
    ['a file in place of a folder', 'file/report.json', /a part of the path is a file \(ENOTDIR\)/],
    ['a file in place of a folder further up', 'file/a/report.json', /a part of the path is a file \(ENOTDIR\)/],
    ['a missing folder outside of the workspace', '../missing/report.json', /the folder does not exist \(ENOENT\)/],
  ])('%s', (_, path, reason) => {
    mkdirSync(join(workspace, 'folder'));
    writeFileSync(join(workspace, 'file'), '');
    const written = writeReport('report-json', path, '{}', workspace);
    const warning = 'warning' in written ? written.warning : '';
    expect(warning).toMatch(reason);
    expect(warning).toMatch(/^report-json could not be written to .*\. The verdict stands\.$/);
    expect(warning).toContain(join(workspace, path));
  });

  test('and makes no folder outside of the workspace', () => {
    writeReport('report-json', '../missing/report.json', '{}', workspace);
    expect(existsSync(join(outside, 'missing'))).toBe(false);
  });

  test('that is safe to print, whatever the path', () => {
    const written = writeReport('report-json', `##[error]\u001b[31m${'x'.repeat(300)}`, '{}', workspace);
    const warning = 'warning' in written ? written.warning : '\0';
    expect(plain(warning, 5_000)).toBe(warning);
  });
});

test('a temporary report has a name that no folder is part of', () => {
  expect(temporaryName()).toMatch(/^smtp-gate-[a-z0-9]+-\d+\.json$/);
});
