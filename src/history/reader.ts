import { readSync } from 'node:fs';
import { type Entry, entryOf, OUR_LINE, readUnusual, type Unusual } from './format.ts';
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
  /**
   * Lines of ours whose ends were never written, in the midst of others: of no use to anyone. Those that follow each
   * other are one part, and of more than 1,000 parts the first ones are here: the next run finds the others.
   */
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

/** The most parts that are kept of what is torn, so that no file takes more memory than another. */
const MOST_TORN = 1_000;

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
  /** How many lines are torn, and whether one of them is of ours beyond doubt. */
  #tornCount = 0;
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
      const kind = this.#endless ? 'unusual' : kindOf(text, at);
      OUR_LINE.lastIndex = at;
      const ours = kind === 'ours' ? OUR_LINE.exec(text) : null;
      const next = ours ? OUR_LINE.lastIndex : text.indexOf('\n', at) + 1;
      if (next === 0) break;
      if (ours) this.#keep(entryOf(ours));
      else if (kind === 'foreign') this.#foreignLine();
      else if (kind === 'empty') this.#line += 1;
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
    const before = this.#tornCount;
    if (this.#endless || length > 0) this.#other(this.#rest, 0);
    const unread = this.#foreign.count + this.#tornCount;
    return {
      runs: this.#runs,
      starts: this.#starts,
      whole,
      end: whole + length,
      torn: this.#torn,
      foreign: this.#foreign,
      lastIsTorn: this.#tornCount > before,
      ours: this.#read > 0 || (this.#foreign.count === 0 && (this.#plainlyTorn || unread === 0)),
    };
  }

  #foreignLine(): void {
    this.#line += 1;
    this.#foreign.count += 1;
    if (this.#foreign.count === 1) this.#foreign.first = this.#line;
  }

  #tear({ from, to }: Part): void {
    const last = this.#torn.at(-1);
    if (last?.to === from) this.#torn[this.#torn.length - 1] = { from: last.from, to };
    else if (this.#torn.length < MOST_TORN) this.#torn.push({ from, to });
  }

  #keep(entry: Entry): void {
    this.#line += 1;
    this.#read += 1;
    if (this.#runs.add(entry)) this.#starts.push(this.#start);
  }

  /** Takes a line that is not as we write it; `length` is that of its bytes, its end included. */
  #other(text: string, length: number): void {
    const isAscii = !/[^\0-\x7f]/.test(text);
    const line: Unusual = this.#endless
      ? { unread: 'foreign' }
      : readUnusual(isAscii ? text : Buffer.from(text, 'latin1'));
    this.#endless = false;
    if ('entry' in line) {
      this.#keep(line.entry);
      return;
    }
    if (line.unread === 'foreign') {
      this.#foreignLine();
      return;
    }
    this.#line += 1;
    if (line.unread !== 'nothing') {
      this.#plainlyTorn ||= line.unread === 'plainly-torn';
      this.#tornCount += 1;
      // The last one has no end yet, and may only be under way.
      if (length > 0) this.#tear({ from: this.#start, to: this.#start + length });
    }
  }
}

const [LF, BRACE, QUOTE] = ['\n', '{', '"'].map((character) => character.charCodeAt(0));

/** What the first characters of a line tell, so that a file of millions of short ones is read as fast as any other. */
function kindOf(text: string, at: number): 'ours' | 'empty' | 'foreign' | 'unusual' {
  const code = text.charCodeAt(at);
  if (code === LF) return 'empty';
  if (code === BRACE) return text.charCodeAt(at + 1) === QUOTE ? 'ours' : 'unusual';
  // White space and zeros may stand before anything, and other bytes may be white space in UTF-8.
  return code > 0x20 && code < 0x7f ? 'foreign' : 'unusual';
}
