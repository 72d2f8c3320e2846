import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import { sayProblem, usageLines } from '../../src/cli/usage.ts';

const read = (args: readonly string[]) => readCommandLine(args);

function targets(args: readonly string[]): unknown {
  const line = read(args);
  if ('usage' in line) return line.usage;
  return line.texts.has('targets') ? line.texts.get('targets') : [line.texts.get('host'), line.texts.get('port')];
}

function problems(args: readonly string[]) {
  const line = read(args);
  return 'usage' in line ? line.usage : [];
}

describe('a host and its port', () => {
  test.each([
    [['mail.example.com', '587'], 'mail.example.com:587'],
    [['mail.example.com', '--port', '587'], 'mail.example.com:587'],
    [['--port=587', 'mail.example.com'], 'mail.example.com:587'],
    [['::1', '25'], '[::1]:25'],
    [['[::1]', '25'], '[::1]:25'],
    [['2001:db8::25', '--port', '587'], '[2001:db8::25]:587'],
    [['192.0.2.1', '25'], '192.0.2.1:25'],
    [['smtp://mail.example.com', '--port', '587'], 'smtp://mail.example.com:587'],
    [['smtp://mail.example.com/', '587'], 'smtp://mail.example.com:587'],
    [['smtp://[::1]', '587'], 'smtp://[::1]:587'],
    [['smtps://mail.example.com'], 'smtps://mail.example.com'],
    [['smtps://mail.example.com', '2465'], 'smtps://mail.example.com:2465'],
    [['mail.example.com?tls=starttls', '587'], 'mail.example.com:587?tls=starttls'],
    [['a', '25', 'b', '587', 'c:465'], 'a:25\nb:587\nc:465'],
    [['a', 'b', '--port', '25'], 'a:25\nb:25'],
    [['a', 'b:587', '--port', '25'], 'a:25\nb:587'],
    [['mx:example.com'], 'mx:example.com'],
    [['demo:25'], 'demo:25'],
  ])('%j is %s', (args, expected) => {
    expect(targets(args)).toBe(expected);
  });

  test('may be named in two ways', () => {
    expect(targets(['--host', 'mail.example.com', '587'])).toEqual(['mail.example.com', '587']);
    expect(targets(['--host', '::1', '--port', '25'])).toEqual(['::1', '25']);
  });

  test.each([
    [['a:25', '--port', '587'], '--port is given, and the target has a port already'],
    [['mx:example.com', '25'], 'target 1 has a port (:25), but mail for a domain always goes to port 25'],
    [['a', '99999'], 'target 1 "a:99999": port "99999" is out of range'],
    [['a', 'smtp'], 'target 1 "a:smtp": port "smtp" is a service name; write the number 25'],
    [['587', 'a'], '587 is a port without a host'],
    [['', '587'], 'target 1 is empty; is the variable set that it comes from?'],
    [['a', '--port', 'x'], 'target 1 "a:x": port contains'],
  ])('%j is refused', (args, expected) => {
    expect(problems(args).map(({ input, problem }) => `${input} ${problem}`)[0]).toContain(expected);
  });
});

describe('a host without a port', () => {
  const commands = (...args: string[]) =>
    problems(args).flatMap(({ choices = [] }) => choices.map((one) => one.command));

  test.each(['example.com', 'smtp://example.com', 'smtp://example.com/'])(
    '%s is refused, with the ports to choose from',
    (text) => {
      expect(problems([text])).toMatchObject([{ input: text, problem: 'has no port' }]);
      expect(commands(text)).toEqual([
        'smtp-gate example.com:25',
        'smtp-gate example.com:587 --tls=starttls',
        'smtp-gate smtps://example.com',
        'smtp-gate mx:example.com',
      ]);
    },
  );

  test('is refused in the same way behind --host', () => {
    expect(commands('--host', 'example.com')).toEqual(commands('example.com'));
    expect(commands('--host=example.com')).toEqual(commands('example.com'));
  });

  test('keeps the rest of the command line in what is to be typed', () => {
    expect(commands('example.com', '--expect-banner', 'a b', '--mail-from=a@b.example')[0]).toBe(
      "smtp-gate example.com:25 --expect-banner 'a b' --mail-from=a@b.example",
    );
    expect(commands('example.com?require=PIPELINING')[1]).toBe("smtp-gate 'example.com:587?require=PIPELINING'");
    expect(commands('example.com', '--tls=none')[1]).toBe('smtp-gate example.com:587 --tls=none');
  });

  test.each(['--proxy=http://joe:hunter2@proxy:3128', '--proxy=socks5://x?token=hunter2'])(
    'repeats nothing of %s',
    (arg) => {
      expect(commands('example.com', arg)[0]).toBe('smtp-gate example.com:25 …');
    },
  );

  test.each([
    ['192.0.2.1', ['192.0.2.1:25', '192.0.2.1:587', 'smtps://192.0.2.1']],
    ['::1', ["'[::1]:25'", "'[::1]:587'", "'smtps://[::1]'"]],
    ['::1:25', ["'[::1:25]:25'", "'[::1:25]:587'", "'smtps://[::1:25]'", "'[::1]:25'"]],
  ])('%s is an address: it has no mail domain', (text, expected) => {
    expect(commands(text).map((command) => command.split(' ')[1])).toEqual(expected);
  });

  test('is told in lines on a terminal, and in one sentence in a report', () => {
    const [problem] = problems(['example.com']);
    if (!problem) throw new Error('no problem');
    expect(usageLines([problem])).toEqual([
      'smtp-gate: example.com has no port; write one of',
      '  25   mail exchange, from server to server',
      '         $ smtp-gate example.com:25',
      '  587  submission, with STARTTLS',
      '         $ smtp-gate example.com:587 --tls=starttls',
      '  465  submission, with TLS from the first byte',
      '         $ smtp-gate smtps://example.com',
      '  MX   every mail server of the domain, port 25',
      '         $ smtp-gate mx:example.com',
    ]);
    expect(sayProblem(problem)).toMatch(
      /^has no port; write smtp-gate example\.com:25 \(mail exchange, .*, or smtp-gate mx:example\.com \(/,
    );
  });

  test.each([
    ['dmeo', 'demo'],
    ['mrege', 'merge'],
    ['HELP', 'help'],
    ['verison', 'version'],
    ['completoin', 'completion'],
  ])('%s is a command that is misspelt', (text, meant) => {
    const said = problems([text, 'a.json']).map(({ input, problem }) => `${input} ${problem}`);
    expect(said).toEqual([
      `${text} is no command (did you mean \`${meant}\`?); a server needs its port as well, such as ${text}:25`,
    ]);
    expect(targets([text, '25'])).toBe(`${text}:25`);
  });

  test('is not named where it may be a credential', () => {
    expect(JSON.stringify(problems(['joe:hunter2@example.com']))).not.toContain('hunter2');
    expect(JSON.stringify(problems(['smtp://joe:hunter2@example.com']))).not.toContain('hunter2');
  });
});
