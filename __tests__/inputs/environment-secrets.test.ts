import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { environmentSecret, givenSecrets } from '../../src/inputs/environment-secrets.ts';
import { ENVIRONMENT_OPTIONS } from '../../src/inputs/options.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { repeatCommand } from '../../src/inputs/verify-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(content: string | Buffer): string {
  files += 1;
  const name = path.join(folder, `secret-${files}`);
  writeFileSync(name, content);
  return name;
}

const TARGET: Readonly<Record<string, string>> = { host: 'mail.example.com', port: '587' };

/** The settings of a command line with these variables, and no other option than host and port. */
const read = (env: Record<string, string>) =>
  readSettings((name) => (ENVIRONMENT_OPTIONS.includes(name) ? environmentSecret(name, env) : TARGET[name]), env);

async function problemsOf(env: Record<string, string>): Promise<string[]> {
  const result = await read(env);
  return 'problems' in result ? result.problems.map(({ input, problem }) => `${input} ${problem}`) : [];
}

test('every secret that is given is known, that of a mailbox and of a file too', () => {
  const secrets = givenSecrets({
    SMTP_GATE_USERNAME: 'gate',
    SMTP_GATE_PASSWORD_FILE: file('pw-1\n'),
    SMTP_GATE_MAILBOX_USERNAME: 'ops',
    SMTP_GATE_MAILBOX_PASSWORD_FILE: file('pw-2\n'),
    SMTP_GATE_MAILBOX_ACCESS_TOKEN: 'token',
    SMTP_GATE_OTHER: 'other',
  });
  expect([...new Set(secrets)].filter(Boolean).sort()).toEqual(['gate', 'ops', 'pw-1', 'pw-2', 'token']);
});

describe('a secret in a file', () => {
  test('is read without one line end, and otherwise as it is', async () => {
    const result = await read({
      SMTP_GATE_USERNAME_FILE: file('gate\r\n'),
      SMTP_GATE_PASSWORD_FILE: ` ${file(' päss word \n')} `,
    });
    expect(result).toMatchObject({
      settings: { credentials: { kind: 'password', username: 'gate', password: ' päss word ' } },
    });
  });

  test('may be a token, and stand beside a variable', async () => {
    const result = await read({ SMTP_GATE_USERNAME: 'gate', SMTP_GATE_ACCESS_TOKEN_FILE: file('ya29.token') });
    expect(result).toMatchObject({
      settings: { credentials: { kind: 'token', username: 'gate', token: 'ya29.token' } },
    });
  });

  test('is not looked for where the variable is empty', async () => {
    const env = { SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD: 'pw', SMTP_GATE_PASSWORD_FILE: '  ' };
    expect(await read(env)).toMatchObject({ settings: { credentials: { password: 'pw' } } });
    const other = { SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD: '', SMTP_GATE_PASSWORD_FILE: file('pw2') };
    expect(await read(other)).toMatchObject({ settings: { credentials: { password: 'pw2' } } });
  });

  test.each<[string, () => string, RegExp]>([
    ['is not there', () => path.join(folder, 'none'), /".*none" does not exist \(ENOENT\); write the path of a file/],
    ['is empty', () => file(''), /".*" is empty; write the secret into it/],
    ['is only a line end', () => file('\n'), /".*" is empty; write the secret into it/],
    ['is a folder', () => folder, /".*" is a folder \(EISDIR\); write the path of a file/],
    ['is too big', () => file('x'.repeat(65 * 1024)), /is larger than 64 KiB; write the secret alone into it/],
    ['is not UTF-8', () => file(Buffer.from([0x70, 0xe4, 0x73])), /is not UTF-8 text; write the path/],
    ['is a device', () => '/dev/null', /is a device and not a regular file/],
  ])('that %s is a problem that names the variable', async (_, name, said) => {
    const [problem, ...more] = await problemsOf({
      SMTP_GATE_USERNAME: 'gate',
      SMTP_GATE_PASSWORD_FILE: name(),
    });
    expect(problem).toMatch(/^password comes from SMTP_GATE_PASSWORD_FILE: /);
    expect(problem).toMatch(said);
    expect(more).toEqual([]);
  });

  test('that has several lines is refused without quoting one', async () => {
    const problems = await problemsOf({ SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD_FILE: file('hunter2\nmore\n') });
    expect(problems.join()).toContain('contains a line feed');
    expect(problems.join()).not.toContain('hunter2');
  });

  test('is not quoted where it stands in the place of the path', async () => {
    const problems = await problemsOf({ SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD_FILE: 'hunter2' });
    expect(problems.join()).toContain('SMTP_GATE_PASSWORD_FILE: the file that it names does not exist');
    expect(problems.join()).not.toContain('hunter2');
  });

  test.each(ENVIRONMENT_OPTIONS)('and in a variable as well, both are named: %s', async (name) => {
    const variable = `SMTP_GATE_${name.toUpperCase().replace('-', '_')}`;
    const problems = await problemsOf({ [variable]: 'hunter2', [`${variable}_FILE`]: file('hunter3') });
    expect(problems).toContain(
      `${name} is given twice, by ${variable} and by ${variable}_FILE; set only one of these variables`,
    );
    expect(problems.join()).not.toMatch(/hunter/);
  });

  test('is asked for by the command that repeats the check', async () => {
    const env = { SMTP_GATE_USERNAME: 'gate', SMTP_GATE_PASSWORD_FILE: file('pw') };
    const result = await read(env);
    if ('problems' in result) throw new Error('not read');
    expect(repeatCommand('mail.example.com:587', result.settings.given, null, env)).toBe(
      `SMTP_GATE_USERNAME="\${SMTP_GATE_USERNAME:?}" SMTP_GATE_PASSWORD_FILE="\${SMTP_GATE_PASSWORD_FILE:?}" npx smtp-gate@1 mail.example.com:587`,
    );
  });
});
