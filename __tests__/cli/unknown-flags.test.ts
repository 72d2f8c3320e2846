import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import { readDeliverLine } from '../../src/cli/deliver.ts';
import { DELIVER_OPTIONS, OWN_NAMES } from '../../src/deliver/options.ts';
import { isDeliveryName } from '../../src/inputs/delivery-names.ts';
import { CLI_OPTIONS, ENVIRONMENT_OPTIONS, OPTION_NAMES, optionOf } from '../../src/inputs/options.ts';
import { MERGE_OPTIONS } from '../../src/merge/options.ts';

const said = (...args: string[]): string => {
  const line = readCommandLine([...args, 'a:25']);
  return 'usage' in line ? line.usage.map(({ input, problem }) => `${input} ${problem}`).join('\n') : 'nothing';
};

const saidByDelivery = (...args: string[]): string => {
  const line = readDeliverLine([...args, 'a:25']);
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

describe('a flag of the delivery check', () => {
  test.each([
    ['--mailbox-password', 'MAILBOX_PASSWORD'],
    ['--mailbox-access-token', 'MAILBOX_ACCESS_TOKEN'],
    ['--mailbox-username', 'MAILBOX_USERNAME'],
    ['--mailbox-pasword', 'MAILBOX_PASSWORD'],
    ['--mailbox-pwd', 'MAILBOX_PASSWORD'],
    ['--imap-user', 'MAILBOX_USERNAME'],
    ['--mailbox-bearer', 'MAILBOX_ACCESS_TOKEN'],
    ['--password', 'PASSWORD'],
    ['--pwd', 'PASSWORD'],
    ['--access-token', 'ACCESS_TOKEN'],
  ])('%s is a login, which SMTP_GATE_%s has', (flag, variable) => {
    for (const args of [[flag, 'hunter2'], [flag, '--hunter2'], [`${flag}=hunter2`], [`${flag.slice(2)}=hunter2`]]) {
      expect(saidByDelivery(...args)).toContain(
        `set the variable SMTP_GATE_${variable}, or set SMTP_GATE_${variable}_FILE`,
      );
      expect(saidByDelivery(...args)).not.toContain('hunter2');
    }
  });

  test.each(['--rcpt-to', '--to', '--recipient', '--deliver_to', '--deliverto'])('%s is --deliver-to', (flag) => {
    expect(saidByDelivery(flag)).toBe(`${flag} is not an option; did you mean --deliver-to?`);
  });

  test('is known by its name where its table is not loaded, and no other option is', () => {
    const others = [...OPTION_NAMES, ...Object.keys(MERGE_OPTIONS)];
    expect(OWN_NAMES.filter((name) => !isDeliveryName(name))).toEqual([]);
    expect(others.filter(isDeliveryName)).toEqual([]);
  });

  test.each(OWN_NAMES)('--%s is answered by the gate with the command that has it', (name) => {
    for (const args of [[`--${name}`, 'hunter2'], [`--${name}=hunter2`], [`${name}=hunter2`]]) {
      const text = said(...args);
      expect(text).toMatch(new RegExp(`^--${name} .* the delivery check; write smtp-gate deliver …`));
      expect(text).not.toContain('hunter2');
      if (DELIVER_OPTIONS[name]?.secret) {
        expect(text).toContain(`SMTP_GATE_${name.toUpperCase().replaceAll('-', '_')}`);
      }
    }
    expect(said('--delivery-timout=1s')).toContain('write smtp-gate deliver …');
    expect(said('--mailbox-passwordhunter2')).toMatch(/^--mailbox-password belongs to the delivery check/);
    expect(said('--mailbox:hunter2@example.com')).not.toContain('hunter2');
  });

  test('has no name of another option, and no other program’s name for two', () => {
    const rows = Object.entries(DELIVER_OPTIONS);
    const called = rows.flatMap(([, { alsoCalled = [] }]) => alsoCalled);
    expect(new Set(called).size).toBe(called.length);
    expect(called.filter((name) => Object.hasOwn(DELIVER_OPTIONS, name))).toEqual([]);
  });
});

test('no other program’s name for a flag is one of ours, or that of two', () => {
  const called = OPTION_NAMES.flatMap((name) => optionOf(name).alsoCalled ?? []);
  expect(new Set(called).size).toBe(called.length);
  expect(called.filter((name) => (CLI_OPTIONS as string[]).includes(name))).toEqual([]);
});
