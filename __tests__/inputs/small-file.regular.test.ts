import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readAtMost, readSmallFile } from '../../src/inputs/small-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'small-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a new file with so many bytes, no two of which beside each other are alike. */
function file(size: number): string {
  const name = path.join(folder, `${size}.txt`);
  writeFileSync(name, bytesOf(size));
  return name;
}
const bytesOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => i % 251));
const CHUNK = 64 * 1024;
/** Whether all bytes of such a file were read. (What differs in so many bytes would take seconds to print.) */
const isWhole = (read: ReturnType<typeof readSmallFile>, size: number) =>
  'bytes' in read && read.bytes.equals(bytesOf(size));

describe('a regular file', () => {
  test.each([0, 1, 1_023, 1_024])('of %d bytes is read', (size) => {
    expect(isWhole(readSmallFile(file(size), 1_024), size)).toBe(true);
  });

  test.each([CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])('of %d bytes is read in parts', (size) => {
    expect(isWhole(readSmallFile(file(size), 2 * CHUNK), size)).toBe(true);
  });

  test('of more bytes is refused', () => {
    expect(readSmallFile(file(1_025), 1_024)).toEqual({ refused: 'is larger than 1 KiB' });
    expect(readSmallFile(file(CHUNK + 1), CHUNK)).toEqual({ refused: 'is larger than 64 KiB' });
  });

  test('that has more bytes than it says is refused too', () => {
    if (process.platform !== 'linux') return;
    expect(readSmallFile('/proc/self/status', 10)).toEqual({ refused: `is larger than ${10 / 1024} KiB` });
  });
});

test('of an open file of several parts, one byte more than is wanted is read too', () => {
  const open = openSync(file(2 * CHUNK + 9), 'r');
  try {
    expect(readAtMost(open, CHUNK)).toHaveLength(CHUNK + 1);
  } finally {
    closeSync(open);
  }
});

test('no file is left open', () => {
  if (process.platform !== 'linux') return;
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let i = 0; i < 10; i += 1) readSmallFile(file(1), 10);
  expect(() => readSmallFile(folder, 10)).toThrow();
  expect(open()).toBeLessThan(before + 5);
});

test('of an open file, one byte more than is wanted is read', () => {
  const open = openSync(file(CHUNK + 9), 'r');
  try {
    expect(readAtMost(open, 10)).toEqual(bytesOf(11));
    expect(readAtMost(open, CHUNK)).toHaveLength(CHUNK - 2);
    expect(readAtMost(open, 10)).toHaveLength(0);
  } finally {
    closeSync(open);
  }
});

describe('no other thing is read', () => {
  const unix = process.platform === 'win32' ? test.skip : test;

  test('a folder, and what is not there, by the system’s word', () => {
    expect(() => readSmallFile(folder, 10)).toThrow(/EISDIR|EPERM/);
    expect(() => readSmallFile(path.join(folder, 'missing'), 10)).toThrow(/ENOENT/);
  });

  unix('a device', () => {
    const refused = 'is a device and not a regular file; write it to a file first';
    expect(readSmallFile('/dev/zero', 10)).toEqual({ refused });
    expect(readSmallFile('/dev/null', 10)).toEqual({ refused });
  });

  unix('a pipe, to which nobody writes', () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const refused = 'is a pipe and not a regular file; write it to a file first';
    expect(readSmallFile(pipe, 10)).toEqual({ refused });
  });
});
