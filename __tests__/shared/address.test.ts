import { isIP } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { addressLiteral, hostPort, ipFamily, isPrivate, literalAddress, sameHost } from '../../src/shared/address.ts';
import fc from '../support/property.ts';

describe('the family of', () => {
  test.each([
    ['0.0.0.0', 4],
    ['192.0.2.25', 4],
    ['255.255.255.255', 4],
    ['256.0.0.1', 0],
    ['01.2.3.4', 0],
    ['1.2.3', 0],
    ['1.2.3.4.5', 0],
    ['1.2.3.', 0],
    ['1e0.2.3.4', 0],
    ['-0.2.3.4', 0],
    ['1.2.3.4 ', 0],
    ['1.2.3.0x4', 0],
    ['１.2.3.4', 0],
    ['::', 6],
    ['::1', 6],
    ['2001:DB8::25', 6],
    ['1:2:3:4:5:6:7:8', 6],
    ['::ffff:192.0.2.1', 6],
    ['fe80::1%eth0', 6],
    ['fe80::1%1', 6],
    ['1:2:3:4:5:6:7:8:9', 0],
    ['1:2:3:4:5:6:7', 0],
    ['::1::2', 0],
    ['12345::', 0],
    ['::g', 0],
    ['::1%', 0],
    ['::1%a b', 0],
    ['[::1]', 0],
    ['::1/64', 0],
    ['::ffff:192.0.2.256', 0],
    ['mail.example.com', 0],
    [':', 0],
    ['', 0],
  ])('%j is %d', (text, family) => {
    expect(ipFamily(text)).toBe(family);
    expect(literalAddress(text)).toEqual(family === 0 ? null : { address: text, family });
  });

  test('any address is what Node.js takes it for', () => {
    const nearly = fc.stringMatching(/^[0-9a-f.:]{0,16}$/);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), nearly), (text) => {
        expect(ipFamily(text)).toBe(isIP(text));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['mail.example.com', 'mail.example.com:25'],
  ['192.0.2.1', '192.0.2.1:25'],
  ['::1', '[::1]:25'],
  ['fe80::1%eth0', '[fe80::1%eth0]:25'],
])('host %j and port are written as %j', (host, text) => {
  expect(hostPort({ host, port: 25 })).toBe(text);
});

test.each([
  ['mail.example.com', 'MAIL.example.com.', true],
  ['::1', '0:0:0:0:0:0:0:1', true],
  ['2001:DB8::1', '2001:db8:0::1', true],
  ['fe80::1%eth0', 'fe80::1%eth1', false],
  ['a.example', 'b.example', false],
])('%s and %s are the same host: %p', (a, b, same) => {
  expect(sameHost(a, b)).toBe(same);
});

test.each([
  ['192.0.2.1', '[192.0.2.1]'],
  ['2001:db8::1', '[IPv6:2001:db8::1]'],
])('%s is %s in EHLO', (address, literal) => {
  expect(addressLiteral(address)).toBe(literal);
});

const OWN =
  '10.0.0.1 127.0.0.1 169.254.1.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.0.1 ::1 fc00::1 FD12::1';
const EVERYBODYS =
  '192.0.2.1 11.0.0.1 172.15.0.1 172.32.0.1 192.169.0.1 100.63.0.1 100.128.0.1 2001:db8::1 ::10 fec0::1';

test.each([
  ...OWN.split(' ').map((address): [string, boolean] => [address, true]),
  ...EVERYBODYS.split(' ').map((address): [string, boolean] => [address, false]),
])('%s is in a network of its own: %p', (address, own) => {
  expect(isPrivate(address)).toBe(own);
});
