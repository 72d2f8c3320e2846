import type { StepName } from '../model/steps.ts';
import type { Clock } from '../shared/clock.ts';
import type { Dial } from './connect.ts';
import type { Deadline } from './deadline.ts';
import type { Resolver } from './dns/system-resolver.ts';
import type { Plan } from './plan.ts';
import { announced } from './proxy-header.ts';

/** The world that a probe touches. */
export interface ProbeIo {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly dial: Dial;
  /** Is told of each step as it begins. */
  readonly begins?: (step: StepName) => void;
}

/** The way to dial within a deadline. */
export type DialFor = (deadline: Deadline) => Dial;

/**
 * Dials as the plan says: directly, from its own address, or through the proxy, whose code is loaded only then; and says
 * the PROXY header where one is wanted.
 */
export async function dialler(plan: Plan, io: ProbeIo): Promise<DialFor> {
  const way = await wayThere(plan, io);
  const { proxyHeader } = plan;
  return proxyHeader === null ? way : (deadline) => announced(proxyHeader, way(deadline));
}

async function wayThere({ proxy, secrets, localAddress: from }: Plan, io: ProbeIo): Promise<DialFor> {
  if (from !== null) return () => (address, port, cancellation) => io.dial(address, port, cancellation, from);
  if (!proxy) return () => io.dial;
  const { proxyDial } = await import('./proxy/dial.ts');
  return (deadline) => proxyDial(proxy, { ...io, deadline, secrets });
}
