import { type GateIo, type GateResult, type Progress, runGate } from '../../src/gate.ts';
import type { Settings } from '../../src/inputs/settings.ts';
import type { Around, Observation } from '../../src/observation.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { FakeClock } from './clock.ts';
import { around, observation, unconnected } from './observation.ts';
import { settings } from './settings.ts';

/** What a scripted probe makes of its n-th attempt: sees something, or throws. */
export type Attempt = (plan: Plan, n: number) => Observation;

/** A server in good health. */
export const fine: Attempt = () => observation();

/** A server that is not there. */
export const refused: Attempt = () => unconnected('ECONNREFUSED');
/** The given attempts one after the other, the last one for good. */
export const inTurn =
  (...attempts: Attempt[]): Attempt =>
  (plan, n) =>
    (attempts[Math.min(n, attempts.length) - 1] ?? fine)(plan, n);

export interface GateRun {
  readonly result: GateResult;
  readonly plans: Plan[];
  /** When each attempt began, in milliseconds. */
  readonly times: number[];
  readonly progress: Progress[];
  /** What was known when somebody looked around. */
  readonly looks: Observation[];
  readonly clock: FakeClock;
}

/** Runs the gate with a scripted probe, each attempt of which takes `tookMs`, on a clock that nobody waits for. */
export async function gate(
  attempt: Attempt,
  inputs: Record<string, string> | Promise<Settings> = {},
  tookMs = 0,
  lookAround: () => Promise<Around> = async () => around(),
): Promise<GateRun> {
  const clock = new FakeClock();
  const plans: Plan[] = [];
  const times: number[] = [];
  const progress: Progress[] = [];
  const looks: Observation[] = [];
  const io: GateIo = {
    clock,
    lookAround(_, seen) {
      looks.push(seen);
      return lookAround();
    },
    progress: (event) => progress.push(event),
    async probe(plan) {
      times.push(clock.now());
      plans.push(plan);
      const n = plans.filter(({ host, port }) => host === plan.host && port === plan.port).length;
      await new Promise<void>((resolve) => clock.after(tookMs, resolve));
      return attempt(plan, n);
    },
  };
  const read = 'then' in inputs ? await (inputs as Promise<Settings>) : await settings(inputs);
  const result = await clock.runUntil(runGate(read, io));
  return { result, plans, times, progress, looks, clock };
}
