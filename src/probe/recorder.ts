import type { Cause, End, Step, StepName } from '../observation.ts';
import { type Deadline, Interrupted } from './deadline.ts';

/** The causes as a step's line says them. */
const BECAUSE: Readonly<Record<Cause['kind'], string>> = {
  resolver: 'no address',
  'no-connection': 'no connection',
  silence: 'no answer in time',
  deadline: 'out of time',
  closed: 'closed',
  reset: 'reset',
  malformed: 'unreadable',
  'out-of-turn': 'spoke out of turn',
  injected: 'plaintext behind STARTTLS',
  handshake: 'no handshake',
  proxy: 'not opened by the proxy',
};

/** How long the answer to a courtesy, such as QUIT, is awaited, in milliseconds; it is no part of the latency. */
export const COURTESY_MS = 2_000;

/** Keeps the account of an attempt: which steps ran, for how long, and what ended it. */
export class Recorder {
  end: End | null = null;
  /** How long the last step took, in milliseconds. */
  lastMs = 0;
  readonly #steps = new Map<StepName, Step>();
  #stopped: string | null = null;

  constructor(
    private readonly deadline: Deadline,
    private readonly planned: readonly StepName[],
  ) {}

  /** Runs one step; the first cause that interrupts one is the attempt's end. */
  async run<T>(step: StepName, work: () => Promise<T>): Promise<T> {
    const startMs = this.deadline.elapsed();
    const note = (status: Step['status'], because: string | null) => {
      this.lastMs = this.deadline.elapsed() - startMs;
      this.#steps.set(step, { step, status, startMs, tookMs: this.lastMs, because });
    };
    try {
      const result = await work();
      note('done', null);
      return result;
    } catch (error) {
      if (error instanceof Interrupted) {
        this.end ??= { ...error.end, step };
        note('failed', BECAUSE[error.end.kind]);
      }
      throw error;
    }
  }

  /** Runs a courtesy at the end of a conversation: when it fails, the step says so and the verdict does not change. */
  async runCourtesy(step: StepName, work: () => Promise<unknown>): Promise<void> {
    const { end } = this;
    try {
      await this.run(step, work);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // Garbage is worse than silence: a server that sends it cannot be relied upon.
      if (error.end.kind !== 'malformed' && error.end.kind !== 'out-of-turn') this.end = end;
    }
  }

  /** Says why the steps that are left are not taken; the first reason stays. */
  stop(because: string): void {
    this.#stopped ??= because;
  }

  skip(step: StepName, because: string): void {
    this.#steps.set(step, { step, status: 'skipped', startMs: this.deadline.elapsed(), tookMs: 0, because });
  }

  /** Every step that was planned, those that were never reached included. */
  steps(): Step[] {
    const because = this.end ? `${this.end.step} failed` : (this.#stopped ?? 'not needed');
    return this.planned.map(
      (step) => this.#steps.get(step) ?? { step, status: 'skipped', startMs: 0, tookMs: 0, because },
    );
  }
}
