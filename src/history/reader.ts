import { type Read, readLine } from './format.ts';
import { Runs } from './series.ts';

const LINE_END = 0x0a;

/** A line with its place in the file: bytes from the beginning, its end included. */
interface Placed {
  readonly read: Read;
  readonly from: number;
  readonly to: number;
}

/** What a file holds, as far as it was read. */
export class Contents {
  readonly runs: Runs;
  /** Lines of other programs: how many, and which is the first. */
  readonly foreign = { count: 0, first: 0 };
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the last line begins that has no end yet. */
  #rest = 0;
  #lines = 0;
  /** How many bytes the lines of each run take, from the oldest run, and those that are torn. */
  readonly #sizes: number[] = [];
  #torn = 0;
  /** Whether a torn line can be nobody else's. */
  #certain = false;

  constructor(labels: Iterable<string>) {
    this.runs = new Runs(labels);
  }

  /** How many bytes were read. */
  get end(): number {
    return this.#bytes.length;
  }

  /** What stands behind the last line end. */
  get rest(): Buffer {
    return this.#bytes.subarray(this.#rest);
  }

  /** Up to where it can be copied: a last line that is torn may only be under way. */
  get settled(): number {
    return readLine(this.rest).kind === 'torn' ? this.#rest : this.end;
  }

  get hasTorn(): boolean {
    return this.#torn > 0 || this.settled < this.end;
  }

  /** Whether it is a history: it is empty, or a line of ours is in it. */
  get isOurs(): boolean {
    const last = readLine(this.rest);
    if (this.runs.count > 0 || last.kind === 'entry') return true;
    if (this.foreign.count > 0 || last.kind === 'foreign') return false;
    const isEmpty = this.#torn === 0 && last.kind === 'empty';
    return isEmpty || this.#certain || (last.kind === 'torn' && last.certain);
  }

  /** Reads on. */
  take(more: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, more]);
    for (const { read, from, to } of this.#linesFrom(this.#rest)) {
      this.#count(read, to - from);
      this.#rest = to;
    }
  }

  *#linesFrom(start: number): Generator<Placed> {
    let from = start;
    for (let end = this.#bytes.indexOf(LINE_END, from); end !== -1; end = this.#bytes.indexOf(LINE_END, from)) {
      yield { read: readLine(this.#bytes.subarray(from, end)), from, to: end + 1 };
      from = end + 1;
    }
  }

  #count(read: Read, size: number): void {
    this.#lines += 1;
    if (read.kind === 'entry') {
      const run = this.runs.add(read.entry);
      this.#sizes[run] = (this.#sizes[run] ?? 0) + size;
    } else if (read.kind === 'torn') {
      this.#certain ||= read.certain;
      this.#torn += size;
    } else if (read.kind === 'foreign') {
      if (this.foreign.count === 0) this.foreign.first = this.#lines;
      this.foreign.count += 1;
    }
  }

  /** The oldest run to keep, so that no more are left, and with everything else no more bytes; the newest always is. */
  oldestKept({ runs, kept }: { readonly runs: number; readonly kept: number }): number {
    let left = this.end - this.#torn;
    let oldest = 0;
    while (oldest < this.#sizes.length - 1 && (this.#sizes.length - oldest > runs || left > kept)) {
      left -= this.#sizes[oldest] ?? 0;
      oldest += 1;
    }
    return oldest;
  }

  /** The bytes from `start` up to `settled`, without torn lines and without the runs before `oldest`. */
  copy(start: number, oldest: number): Buffer {
    const copy = Buffer.alloc(this.settled - start);
    let length = 0;
    let next = start;
    for (const { read, from, to } of this.#linesFrom(start)) {
      const isDropped = read.kind === 'torn' || (read.kind === 'entry' && this.runs.numberOf(read.entry.key) < oldest);
      if (!isDropped) length += this.#bytes.copy(copy, length, from, to);
      next = to;
    }
    length += this.#bytes.copy(copy, length, next, this.settled);
    return copy.subarray(0, length);
  }
}
