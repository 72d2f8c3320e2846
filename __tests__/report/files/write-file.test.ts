import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { plain } from '../../../src/report/escape/plain.ts';
import { type Text, temporaryName, writeReport } from '../../../src/report/files/write-file.ts';

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

describe('a report that is made in parts is written', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `a line of the report, which is number ${i}\n`);

  test('whole, to a new folder', () => {
    expect(writeReport('report-json', 'a/b/report.json', many, workspace)).toHaveProperty('path');
    expect(readFileSync(join(workspace, 'a/b/report.json'), 'utf8')).toBe(many.join(''));
  });

  test('as it is made, and not all at once', () => {
    const sizes: number[] = [];
    function* parts() {
      for (const line of many) {
        yield line;
        sizes.push(statSync(join(workspace, 'report.json'), { throwIfNoEntry: false })?.size ?? 0);
      }
    }
    expect(writeReport('report-json', 'report.json', parts(), workspace)).toHaveProperty('path');
    // Nothing until a piece was made, and then the piece.
    expect(new Set(sizes).size).toBe(2);
    expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toBe(many.join(''));
  });

  test('and no half of it is left when a part cannot be made, which is told as what it is', () => {
    function* parts() {
      yield* many;
      // Node's own errors have codes, too.
      Buffer.from(undefined as unknown as string);
    }
    expect(() => writeReport('report-json', 'report.json', parts(), workspace)).toThrow('must be of type string');
    expect(existsSync(join(workspace, 'report.json'))).toBe(false);
  });

  test('and replaces nothing when its beginning cannot be made', () => {
    writeFileSync(join(workspace, 'report.json'), 'of the run before');
    // biome-ignore lint/correctness/useYield: it fails before it has a part.
    function* parts(): Generator<string> {
      throw new Error('a defect');
    }
    expect(() => writeReport('report-json', 'report.json', parts(), workspace)).toThrow('a defect');
    expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toBe('of the run before');
  });

  test('even when it has none', () => {
    expect(writeReport('report-json', 'report.json', [], workspace)).toHaveProperty('path');
    expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toBe('');
  });
});

describe('a report goes where it is sent', () => {
  test('through a link to a file that is not there yet', () => {
    symlinkSync(join(outside, 'elsewhere.json'), join(workspace, 'link'));
    expect(writeReport('report-json', 'link', '{}', workspace)).toEqual({ path: join(workspace, 'link') });
    expect(readFileSync(join(outside, 'elsewhere.json'), 'utf8')).toBe('{}');
  });

  test('through a pipe that somebody reads', async () => {
    const pipe = join(workspace, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('sh', ['-c', 'exec <"$0"; echo open; cat', pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
    const heard: string[] = [];
    // The reader's end opens together with ours.
    const writer = openSync(pipe, constants.O_RDWR);
    for await (const text of reader.stdout.setEncoding('utf8')) {
      heard.push(text);
      if (heard.length > 1) continue;
      expect(writeReport('report-json', 'pipe', '{}', workspace)).toEqual({ path: pipe });
      closeSync(writer);
    }
    expect(heard.join('')).toBe('open\n{}');
  });
});

describe('a report that cannot be written is a warning', () => {
  test('a pipe that somebody has open and does not read, soon', () => {
    const pipe = join(workspace, 'stuck');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const written = writeReport('report-html', 'stuck', 'x'.repeat(200_000), workspace);
    closeSync(reader);
    expect(written).toEqual({
      warning: expect.stringMatching(
        /whoever has the pipe open does not read it \(EAGAIN\)\. This does not change the verdict\.$/,
      ),
    });
  });

  test('a folder, and not because something was to be kept there', () => {
    const taken = new Map([[workspace, 'history']]);
    expect(writeReport('report-html', '.', 'x', workspace, taken)).toEqual({
      warning: expect.stringContaining('it is a folder; name a file in it (EISDIR)'),
    });
  });

  test.each([
    ['a folder in its place', 'folder', 'it is a folder; name a file in it (EISDIR)'],
    ['a folder in its place, named as one', 'folder/', 'it is a folder; name a file in it (EISDIR)'],
    ['a folder that is not there yet', 'new/', 'it is a folder; name a file in it (EISDIR)'],
    ['a file in place of a folder', 'file/report.json', 'a part of the path is a file (ENOTDIR)'],
    ['a file in place of a folder further up', 'file/a/report.json', 'a part of the path is a file (ENOTDIR)'],
    ['a missing folder outside of the workspace', '../missing/report.json', 'the folder does not exist (ENOENT)'],
    ['a link that leads nowhere', 'dangling', 'it is a symbolic link to what does not exist (ENOENT)'],
    [
      'a link that leads nowhere in place of a folder',
      'dangling/report.json',
      'a part of the path is no folder (EEXIST)',
    ],
    ['links that lead in a circle', 'circle', 'its symbolic links lead in a circle (ELOOP)'],
    ['a name that is too long', `${'x'.repeat(300)}.json`, 'the name is too long (ENAMETOOLONG)'],
    ['a path that is too long', `${'x/'.repeat(3_000)}report.json`, 'the name is too long (ENAMETOOLONG)'],
  ])('%s', (_, path, reason) => {
    mkdirSync(join(workspace, 'folder'));
    writeFileSync(join(workspace, 'file'), '');
    symlinkSync(join(outside, 'no', 'where'), join(workspace, 'dangling'));
    symlinkSync('circle', join(workspace, 'circle'));
    const before = readdirSync(workspace);
    const written = writeReport('report-json', path, '{}', workspace);
    const target = plain(resolve(workspace, path));
    expect(written).toEqual({
      warning: `report-json could not be written to ${target}: ${reason}. This does not change the verdict.`,
    });
    expect(readdirSync(workspace)).toEqual(before);
  });

  test.each([
    ['a full disk', '/dev/full', 'the disk is full (ENOSPC)'],
    ['a folder that takes no files', '/proc/report.json', 'no file can be made in that folder (ENOENT)'],
    ['a folder that takes no folders', '/proc/a/b/report.json', 'the folder does not exist (ENOENT)'],
    ['a file that takes no text', '/proc/version', 'the device or file system cannot write it (EIO)'],
  ])('%s, in a workspace that is everything', (_, path, reason) => {
    if (process.platform !== 'linux') return;
    expect(writeReport('report-json', path, '{}', '/')).toHaveProperty('warning', expect.stringContaining(reason));
    expect(existsSync('/dev/full')).toBe(true);
  });

  test('a pipe that nobody reads, without waiting for a reader', () => {
    execFileSync('mkfifo', [join(workspace, 'pipe')]);
    expect(writeReport('report-json', 'pipe', '{}', workspace)).toHaveProperty(
      'warning',
      expect.stringContaining('it is a pipe or socket that nobody reads (ENXIO)'),
    );
  });

  test('a file that an earlier report was written to, however the path is spelt', () => {
    const taken = new Map<string, string>();
    expect(writeReport('report-json', 'report', '{}', workspace, taken)).toHaveProperty('path');
    expect(writeReport('report-junit', './a/../report', '<x/>', workspace, taken)).toEqual({
      warning: `report-junit could not be written to ${join(workspace, 'report')}: report-json was written there. This does not change the verdict.`,
    });
    expect(readFileSync(join(workspace, 'report'), 'utf8')).toBe('{}');
    for (const option of ['report-json', 'report-junit']) {
      expect(writeReport(option, '/dev/null', '{}', workspace, taken)).toEqual({ path: '/dev/null' });
    }
  });

  test.each([
    ['a symbolic link', symlinkSync],
    ['a hard link', linkSync],
  ])('a file that an earlier report was written to, by %s', (_, link) => {
    const taken = new Map<string, string>();
    writeFileSync(join(workspace, 'report'), '');
    link(join(workspace, 'report'), join(workspace, 'other'));
    expect(writeReport('report-json', 'report', '{}', workspace, taken)).toHaveProperty('path');
    expect(writeReport('report-junit', 'other', '<x/>', workspace, taken)).toHaveProperty(
      'warning',
      expect.stringContaining('report-json was written there'),
    );
    expect(readFileSync(join(workspace, 'report'), 'utf8')).toBe('{}');
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

describe('a report that replaces another as a whole', () => {
  const replace = (path: string, text: Text) =>
    writeReport('report-metrics', path, text, workspace, new Map(), 'replaced');
  const many = Array.from({ length: 10_000 }, (_, i) => `a line of the report, which is number ${i}\n`);

  test('is never seen half: what was there stays until it is complete', () => {
    writeFileSync(join(workspace, 'm.prom'), 'of the run before');
    const seen = new Set<string>();
    function* parts() {
      for (const line of many) {
        yield line;
        seen.add(readFileSync(join(workspace, 'm.prom'), 'utf8'));
      }
    }
    expect(replace('m.prom', parts())).toEqual({ path: join(workspace, 'm.prom') });
    expect([...seen]).toEqual(['of the run before']);
    expect(readFileSync(join(workspace, 'm.prom'), 'utf8')).toBe(many.join(''));
    expect(readdirSync(workspace)).toEqual(['m.prom']);
  });

  test('is made beside it, under a name that no collector of *.prom takes', () => {
    const names = new Set<string>();
    function* parts() {
      for (const line of many) {
        yield line;
        for (const name of readdirSync(join(workspace, 'a'))) names.add(name);
      }
    }
    mkdirSync(join(workspace, 'a'));
    expect(replace('a/m.prom', parts())).toHaveProperty('path');
    expect([...names]).toEqual([expect.stringMatching(/^\.smtp-gate-\w+-\d+\.tmp$/)]);
    expect(readdirSync(join(workspace, 'a'))).toEqual(['m.prom']);
  });

  test('leaves what was there, and nothing besides, when a part of it cannot be made', () => {
    writeFileSync(join(workspace, 'm.prom'), 'of the run before');
    function* parts() {
      yield* many;
      throw new Error('a defect');
    }
    expect(() => replace('m.prom', parts())).toThrow('a defect');
    expect(readdirSync(workspace)).toEqual(['m.prom']);
    expect(readFileSync(join(workspace, 'm.prom'), 'utf8')).toBe('of the run before');
  });

  test('may be read by whom the one before could be', () => {
    writeFileSync(join(workspace, 'm.prom'), '');
    chmodSync(join(workspace, 'm.prom'), 0o604);
    replace('m.prom', 'x');
    expect(statSync(join(workspace, 'm.prom')).mode & 0o777).toBe(0o604);
  });

  test.each(['m.prom', 'nothing.prom'])('goes where a link leads, and the link stays: %s', (name) => {
    writeFileSync(join(outside, 'm.prom'), 'before');
    symlinkSync(join(outside, name), join(workspace, 'link'));
    expect(replace('link', 'x')).toEqual({ path: join(workspace, 'link') });
    expect(lstatSync(join(workspace, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(outside, name), 'utf8')).toBe('x');
    expect(readdirSync(workspace)).toEqual(['link']);
  });

  test('makes folders in the workspace', () => {
    expect(replace('a/b/m.prom', 'x')).toHaveProperty('path');
    expect(readFileSync(join(workspace, 'a/b/m.prom'), 'utf8')).toBe('x');
  });

  test('is not replaced by the next report, however that is named', () => {
    const taken = new Map<string, string>();
    writeFileSync(join(workspace, 'm.prom'), '');
    symlinkSync('m.prom', join(workspace, 'link'));
    writeReport('report-metrics', 'm.prom', 'x', workspace, taken, 'replaced');
    expect(writeReport('report-html', 'link', 'y', workspace, taken)).toHaveProperty(
      'warning',
      expect.stringContaining('report-metrics was written there'),
    );
  });

  test.each([
    ['a device, which stays one', '/dev/null', null],
    ['a full device', '/dev/full', 'the disk is full (ENOSPC)'],
    ['a folder', '.', 'it is a folder; name a file in it (EISDIR)'],
    ['a folder that is missing outside of the workspace', '../missing/m.prom', 'the folder does not exist (ENOENT)'],
    ['a file in place of a folder', 'file/m.prom', 'a part of the path is a file (ENOTDIR)'],
    ['a link that leads nowhere', 'dangling', 'it is a symbolic link to what does not exist (ENOENT)'],
    ['a name that is too long', `${'x'.repeat(300)}.prom`, 'the name is too long (ENAMETOOLONG)'],
  ])('and %s', (_, path, reason) => {
    writeFileSync(join(workspace, 'file'), '');
    symlinkSync(join(outside, 'no', 'where'), join(workspace, 'dangling'));
    expect(replace(path, 'x')).toEqual(
      reason === null
        ? { path }
        : { warning: expect.stringContaining(`: ${reason}. This does not change the verdict.`) },
    );
    expect(readdirSync(workspace).sort()).toEqual(['dangling', 'file']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test('a temporary report has a name that no folder is part of', () => {
  expect(temporaryName()).toMatch(/^smtp-gate-[a-z0-9]+-\d+\.json$/);
});
