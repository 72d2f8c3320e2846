import { describe, expect, test } from '@jest/globals';
import { DELIVER_OPTIONS } from '../../src/deliver/options.ts';
import { optionWords } from '../../src/inputs/option-words.ts';

const typed = optionWords({ typed: true });
const written = optionWords({ typed: false });
const STORE = 'gh secret set SMTP_PASSWORD';
const own = (text: string) => new Map([['password', text] as const]);

describe('a text names an option', () => {
  test.each([
    ['try again: `wait: 60s`.', 'try again: `--wait=60s`.'],
    ['`port: 465` with `tls: implicit`', '`--port=465` with `--tls=implicit`'],
    ['change `expect-banner`', 'change `--expect-banner`'],
    ['set `username: apikey` and `password`', 'set `SMTP_GATE_USERNAME=apikey` and `SMTP_GATE_PASSWORD`'],
    ['Correct `proxy` in the step’s `with:`. So', 'Correct `--proxy`. So'],
    // No options of ours.
    ['`mode: testing` and `dns: 1.1.1.1` in `hosts`', '`mode: testing` and `dns: 1.1.1.1` in `hosts`'],
  ])('as it is typed, or as a workflow has it: %s', (text, expected) => {
    expect(typed.text(text)).toBe(expected);
    expect(written.text(text)).toBe(text);
  });

  test('of the delivery check only where that is made', () => {
    const text = 'set `delivery-keep: true` and `mailbox-password`';
    expect(typed.text(text)).toBe(text);
    expect(optionWords({ typed: true, rows: DELIVER_OPTIONS }).text(text)).toBe(
      'set `--delivery-keep=true` and `SMTP_GATE_MAILBOX_PASSWORD`',
    );
  });
});

test('the recipient of a delivery is called as the delivery check calls it', () => {
  const text = 'Correct the domain of `rcpt-to`, or set `rcpt-to: a@example.com`';
  const own = 'Correct the domain of `deliver-to`, or set `deliver-to: a@example.com`';
  expect(optionWords({ typed: false, rows: DELIVER_OPTIONS }).text(text)).toBe(own);
  expect(optionWords({ typed: true, rows: DELIVER_OPTIONS }).text(text)).toBe(
    'Correct the domain of `--deliver-to`, or set `--deliver-to=a@example.com`',
  );
  expect([written.text(text), typed.text('`rcpt-to`')]).toEqual([text, '`--rcpt-to`']);
});

describe('a command stores a login where the check found it', () => {
  test.each([
    [{ typed: false }, STORE],
    [{ typed: false, given: own('***') }, STORE],
    [{ typed: false, given: own('password-env=MX1_PASSWORD') }, 'gh secret set MX1_PASSWORD'],
    [{ typed: false, given: own('password-file=/run/a%23b') }, '(read -rs value && printf %s "$value" > \'/run/a#b\')'],
    [{ typed: true }, 'read -rs SMTP_GATE_PASSWORD && export SMTP_GATE_PASSWORD'],
    [{ typed: true, given: own('password-env=MX1_PASSWORD') }, 'read -rs MX1_PASSWORD && export MX1_PASSWORD'],
    [
      { typed: true, env: { SMTP_GATE_PASSWORD_FILE: '/run/x' } },
      '(read -rs value && printf %s "$value" > "$SMTP_GATE_PASSWORD_FILE")',
    ],
    [{ typed: true, shell: 'powershell' }, '$env:SMTP_GATE_PASSWORD = Read-Host -MaskInput SMTP_GATE_PASSWORD'],
    [{ typed: true, shell: 'gitlab' }, '(read -rs value && printf %s "$value" | glab variable set SMTP_GATE_PASSWORD)'],
  ] as const)('%j', (origin, expected) => {
    expect(optionWords(origin).command(STORE)).toBe(expected);
  });

  test('and looks at the user name of the variable that holds it', () => {
    const given = new Map([['username', 'username-env=MX1_USER'] as const]);
    const command = 'printenv SMTP_GATE_USERNAME | cat -A';
    expect(optionWords({ typed: false, given }).command(command)).toBe('printenv MX1_USER | cat -A');
    expect(typed.command(command)).toBe(command);
  });
});
