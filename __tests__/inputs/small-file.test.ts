import type { readSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readStandardInput } from '../../src/inputs/small-file.ts';

/** A standard input that gives these pieces one after the other; of a code, the error. */
function input(...pieces: (string | { readonly code: string })[]): typeof readSync {
  return ((_: number, into: Buffer) => {
    const piece = pieces.shift() ?? '';
    if (typeof piece === 'string') return into.write(piece);
    throw Object.assign(new Error(piece.code), piece);
  }) as unknown as typeof readSync;
}

describe('standard input', () => {
  test('is waited for where it does not wait by itself', () => {
    const later = { code: 'EAGAIN' };
    expect(String(readStandardInput(100, input(later, 'a:2', later, '5\n')))).toBe('a:25\n');
  });

  test('that cannot be read says so', () => {
    expect(() => readStandardInput(100, input({ code: 'EISDIR' }))).toThrow('EISDIR');
  });

  test('is read up to one byte beyond the bound', () => {
    expect(readStandardInput(3, input('abcdef', 'gh'))).toHaveLength(4);
  });
});
