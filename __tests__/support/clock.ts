import { type Clock, systemClock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#now);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  watch(): () => void {
    return () => {};
  }

  happenedAt(): number {
    return this.#now;
  }

  /** How many timers are running. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass, and calls back what falls due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) this.#fire(next);
    this.#now = end;
  }

  /** Goes on to the next timer; false when there is none. */
  runNext(): boolean {
    const next = this.#next(Number.POSITIVE_INFINITY);
    if (next) this.#fire(next);
    return next !== undefined;
  }

  /** Goes on from timer to timer, each time after everything else has come to rest, until `work` is done. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    settled.catch(() => {});
    for (;;) {
      await rest();
      if (done) return settled;
      if (!this.runNext()) throw new Error('nothing is left that could go on');
    }
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}

/** Lets everything in memory come to rest: streams hand on their data over several turns of the loop. */
export async function rest(): Promise<void> {
  for (let i = 0; i < 12; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * A clock on which a pause is over at once: for what looks again and again at a server that has answered already. Time
 * goes on as it does for the system, and by the pauses.
 */
export function leapingClock(): Clock {
  let leaptMs = 0;
  const now = () => systemClock.now() + leaptMs;
  return {
    ...systemClock,
    now,
    happenedAt: now,
    date: () => new Date(Date.now() + leaptMs),
    after(ms, callback) {
      const pause = setImmediate(() => {
        leaptMs += ms;
        callback();
      });
      return () => clearImmediate(pause);
    },
  };
}
