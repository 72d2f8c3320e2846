import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { keepOwner } from '../shared/keep-owner.ts';
import { type Line, seriesName, writeLine } from './format.ts';
import { Contents } from './reader.ts';
import type { Runs } from './series.ts';

/** How much a file keeps, and how large a one is read; in bytes but for the runs. */
export interface Bounds {
  /** The newest runs that are kept. */
  readonly runs: number;
  /** Fewer are, when they would take more than this. */
  readonly kept: number;
  /** A larger file is not read: runs that others add at once may exceed what is kept, until the next run. */
  readonly read: number;
}

export const BOUNDS: Bounds = { runs: 1_000, kept: 10 * 1024 ** 2, read: 20 * 1024 ** 2 };

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
    labels: lines.map(({ target, vantage }) => seriesName(target.label, vantage)),
    bytes: Buffer.from(lines.map(writeLine).join(''), 'latin1'),
  };
  try {
    for (let times = 0; times < MOST_TIMES; times += 1) {
      const kept = keepOnce(path, run, bounds);
      if (kept) return kept;
    }
    throw new Error('other files were put in its place again and again');
  } catch (error) {
    return { runs: null, troubles: [{ kind: 'unread', error: error as Error }] };
  }
}

/** A run as it is added: what its lines share, and their text. */
interface NewRun {
  readonly key: string;
  readonly labels: readonly string[];
  readonly bytes: Buffer;
}

const MOST_TIMES = 10;

/** `null` when somebody has put another file there meanwhile, so that the run may be lost. */
function keepOnce(path: string, run: NewRun, bounds: Bounds): Kept | null {
  const before = statSync(path, { throwIfNoEntry: false });
  const trouble = before ? refused(before, bounds) : null;
  if (trouble) return { runs: null, troubles: [trouble] };
  const file = open(path);
  const { fd } = file;
  try {
    const contents = new Contents(run.labels);
    readOn(fd, contents, bounds);
    if (!contents.isOurs) return { runs: null, troubles: [{ kind: 'foreign' }] };
    const error = append(file, contents, run, bounds);
    if (!error && !isAt(path, fd)) return null;
    const failure: Trouble | null = error ? { kind: 'unwritten', error } : putInOrder(path, fd, contents, bounds);
    const { runs, foreign } = contents;
    const found: Trouble[] = foreign.count > 0 ? [{ kind: 'foreign-lines', ...foreign }] : [];
    return { runs, troubles: failure ? [...found, failure] : found };
  } finally {
    closeSync(fd);
  }
}

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
    return { fd: openSync(path, 'a+'), unwritable: null };
  } catch (error) {
    if (!existsSync(path)) throw error;
    return { fd: openSync(path, 'r'), unwritable: error as Error };
  }
}

/** Reads what stands behind that which was read before. */
function readOn(fd: number, contents: Contents, { read }: Bounds): void {
  const size = fstatSync(fd).size - contents.end;
  if (size < 0) throw new Error('it became shorter while it was read');
  if (size > read) throw new Error('it grew too much while it was read');
  const bytes = Buffer.alloc(size);
  let length = 0;
  for (let more = 1; more > 0 && length < size; length += more)
    more = readSync(fd, bytes, length, size - length, contents.end + length);
  contents.take(bytes.subarray(0, length));
}

/** Adds the run with one write, so that no other process comes between; returns why it could not. */
function append({ fd, unwritable }: Opened, contents: Contents, run: NewRun, { read }: Bounds): Error | null {
  if (!unwritable && contents.runs.has(run.key, run.labels)) return null;
  // A last line without an end gets one.
  const text = contents.rest.length > 0 ? Buffer.concat([Buffer.from('\n'), run.bytes]) : run.bytes;
  let error = unwritable;
  try {
    if (text.length > read) throw new Error(`this run alone takes ${text.length} bytes, of at most ${read}`);
    if (!error) writeFileSync(fd, text);
  } catch (thrown) {
    error = thrown as Error;
  }
  // It is part of its own trend in any case.
  if (error) contents.take(text);
  return error;
}

/** What is held while a file is shortened, the copy that is made, and after how long whoever made them must have died. */
const LOCK = '.smtp-gate.lock';
const COPY = '.smtp-gate.tmp';
const STALE_MS = 60_000;

/** Reads what was added, and drops what is too much or torn; returns why it could not. */
function putInOrder(path: string, fd: number, contents: Contents, bounds: Bounds): Trouble | null {
  try {
    readOn(fd, contents, bounds);
    if (contents.oldestKept(bounds) > 0 || contents.hasTorn) shorten(path, fd, contents, bounds);
    return null;
  } catch (error) {
    return { kind: 'not-shortened', error: error as Error };
  }
}

/**
 * Puts a copy without what is superfluous in the place of the file. One process at a time does; any other leaves it to
 * the next run. What is added until the copy is in its place is carried over.
 */
function shorten(path: string, fd: number, contents: Contents, bounds: Bounds): void {
  const target = realpathSync(path);
  const lock = `${target}${LOCK}`;
  if (!takeLock(lock)) return;
  const temporary = `${target}${COPY}`;
  try {
    if (!isAt(target, fd)) return;
    // One that died may have left its copy.
    rmSync(temporary, { force: true });
    const copy = openSync(temporary, 'ax', 0o600);
    try {
      keepOwner(copy, fstatSync(fd));
      readOn(fd, contents, bounds);
      const { settled } = contents;
      writeFileSync(copy, contents.copy(0, contents.oldestKept(bounds)));
      renameSync(temporary, target);
      readOn(fd, contents, bounds);
      writeFileSync(copy, contents.copy(settled, 0));
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

/** Whether an open file is the one at a path. */
function isAt(path: string, fd: number): boolean {
  const [there, here] = [statSync(path, { throwIfNoEntry: false }), fstatSync(fd)];
  return there?.ino === here.ino && there.dev === here.dev;
}
