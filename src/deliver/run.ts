import { randomBytes } from 'node:crypto';
import { crash, type Progress, refuse, runGate } from '../gate/gate.ts';
import { masksOf } from '../gate/probe-plan.ts';
import { systemGateIo } from '../gate/system-io.ts';
import type { Reporting } from '../inputs/settings.ts';
import { boundSystemResolver } from '../probe/dns/system-resolver.ts';
import { systemIo } from '../probe/probe.ts';
import { submit } from '../probe/submission.ts';
import { buildReport, type Surroundings } from '../report/build.ts';
import type { Made } from '../report/publish.ts';
import { readSurroundings as readAround } from '../runtime/context.ts';
import { systemClock } from '../shared/clock.ts';
import type { Secrets } from '../shared/redaction.ts';
import { shellQuote } from '../shared/shell.ts';
import { deliver } from './deliver.ts';
import { DELIVER_OPTIONS } from './options.ts';
import { buildDeliveryReport } from './report.ts';
import { type DeliveryProblem, type DeliverySettings, repeatDelivery } from './settings.ts';

/** Its texts name options of the delivery check as well. */
const readSurroundings = (env: NodeJS.ProcessEnv) => readAround(env, { rows: DELIVER_OPTIONS });

/** The same where no message was sent: nothing is known but that a delivery is to be repeated. */
function unsent(around: Surroundings): Surroundings {
  return { ...around, verify: (at, result) => repeatDelivery(around.verify(at, result), new Map(), shellQuote) };
}

/** A delivery to be reported: the report, and whether it fails the step. */
export interface DeliveryMade extends Made {
  readonly fails: boolean;
  readonly stack: string | null;
}

/** Runs a delivery on this machine's network, and puts it into a report. */
export async function runDelivery(
  { gate, job }: DeliverySettings,
  { progress, say }: { readonly progress: (event: Progress) => void; readonly say: (text: string) => void },
  env: NodeJS.ProcessEnv,
): Promise<DeliveryMade> {
  const around = readSurroundings(env);
  if (job === null) {
    const result = await runGate(gate, systemGateIo(progress));
    return made(result, await buildReport(result, unsent(around), gate), env);
  }
  const { timeout: timeoutMs, deadline: deadlineMs } = job.entry.checks;
  boundSystemResolver({ timeoutMs, deadlineMs }, env);
  const world = systemIo(systemClock);
  const delivered = await deliver(job, gate.failOn, {
    clock: systemClock,
    submit: (plan, taken) => submit(plan, world, taken),
    openMailbox: async (plan, login) => (await import('./mailbox.ts')).openMailbox(plan, login, world),
    random: () => randomBytes(16),
    progress,
    say,
  });
  const report = await buildDeliveryReport(delivered, job, around, gate);
  return made(delivered.result, { ...report, notes: [...gate.notes, ...report.notes] }, env);
}

/** The report on inputs that cannot be read: nothing was sent. */
export async function refuseDelivery(
  problems: readonly DeliveryProblem[],
  reporting: Reporting,
  env: NodeJS.ProcessEnv,
): Promise<DeliveryMade> {
  const result = refuse(problems, systemClock);
  return made(result, await buildReport(result, unsent(readSurroundings(env)), reporting), env);
}

/** The report on an internal error. */
export async function crashedDelivery(
  error: unknown,
  secrets: Secrets,
  reporting: Reporting,
  env: NodeJS.ProcessEnv,
): Promise<DeliveryMade> {
  const result = crash(error, systemClock, secrets);
  return made(result, await buildReport(result, unsent(readSurroundings(env)), reporting), env);
}

function made(
  result: Awaited<ReturnType<typeof runGate>>,
  report: Made['report'],
  env: NodeJS.ProcessEnv,
): DeliveryMade {
  const { place } = readSurroundings(env);
  return {
    report: { ...report, checkId: 'check.notify.queue.health' },
    quorum: null,
    place,
    fails: result.failsStep,
    stack: result.stack,
  };
}

/** What the runner is asked to mask: the secrets of the gate's inputs, and those of the mailbox in the same forms. */
export function masksOfDelivery({ gate, job }: DeliverySettings): string[] {
  if (job === null) return masksOf(gate);
  const mailbox = { ...gate, credentials: job.login };
  return [...new Set([...masksOf(gate), ...masksOf({ ...mailbox, entries: [] })])];
}
