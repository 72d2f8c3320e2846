import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { keepOwner } from '../../shared/keep-owner.ts';
import { plain } from '../escape/plain.ts';
import { isWithin, makeFolder } from './folders.ts';

/** What a report consists of: all of it, or its parts one after the other, which may be made as they are gone through. */
export type Text = string | Iterable<string>;

/**
 * How a file is written. `replaced`: to a temporary file beside it that is then renamed, so that whoever reads the file at
 * any moment reads a whole one.
 */
export type Manner = 'in place' | 'replaced';

/** Where a report was written, or why it could not be: a warning that never changes the verdict. */
export type Written = { readonly path: string } | { readonly warning: string };

/**
 * Writes a report; `option` is what asked for it. The path may lead out of the workspace, and missing folders are made
 * below `workspace` alone. `taken` has the files of the reports that were written before, which none may replace. It
 * throws what is thrown while the text is made; what stood there before stays unless that comes late.
 */
export function writeReport(
  option: string,
  path: string,
  text: Text,
  workspace: string,
  taken: Map<string, string> = new Map(),
  manner: Manner = 'in place',
): Written {
  const target = resolve(workspace, path);
  try {
    // Resolving drops the slash, and a file would take the place of the folder that was meant.
    if (path.endsWith('/')) return { warning: sayUnwritten(option, target, reasonOf({ code: 'EISDIR' }, target)) };
    // To throw costs more than to ask.
    const found = statSync(target, { throwIfNoEntry: false });
    if (found?.isDirectory()) return { warning: sayUnwritten(option, target, reasonOf({ code: 'EISDIR' }, target)) };
    const other = keysOf(target, found)
      .map((key) => taken.get(key))
      .find((option) => option !== undefined);
    if (other !== undefined) {
      const verb = other === 'history' ? 'is kept' : 'was written';
      return { warning: sayUnwritten(option, target, `${other} ${verb} there`) };
    }
    const opening = { pipe: found?.isFIFO() ?? false, mayMakeFolders: isWithin(workspace, dirname(target)) };
    const written = put(target, text, opening, manner, found);
    // A device or a pipe takes any number.
    if (written.isFile()) for (const key of keysOf(target, written)) taken.set(key, option);
    return { path: target };
  } catch (error) {
    // Anything but what the system says went wrong while the text was made.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return { warning: sayUnwritten(option, target, error as Error) };
  }
}

/** Keeps a file from what is written later. */
export function take(target: string, option: string, taken: Map<string, string>): void {
  for (const key of keysOf(target, reachable(target))) taken.set(key, option);
}

/** A file by its path and, because links have paths of their own, by what the system knows it by. */
function keysOf(target: string, found: Stats | undefined): string[] {
  return found ? [target, `${found.dev}:${found.ino}`] : [target];
}

function reachable(target: string): Stats | undefined {
  try {
    return statSync(target, { throwIfNoEntry: false });
  } catch {
    // No other name leads to it, either.
    return undefined;
  }
}

/** What is said of something that could not be written to a file, with the reason in words or the error that was thrown. */
export function sayUnwritten(what: string, target: string, reason: string | Error): string {
  const why = typeof reason === 'string' ? reason : reasonOf(reason, target);
  return `${what} could not be written to ${plain(target)}: ${why}. This does not change the verdict.`;
}

/** How a file is opened: a pipe for a reader that may not come, one that must be new, and any with the folders above it. */
interface Opening {
  readonly pipe: boolean;
  readonly mayMakeFolders: boolean;
  readonly mustBeNew?: boolean;
}

/** Writes the text, and returns what it was written to. */
function put(target: string, text: Text, opening: Opening, manner: Manner, found: Stats | undefined): Stats {
  // A device or a pipe takes what is written, and no file takes its place.
  if (manner === 'replaced' && (found?.isFile() ?? true)) {
    replaceWhole(target, text, opening, found);
    return statSync(target);
  }
  writeWhole(target, text, opening);
  // What was there before is what was written to.
  return found ?? statSync(target);
}

function writeWhole(target: string, text: Text, opening: Opening): void {
  const all = pieces(text);
  // Made before the file is opened: what cannot be made takes the place of nothing.
  const first = all.next().value ?? '';
  const file = openFor(target, opening);
  const write = (piece: string) => (opening.pipe ? writePipe(file, piece) : writeFileSync(file, piece));
  try {
    try {
      write(first);
      for (const piece of all) write(piece);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    removeHalf(target);
    throw error;
  }
}

/** Writes a new file beside the target, as readable as what was there, and puts it in its place. */
function replaceWhole(target: string, text: Text, opening: Opening, found: Stats | undefined): void {
  const all = pieces(text);
  const first = all.next().value ?? '';
  // A link stays, and what it leads to is replaced; made first where it is not there, or it would have no real path.
  const isLinked = isLink(target);
  if (isLinked && !found) closeSync(openSync(target, 'a'));
  const place = isLinked ? realpathSync(target) : target;
  const temporary = join(dirname(place), `.${temporaryName('tmp')}`);
  const file = openFor(temporary, { ...opening, mustBeNew: true });
  try {
    try {
      if (found) keepOwner(file, found);
      writeFileSync(file, first);
      for (const piece of all) writeFileSync(file, piece);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function openFor(target: string, { pipe, mayMakeFolders, mustBeNew = false }: Opening): number {
  try {
    // A pipe without waiting for somebody who reads it, as that may be for ever.
    return openSync(target, pipe ? constants.O_WRONLY | constants.O_NONBLOCK : mustBeNew ? 'wx' : 'w');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || !mayMakeFolders || existsSync(dirname(target))) throw error;
    makeFolder(dirname(target));
    return openFor(target, { pipe, mayMakeFolders: false, mustBeNew });
  }
}

/** So many characters are written at once. */
const PIECE = 256 * 1024;

/** A text in pieces that are worth a call of the system: its own parts may be as short as a line. */
export function* pieces(text: Text): Generator<string> {
  if (typeof text === 'string') return yield text;
  let [parts, length]: [string[], number] = [[], 0];
  for (const part of text) {
    parts.push(part);
    length += part.length;
    if (length < PIECE) continue;
    yield parts.join('');
    [parts, length] = [[], 0];
  }
  yield parts.join('');
}

/** Whoever has a pipe open and reads nothing for so long, in milliseconds, is not waited for. */
const PIPE_MS = 2_000;
const PIPE_PAUSE_MS = 5;

/** Writes to a named pipe as its reader takes it, and does not wait for a reader that does not go on reading. */
function writePipe(pipe: number, text: string): void {
  const bytes = Buffer.from(text);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let waited = 0;
  for (let from = 0; from < bytes.length; ) {
    const written = writeSome(pipe, bytes, from);
    from += written;
    waited = written > 0 ? 0 : waited + PIPE_PAUSE_MS;
    if (waited > PIPE_MS) throw Object.assign(new Error('the pipe is full'), { code: 'EAGAIN', syscall: 'write' });
    if (written === 0) Atomics.wait(pause, 0, 0, PIPE_PAUSE_MS);
  }
}

/** How many bytes a pipe takes at this moment. */
function writeSome(pipe: number, bytes: Buffer, from: number): number {
  try {
    return writeSync(pipe, bytes, from);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

/** Half a report is worse than none for whatever reads it next. */
function removeHalf(target: string): void {
  try {
    // A link stays, and what it leads to goes.
    if (statSync(target).isFile()) rmSync(realpathSync(target));
  } catch {
    // Why it could not be written is what matters.
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'the folder does not exist',
  EISDIR: 'it is a folder; name a file in it',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is no folder',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than a file may be',
  EIO: 'the device or file system cannot write it',
  ENXIO: 'it is a pipe or socket that nobody reads',
  EAGAIN: 'whoever has the pipe open does not read it',
  EPIPE: 'whoever reads the pipe has closed it',
  EBUSY: 'it is in use, or mounted for itself; name a file in a folder that is mounted',
  EMFILE: 'too many files are open',
};

/** Why a file could not be written, in words, with the system's own code. */
export function reasonOf({ code, message = '' }: Partial<NodeJS.ErrnoException>, target: string): string {
  if (code === 'ENOENT' && isLink(target)) return `it is a symbolic link to what does not exist (${code})`;
  if (code === 'ENOENT' && existsSync(dirname(target))) return `no file can be made in that folder (${code})`;
  const words = REASONS[code ?? ''];
  return words === undefined ? plain(message) : `${words} (${code})`;
}

function isLink(target: string): boolean {
  return lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** A name of its own for a report in the runner's temporary folder, so that two steps of a job never share one. */
export function temporaryName(extension = 'json'): string {
  return `smtp-gate-${Date.now().toString(36)}-${process.pid}.${extension}`;
}

/** The path as it was resolved, because it may lead out of the workspace. */
export function sayWritten(option: string, path: string): string {
  return `${option} was written to ${plain(path)}`;
}
