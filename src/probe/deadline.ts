import type { Cause } from '../model/observation.ts';
import type { Clock } from '../shared/clock.ts';
import { Cancellation } from './cancellation.ts';

/** Carries the first cause out of a conversation; never leaves probe/. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly end: Cause) {
    super(end.kind);
  }
}

/** The `code` that the operating system or OpenSSL gave an error; an error without one is our own and is thrown on. */
export function errnoOf(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || (syscall === undefined && code.startsWith('ERR_') && !code.startsWith('ERR_SSL')))
    throw error;
  return code;
}

/** What the system says of a connection that the other side has reset. */
export const RESETS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** The two limits on a wait: `timeoutMs` for each one, `deadlineMs` for all of an attempt together. */
export interface Limits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
}

/** A wait is not prolonged for less than this, in milliseconds: timers are no more exact. */
const LEAST_MS = 1;

/**
 * Bounds every wait of one attempt, and tells its time, which does not run while our own work keeps what has happened
 * from being handled: that is no time of the server's.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #limits: Limits;
  /** When the attempt began on the clock, later by the time that does not count. */
  #startedAt: number;
  /** When the time was last told: it is not told again as an earlier one. */
  #toldAt: number;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#startedAt = clock.now();
    this.#toldAt = this.#startedAt;
  }

  get deadlineMs(): number {
    return this.#limits.deadlineMs;
  }

  /** Milliseconds since the attempt began. */
  elapsed(): number {
    this.#toldAt = this.#clock.now();
    return this.#toldAt - this.#startedAt;
  }

  /** When an event that is handled now happened, in milliseconds since the attempt began; its time goes on from there. */
  happened(): number {
    this.#startedAt += this.#clock.now() - Math.max(this.#toldAt, this.#clock.happenedAt());
    return this.elapsed();
  }

  remaining(): number {
    return Math.max(0, this.#limits.deadlineMs - this.elapsed());
  }

  /**
   * Waits for `work`, at most `atMost` (the timeout unless given) and never beyond the deadline.
   * Then the wait ends as silence or deadline, with what `heard` tells of the other side; either way the work is told that
   * nobody waits any more.
   */
  async wait<T>(
    work: (cancellation: Cancellation) => Promise<T>,
    { heard = () => '', atMost = this.#limits.timeoutMs }: { heard?: () => string; atMost?: number } = {},
  ): Promise<T> {
    const remaining = this.remaining();
    const limit = Math.min(atMost, remaining);
    const until = this.#limits.deadlineMs - remaining + limit;
    const cancellation = new Cancellation();
    const unwatch = this.#clock.watch();
    let cancel = () => {};
    const expiry = new Promise<never>((_, reject) => {
      const expire = () => {
        const kind = remaining < atMost ? 'deadline' : 'silence';
        const ms = kind === 'deadline' ? this.#limits.deadlineMs : limit;
        reject(new Interrupted({ kind, ms, heard: heard() }));
      };
      cancel = this.#clock.after(limit, () => {
        const left = until - this.happened();
        // Once: a loop that is always busy must not put off the end for ever.
        if (left >= LEAST_MS) cancel = this.#clock.after(left, expire);
        else expire();
      });
    });
    try {
      return await Promise.race([work(cancellation), expiry]);
    } finally {
      this.happened();
      unwatch();
      cancel();
      cancellation.cancel();
    }
  }
}
