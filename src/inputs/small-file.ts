import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** In bytes: a bundle of all public authorities has a quarter of it. */
const LARGEST = 1024 * 1024;

/** The text of a regular file; `refused` is why another thing, or a larger one, is not read. It throws what the system says. */
export function readSmallFile(path: string): { readonly text: string } | { readonly refused: string } {
  // Opening a pipe would otherwise wait for somebody who writes to it. (Windows has no such flag, and no such pipes.)
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    // Reading a folder is refused by the system.
    if (!found.isFile() && !found.isDirectory())
      return { refused: `is ${whatIs(found)} and not a regular file; write it to a file first` };
    const bytes = found.size > LARGEST ? null : readAtMost(file, LARGEST);
    return bytes === null ? { refused: 'is larger than 1 MiB; give the PEM text alone' } : { text: bytes.toString() };
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file; `null` when it has more than it said, as those of /proc may have. */
function readAtMost(file: number, most: number): Buffer | null {
  const bytes = Buffer.alloc(most + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length <= most; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, null);
  }
  return length > most ? null : bytes.subarray(0, length);
}

function whatIs(found: Stats): string {
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}
