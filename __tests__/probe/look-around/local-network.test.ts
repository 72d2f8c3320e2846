import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Cancellation } from '../../../src/probe/cancellation.ts';
import { addressesIn, searchDomainsIn, systemMachine } from '../../../src/probe/look-around/local-network.ts';
import { errno } from '../../support/scripted.ts';

describe('a hosts file', () => {
  const hosts = [
    '# 192.0.2.1 mail.example.com',
    '127.0.0.1\tlocalhost',
    '192.0.2.2  relay Mail.Example.com # the old one',
    '2001:db8::2 mail.example.com.',
    'nonsense mail.example.com',
    '192.0.2.3 other.example.com mail.example.com.evil',
    '192.0.2.4 x#mail.example.com',
  ];

  test.each([
    ['mail.example.com', ['192.0.2.2', '2001:db8::2']],
    ['MAIL.example.com.', ['192.0.2.2', '2001:db8::2']],
    ['relay', ['192.0.2.2']],
    ['example.com', []],
    ['192.0.2.2', []],
  ])('has for %s %j', (name, addresses) => {
    for (const end of ['\n', '\r\n']) expect(addressesIn(hosts.join(end), name)).toEqual(addresses);
  });
});

describe('a resolver’s configuration', () => {
  test.each([
    ['nameserver 192.0.2.53', []],
    ['search corp.example lab.example', ['corp.example', 'lab.example']],
    ['  domain corp.example\n', ['corp.example']],
    ['search one.example\nsearch two.example', ['two.example']],
    ['search', []],
    ['#search one.example', []],
    ['', []],
  ])('%j appends %j', (text, domains) => {
    expect(searchDomainsIn(text)).toEqual(domains);
  });
});

test('white space before and between words counts once', () => {
  expect(addressesIn('  192.0.2.1 \t mail.example.com', 'mail.example.com')).toEqual(['192.0.2.1']);
  expect(searchDomainsIn(' search  a.example \t b.example ')).toEqual(['a.example', 'b.example']);
});

describe('what the DNS says of a name', () => {
  type Answer = () => Promise<string[]>;
  const none: Answer = () => Promise.reject(errno(dns.NODATA));
  const unknown: Answer = () => Promise.reject(errno(dns.NOTFOUND));
  const silent: Answer = () => Promise.reject(errno(dns.TIMEOUT));
  const empty: Answer = async () => [];
  const v4: Answer = async () => ['192.0.2.1'];
  const v6: Answer = async () => ['2001:db8::1'];
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test.each<[Answer, Answer, string, string[]]>([
    [v4, v6, 'addresses', ['192.0.2.1', '2001:db8::1']],
    [v4, silent, 'addresses', ['192.0.2.1']],
    [none, v6, 'addresses', ['2001:db8::1']],
    [none, none, 'no-address', []],
    [empty, unknown, 'no-address', []],
    [silent, none, 'no-address', []],
    [unknown, unknown, 'no-such-name', []],
    [silent, unknown, 'no-such-name', []],
    [silent, silent, 'unavailable', []],
  ])('%#: is %s', async (resolve4, resolve6, answer, addresses) => {
    const made = jest.fn();
    jest.spyOn(dns.promises, 'Resolver').mockImplementation(((options: object) => {
      made(options);
      return { resolve4, resolve6, cancel: () => {} };
    }) as never);
    expect(await systemMachine.dns('a.example', new Cancellation())).toEqual({ answer, addresses });
    expect(made.mock.calls).toEqual([[{ timeout: 1_000, tries: 1 }]]);
  });
});

describe('a route to an IPv6 address', () => {
  test.each<[string, string | null, boolean | null]>([
    ['there is', null, true],
    ['there is none', 'ENETUNREACH', false],
    ['there is no IPv6', 'EAFNOSUPPORT', false],
    ['nobody knows of', 'EMFILE', null],
    ['nobody knows of, for no reason', '', null],
  ])('%s', async (_, code, route) => {
    const close = jest.fn();
    const connect = jest.fn();
    jest.unstable_mockModule('node:dgram', () => ({
      createSocket: () => {
        const socket = Object.assign(new EventEmitter(), {
          close,
          connect: (...where: unknown[]) => {
            connect(...where);
            if (code === null) socket.emit('connect');
            else socket.emit('error', code === '' ? new Error('no code') : errno(code));
          },
        });
        return socket;
      },
    }));
    jest.resetModules();
    const { systemMachine: machine } = await import('../../../src/probe/look-around/local-network.ts');
    expect(await machine.ipv6Route('2001:db8::1')).toBe(route);
    expect(connect.mock.calls).toEqual([[9, '2001:db8::1']]);
    expect(close).toHaveBeenCalledTimes(1);
    jest.unstable_unmockModule('node:dgram');
  });
});

describe('the hosts file', () => {
  const { platform, env } = process;
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    process.env = env;
  });

  test('of Windows is below its own folder', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'system-root-'));
    const folder = path.join(root, 'System32', 'drivers', 'etc');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'hosts'), '192.0.2.1 a.example');
    Object.defineProperty(process, 'platform', { value: 'win32' });
    process.env = { SystemRoot: root };
    expect(await systemMachine.hosts()).toBe('192.0.2.1 a.example');
    rmSync(root, { recursive: true });
    expect(await systemMachine.hosts()).toBe('');
  });

  test('of other systems is in /etc', async () => {
    if (platform === 'win32') return;
    expect(await systemMachine.hosts()).toBe(existsSync('/etc/hosts') ? readFileSync('/etc/hosts', 'utf8') : '');
  });
});

describe('this machine', () => {
  test('says of the route to its own address that there is one, or that it has no IPv6', async () => {
    expect([true, false]).toContain(await systemMachine.ipv6Route('::1'));
  });

  test('has no route to a zone that it does not have', async () => {
    expect(await systemMachine.ipv6Route('fe80::1%nowhere0')).not.toBe(true);
  });

  test('has no addresses for a name that cannot exist', async () => {
    const { answer, addresses } = await systemMachine.dns('no-such-host.invalid', new Cancellation());
    expect(addresses).toEqual([]);
    expect(['no-such-name', 'no-address', 'unavailable']).toContain(answer);
  });

  test('stops asking when nobody waits any more', async () => {
    const cancellation = new Cancellation();
    const answer = systemMachine.dns('no-such-host.invalid', cancellation);
    cancellation.cancel();
    expect(await answer).toEqual({ answer: 'unavailable', addresses: [] });
  });

  test('reads its own files, if it has them', async () => {
    expect(typeof (await systemMachine.hosts())).toBe('string');
    expect(typeof (await systemMachine.resolverConfiguration())).toBe('string');
  });
});
