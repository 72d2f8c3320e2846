import { BlockList } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { isPublic } from '../../src/shared/public-address.ts';
import fc from '../support/property.ts';

const PRIVATE_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

describe('an address', () => {
  test.each([
    '192.0.2.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:db8::1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
    'fbff::1',
  ])('is of the internet: %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:192.168.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2001:0:4136:e378::1',
    '100::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f.0.0.1',
    '127.1',
  ])('is not: %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  test('of IPv4 is judged as the networks say, and the same inside of IPv6', () => {
    const list = new BlockList();
    for (const network of PRIVATE_4) {
      const [address = '', bits] = network.split('/');
      list.addSubnet(address, Number(bits));
    }
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublic(address)).toBe(!list.check(address));
        for (const prefix of ['::', '::ffff:', '64:ff9b::'])
          expect(isPublic(`${prefix}${address}`)).toBe(!list.check(address));
      }),
      { numRuns: 500 },
    );
  });
});
