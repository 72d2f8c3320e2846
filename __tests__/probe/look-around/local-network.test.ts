import { describe, expect, test } from '@jest/globals';
import { Cancellation } from '../../../src/probe/cancellation.ts';
import { addressesIn, searchDomainsIn, systemMachine } from '../../../src/probe/look-around/local-network.ts';

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
