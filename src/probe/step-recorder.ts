import type { Cause, Deviation, End, Step } from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
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
  'out-of-turn': 'unexpected reply',
  injected: 'plaintext behind STARTTLS',
  handshake: 'no handshake',
  proxy: 'not opened by the proxy',
};

/** How long the answers to courtesies (RSET, QUIT) are awaited, all together, in milliseconds; no part of the latency. */
export const COURTESY_MS = 2_000;

/** Keeps the account of an attempt: which steps ran, for how long, what was odd in them, and what ended it. */
export class Recorder {
  end: End | null = null;
  /** How long the last step took, in milliseconds. */
  lastMs = 0;
  readonly deviations: Deviation[] = [];
  readonly #steps = new Map<StepName, Step>();
  #current: StepName;
  #stopped: string | null = null;
  #courtesyMs = COURTESY_MS;
  #courtesyFailed = false;

  constructor(
    private readonly deadline: Deadline,
    private readonly planned: readonly StepName[],
    /** Is told of each step as it begins. */
    private readonly begins: (step: StepName) => void = () => {},
  ) {
    this.#current = planned[0] ?? 'resolve';
  }

  /** Runs one step; the first cause that interrupts one is the attempt's end. */
  async run<T>(step: StepName, work: () => Promise<T>): Promise<T> {
    const startMs = this.deadline.elapsed();
    this.#current = step;
    this.begins(step);
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
        this.interrupted(error);
        note('failed', BECAUSE[error.end.kind]);
      }
      throw error;
    }
  }

  /** Keeps what ended the attempt, in a step or between two; the first cause stays. */
  interrupted({ end }: Interrupted): void {
    this.end ??= { ...end, step: this.#current };
  }

  /**
   * Runs a courtesy at the end of a conversation, `work` being told how long its answer may take: when it fails, the step
   * says so and the verdict does not change. A reply that nobody asked for is no answer to it: it makes all answers before
   * it doubtful, or says that the server is closing. What cannot be read in the place of its answer is kept as odd: behind
   * EHLO it may stand there because a reply too many has shifted all others.
   */
  async runCourtesy(step: StepName, work: (limit: { atMost: number }) => Promise<unknown>): Promise<void> {
    const { end } = this;
    try {
      await this.run(step, () => work({ atMost: this.#courtesyMs }));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // What is left of an answer that did not come in time is no reply too many.
      if (error.end.kind !== 'out-of-turn' || this.#courtesyFailed) this.end = end;
      if (error.end.kind === 'malformed') this.#keepUnreadable(step, error.end.reply.text);
      this.#courtesyFailed = true;
    }
    this.#courtesyMs = Math.max(0, this.#courtesyMs - this.lastMs);
  }

  /** Nothing can be read behind it, so that RSET's stands for QUIT's as well. */
  #keepUnreadable(step: StepName, text: string): void {
    const isKnown = this.deviations.some(({ kind }) => kind === 'unreadable');
    if (this.planned.includes('ehlo') && !isKnown) this.deviations.push({ kind: 'unreadable', step, text });
  }

  /** Keeps what is off the protocol in the step that runs, each kind once. */
  deviates({ kind, text }: Omit<Deviation, 'step'>): void {
    const step = this.#current;
    if (this.deviations.some((known) => known.kind === kind && known.step === step)) return;
    this.deviations.push({ kind, step, text });
  }

  /** How long a step took that came to its end, in milliseconds. */
  tookMs(step: StepName): number | undefined {
    return this.#steps.get(step)?.tookMs;
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
