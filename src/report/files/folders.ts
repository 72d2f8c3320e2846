import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/** Makes a folder and those above it. (With `recursive`, Node asks for ever where the system says ENOENT, as in /proc.) */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  }
}

/** Makes a folder that is not there, when it is below `workspace`. */
export function makeFolderWithin(workspace: string, folder: string): void {
  if (isWithin(workspace, folder)) makeFolder(folder);
}

/**
 * Whether a folder is another one, or below it, or will be once it is made: by their real paths, as a link in the
 * workspace may lead out of it, and the workspace may itself be one. On Windows it may be on another drive.
 */
export function isWithin(workspace: string, folder: string): boolean {
  const way = relative(realPath(workspace), realPath(folder));
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
}

/** A path without links, as far as it exists; below what exists there are none. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above), basename(path));
  }
}
