import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/cli/commands.ts';
import { pageOn } from '../../src/cli/help.ts';
import { FLAGS } from '../../src/cli/merge.ts';
import { overview } from '../../src/cli/overview.ts';
import { TOPICS } from '../../src/cli/topics.ts';
import { CLI_OPTIONS, ENVIRONMENT_OPTIONS, optionOf } from '../../src/inputs/options.ts';

const page = async (word: string, width = 80): Promise<string> => (await pageOn(word, width)) ?? 'none';
const linesOf = (text: string) => text.split('\n');
const flat = (text: string) => text.split(/\s+/).join(' ');

describe('the first page of the help', () => {
  test.each([
    'Usage:',
    'Examples:',
    'smtp-gate mail.example.com:587',
    ...Object.keys(COMMANDS),
    ...Object.keys(TOPICS),
    '--json',
    '-h, --help',
    '-V, --version',
    'Exit status: 0 passes, 1 fails, 2 wrong command line, 130 interrupted.',
  ])('shows %j', (text) => {
    expect(overview(80)).toContain(text);
  });

  test('is short', () => {
    expect(linesOf(overview(80)).length).toBeLessThanOrEqual(40);
  });
});

describe('the help on everything', () => {
  test.each(CLI_OPTIONS)('shows --%s once, with what it takes, what it means and its default', async (name) => {
    const { value, help, default: usual, commandLineDefault = usual } = optionOf(name);
    const heading = `  --${name} <${value}>`;
    const all = linesOf(await page('all'));
    expect(all.filter((line) => line === heading)).toEqual([heading]);
    const own = await page(`--${name}`);
    expect(linesOf(own)[0]).toBe(heading);
    expect(flat(own)).toContain(flat(help.replaceAll('`', '')));
    if (commandLineDefault !== '') expect(flat(own)).toContain(`(${commandLineDefault})`);
    if (!(name in TOPICS)) expect(await page(name)).toBe(own);
  });

  test.each(['--summary', '--annotations', '`'])('does not show %j, which means nothing here', async (text) => {
    expect(await page('all')).not.toContain(text);
  });

  test.each(ENVIRONMENT_OPTIONS)('says where %s comes from', async (name) => {
    const variable = `SMTP_GATE_${name.toUpperCase().replaceAll('-', '_')}`;
    expect(await page('login')).toMatch(new RegExp(`${variable} +or ${variable}_FILE`));
  });
});

describe('every page', () => {
  const words = ['all', ...Object.keys(TOPICS), ...Object.keys(COMMANDS), ...CLI_OPTIONS];

  test.each([60, 80])('is no wider than %d columns', async (width) => {
    const pages = [overview(width), ...(await Promise.all(words.map((word) => page(word, width))))];
    // What is to be copied stays in one piece.
    const wide = pages
      .flatMap(linesOf)
      .filter((line) => line.length > width && !/^ {2}\S+.* {2}|smtp-gate /.test(line));
    expect(wide).toEqual([]);
    if (width === 80) expect(pages.flatMap(linesOf).filter((line) => line.length > 80)).toEqual([]);
  });

  test('says the same in every width, and stays readable in one that is too narrow', async () => {
    for (const word of words) {
      expect(flat(await page(word, 50))).toBe(flat(await page(word, 80)));
      expect(await page(word, 1)).toBe(await page(word, 40));
    }
  });

  test('of a command shows its usage, and of the merge its options', async () => {
    for (const name of Object.keys(COMMANDS)) expect(await page(name)).toContain(`smtp-gate ${name}`);
    for (const name of Object.keys(FLAGS)) expect(await page('merge')).toContain(`  --${name} <`);
  });

  test('of a topic has its options and no others', async () => {
    expect(await page('tls')).toContain('--tls-verify <boolean>');
    expect(await page('tls')).not.toContain('--timeout');
    expect(await page('smtp')).toContain('--mail-from <address>');
  });

  test('of something else is none', async () => {
    expect(await pageOn('tsl', 80)).toBeNull();
    expect(await pageOn('constructor', 80)).toBeNull();
    expect(await page('password')).toBe(await page('login'));
  });
});
