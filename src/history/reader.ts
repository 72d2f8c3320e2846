import { type Read, readLine } from './format.ts';
import { Runs } from './series.ts';

/** Lines that follow each other, in bytes from the beginning of the file: up to `to`, which is not part of them. */
export interface Part {
  readonly from: number;
  to: number;
  /** The number of the run that they belong to, or `TORN`. */
  readonly run: number;
}

const TORN = -1;
/** The most torn parts that are kept in mind, so that no file takes much memory: the next run drops the others. */
const MOST_TORN = 1_000;
const LINE_END = 0x0a;

/** What a file holds, as far as it was read. */
export class Contents {
  readonly runs: Runs;
  /** Lines of other programs: how many, and which is the first. */
  readonly foreign = { count: 0, first: 0 };
  readonly #parts: Part[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the last line begins that has no end yet. */
  #rest = 0;
  #lines = 0;
  #torn = 0;
  #tornParts = 0;
  /** Whether one of them can be nobody else's. */
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
    for (;;) {
      const end = this.#bytes.indexOf(LINE_END, this.#rest);
      if (end === -1) return;
      const read = readLine(this.#bytes.subarray(this.#rest, end));
      this.#add(read, this.#rest, end + 1);
      this.#rest = end + 1;
    }
  }

  #add(read: Read, from: number, to: number): void {
    this.#lines += 1;
    if (read.kind === 'entry') {
      this.#mark({ from, to, run: this.runs.add(read.entry) });
    } else if (read.kind === 'torn') {
      this.#certain ||= read.certain;
      this.#torn += 1;
      this.#mark({ from, to, run: TORN });
    } else if (read.kind === 'foreign') {
      if (this.foreign.count === 0) this.foreign.first = this.#lines;
      this.foreign.count += 1;
    }
  }

  #mark(part: Part): void {
    const last = this.#parts.at(-1);
    if (last?.to === part.from && last.run === part.run) {
      last.to = part.to;
      return;
    }
    if (part.run === TORN) this.#tornParts += 1;
    if (part.run !== TORN || this.#tornParts <= MOST_TORN) this.#parts.push(part);
  }

  /** What may be dropped, so that the newest runs are left, and with everything else no more than so many bytes. */
  superfluous({ runs, kept }: { readonly runs: number; readonly kept: number }): Part[] {
    const sizes = new Array<number>(this.runs.count).fill(0);
    let left = this.end;
    for (const { from, to, run } of this.#parts) {
      if (run === TORN) left -= to - from;
      else sizes[run] = (sizes[run] ?? 0) + to - from;
    }
    let oldest = 0;
    // The newest run stays in any case.
    while (oldest < sizes.length - 1 && (sizes.length - oldest > runs || left > kept)) {
      left -= sizes[oldest] ?? 0;
      oldest += 1;
    }
    return this.#parts.filter(({ run }) => run < oldest);
  }

  /** The bytes from `at` up to `settled`, without the parts that are dropped. */
  without(dropped: readonly Part[], at: number): Buffer {
    const pieces: Buffer[] = [];
    let next = at;
    for (const { from, to } of dropped.filter((part) => part.to > at)) {
      pieces.push(this.#bytes.subarray(next, from));
      next = to;
    }
    return Buffer.concat([...pieces, this.#bytes.subarray(next, this.settled)]);
  }
}
