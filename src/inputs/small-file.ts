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
export function readAtMost(file: number, most: number, read: typeof readSync = readSync): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const chunk = Buffer.alloc(Math.min(CHUNK, most + 1 - length));
    const taken = read(file, chunk, 0, chunk.length, null);
    if (taken === 0) break;
    chunks.push(chunk.subarray(0, taken));
    length += taken;
  }
  return Buffer.concat(chunks);
}

/** How long a standard input that has nothing yet is left alone, in milliseconds. */
const PAUSE_MS = 10;

/**
 * All bytes of standard input, as above. Another program may have made it non-blocking: that nothing is there yet
 * (EAGAIN) is then no end, and is waited for.
 */
export function readStandardInput(most: number, read: typeof readSync = readSync): Buffer {
  const patient = ((...args: Parameters<typeof readSync>) => {
    for (;;) {
      try {
        return read(...args);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      }
    }
  }) as typeof readSync;
  return readAtMost(0, most, patient);
}
