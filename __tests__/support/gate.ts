import { type GateIo, type GateResult, type Progress, runGate } from '../../src/gate/gate.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { FakeClock } from './clock.ts';
import { NOTHING_PUBLISHED } from './mail-domain.ts';
import { around, at, observation, unconnected } from './observation.ts';
import { settings } from './settings.ts';

/** What a scripted probe makes of its n-th attempt: sees something, of one address or of each, or throws. */
export type Attempt = (plan: Plan, n: number) => Observation | readonly Observation[];

/** A server in good health. */
export const fine: Attempt = () => observation();

/** A server that is not there. */
export const refused: Attempt = () => unconnected('ECONNREFUSED');

/** The given addresses, each probed for itself, and what was seen there. */
export const each =
  (seen: Readonly<Record<string, Observation>>): Attempt =>
  () =>
    Object.entries(seen).map(([address, observation]) => at(address, observation));

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

/** What a gate on one address of one server does without. */
export const NOTHING_ELSE = {
  probeEach: () => Promise.reject(new Error('each address')),
  lookUpMx: () => Promise.reject(new Error('MX records')),
  ...NOTHING_PUBLISHED,
  lookAround: async () => around(),
};

/** A gate whose probe is any function, on a clock that nobody waits for. */
export function scriptedGate(
  probe: (plan: Plan, clock: FakeClock) => Promise<Observation>,
  world: Partial<GateIo> = {},
  clock = new FakeClock(),
) {
  const progress: Progress[] = [];
  return {
    progress,
    async run(inputs: Record<string, string>): Promise<GateResult> {
      const io: GateIo = {
        ...NOTHING_ELSE,
        ...world,
        clock,
        progress: (event) => progress.push(event),
        probe: (plan) => probe(plan, clock),
      };
      return clock.runUntil(runGate(await settings(inputs), io));
    },
  };
}

/** Runs the gate with a scripted probe, each attempt of which takes `tookMs`, on a clock that nobody waits for. */
export async function gate(
  attempt: Attempt,
  inputs: Record<string, string> = {},
  tookMs = 0,
  world: Partial<GateIo> = {},
): Promise<GateRun> {
  const clock = new FakeClock();
  const plans: Plan[] = [];
  const times: number[] = [];
  const progress: Progress[] = [];
  const run = async (plan: Plan): Promise<Observation[]> => {
    times.push(clock.now());
    plans.push(plan);
    const n = plans.filter(({ host, port }) => host === plan.host && port === plan.port).length;
    await new Promise<void>((resolve) => clock.after(tookMs, resolve));
    return [attempt(plan, n)].flat();
  };
  const looks: Observation[] = [];
  const io: GateIo = {
    ...NOTHING_ELSE,
    ...world,
    clock,
    lookAround(plan, seen) {
      looks.push(seen);
      return (world.lookAround ?? NOTHING_ELSE.lookAround)(plan, seen);
    },
    progress: (event) => progress.push(event),
    async probe(plan) {
      const [seen, more] = await run(plan);
      if (!seen || more) throw new Error('one address is probed, not each');
      return seen;
    },
    probeEach: run,
  };
  const result = await clock.runUntil(runGate(await settings(inputs), io));
  return { result, plans, times, progress, looks, clock };
}
