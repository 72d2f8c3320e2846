import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import type { OptionName } from '../../src/inputs/options.ts';

const text = (args: string[], name: OptionName): string | undefined => {
  const line = readCommandLine(args);
  if ('usage' in line) throw new Error(line.usage);
  const text = line.source(name);
  if (typeof text === 'object') throw new Error('no text');
  return text;
};

describe('a command line', () => {
  test.each([
    [['a:25'], 'targets', 'a:25'],
    [['a:25', 'b:25'], 'targets', 'a:25\nb:25'],
    [['a:25?mail-from=gate@example.com'], 'targets', 'a:25?mail-from=gate@example.com'],
    [['--targets', 'a:25', '--targets', 'b:25'], 'targets', 'a:25\nb:25'],
    [['--host', 'a', '--port=25'], 'port', '25'],
    [['a:25', '--ignore', 'slow', '--ignore', 'not-smtp'], 'ignore', 'slow\nnot-smtp'],
    [['a:25', '--tls', 'none'], 'tls', 'none'],
    [['a:25'], 'tls', undefined],
  ] as const)('%j is read: %s', (args, name, expected) => {
    expect(text([...args], name)).toBe(expected);
  });

  test.each([
    [[], 'nothing to probe'],
    [['--timeout', '5s'], 'nothing to probe'],
    [['a:25', 'b:smtp', 'c'], /^target 2 .*; and target 3 |^target 2 .*target 3 /],
    [['a:25', '--tls', 'none', '--tls', 'auto'], '--tls is given 2 times; give it once'],
    [['a:25', '--nope'], '--nope'],
  ])('%j is refused', (args, expected) => {
    const usage = expect.stringMatching(typeof expected === 'string' ? expected.replaceAll('-', '\\-') : expected);
    expect(readCommandLine(args)).toEqual({ usage });
  });

  test.each(['host', 'port', 'targets'])('has its targets alone, or --%s', (name) => {
    expect(readCommandLine(['a:25', `--${name}`, 'x'])).toEqual({ usage: `give a:25, or --${name}, not both` });
    expect(readCommandLine([`--${name}`, 'x'])).not.toHaveProperty('usage');
  });

  test.each(['--help', '-h', '--version'])('needs no target for %s', (flag) => {
    expect(readCommandLine([flag])).toMatchObject({ demo: false });
  });

  test('is the demo where that is all that is named', () => {
    expect(readCommandLine(['demo', '--json'])).toMatchObject({ demo: true, json: true });
    expect(readCommandLine(['demo', 'a:25'])).toHaveProperty('usage');
  });
});
