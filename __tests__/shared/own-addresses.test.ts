import { describe, expect, test } from '@jest/globals';
import { type Interfaces, isLinkLocal, isOwnAddress, ownAddresses } from '../../src/shared/own-addresses.ts';

const own = (address: string, bits: number, internal = false) => ({ address, internal, cidr: `${address}/${bits}` });
const MACHINE: Interfaces = {
  lo: [own('127.0.0.1', 8, true), own('::1', 128, true)],
  eth0: [own('198.51.100.7', 24), own('2001:db8::7', 64), own('fe80::7', 64)],
  eth1: [own('198.51.100.7', 24), own('10.0.0.7', 8)],
};

test('the addresses of a machine are named each once, loopback last, a link-local one with its interface', () => {
  expect(ownAddresses(MACHINE)).toEqual([
    '198.51.100.7',
    '2001:db8::7',
    'fe80::7%eth0',
    '10.0.0.7',
    '127.0.0.1',
    '::1',
  ]);
});

test('this machine has loopback', () => {
  expect(isOwnAddress('127.0.0.1')).toBe(true);
  expect(ownAddresses()).toContain('127.0.0.1');
});

describe('a connection can be made from', () => {
  test.each(['198.51.100.7', '2001:db8:0::7', 'fe80::7%eth0', '10.0.0.7', '127.0.0.1', '127.8.9.1', '::1'])(
    '%s',
    (address) => {
      expect(isOwnAddress(address, MACHINE)).toBe(true);
    },
  );
});

describe('no connection can be made from', () => {
  test.each([
    '198.51.100.8',
    '10.0.0.8',
    '2001:db8::8',
    '::2',
    'fe80::7',
    'fe80::7%eth1',
    '0.0.0.0',
    '::',
    '128.0.0.1',
  ])('%s', (address) => {
    expect(isOwnAddress(address, MACHINE)).toBe(false);
  });
});

test.each([
  ['fe80::1', true],
  ['FEBF::1%eth0', true],
  ['fec0::1', false],
  ['::1', false],
  ['169.254.0.1', false],
])('%s needs its interface: %s', (address, needs) => {
  expect(isLinkLocal(address)).toBe(needs);
});
