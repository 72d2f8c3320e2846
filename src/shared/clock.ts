/** Time as the program knows it: a parameter, so that tests need not wait. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  /** The date and time of day. */
  date(): Date;
  /** Calls back once after `ms` milliseconds, behind every event that happened before; the result cancels. */
  after(ms: number, callback: () => void): () => void;
  /** Watches, until the result is called, whether the event loop is blocked: `happenedAt` knows it only then. */
  watch(): () => void;
  /**
   * When an event that is handled now happened, on the scale of `now`: the earliest moment that is possible, which is
   * long ago when something else has kept the event loop busy.
   */
  happenedAt(): number;
}

// Not `performance`, which takes 2 ms to load.
const now = () => Number(process.hrtime.bigint()) / 1e6;

/** How often a loop that is watched is looked at, in milliseconds. */
const TICK_MS = 5;
/** A turn of the loop that took longer than this, in milliseconds, was held up by our own work, or by the machine. */
const BLOCKED_MS = 20;

/** Knows when the event loop last came to hear of what had happened. */
class LoopWatch {
  /** No event that is handled now happened before this. */
  #since = 0;
  #watchers = 0;
  #timer: NodeJS.Timeout | undefined;

  start(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) {
      this.#since = now();
      this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
    }
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) clearInterval(this.#timer);
    };
  }

  happenedAt(): number {
    const at = now();
    return this.#watchers > 0 && at - this.#since > BLOCKED_MS ? this.#since : at;
  }

  /** Calls back behind the events of this turn of the loop, with what is known of it now. */
  behindEvents(callback: () => void): NodeJS.Immediate {
    const since = this.#since;
    return setImmediate(() => {
      const later = this.#since;
      this.#since = since;
      callback();
      this.#since = Math.max(this.#since, later);
    });
  }

  /** Timers come before events in a turn of the loop, and immediates behind them. */
  #tick(): void {
    const at = now();
    setImmediate(() => {
      this.#since = Math.max(this.#since, at);
    });
  }
}

const loop = new LoopWatch();

export const systemClock: Clock = {
  now,
  date: () => new Date(),
  after(ms, callback) {
    let immediate: NodeJS.Immediate | undefined;
    // When the loop was blocked, timers have their turn before the events that happened meanwhile.
    const timer = setTimeout(() => {
      immediate = loop.behindEvents(callback);
    }, ms);
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
  watch: () => loop.start(),
  happenedAt: () => loop.happenedAt(),
};
