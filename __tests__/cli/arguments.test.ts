import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import type { OptionName } from '../../src/inputs/options.ts';

const text = (args: readonly string[], name: OptionName): string | undefined => {
  const line = readCommandLine(args);
  if ('usage' in line) throw new Error(JSON.stringify(line.usage));
  const text = line.source(name);
  if (typeof text === 'object') throw new Error('no text');
  return text;
};

/** What is wrong with a command line, as it is said. */
const usage = (...args: string[]): string => {
  const line = readCommandLine(args);
  return 'usage' in line ? line.usage.map(({ input, problem }) => `${input} ${problem}`).join('\n') : 'nothing';
};

describe('a command line', () => {
  test.each([
    [['a:25'], 'targets', 'a:25'],
    [['a:25', 'b:25'], 'targets', 'a:25\nb:25'],
    [['a:25?mail-from=gate@example.com'], 'targets', 'a:25?mail-from=gate@example.com'],
    [['--targets', 'a:25', '--targets', 'b:25'], 'targets', 'a:25\nb:25'],
    [['--host', 'a', '--port=25'], 'port', '25'],
    [['a:25', '--ignore', 'slow', '--ignore', 'not-smtp'], 'ignore', 'slow\nnot-smtp'],
    [['a:25', '--ignore', 'slow\nnot-smtp'], 'ignore', 'slow\nnot-smtp'],
    [['a:25', '--tls', 'none'], 'tls', 'none'],
    [['a:25'], 'tls', undefined],
    [['--tls=none', '--', 'a:25'], 'targets', 'a:25'],
    [['a:25', '--tls-verify=false'], 'tls-verify', 'false'],
    [['--tls-verify', 'false', 'a:25'], 'tls-verify', 'false'],
    [['--no-tls-verify', 'a:25'], 'tls-verify', 'false'],
    [['a:25', '--expect-banner=-x'], 'expect-banner', '-x'],
    [['a:25', '--expect-banner='], 'expect-banner', ''],
    [['-'], 'targets-file', '-'],
    [['--targets-file', '-'], 'targets-file', '-'],
    [['a:25', '--targets-file=x.txt', '-'], 'targets-file', 'x.txt\n-'],
    [['a:25', '--targets-file=x.txt'], 'targets', 'a:25'],
    [['a:25', '--if-not-configured=skip'], 'if-not-configured', 'skip'],
    [['--host', '', '--port', '25'], 'host', ''],
  ] as const)('%j is read: %s', (args, name, expected) => {
    expect(text([...args], name)).toBe(expected);
  });

  test.each([
    [[], 'nothing to probe'],
    [['--timeout', '5s'], 'nothing to probe'],
    [['a:25', '--tls', 'none', '--tls', 'auto'], '--tls is given 2 times; give it once'],
    [['a:25', '--nope'], '--nope is not an option'],
    [['--port', '25'], '--port is given without a host'],
    [['a:25', '--look-around'], '--look-around has no value; write --look-around=true or --look-around=false'],
    [['--look-around', 'a:25'], '--look-around has no value; write --look-around=true or --look-around=false'],
    [['--tls', 'a:25'], '--tls has no value; write --tls= and one of auto, none, starttls, implicit'],
    [['--tls', '--json', 'a:25'], '--tls has no value'],
    [['a:25', '--timeout'], '--timeout has no value; write --timeout=<duration>'],
    [['--tls', '--look-around', 'a:25'], '--look-around has no value'],
    [['--', 'a:25', '--tls=none'], '--tls is not an option'],
    [['a:25', '--json=yes'], '--json stands alone; write --json without a value'],
    [['a:25', '\u2014tls', 'none'], 'an option begins with a long dash (\u2014) instead of two hyphens; write --tls'],
    [['a:25', 'tls=none'], 'tls has no hyphens before it; write --tls=…'],
    [['a:25', 'tls:', 'starttls'], 'tls: is how a workflow writes it; on the command line, write --tls=…'],
    [['a:25', 'tls:starttls'], 'tls: is how a workflow writes it'],
    [
      ['host:', 'localhost', 'port:', '18225'],
      'host: is how a workflow writes it; on the command line, write --host=…',
    ],
    [['a:25', 'password:', 'x'], 'set the variable SMTP_GATE_PASSWORD'],
    [['a:25', '--ssl'], 'write --tls=implicit'],
    [['ada@example.com'], 'target 1 is an e-mail address; write mx:example.com'],
    [['lmtp://localhost'], 'lmtp://localhost has no port'],
    [['a:25', '-tls=none'], '-tls has one hyphen; write --tls'],
  ])('%j is refused', (args, expected) => {
    expect(usage(...args)).toContain(expected);
  });

  test('repeats nothing that stands behind a part of a login, and takes a host for one', () => {
    expect(usage('a:25', 'password:', 'hunter2', 'pass:hunter2', '--', 'b:25')).not.toContain('hunter2');
    expect(usage('hunter2@example.com')).not.toContain('hunter2');
    expect(readCommandLine(['host:25', 'proxy:3128'])).not.toHaveProperty('usage');
  });

  test('has everything that is wrong with its options said at once', () => {
    expect(usage('--nope', '-x', '--look-around').split('\n')).toHaveLength(3);
    expect(usage('a:x', 'b:y')).toMatch(/^target 1 .*\ntarget 2 /);
  });

  test.each(['host', 'targets'])('has its targets alone, or --%s', (name) => {
    expect(usage('a:25', `--${name}`, 'x')).toBe(`give a:25, or --${name}, not both`);
    expect(readCommandLine([`--${name}`, 'x', '--port', '1'])).not.toHaveProperty('usage');
  });

  test.each(['--help', '-h', '--version', '-V'])('needs no target for %s', (flag) => {
    expect(readCommandLine([flag])).not.toHaveProperty('usage');
  });

  test('gives help to whoever asks for it, whatever else is wrong', () => {
    expect(readCommandLine(['--nope', '--help'])).toMatchObject({ words: { help: true } });
    expect(readCommandLine(['--help=tls'])).toMatchObject({ words: { help: true }, positionals: ['tls'] });
  });
});
