import { describe, expect, test } from '@jest/globals';
import { credentialsIn, proxy } from '../../../src/inputs/parsers/proxy-url.ts';
import type { Environment } from '../../../src/inputs/parsers/result.ts';
import { readSettings } from '../../../src/inputs/settings.ts';
import { problemOf } from '../../support/problems.ts';

const target = { host: 'mail.example.com', port: 587 };
function read(text: string, env: Environment = {}) {
  const parsed = proxy(text, env);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

describe('a URL', () => {
  test.each([
    ['http://proxy.example:3128', 'http', 'proxy.example', 3128, null],
    ['http://proxy.example', 'http', 'proxy.example', 80, null],
    ['https://proxy.example/', 'https', 'proxy.example', 443, null],
    ['socks5://192.0.2.8', 'socks5', '192.0.2.8', 1080, null],
    ['SOCKS5H://[2001:db8::8]:9050', 'socks5h', '2001:db8::8', 9050, null],
    ['http://[fe80::1%25eth0]:3128', 'http', 'fe80::1%eth0', 3128, null],
    ['http://bücher.example:1', 'http', 'xn--bcher-kva.example', 1, null],
    ['http://ada:secret@proxy.example:65535', 'http', 'proxy.example', 65_535, ['ada', 'secret']],
    ['http://a%40b:p%3A%2F%40%25@proxy.example:8080', 'http', 'proxy.example', 8080, ['a@b', 'p:/@%']],
    ['http://ada:se:cret@proxy.example:8080', 'http', 'proxy.example', 8080, ['ada', 'se:cret']],
    ['http://ada@proxy.example:8080', 'http', 'proxy.example', 8080, ['ada', '']],
    ['http://:secret@proxy.example:8080', 'http', 'proxy.example', 8080, ['', 'secret']],
    ['http://@proxy.example:8080', 'http', 'proxy.example', 8080, null],
    ['http://:@proxy.example:8080', 'http', 'proxy.example', 8080, null],
    ['socks5://ada:p%C3%A4ss@proxy.example', 'socks5', 'proxy.example', 1080, ['ada', 'päss']],
  ])('%s is read', (text, scheme, host, port, login) => {
    const rule = read(text);
    const credentials = login && { username: login[0], password: login[1] };
    expect(rule.choose(target)).toMatchObject({ scheme, host, port, credentials, from: 'proxy' });
    expect(rule.proxy).toEqual(rule.choose(target));
  });

  test.each([
    ['http://ada:secret@proxy.example:3128', 'http://proxy.example:3128'],
    ['socks5h://ada:secret@[2001:db8::8]', 'socks5h://[2001:db8::8]:1080'],
  ])('%s is shown without its credentials', (text, shown) => {
    expect(read(text).shown).toBe(shown);
  });

  test('has its credentials kept in each form in which they may be repeated', () => {
    expect(read('http://ada:p%40ss@proxy.example').proxy?.secrets).toEqual([
      'p@ss',
      'p%40ss',
      'ada:p@ss',
      'ada:p%40ss',
    ]);
    // A token in the place of the user.
    expect(read('http://t%40ken@proxy.example').proxy?.secrets).toEqual(['t@ken', 't%40ken']);
    expect(read('http://proxy.example').proxy?.secrets).toEqual([]);
  });

  const SECRET = 'hunter2hunter2';
  test.each([
    ['proxy.example', 'neither env nor a URL', 'write env'],
    ['ENV', 'neither env nor a URL', 'write env'],
    [`ada:${SECRET}@proxy.example:3128`, 'no scheme', 'http://'],
    [`ftp://ada:${SECRET}@proxy.example`, 'a scheme that is not one of a proxy', 'socks5h://'],
    [`socks4://ada:${SECRET}@proxy.example`, 'a scheme that is not one of a proxy', 'socks5h://'],
    [`http://ada:${SECRET}@proxy.example:0`, 'a port', '1 to 65535'],
    [`http://ada:${SECRET}@proxy.example:65536`, 'a port', '1 to 65535'],
    [`http://ada:${SECRET}@proxy.example:`, 'a port', '1 to 65535'],
    [`http://ada:${SECRET}@proxy.example:31x`, 'a port', '1 to 65535'],
    // Without its host, the password stands where a port would.
    [`http://ada:${SECRET}`, 'a port', '1 to 65535'],
    [`http://ada:${SECRET}@`, 'no host', 'write one'],
    [`http://ada:${SECRET}@:3128`, 'no host', 'write one'],
    [`http://ada:${SECRET}@proxy.example:3128/path`, 'a path', 'write nothing there'],
    [`http://ada:${SECRET}@proxy.example?x=1`, 'a query', 'write nothing there'],
    [`http://ada:${SECRET}@proxy.example:3128#x`, 'a fragment', 'write nothing there'],
    [`http://ada:${SECRET}@[::1]x`, 'something', 'write nothing there'],
    [`http://ada:${SECRET}/x@proxy.example`, 'the character / in its user', '%2F'],
    [`http://ada:${SECRET}#x@proxy.example`, 'the character # in its user', '%23'],
    [`http://ada:${SECRET}@x@proxy.example`, 'the character @ in its user', '%40'],
    [`http://ada:${SECRET}%zz@proxy.example`, 'a percent sign', '%25'],
    [`http://ada:${SECRET}%00@proxy.example`, 'a NUL', 'store it again'],
    [`http://ada:${SECRET}%0d%0aX@proxy.example`, 'a carriage return', 'store it again'],
    [`http://ada:${SECRET} x@proxy.example`, 'a space', '%20'],
    [`http://ada:${SECRET}\r\n@proxy.example`, 'a carriage return', '%0D'],
    [`http://ada:${SECRET}\\x@proxy.example`, 'the character \\', '%5C'],
    [`http://ada:${SECRET}@-proxy-`, 'a host that is neither', 'write one'],
    [`http://ada:${SECRET}@proxy..example`, 'a host that is neither', 'write one'],
    [`http://ada:${SECRET}@300.1.1.1`, 'a host that is neither', 'write one'],
    [`http://ada:${SECRET}@2001:db8::1`, 'more than one colon', 'in brackets'],
    [`http://a%3Ab:${SECRET}@proxy.example`, 'a colon', 'Basic'],
    [`socks5://:${SECRET}@proxy.example`, 'needs a user and a password', 'RFC 1929'],
    [`socks5h://${SECRET}@proxy.example`, 'needs a user and a password', 'RFC 1929'],
    [`socks5://ada:${SECRET.repeat(20)}@proxy.example`, '1 to 255 bytes', 'RFC 1929'],
    ['http://ada:\u0024{{ secrets.PW }}@proxy.example', 'not evaluated', 'write a URL'],
    ['http://ada:\u0024{PW}@proxy.example', 'not evaluated', 'write a URL'],
  ])('%j is refused: %s; %s', (text, names, advice) => {
    const problem = problemOf(proxy(text, {}));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
    expect(problem).not.toMatch(/hunter|ada/);
  });
});

describe('the environment', () => {
  const ORDER = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

  test.each(ORDER.map((name, i) => [name, ORDER.slice(i)] as const))('%s comes before what follows it', (name, set) => {
    const env = Object.fromEntries(set.map((variable) => [variable, `http://${variable.replace('_', '-')}.example:1`]));
    expect(read('env', env).choose(target)).toMatchObject({ from: name, port: 1 });
    // An empty one counts as none.
    const emptied = Object.fromEntries(ORDER.map((variable) => [variable, env[variable] ?? ' ']));
    expect(read('env', emptied).choose(target)).toMatchObject({ from: name });
  });

  test('without a proxy leads there directly, and is still what is shown', () => {
    expect(read('env', {}).choose(target)).toBeNull();
    expect(read('env', { https_proxy: '', no_proxy: '*' })).toMatchObject({ proxy: null, shown: 'env' });
    expect(read('env', { https_proxy: 'http://ada:secret@proxy.example' }).shown).toBe('env');
  });

  test.each([
    ['proxy.example:3128', 'http', 'proxy.example', 3128],
    ['ada:secret@proxy.example', 'http', 'proxy.example', 80],
    [' socks5h://proxy.example:9050/ ', 'socks5h', 'proxy.example', 9050],
  ])('names a proxy with or without a scheme: %s', (all_proxy, scheme, host, port) => {
    expect(read('env', { all_proxy }).choose(target)).toMatchObject({ scheme, host, port });
  });

  test('that cannot be read is named by its variable, without its value', async () => {
    const env = { HTTPS_PROXY: 'http://ada:hunter2@proxy.example:x', http_proxy: 'http://fine.example' };
    const result = await readSettings((name) => (name === 'proxy' ? 'env' : undefined), env);
    expect(result).toMatchObject({
      problems: [
        { input: 'proxy', problem: expect.stringMatching(/^is env, and the variable HTTPS_PROXY has a port/) },
      ],
    });
    expect(JSON.stringify(result)).not.toMatch(/hunter2|ada|proxy\.example:x/);
  });

  test('is read only when it is asked for, and no further than the variable that counts', async () => {
    const env = { https_proxy: 'http://fine.example', all_proxy: 'nonsense://' };
    expect(await readSettings(() => undefined, { https_proxy: 'nonsense://' })).toMatchObject({
      settings: { proxy: null },
    });
    expect(read('env', env).proxy?.host).toBe('fine.example');
  });

  const exempt = (no_proxy: string, host: string, port = 25) =>
    read('env', { https_proxy: 'http://proxy.example', no_proxy }).choose({ host, port }) === null;

  test.each([
    ['*', 'mail.example.com'],
    ['a.example, *', '192.0.2.1'],
    ['example.com', 'example.com'],
    ['example.com', 'mail.example.com'],
    ['EXAMPLE.com', 'Mail.Example.COM'],
    ['.example.com', 'mail.example.com'],
    ['.example.com', 'example.com'],
    ['*.example.com', 'mail.example.com'],
    ['*.example.com', 'a.mail.example.com'],
    ['example.com.', 'mail.example.com'],
    ['example.com', 'mail.example.com.'],
    ['a.example,example.com', 'mail.example.com'],
    ['a.example  ,\t example.com', 'mail.example.com'],
    ['a.example\nexample.com', 'mail.example.com'],
    ['mail.example.com:25', 'mail.example.com'],
    ['*.example.com:25', 'mail.example.com'],
    ['localhost', 'localhost'],
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:25', '192.0.2.1'],
    ['192.0.2.0/24', '192.0.2.255'],
    ['192.0.2.128/25', '192.0.2.128'],
    ['0.0.0.0/0', '203.0.113.9'],
    ['10.0.0.0/8:25', '10.255.0.1'],
    ['2001:db8::1', '2001:DB8:0:0::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:25', '2001:db8::1'],
    ['2001:db8::/32', '2001:db8:ffff::1'],
    ['2001:db8::/33', '2001:db8:7fff::1'],
    ['::/0', '2001:db8::1'],
    ['::1', '::1'],
    ['fe80::/10', 'fe80::1%eth0'],
    ['192.0.2.0/24', '::ffff:192.0.2.7'],
    ['::ffff:192.0.2.0/120', '192.0.2.7'],
  ])('no_proxy %j keeps %s from the proxy', (no_proxy, host) => {
    expect(exempt(no_proxy, host)).toBe(true);
  });

  test.each([
    ['', 'mail.example.com'],
    [' , ', 'mail.example.com'],
    ['.', 'mail.example.com'],
    ['example.com', 'notexample.com'],
    ['example.com', 'example.com.evil.example'],
    ['.example.com', 'notexample.com'],
    ['*.example.com', 'example.com'],
    ['*.example.com', 'notexample.com'],
    ['mail.example.com:587', 'mail.example.com'],
    ['mail.*.com', 'mail.example.com'],
    ['192.0.2.1', '192.0.2.10'],
    ['2.1', '192.0.2.1'],
    ['192.0.2.0/24', '192.0.3.0'],
    ['192.0.2.128/25', '192.0.2.127'],
    ['192.0.2.0/33', '192.0.2.0'],
    ['192.0.2.0/x', '192.0.2.0'],
    ['10.0.0.0/8', '10.example'],
    ['10.0.0.0/8:587', '10.0.0.1'],
    ['2001:db8::/33', '2001:db8:8000::1'],
    ['2001:db8::/129', '2001:db8::'],
    ['[2001:db8::1]:587', '2001:db8::1'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['example.com', '192.0.2.1'],
  ])('no_proxy %j does not keep %s from it', (no_proxy, host) => {
    expect(exempt(no_proxy, host)).toBe(false);
  });

  test('has its exceptions in either case, the lower case first', () => {
    const env = { HTTPS_PROXY: 'http://proxy.example', NO_PROXY: 'mail.example.com' };
    expect(read('env', env).choose(target)).toBeNull();
    expect(read('env', { ...env, no_proxy: 'other.example' }).choose(target)).not.toBeNull();
    // A proxy that is given has no exceptions.
    expect(read('http://given.example', env).choose(target)).toMatchObject({ host: 'given.example' });
  });
});

describe('the settings', () => {
  const settings = (inputs: Record<string, string>, env: Environment = {}) => readSettings((name) => inputs[name], env);

  test.each([
    [{ proxy: 'http://ada:hunter2@proxy.example:3128' }, 'http://proxy.example:3128'],
    [{ proxy: 'env' }, 'env'],
  ])('keep of %j what may be shown', async (inputs, shown) => {
    const read = await settings(inputs);
    expect('settings' in read && read.settings.given.get('proxy')).toBe(shown);
  });

  test.each([
    [{ host: 'mail.example.com', proxy: 'http://proxy.example' }, {}, true],
    [{ host: 'mail.example.com', proxy: 'socks5h://proxy.example' }, {}, true],
    [{ host: 'mail.example.com', proxy: 'env' }, { https_proxy: 'http://proxy.example' }, true],
    [{ proxy: 'env' }, { https_proxy: 'http://proxy.example' }, true],
    [
      { host: 'mail.example.com', proxy: 'env' },
      { https_proxy: 'http://proxy.example', no_proxy: 'example.com' },
      false,
    ],
    [{ host: 'mail.example.com', proxy: 'env' }, {}, false],
    [{ host: 'mail.example.com', proxy: 'socks5://proxy.example' }, {}, false],
    [{ host: '2001:db8::1', proxy: 'http://proxy.example' }, {}, false],
    [{ host: '192.0.2.1', proxy: 'http://proxy.example' }, {}, true],
  ])('refuse a family that a proxy cannot be held to: %j, %j: %p', async (inputs, env, refuses) => {
    const read = await settings({ port: '25', 'ip-family': '6', ...inputs }, env);
    expect('problems' in read && read.problems.map(({ input }) => input)).toEqual(refuses ? ['ip-family'] : false);
  });
});

test.each([
  ['http://ada:p%40ss@proxy.example', ['ada:p%40ss', 'ada:p@ss', 'p%40ss', 'p@ss']],
  ['--proxy=http://ada:x/y@proxy.example:bad', ['ada:x/y', 'ada:x/y', 'x/y', 'x/y']],
  ['ada:%@proxy.example', ['ada:%', 'ada:%', '%', '%']],
  ['http://proxy.example', []],
  [undefined, []],
])('what may be a credential in %s is kept out of a crash’s report', (text, expected) => {
  expect(credentialsIn([text])).toEqual(expected);
});
