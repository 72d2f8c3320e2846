import { describe, expect, test } from '@jest/globals';
import { codesPage } from '../../scripts/generate/codes.ts';
import { CODES, type Code, FAULTS } from '../../src/model/codes.ts';
import { blamed, decidingFindings, FAULT_WORDS, formatFault, formatFaults, titleAt } from '../../src/report/fault.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import { junit } from '../../src/report/junit.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import { fine, refused } from '../support/gate.ts';
import { loggedIn, unresolved } from '../support/observation.ts';
import { reportOn, several, viewed } from '../support/reports.ts';

const rejected = () => loggedIn('535 5.7.8 authentication failed');
const login = { username: 'gate', password: 'correct horse' };

describe('whose fault it is', () => {
  test('is in words that differ', () => {
    expect(new Set(Object.values(FAULT_WORDS)).size).toBe(FAULTS.length);
    expect(formatFault({ code: 'connect-blocked', fault: 'runner' })).toBe("this runner's network");
    expect(formatFault({ code: 'report-missing', fault: 'runner' })).toBe('the runner');
  });

  test('of several findings is named once each, and not without end', () => {
    const found = (['server', 'credentials', 'server', 'dns'] as const).map((fault) => ({
      code: 'slow' as const,
      fault,
    }));
    expect(formatFaults(found.slice(0, 3))).toBe('the mail server and credentials');
    expect(formatFaults(found)).toBe('the mail server, credentials and others');
    expect(blamed('it is so', [])).toBe('it is so');
  });

  test('stands first in the log, the summary, the page, and in JUnit', async () => {
    const view = viewed(await reportOn(rejected, login));
    expect(view.report.fault).toBe('credentials');
    const lines = account(view);
    expect(lines[0]).toBe('✗ credentials: The login was refused');
    expect(lines.at(-1)).toMatch(/^✗ fail: credentials: mail\.example\.com:587 does not accept/);
    expect(summary(view)).toMatch(/^## ❌ credentials: The login was refused · smtp-gate\n/);
    const xml = [...junit(view)].join('');
    expect(xml).toContain('<property name="fault" value="credentials"');
    expect(xml).toMatch(/<failure [^>]*message="credentials: /);
    expect(htmlReport(view)).toMatch(/<title>✗ Credentials: The login was refused/);
  });

  test('is a filter of the page, and a property of each target in JUnit', async () => {
    const attempt: typeof fine = (plan, n) =>
      plan.host === 'a' ? refused(plan, n) : plan.host === 'b' ? unresolved('ENOTFOUND', false) : fine(plan, n);
    const view = viewed(await reportOn(attempt, several('a', 'b.example', 'c')));
    const page = htmlReport(view);
    expect(page).toContain('<select name="fault">');
    expect(page).toMatch(/<option value="!server">the mail server \(1\)<\/option>/);
    expect(page).toContain('data-codes="connect-refused !server"');
    expect([...junit(view)].join('')).toContain('<property name="fault.a:25" value="server"');
    expect(decidingFindings(view.report).map(({ code }) => code)).toContain('connect-refused');
  });

  test('is nobody’s of a pass', async () => {
    const view = viewed(await reportOn(fine));
    expect(view.report.fault).toBe('');
    expect(account(view)[0]).toBe('mail.example.com:587');
    expect(summary(view)).toMatch(/^## ✅ smtp-gate: the mail server can be used\n/);
  });
});

test.each([
  ['Nothing listens on the port', 587, 'Nothing listens on port 587'],
  ['The port greets in plaintext', 25, 'Port 25 greets in plaintext'],
  ['The name does not exist', 25, 'The name does not exist'],
  ['Nothing listens on the port', 0, 'Nothing listens on the port'],
])('the title %j at %i is %j', (title, port, expected) => {
  expect(titleAt(title, port)).toBe(expected);
});

describe('the page of the codes', () => {
  const page = codesPage();

  test.each(FAULTS)('has the codes that are the fault of %s', (fault) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${fault}\` | ${FAULT_WORDS[fault]} |`));
    const codes = (Object.keys(CODES) as Code[]).filter((code) => CODES[code].fault === fault);
    for (const code of codes) expect(row).toContain(`\`${code}\``);
  });

  test('says which evidence sharpens a fault', () => {
    expect(page).toMatch(/\*\*Fault:\*\* `network`;.* `runner` if the same host greets on another port/);
  });
});
