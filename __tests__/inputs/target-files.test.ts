import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSettings, type Settings } from '../../src/inputs/settings.ts';
import { readTargetFiles } from '../../src/inputs/target-files.ts';

const before = process.cwd();
beforeAll(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'targets-')));
  mkdirSync('relays');
  writeFileSync('relays/a.txt', '\uFEFF# relays\r\n\r\nmx1.example.com:25\r\nmx2.example.com:25?tls=none # old\r\n');
  writeFileSync('relays/b.txt', 'mx3.example.com:25\nnonsense\n');
  writeFileSync('relays/c.conf', 'mx4.example.com:25\n');
  writeFileSync('[odd].txt', 'mx5.example.com:25\n');
  writeFileSync('comments.txt', '# nothing\n\n');
  writeFileSync('empty.txt', '');
  writeFileSync('latin1.txt', Buffer.from('m\xe4x.example.com:25\n', 'latin1'));
  writeFileSync('utf16.txt', Buffer.from('\uFEFFmx1.example.com:25\n', 'utf16le'));
  writeFileSync('huge.txt', Buffer.alloc(10 * 1024 * 1024 + 1, '#'));
  writeFileSync('half.txt', Buffer.alloc(6 * 1024 * 1024, '#\n'));
  symlinkSync('half.txt', 'other-half.txt');
});
afterAll(() => process.chdir(before));

async function read(inputs: Record<string, string>, standardInput?: (most: number) => Buffer) {
  return readSettings((name) => inputs[name], {}, standardInput);
}

async function settings(inputs: Record<string, string>, standardInput?: (most: number) => Buffer): Promise<Settings> {
  const result = await read(inputs, standardInput);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

const problems = async (file: string) => {
  const result = await read({ 'targets-file': file });
  return 'problems' in result ? result.problems.map(({ input, problem }) => `${input} ${problem}`) : [];
};

describe('files of targets', () => {
  test('are read beside the input, with comments, and each target knows its line', async () => {
    const { entries } = await settings({ targets: '# first\nmx0.example.com:25', 'targets-file': 'relays/a.txt' });
    expect(entries.map(({ target, source }) => [target.host, source])).toEqual([
      ['mx0.example.com', { file: null, line: 2 }],
      ['mx1.example.com', { file: 'relays/a.txt', line: 3 }],
      ['mx2.example.com', { file: 'relays/a.txt', line: 4 }],
    ]);
    expect(entries.map(({ checks }) => checks.tls)).toEqual(['auto', 'auto', 'none']);
  });

  test('are found by patterns, by name, and each is read once', async () => {
    const { entries } = await settings({ 'targets-file': 'relays/c.conf\nrelays/{a,c}.*\nrelays/a.txt' });
    expect(entries.map(({ source }) => `${source?.file}:${source?.line}`)).toEqual([
      'relays/c.conf:1',
      'relays/a.txt:3',
      'relays/a.txt:4',
    ]);
  });

  test('may have a name that looks like a pattern', async () => {
    const { entries } = await settings({ 'targets-file': '[odd].txt' });
    expect(entries.map(({ target }) => target.host)).toEqual(['mx5.example.com']);
  });

  test('are standard input on the command line', async () => {
    const { entries } = await settings({ 'targets-file': '-' }, () => Buffer.from('mx1.example.com:25\n'));
    expect(entries.map(({ source }) => source)).toEqual([{ file: '-', line: 1 }]);
  });

  test('say which line is named twice, and where', async () => {
    const { notes } = await settings({ targets: 'MX1.example.com:25', 'targets-file': 'relays/a.txt' });
    expect(notes).toEqual(['targets-file: relays/a.txt:3 repeats line 1, and is checked once']);
  });
});

describe('a file of targets', () => {
  test.each([
    [
      'none.txt',
      [
        'targets-file "none.txt" does not exist; write the path of a file, from the folder in which this runs (in a workflow, run actions/checkout before this step)',
      ],
    ],
    ['relays', ['targets-file "relays" is a folder; write a pattern for the files in it, such as targets/*.txt']],
    ['empty.txt', ['targets-file "empty.txt" has no target in it; write one per line, such as mail.example.com:587']],
    [
      'comments.txt',
      ['targets-file "comments.txt" has no target in it; write one per line, such as mail.example.com:587'],
    ],
    ['latin1.txt', ['targets-file "latin1.txt" is not UTF-8 text; save it as UTF-8']],
    ['utf16.txt', ['targets-file "utf16.txt" is not UTF-8 text; save it as UTF-8']],
    ['*.none', ['targets-file "*.none" matches no file; write a path or a pattern that finds one']],
    ['-', ['targets-file "-" is standard input, which a step does not have; write the path of a file']],
    ['/dev/zero', ['targets-file "/dev/zero" is a device and not a regular file; write it to a file first']],
    [
      'huge.txt',
      ['targets-file "huge.txt" is larger than 10240 KiB (all files together may have 10 MiB); write fewer targets'],
    ],
    [
      'relays/b.txt',
      [expect.stringMatching(/^targets-file relays\/b\.txt:2: "nonsense" is not a target; write host:port/)],
    ],
  ])('%s is refused with what to write instead', async (file, said) => {
    expect(await problems(file)).toEqual(said);
  });

  test('is told with all others that are wrong', async () => {
    expect(await problems('none.txt\nempty.txt\nrelays/b.txt')).toHaveLength(3);
  });

  test('shares one limit with the others', () => {
    const { problems } = readTargetFiles(['half.txt', 'other-half.txt'], [], { env: {} });
    expect(problems.map(({ problem }) => problem)).toEqual([
      '"half.txt" has no target in it; write one per line, such as mail.example.com:587',
      expect.stringMatching(/^"other-half\.txt" is larger than 4096 KiB \(all files together may have 10 MiB\)/),
    ]);
  });

  test('may not stand beside host and port', async () => {
    expect(await read({ host: 'mail.example.com', port: '25', 'targets-file': 'relays/a.txt' })).toHaveProperty(
      'problems',
      [{ input: 'targets-file', problem: 'is given together with host and port; give one or the other' }],
    );
  });
});

describe('bounds of files', () => {
  const world = (standardInput: (most: number) => Buffer) => ({ env: {}, standardInput });
  const problemsOf = (paths: string[], standardInput: (most: number) => Buffer = () => Buffer.alloc(0)) =>
    readTargetFiles(paths, [], world(standardInput)).problems.map(({ problem }) => problem);
  const NONE = '"-" has no target in it; write one per line, such as mail.example.com:587';

  test('a thousand of them are read, and no more', () => {
    const paths = (count: number) => Array.from({ length: count }, (_, i) => `missing-${i}.txt`);
    expect(problemsOf(paths(1_000))).toHaveLength(1_000);
    const { lines, problems } = readTargetFiles(paths(1_001), [], { env: {} });
    expect({ lines, problems }).toEqual({
      lines: [],
      problems: [{ input: 'targets-file', problem: 'names 1001 files; write patterns that find at most 1000' }],
    });
  });

  test('standard input may have as many bytes as are left, and no more', () => {
    const most = 10 * 1024 * 1024;
    expect(problemsOf(['-'], (bytes) => Buffer.alloc(bytes, '#'))).toEqual([NONE]);
    expect(problemsOf(['-'], (bytes) => Buffer.alloc(bytes + 1, '#'))).toEqual([
      `"-" (standard input) is larger than ${most / 1024} KiB`,
    ]);
  });

  test.each([
    ['EACCES', 'may not be read by this user; make it readable'],
    ['EPERM', 'may not be read by this user; make it readable'],
    ['EIO', 'cannot be read (EIO)'],
    [undefined, 'cannot be read (internal error)'],
  ])('standard input that fails with %s says so', (code, why) => {
    const failing = () => {
      throw Object.assign(new Error('no'), { code });
    };
    expect(problemsOf(['-'], failing)).toEqual([`"-" (standard input) ${why}`]);
  });
});
