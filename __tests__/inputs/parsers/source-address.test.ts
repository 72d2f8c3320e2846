import { describe, expect, test } from '@jest/globals';
import { sourceAddress } from '../../../src/inputs/parsers/source-address.ts';
import type { Interfaces } from '../../../src/shared/own-addresses.ts';

const own = (address: string, bits: number, internal = false) => ({ address, internal, cidr: `${address}/${bits}` });
const MACHINE: Interfaces = {
  lo: [own('127.0.0.1', 8, true)],
  eth0: [own('198.51.100.7', 24), own('2001:db8::7', 64), own('fe80::7', 64)],
};
const ALL = '198.51.100.7, 2001:db8::7, fe80::7%eth0, 127.0.0.1';

describe('an address of this machine', () => {
  test.each([
    ['198.51.100.7', 4],
    ['2001:db8::7', 6],
    ['[2001:db8::7]', 6],
    ['fe80::7%eth0', 6],
    ['127.0.0.9', 4],
  ])('%s is of family %i', (text, family) => {
    expect(sourceAddress(text, MACHINE)).toEqual({ value: { address: text.replace(/[[\]]/g, ''), family } });
  });
});

describe('what is refused names the addresses that there are', () => {
  test.each([
    ['198.51.100.8', 'is not an address of this machine'],
    ['0.0.0.0', 'is not an address of this machine'],
    ['2001:db8::8', 'is not an address of this machine'],
    ['fe80::7', 'is a link-local address without its interface'],
    ['eth0', 'is the name of an interface'],
    ['toString', 'is not an IP address'],
    ['mail.example.com', 'is not an IP address'],
    ['198.51.100.7:25', 'is not an IP address'],
    ['198.51.100.0/24', 'is not an IP address'],
  ])('%s %s', (text, problem) => {
    expect(sourceAddress(text, MACHINE)).toEqual({
      problem: `"${text}" ${problem}; write one of its addresses: ${ALL}`,
    });
  });

  test('the first of very many', () => {
    const many = { eth0: Array.from({ length: 30 }, (_, i) => own(`198.51.100.${i}`, 24)) };
    expect(sourceAddress('192.0.2.1', many)).toEqual({
      problem: expect.stringMatching(/: 198\.51\.100\.0, .*, 198\.51\.100\.11 and 18 more$/),
    });
  });
});

test('what stands before an at sign may be a password, and is not repeated', () => {
  expect(JSON.stringify(sourceAddress('correct-horse@198.51.100.7', MACHINE))).not.toContain('horse');
});
