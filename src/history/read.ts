import { readSync } from 'node:fs';
import { type Entry, entryOf, OUR_LINE, readUnusual, type Unusual } from './line.ts';
import { Runs } from './series.ts';

/** A part of the file, in bytes from its beginning: up to `to`, which is not part of it. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** What a file holds. */
export interface Contents {
  readonly runs: Runs;
  /** Where the first line of each run begins. */
  readonly starts: readonly number[];
  /** Where the last whole line ends, and where the file ends. */
  readonly whole: number;
  readonly end: number;
  /** Lines of ours whose ends were never written, in the midst of others: of no use to anyone. */
  readonly torn: readonly Part[];
  /** Lines of something else: how many, and which is the first. */
  readonly foreign: { readonly count: number; readonly first: number };
  /** Whether what follows `whole` is torn, or under way. */
  readonly lastIsTorn: boolean;
  /** Whether it is a file of ours: it is empty, or a line of ours is in it. */
  readonly ours: boolean;
}

/** So much is read at once. */
const CHUNK = 64 * 1024;
/** No line of ours is longer; a host has at most 253 characters. */
const LONGEST_LINE = 16 * 1024;

/** Reads a file from its beginning to `size`, in memory that does not grow with it. */
export function readContents(fd: number, size: number, labels: Iterable<string>): Contents {
  const reader = new Reader(labels);
  const chunk = Buffer.allocUnsafe(CHUNK);
  let at = 0;
  while (at < size) {
    const read = readSync(fd, chunk, 0, Math.min(CHUNK, size - at), at);
    if (read === 0) break;
    at += read;
    reader.take(chunk.toString('latin1', 0, read));
  }
  return reader.end();
}

class Reader {
  readonly #runs: Runs;
  readonly #starts: number[] = [];
  readonly #torn: Part[] = [];
  readonly #foreign = { count: 0, first: 0 };
  #plainlyTorn = false;
  #read = 0;
  #line = 0;
  /** Where the line begins that is not yet read, and what is known of it. */
  #start = 0;
  #rest = '';
  /** Whether the beginning of an endless line was let go of. */
  #endless = false;

  constructor(labels: Iterable<string>) {
    this.#runs = new Runs(labels);
  }

  /** Takes more of the file, whose bytes are characters. */
  take(more: string): void {
    const text = this.#rest + more;
    let at = 0;
    for (;;) {
      OUR_LINE.lastIndex = at;
      const ours = this.#endless ? null : OUR_LINE.exec(text);
      const next = ours ? OUR_LINE.lastIndex : text.indexOf('\n', at) + 1;
      if (next === 0) break;
      if (ours) this.#keep(entryOf(ours));
      else this.#other(text.slice(at, next - 1), next - at);
      this.#start += next - at;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length <= LONGEST_LINE) return;
    this.#endless = true;
    this.#start += this.#rest.length;
    this.#rest = '';
  }

  end(): Contents {
    const [whole, length] = [this.#start, this.#rest.length];
    if (this.#endless || length > 0) this.#other(this.#rest, 0);
    const unread = this.#foreign.count + this.#torn.length;
    return {
      runs: this.#runs,
      starts: this.#starts,
      whole,
      end: whole + length,
      // The last one may only be under way.
      torn: this.#torn.filter(({ from }) => from < whole),
      foreign: this.#foreign,
      lastIsTorn: this.#torn.some(({ from }) => from === whole),
      ours: this.#read > 0 || (this.#foreign.count === 0 && (this.#plainlyTorn || unread === 0)),
    };
  }

  #keep(entry: Entry): void {
    this.#line += 1;
    this.#read += 1;
    if (this.#runs.add(entry)) this.#starts.push(this.#start);
  }

  /** Takes a line that is not as we write it; `length` is that of its bytes, its end included. */
  #other(text: string, length: number): void {
    const line: Unusual = this.#endless ? { unread: 'foreign' } : readUnusual(Buffer.from(text, 'latin1'));
    this.#endless = false;
    if ('entry' in line) {
      this.#keep(line.entry);
      return;
    }
    this.#line += 1;
    if (line.unread === 'foreign') {
      this.#foreign.count += 1;
      if (this.#foreign.count === 1) this.#foreign.first = this.#line;
    } else if (line.unread !== 'nothing') {
      this.#plainlyTorn ||= line.unread === 'plainly-torn';
      this.#torn.push({ from: this.#start, to: this.#start + length });
    }
  }
}
