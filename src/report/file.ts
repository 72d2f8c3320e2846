import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { plain } from './safe.ts';

/** Where a report was written, or why it could not be: a warning that never changes the verdict. */
export type Written = { readonly path: string } | { readonly warning: string };

/** Writes a report. Missing folders are made below `workspace`, and nowhere else. */
export function writeReport(option: string, path: string, text: string, workspace: string): Written {
  const target = resolve(workspace, path);
  try {
    const folder = dirname(target);
    if (isWithin(workspace, folder)) mkdirSync(folder, { recursive: true });
    writeFileSync(target, text);
    return { path: target };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = plain(REASONS[code ?? ''] ?? code ?? message);
    return { warning: `${option} could not be written to ${plain(target)}: ${reason}. The verdict stands.` };
  }
}

/** Makes a report and writes it; a defect of ours in making it is a warning, too. */
export async function makeReport(
  option: string,
  path: string,
  make: () => Promise<string>,
  workspace: string,
): Promise<Written> {
  try {
    return writeReport(option, path, await make(), workspace);
  } catch (error) {
    return { warning: `${option} could not be made: ${plain(String(error))}. The verdict stands.` };
  }
}

/** Whether a folder is another one, or below it; on Windows it may be on another drive. */
function isWithin(workspace: string, folder: string): boolean {
  const way = relative(workspace, folder);
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
}

const REASONS: Record<string, string> = {
  ENOENT: 'the folder does not exist (ENOENT)',
  EISDIR: 'it is a folder (EISDIR); name a file in it',
  ENOTDIR: 'a part of the path is a file (ENOTDIR)',
  // What mkdir calls the same.
  EEXIST: 'a part of the path is a file (ENOTDIR)',
  EACCES: 'permission denied (EACCES)',
  EPERM: 'the operation is not permitted (EPERM)',
  EROFS: 'the file system is read-only (EROFS)',
  ENOSPC: 'the disk is full (ENOSPC)',
  EDQUOT: 'the disk quota is used up (EDQUOT)',
};

/** A name of its own for a report in the runner's temporary folder, so that two steps of a job never share one. */
export function temporaryName(): string {
  return `smtp-gate-${Date.now().toString(36)}-${process.pid}.json`;
}
