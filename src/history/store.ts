import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { type Entry, type Line, readUnusual, writeLine } from './format.ts';
import { type Contents, readContents } from './reader.ts';
import type { Runs } from './series.ts';

/** How much a file keeps, and how large a one is read; in bytes but for the runs. */
export interface Bounds {
  /** The newest runs that are kept. */
  readonly runs: number;
  /** Fewer are, when they would take more than this. */
  readonly kept: number;
  /** No file that we wrote is larger. */
  readonly read: number;
}

export const BOUNDS: Bounds = { runs: 1_000, kept: 64 * 1024 ** 2, read: 256 * 1024 ** 2 };

/** What is wrong with a file, with the error that the system gave where it did. */
export type Trouble =
  | { readonly kind: 'no-file'; readonly what: 'folder' | 'device' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly most: number }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'foreign-lines'; readonly count: number; readonly first: number }
  | { readonly kind: 'unread'; readonly error: Error }
  | { readonly kind: 'unwritten'; readonly error: Error }
  | { readonly kind: 'not-shortened'; readonly error: Error };

/** What became of a run that was to be kept; `runs` is `null` when nothing is known of those before it. */
export interface Kept {
  readonly runs: Runs | null;
  readonly troubles: readonly Trouble[];
}

/**
 * Reads the file at `path`, adds the lines of one run to it with one write, and drops the runs that are too many. What
 * others add to the file meanwhile is kept, and a file that is not ours is left as it is. Never throws for what it is like.
 */
export function keepRun(path: string, lines: readonly Line[], bounds: Bounds = BOUNDS): Kept {
  const run: NewRun = {
    key: lines[0]?.key ?? '',
    bytes: Buffer.from(lines.map(writeLine).join(''), 'latin1'),
    labels: lines.map(({ target }) => target.label),
  };
  const troubles: Trouble[] = [];
  let runs: Runs | null = null;
  try {
    // Somebody else may put another file there while we write to this one: then it is done again.
    for (let [times, done] = [0, false]; !done; times += 1) {
      if (times === MOST_TIMES) throw new Error('other files were put in its place again and again');
      const before = statSync(path, { throwIfNoEntry: false });
      const trouble = before ? refused(before, bounds) : null;
      if (trouble) return { runs: null, troubles: [trouble] };
      const file = open(path);
      try {
        const contents = readContents(file.fd, fstatSync(file.fd).size, run.labels);
        if (!contents.ours) return { runs: null, troubles: [{ kind: 'foreign' }] };
        runs = contents.runs;
        troubles.length = 0;
        const { count, first } = contents.foreign;
        if (count > 0) troubles.push({ kind: 'foreign-lines', count, first });
        done = add(path, file, { contents, run, bounds, troubles });
      } finally {
        closeSync(file.fd);
      }
    }
  } catch (error) {
    troubles.push({ kind: 'unread', error: error as Error });
  }
  if (runs && !runs.has(run.key, run.labels)) for (const line of lines) runs.add(entryFor(line));
  return { runs, troubles };
}

/** A run as it is added: what its lines share, and their text. */
interface NewRun {
  readonly key: string;
  readonly bytes: Buffer;
  readonly labels: readonly string[];
}

function entryFor({ key, when, target, status, code, latencyMs, certificate }: Line): Entry {
  const daysLeft = certificate?.daysLeft ?? null;
  return { key, when, label: target.label, failed: status === 'fail', code, latencyMs, daysLeft };
}

const MOST_TIMES = 10;

/** Why a file is not even opened. */
function refused(stats: Stats, { read }: Bounds): Trouble | null {
  if (stats.isDirectory()) return { kind: 'no-file', what: 'folder' };
  if (!stats.isFile()) return { kind: 'no-file', what: 'device' };
  return stats.size > read ? { kind: 'too-large', bytes: stats.size, most: read } : null;
}

/** An open file; `unwritable` is why it can only be read. */
interface Opened {
  readonly fd: number;
  readonly unwritable: Error | null;
}

function open(path: string): Opened {
  try {
    return { fd: openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o666), unwritable: null };
  } catch (error) {
    if (!UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    try {
      return { fd: openSync(path, 'r'), unwritable: error as Error };
    } catch {
      throw error;
    }
  }
}

const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

interface Adding {
  readonly contents: Contents;
  readonly run: NewRun;
  readonly bounds: Bounds;
  readonly troubles: Trouble[];
}

/** Adds the run; false when the file is no longer the one at `path`, and it may be lost. */
function add(path: string, { fd, unwritable }: Opened, { contents, run, bounds, troubles }: Adding): boolean {
  const { runs, whole, end, torn, lastIsTorn } = contents;
  if (unwritable) {
    troubles.push({ kind: 'unwritten', error: unwritable });
    return true;
  }
  const isThere = runs.has(run.key, run.labels);
  if (!isThere) {
    try {
      // One write, so that no other process comes between; a last line without an end gets one.
      writeAll(fd, end > whole ? Buffer.concat([Buffer.from('\n'), run.bytes]) : run.bytes);
    } catch (error) {
      troubles.push({ kind: 'unwritten', error: error as Error });
      return true;
    }
    if (!isAt(path, fd)) return false;
  }
  const from = cutAt(contents, isThere ? 0 : 1, run.bytes.length, bounds);
  if (from === 0 && torn.length === 0 && !lastIsTorn) return true;
  try {
    shorten(path, fd, contents, from);
  } catch (error) {
    troubles.push({ kind: 'not-shortened', error: error as Error });
  }
  return true;
}

/** Where the oldest run begins that is kept, when so many more runs and bytes follow. */
function cutAt({ starts, end, runs }: Contents, more: number, bytes: number, bounds: Bounds): number {
  const tooMany = Math.max(0, runs.count + more - bounds.runs);
  const short = starts.findIndex((start) => end - start + bytes <= bounds.kept);
  const first = Math.max(tooMany, short === -1 ? runs.count : short);
  return first === 0 ? 0 : (starts[first] ?? end);
}

/** What is held while a file is shortened, the copy that is made, and after how long whoever made them must have died. */
const LOCK = '.smtp-gate.lock';
const COPY = '.smtp-gate.tmp';
const STALE_MS = 60_000;

/**
 * Puts a copy without the oldest runs, and without what was torn, in the place of the file. One process at a time does;
 * to any other it is no matter, the next run will. Whatever was added meanwhile is carried over.
 */
function shorten(path: string, fd: number, { torn, whole }: Contents, from: number): void {
  const target = realpathSync(path);
  const lock = `${target}${LOCK}`;
  if (!takeLock(lock)) return;
  const temporary = `${target}${COPY}`;
  try {
    if (!isAt(target, fd)) return;
    // One that died may have left its copy.
    rmSync(temporary, { force: true });
    const copy = openSync(temporary, 'ax+', 0o600);
    try {
      keepOwner(copy, fstatSync(fd));
      let at = from;
      for (const part of [...torn, { from: whole, to: whole }].filter(({ to }) => to > from)) {
        copyPart(fd, copy, at, part.from);
        at = part.to;
      }
      at = carryOver(fd, copy, at);
      renameSync(temporary, target);
      carryOver(fd, copy, at);
    } finally {
      closeSync(copy);
    }
  } finally {
    rmSync(temporary, { force: true });
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > STALE_MS) rmSync(lock, { force: true });
    return false;
  }
}

/** A copy belongs to whom the file does, as far as we may say so, and may be read by the same. */
function keepOwner(copy: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(copy, uid, gid);
  } catch {
    // Only root may give files away.
  }
  fchmodSync(copy, mode & 0o7777);
}

/** Copies the whole lines from `at` to the file's present end, but for those that are torn; where they end. */
function carryOver(from: number, to: number, at: number): number {
  const { size } = fstatSync(from);
  const bytes = Buffer.alloc(Math.max(0, size - at));
  const tail = bytes.subarray(0, readSync(from, bytes, 0, bytes.length, at));
  const end = tail.lastIndexOf('\n') + 1;
  for (let start = 0; start < end; ) {
    const next = tail.indexOf('\n', start) + 1;
    const line = readUnusual(tail.subarray(start, next - 1));
    if ('entry' in line || line.unread === 'foreign') writeAll(to, tail.subarray(start, next));
    start = next;
  }
  return at + end;
}

const COPIED_AT_ONCE = 1024 ** 2;

function copyPart(from: number, to: number, begin: number, end: number): void {
  if (end <= begin) return;
  const chunk = Buffer.allocUnsafe(Math.min(COPIED_AT_ONCE, end - begin));
  for (let at = begin; at < end; ) {
    const read = readSync(from, chunk, 0, Math.min(chunk.length, end - at), at);
    if (read === 0) throw new Error('the file became shorter while it was read');
    writeAll(to, chunk.subarray(0, read));
    at += read;
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** Whether an open file is the one at a path. */
function isAt(path: string, fd: number): boolean {
  const [there, here] = [statSync(path, { throwIfNoEntry: false }), fstatSync(fd)];
  return there?.ino === here.ino && there.dev === here.dev;
}
