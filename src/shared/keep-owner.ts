import { fchmodSync, fchownSync, type Stats } from 'node:fs';

/** Gives an open copy of a file the owner of the file, as far as we may say so, and its permissions. */
export function keepOwner(copy: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(copy, uid, gid);
  } catch {
    // Only root may give files away.
  }
  fchmodSync(copy, mode & 0o7777);
}
