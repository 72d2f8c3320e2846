import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMANDS, SHELLS } from '../../src/cli/commands.ts';
import { completionScript, readShell } from '../../src/cli/completion/index.ts';
import { TOPICS } from '../../src/cli/topics.ts';
import { CLI_OPTIONS, choicesOf, optionOf } from '../../src/inputs/options.ts';
import { CODES } from '../../src/model/codes.ts';

const support = path.resolve(import.meta.dirname, '../support');
const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
beforeAll(() => {
  for (const name of ['report one.json', 'report-two.json']) writeFileSync(path.join(folder, name), '');
  for (const shell of SHELLS) writeFileSync(path.join(folder, `script.${shell}`), completionScript(shell));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (shell: string) => spawnSync(shell, ['--version']).error === undefined;

describe('completion in bash', () => {
  const complete = (...words: string[]) =>
    execFileSync('bash', ['--norc', path.join(support, 'complete.bash'), 'script.bash', ...words], {
      cwd: folder,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((line) => line !== '');

  test('has every command, and hosts, in the first place', () => {
    expect(complete('')).toEqual(expect.arrayContaining(Object.keys(COMMANDS)));
    expect(complete('--json', 'me')).toEqual(['merge']);
    expect(complete('x:25', 'me')).toEqual([]);
  });

  test('has every flag', () => {
    expect(complete('--').sort()).toEqual(
      [...CLI_OPTIONS.map((name) => `--${name}`), '--json', '--help', '--version'].sort(),
    );
    expect(complete('merge', '--exp')).toEqual(['--expect']);
    expect(complete('demo', '--')).toEqual(['--help']);
  });

  test.each(CLI_OPTIONS.filter((name) => choicesOf(optionOf(name)).length > 0))(
    'has the words that --%s takes, however it is written',
    (name) => {
      const choices = [...choicesOf(optionOf(name))];
      expect(complete(`--${name}`, '')).toEqual(choices);
      expect(complete('x:25', `--${name}`, '=')).toEqual(choices);
      const [first = ''] = choices;
      expect(complete(`--${name}`, '=', first)).toContain(first);
    },
  );

  test('has codes to ignore, files, shells and topics', () => {
    expect(complete('--ignore', '')).toEqual(Object.keys(CODES));
    expect(complete('--report-json', 'report').sort()).toEqual(['report one.json', 'report-two.json']);
    expect(complete('--tls-ca', '=', 'report-')).toEqual(['report-two.json']);
    expect(complete('merge', 'report-')).toEqual(['report-two.json']);
    expect(complete('completion', '')).toEqual([...SHELLS]);
    expect(complete('help', 't')).toEqual(Object.keys(TOPICS).filter((name) => name.startsWith('t')));
    expect(complete('--timeout', '')).toEqual([]);
  });
});

const UNIQUE = [
  ['dem', 'demo'],
  ['--certificate-f', '--certificate-fail-days'],
  ['--tls=st', '--tls=starttls'],
  ['--ignore greeting-b', '--ignore greeting-busy'],
  ['x:25 --report-json report-', 'x:25 --report-json report-two.json'],
  ['merge --exp', 'merge --expect'],
  ['merge report-', 'merge report-two.json'],
  ['completion fi', 'completion fish'],
  ['help conn', 'help connection'],
] as const;

(isThere('fish') ? describe : describe.skip)('completion in fish', () => {
  test.each(UNIQUE)('%s is %s', (typed, expected) => {
    const script = 'source script.fish; complete -C"$argv[1]"';
    const said = execFileSync('fish', ['--no-config', '-c', script, `smtp-gate ${typed}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    // What completes a path may have the whole of it.
    expect(said.trim().split('\t')[0]).toBe(expected.split(' ').at(-1));
  });
});

(isThere('zsh') ? describe : describe.skip)('completion in zsh', () => {
  test.each(UNIQUE)('%s is %s', (typed, expected) => {
    const said = execFileSync(
      'zsh',
      ['-f', path.join(support, 'complete.zsh'), path.join(folder, 'script.zsh'), `smtp-gate ${typed}`],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(said.trim().replace(/=$/, '')).toBe(expected);
  });
});

describe('the shell that is asked for', () => {
  test.each(SHELLS)('may be %s', (shell) => {
    expect(readShell([shell])).toBe(shell);
  });

  test.each([
    [[], 'completion needs the name of a shell; write one of bash, zsh, fish'],
    [['bahs'], 'completion is not there for the shell "bahs" (did you mean `bash`?); write one of bash, zsh, fish'],
    [['powershell'], 'completion is not there for the shell "powershell"; write one of bash, zsh, fish'],
    [['bash', 'zsh'], 'completion takes one shell; write one of bash, zsh, fish'],
  ])('%j is refused', (args, expected) => {
    const read = readShell(args);
    expect(typeof read === 'object' && `${read.input} ${read.problem}`).toBe(expected);
  });
});
