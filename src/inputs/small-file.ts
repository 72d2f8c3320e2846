import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK = 64 * 1024;

/** The bytes of a regular file; `refused` is why another thing, or one of more bytes, is not read. It throws what the system says. */
export function readSmallFile(path: string, most: number): { readonly bytes: Buffer } | { readonly refused: string } {
  // Opening a pipe would otherwise wait for somebody who writes to it. (Windows has no such flag, and no such pipes.)
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    // Reading a folder is refused by the system.
    if (!found.isFile() && !found.isDirectory())
      // (A socket cannot be opened.)
      return { refused: `is a ${found.isFIFO() ? 'pipe' : 'device'} and not a regular file; write it to a file first` };
    const bytes = readAtMost(file, most);
    return bytes.length > most ? { refused: `is larger than ${most / 1024} KiB` } : { bytes };
  } finally {
    closeSync(file);
  }
}

/** All bytes of an open file, but no more than one beyond `most`: one of /proc may have more than it says. */
export function readAtMost(file: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const chunk = Buffer.alloc(Math.min(CHUNK, most + 1 - length));
    const read = readSync(file, chunk, 0, chunk.length, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  return Buffer.concat(chunks);
}
