import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import { CLI_OPTIONS, ENVIRONMENT_OPTIONS, OPTION_NAMES, optionOf } from '../../src/inputs/options.ts';

const said = (...args: string[]): string => {
  const line = readCommandLine([...args, 'a:25']);
  return 'usage' in line ? line.usage.map(({ input, problem }) => `${input} ${problem}`).join('\n') : 'nothing';
};

describe('a flag that there is not', () => {
  test.each([
    ['--tsl', '--tls'],
    ['--tls_verify', '--tls-verify'],
    ['--Timeout', '--timeout'],
    ['--timout', '--timeout'],
    ['--time-out', '--timeout'],
    ['--hots', '--host'],
    ['--jsno', '--json'],
    ['--hlep', '--help'],
    ['--server', '--host'],
    ['--ehlo', '--ehlo-name'],
    ['--from', '--mail-from'],
    ['-p', '--port'],
    ['--insecure', '--tls-verify=false'],
    ['--starttls', '--tls=starttls'],
    ['-4', '--ip-family=4'],
  ])('%s is answered with %s', (flag, meant) => {
    expect(said(flag)).toBe(`${flag} is not an option; did you mean ${meant}?`);
    if (flag.startsWith('--')) expect(said(`${flag}=x`)).toBe(said(flag));
  });

  test('that is near nothing is answered with those that begin alike', () => {
    expect(said('--report')).toBe(
      '--report is not an option; there are --report-json, --report-junit, --report-html, --report-metrics',
    );
    expect(said('--frobnicate')).toBe('--frobnicate is not an option');
  });

  test.each(['-v', '--verbose', '-q', '--quiet'])('%s is never a check that was not done', (flag) => {
    expect(said(flag)).toContain(`${flag} is not an option`);
  });

  test('is told by its letter where a value may follow it', () => {
    expect(said('-phunter2')).toBe('-p… is not an option; did you mean --port?');
    expect(said('-xhVhunter2')).toBe('-x… is not an option');
  });

  test.each(['--constructor', '--toString', '--hasOwnProperty', '--no-constructor'])(
    '%s is none of JavaScript’s own',
    (flag) => {
      expect(said(flag)).toContain(`${flag} is not an option`);
      expect(said(`${flag}=1`)).toContain(`${flag} is not an option`);
      expect(said('-constructor')).toBe('-c… is not an option');
    },
  );

  test('has an at sign, which may end a password', () => {
    expect(said('--hunter2@example.com:25')).toBe('an option contains an at sign (@), which no option does');
  });
});

describe('a login on the command line', () => {
  test.each(ENVIRONMENT_OPTIONS)('--%s is answered with the variables to set', (name) => {
    const variable = `SMTP_GATE_${name.toUpperCase().replaceAll('-', '_')}`;
    for (const args of [
      [`--${name}`, 'hunter2'],
      [`--${name}=hunter2`],
      [`--${name}`, '--hunter2'],
      [`${name}=hunter2`],
    ]) {
      const text = said(...args);
      expect(text).toBe(
        `--${name} is not an option, because other users of this machine can read command lines; set the variable ${variable}, or set ${variable}_FILE to the path of a file that holds it`,
      );
    }
  });

  test.each([
    ['--pass', 'SMTP_GATE_PASSWORD'],
    ['--passwrod', 'SMTP_GATE_PASSWORD'],
    ['--smtp-pass', 'SMTP_GATE_PASSWORD'],
    ['--auth-password', 'SMTP_GATE_PASSWORD'],
    ['--user', 'SMTP_GATE_USERNAME'],
    ['--usrename', 'SMTP_GATE_USERNAME'],
    ['-u', 'SMTP_GATE_USERNAME'],
    ['--token', 'SMTP_GATE_ACCESS_TOKEN'],
    ['--acess-token', 'SMTP_GATE_ACCESS_TOKEN'],
    ['--oauth2-bearer', 'SMTP_GATE_ACCESS_TOKEN'],
  ])('%s is answered in the same way', (flag, variable) => {
    for (const args of [[flag, 'hunter2'], [flag, '--hunter2'], [`${flag}=hunter2`]]) {
      expect(said(...args)).toContain(`${variable}_FILE`);
      expect(said(...args)).not.toContain('hunter2');
    }
  });

  test('is not taken from a value that directly follows its flag', () => {
    expect(said('--passwordhunter2')).toMatch(/^--password is not an option, because/);
  });

  test('does not hide the flag behind it', () => {
    expect(said('--password', '--tls', 'startls')).toBe(said('--password'));
    for (const args of [
      ['--port', '--password', '--hunter2'],
      ['--', '--token', 'hunter2'],
    ]) {
      expect(said(...args)).not.toContain('hunter2');
    }
  });
});

test('no other program’s name for a flag is one of ours, or that of two', () => {
  const called = OPTION_NAMES.flatMap((name) => optionOf(name).alsoCalled ?? []);
  expect(new Set(called).size).toBe(called.length);
  expect(called.filter((name) => (CLI_OPTIONS as string[]).includes(name))).toEqual([]);
});
