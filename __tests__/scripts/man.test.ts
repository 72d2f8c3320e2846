import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { manPage } from '../../scripts/documents/man.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { FLAGS as DELIVER_FLAGS } from '../../src/cli/deliver.ts';
import { FLAGS } from '../../src/cli/merge.ts';
import { OWN_NAMES } from '../../src/deliver/options.ts';
import { CLI_OPTIONS, ENVIRONMENT_OPTIONS, optionOf } from '../../src/inputs/options.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = manPage('', new Date('2026-01-02T03:04:05Z'));
const roff = (text: string) => text.replaceAll('-', '\\-');
const lines = page.split('\n');

describe('the man page', () => {
  test.each(CLI_OPTIONS)('has --%s once, with what it takes and its default', (name) => {
    const heading = `\\fB${roff(`--${name}`)}\\fR=\\fI${roff(optionOf(name).value)}\\fR`;
    const expected = ['expect', 'quorum', 'mail-from', ...Object.keys(FLAGS)].includes(name) ? 2 : 1;
    expect(lines.filter((line) => line === heading)).toHaveLength(expected);
    const { default: usual, commandLineDefault = usual } = optionOf(name);
    const section = page.slice(page.indexOf(heading)).split('\n.TP\n')[0];
    if (commandLineDefault !== '') expect(section).toContain(`Default: \\fB${roff(commandLineDefault)}\\fR.`);
  });

  test('has every command, and every option of the merge', () => {
    for (const name of Object.keys(COMMANDS)) expect(page).toContain(`\n.TP\n\\fB${name}\\fR`);
    for (const name of Object.keys(FLAGS)) expect(page).toContain(`\\fB${roff(`--${name}`)}\\fR=`);
  });

  test('has every option of the delivery check: explained, or named where it means what it means above', () => {
    const at = page.indexOf('\n\\fBdeliver\\fR');
    const section = page.slice(at, page.indexOf('\n\\fBcompletion\\fR', at));
    for (const name of Object.keys(DELIVER_FLAGS)) expect(section).toContain(`\\fB${roff(`--${name}`)}\\fR`);
    for (const name of OWN_NAMES.filter((one) => one in DELIVER_FLAGS)) {
      const heading = `\\fB${roff(`--${name}`)}\\fR=\\fI${roff(DELIVER_FLAGS[name]?.value ?? '')}\\fR`;
      expect(lines.filter((line) => line === heading)).toHaveLength(1);
    }
  });

  test.each(ENVIRONMENT_OPTIONS)('has the variables of %s', (name) => {
    const variable = `SMTP_GATE_${name.toUpperCase().replaceAll('-', '_')}`;
    expect(page).toContain(`\\fB${variable}\\fR, \\fB${variable}_FILE\\fR`);
  });

  test.each(['0', '1', '2', '130, 143'])('has the exit status %s', (status) => {
    expect(page).toContain(`\n.B ${status}\n`);
  });

  test('has the day on which its text last changed', () => {
    expect(lines[0]).toContain(' 2026-01-02 ');
    expect(manPage(page, new Date('2027-01-01'))).toBe(page);
    expect(manPage(`${page}x`, new Date('2027-01-01'))).toContain(' 2027-01-01 ');
  });

  test('is plain ASCII, in lines that are short', () => {
    expect(page).toMatch(/^[\n -~]*$/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('is named in package.json', () => {
    const { man, files } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect([man, files]).toEqual(['man/smtp-gate.1', expect.arrayContaining(['man'])]);
  });

  const isThere = spawnSync('mandoc', ['-T', 'ascii', '/dev/null']).error === undefined;
  (isThere ? test : test.skip)('is found good by mandoc', () => {
    const { status, stdout, stderr } = spawnSync('mandoc', ['-T', 'lint'], { input: page, encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });
});
