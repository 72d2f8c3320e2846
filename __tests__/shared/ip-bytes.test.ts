import { expect, test } from '@jest/globals';
import { ipBytes } from '../../src/shared/ip-bytes.ts';

const zeros = (n: number) => Array<number>(n).fill(0);

test.each([
  ['192.0.2.255', [192, 0, 2, 255]],
  ['0.0.0.0', zeros(4)],
  ['::', zeros(16)],
  ['::1', [...zeros(15), 1]],
  ['1::', [0, 1, ...zeros(14)]],
  ['2001:db8::ff00:1', [0x20, 1, 0x0d, 0xb8, ...zeros(8), 0xff, 0, 0, 1]],
  ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['::ffff:192.0.2.1', [...zeros(10), 0xff, 0xff, 192, 0, 2, 1]],
  ['fe80::1%eth0', [0xfe, 0x80, ...zeros(13), 1]],
  ['mail.example.com', null],
  ['1.2.3', null],
  ['', null],
])('the bytes of %s', (address, bytes) => {
  expect(ipBytes(address)).toEqual(bytes);
});
