import type { Entry } from './format.ts';

/** One target through the runs, oldest first: an element of each list for each run that it was part of. */
export interface Series {
  readonly label: string;
  /** Which runs, counted from the oldest in the history. */
  readonly runs: number[];
  readonly failed: boolean[];
  readonly latencyMs: (number | null)[];
  readonly daysLeft: (number | null)[];
  /** The code of the last failure. */
  lastCode: string;
}

/** The runs of a history, and what became of the targets that are asked for. */
export class Runs {
  /** When each run began. */
  readonly when: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #series: Map<string, Series>;

  constructor(labels: Iterable<string>) {
    this.#series = new Map([...labels].map((label) => [label, emptySeries(label)]));
  }

  get count(): number {
    return this.when.length;
  }

  get series(): readonly Series[] {
    return [...this.#series.values()];
  }

  /** Whether all lines of a run are there: of one that is being written while the file is copied, the first may be alone. */
  has(key: string, labels: readonly string[]): boolean {
    const number = this.#numbers.get(key);
    return number !== undefined && labels.every((label) => this.#series.get(label)?.runs.includes(number));
  }

  /** Adds what a line says; returns the number of its run, counted from the oldest. */
  add(entry: Entry): number {
    const number = this.#numbers.get(entry.key) ?? this.count;
    if (number === this.count) {
      this.when.push(entry.when);
      this.#numbers.set(entry.key, number);
    }
    const series = this.#series.get(entry.label);
    if (series) addTo(series, number, entry);
    return number;
  }
}

function emptySeries(label: string): Series {
  return { label, runs: [], failed: [], latencyMs: [], daysLeft: [], lastCode: '' };
}

function addTo(series: Series, number: number, { failed, code, latencyMs, daysLeft }: Entry): void {
  const last = series.runs.length - 1;
  const latest = series.runs[last] ?? -1;
  // A run that comes again was written again, because somebody had shortened the file meanwhile.
  if (number < latest) return;
  if (number === latest) {
    series.failed[last] ||= failed;
  } else {
    series.runs.push(number);
    series.failed.push(failed);
    series.latencyMs.push(latencyMs);
    series.daysLeft.push(daysLeft);
  }
  if (failed) series.lastCode = code;
}
