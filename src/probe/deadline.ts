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

/** The two limits on a wait: `timeoutMs` for each one, `deadlineMs` for all of an attempt together. */
export interface Limits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
}

/** Bounds every wait of one attempt. */
export class Deadline {
  readonly startedAt: number;
  readonly #clock: Clock;
  readonly #limits: Limits;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
    this.startedAt = clock.now();
  }

  get deadlineMs(): number {
    return this.#limits.deadlineMs;
  }

  /** Milliseconds since the attempt began. */
  elapsed(): number {
    return this.#clock.now() - this.startedAt;
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
    const cancellation = new Cancellation();
    let cancel = () => {};
    const expiry = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(limit, () => {
        // An answer that arrived while the loop was busy is still in the poll phase: let it be heard first.
        setImmediate(() => {
          const kind = remaining < atMost ? 'deadline' : 'silence';
          const ms = kind === 'deadline' ? this.#limits.deadlineMs : limit;
          reject(new Interrupted({ kind, ms, heard: heard() }));
        });
      });
    });
    try {
      return await Promise.race([work(cancellation), expiry]);
    } finally {
      cancel();
      cancellation.cancel();
    }
  }
}
