import { describe, expect, test } from '@jest/globals';
import { help } from '../../src/cli/help.ts';
import { CLI_OPTIONS, OPTIONS } from '../../src/inputs/options.ts';

describe('the help', () => {
  test.each(CLI_OPTIONS)('shows --%s with what it takes, what it means and its default', (name) => {
    const text = help(1_000);
    const line = text.split('\n').find((candidate) => candidate.startsWith(`  --${name} `));
    expect(line).toContain(`--${name} <${OPTIONS[name].value}>`);
    expect(line).toContain(OPTIONS[name].help.replaceAll('`', ''));
    if (OPTIONS[name].default !== '') expect(line).toMatch(new RegExp(`\\(${OPTIONS[name].default}\\)$`));
  });

  test.each(['--json', '-h, --help', '--version', 'demo', 'host:port', 'Exit status: 0', ' 1 ', ' 2 '])(
    'shows %j',
    (text) => {
      expect(help()).toContain(text);
    },
  );

  test.each(['--summary', '--annotations', '`'])('does not show %j, which means nothing here', (text) => {
    expect(help()).not.toContain(text);
  });

  test.each([80, 100, 120])('is no wider than %d columns', (width) => {
    expect(
      help(width)
        .split('\n')
        .filter((line) => line.length > width),
    ).toEqual([]);
  });

  test('says the same in every width', () => {
    const words = (width: number) => help(width).split(/\s+/).join(' ');
    expect(words(60)).toBe(words(200));
  });

  test('is still readable on a terminal that is too narrow, or has no width', () => {
    expect(
      Math.max(
        ...help(1)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(110);
    expect(help(undefined)).toBe(help(100));
  });
});
