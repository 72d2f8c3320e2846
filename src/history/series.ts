import type { Entry } from './format.ts';

/** What became of a target in a run, which is counted from the oldest in the history. */
export interface Outcome extends Pick<Entry, 'code' | 'latencyMs' | 'daysLeft'> {
  readonly run: number;
  readonly failed: boolean;
}

/** One target through the runs that it was part of, oldest first. */
export interface Series {
  readonly label: string;
  readonly outcomes: readonly Outcome[];
}

/** The runs of a history, and what became of the targets that are asked for. */
export class Runs {
  /** When each run began. */
  readonly when: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #outcomes: Map<string, Outcome[]>;

  constructor(labels: Iterable<string>) {
    this.#outcomes = new Map([...labels].map((label) => [label, []]));
  }

  get count(): number {
    return this.when.length;
  }

  get series(): readonly Series[] {
    return [...this.#outcomes].map(([label, outcomes]) => ({ label, outcomes }));
  }

  /** Which run a key is of, counted from the oldest; -1 for none. */
  numberOf(key: string): number {
    return this.#numbers.get(key) ?? -1;
  }

  /** Whether all lines of a run are there: of one that is being written while the file is copied, the first may be alone. */
  has(key: string, labels: readonly string[]): boolean {
    const number = this.numberOf(key);
    return number >= 0 && labels.every((label) => this.#outcomes.get(label)?.some(({ run }) => run === number));
  }

  /** Adds what a line says; returns the number of its run, counted from the oldest. */
  add({ key, when, label, failed, code, latencyMs, daysLeft }: Entry): number {
    const run = this.#numbers.get(key) ?? this.count;
    if (run === this.count) {
      this.when.push(when);
      this.#numbers.set(key, run);
    }
    const outcomes = this.#outcomes.get(label) ?? [];
    const last = outcomes.at(-1);
    if (last?.run === run) outcomes[outcomes.length - 1] = failed ? { ...last, failed, code } : last;
    // A run that comes again was written again, because somebody had shortened the file meanwhile.
    else if (last === undefined || run > last.run) outcomes.push({ run, failed, code, latencyMs, daysLeft });
    return run;
  }
}
