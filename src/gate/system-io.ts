import type { Target } from '../inputs/parsers/host-port.ts';
import type { StepName } from '../model/steps.ts';
import { probeEach } from '../probe/all-addresses.ts';
import { probe, systemIo } from '../probe/probe.ts';
import { systemClock } from '../shared/clock.ts';
import type { GateIo, Progress } from './retry.ts';

/** Is told what begins at a target: a step of its conversation, or the search for evidence after a failure. */
export type Begins = (target: Target, step: StepName | 'look-around') => void;

/** The gate's world as it is: this machine's clock, network and resolver. */
export function systemGateIo(
  progress: (event: Progress) => void,
  env = process.env,
  begins: Begins = () => {},
): GateIo {
  const system = systemIo(systemClock);
  const worldOf = (target: Target) => ({ ...system, begins: (step: StepName) => begins(target, step) });
  return {
    clock: systemClock,
    probe: (plan) => probe(plan, worldOf(plan)),
    probeEach: (plan) => probeEach(plan, worldOf(plan)),
    lookUpMx: async (domain, timeoutMs) =>
      (await import('../probe/dns/mx.ts')).lookUpMx(domain, { timeoutMs, clock: systemClock }),
    readMailDomain: async (domain, plan) =>
      (await import('../probe/mail-domain/read.ts')).readMailDomain(domain, plan, system),
    lookUpTlsa: async (host, timeoutMs) =>
      (await import('../probe/mail-domain/read.ts')).lookUpTlsa(host, { timeoutMs, clock: systemClock }),
    lookAround: async (plan, seen) => {
      begins(plan, 'look-around');
      return (await import('../probe/look-around/index.ts')).lookAround(plan, seen, { ...system, env });
    },
    progress,
  };
}
