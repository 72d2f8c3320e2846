import { probeEach } from '../probe/all-addresses.ts';
import { probe, systemIo } from '../probe/probe.ts';
import { systemClock } from '../shared/clock.ts';
import type { GateIo, Progress } from './retry.ts';

/** The gate's world as it is: this machine's clock, network and resolver. */
export function systemGateIo(progress: (event: Progress) => void, env = process.env): GateIo {
  const world = systemIo(systemClock);
  return {
    clock: systemClock,
    probe: (plan) => probe(plan, world),
    probeEach: (plan) => probeEach(plan, world),
    lookUpMx: async (domain, timeoutMs) =>
      (await import('../probe/dns/mx.ts')).lookUpMx(domain, { timeoutMs, clock: systemClock }),
    readMailDomain: async (domain, plan) =>
      (await import('../probe/mail-domain/read.ts')).readMailDomain(domain, plan, world),
    lookUpTlsa: async (host, timeoutMs) =>
      (await import('../probe/mail-domain/read.ts')).lookUpTlsa(host, { timeoutMs, clock: systemClock }),
    lookAround: async (plan, seen) =>
      (await import('../probe/look-around/index.ts')).lookAround(plan, seen, { ...world, env }),
    progress,
  };
}
