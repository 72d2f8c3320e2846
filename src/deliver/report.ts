import { deliveryFault, outcomeOf } from '../diagnosis/delivery.ts';
import { greetingText, type Step } from '../model/observation.ts';
import { buildReport, type Surroundings } from '../report/build.ts';
import { deliveryRows, type ReportDelivery, type ReportHop } from '../report/delivery.ts';
import { plainDeep } from '../report/escape/plain.ts';
import type { Report, ReportFinding, ReportTarget } from '../report/report.ts';
import { hostPort } from '../shared/address.ts';
import { shellQuote } from '../shared/shell.ts';
import { sayMs } from '../shared/text.ts';
import { sayMailbox } from '../smtp/commands.ts';
import { queueIdOf } from '../smtp/queue-id.ts';
import { replyText } from '../smtp/reply.ts';
import type { Delivered } from './deliver.ts';
import { type DeliveryJob, repeatDelivery } from './settings.ts';

type Origin = Parameters<typeof buildReport>[2];

/** The report of a delivery: the gate's of the server, and what became of the message. */
export async function buildDeliveryReport(
  delivered: Delivered,
  job: DeliveryJob,
  around: Surroundings,
  origin: Origin,
): Promise<Report> {
  const verify: Surroundings['verify'] = (at, result) =>
    repeatDelivery(around.verify(at, result), job.given, shellQuote);
  const report = await buildReport(delivered.result, { ...around, verify }, origin);
  const targets = report.targets.map((target) => withDelivery(target, delivered, job));
  const [first] = targets;
  const deciding = first?.findings.find(({ code, ignored }) => code === report.code && !ignored);
  return {
    ...report,
    checkId: 'check.notify.queue.health',
    message: first?.message ?? report.message,
    fault: deciding?.fault ?? report.fault,
    targets,
  };
}

function withDelivery(target: ReportTarget, delivered: Delivered, job: DeliveryJob): ReportTarget {
  const delivery = plainDeep(deliveryOf(target, delivered, job));
  const label = `${target.target.label} to ${delivery.to}`;
  return {
    ...target,
    target: { ...target.target, label },
    message: target.code === '' ? passMessage(label, delivery) : target.message,
    steps: delivered.steps.map(rounded),
    findings: withFaults(target.findings, delivered),
    delivery,
  };
}

/** Where the text of a refusal names somebody else than the code does. */
function withFaults(findings: readonly ReportFinding[], { result }: Delivered): readonly ReportFinding[] {
  const found = result.targets[0]?.findings ?? [];
  return findings.map((one, i) => {
    const same = found[i];
    const fault = same && same.code === one.code ? deliveryFault(same) : null;
    return fault === null ? one : { ...one, fault };
  });
}

function deliveryOf({ status }: ReportTarget, delivered: Delivered, job: DeliveryJob): ReportDelivery {
  const { submission, arrival, acceptMs, sentAt } = delivered;
  const answer = submission?.submission.answer ?? null;
  const taken = submission !== null && outcomeOf(submission.submission) === 'accepted';
  const greeting = submission ? greetingText(submission.seen) : '';
  const arrivedMs = arrival?.arrivedMs ?? null;
  const delivery = {
    to: sayMailbox(job.to),
    verdict: verdictOn(status, delivered),
    acceptMs: acceptMs === null ? null : Math.round(acceptMs),
    arrivalMs: arrivedMs === null ? null : Math.round(arrivedMs),
    folder: arrival?.sightings[0]?.folder ?? null,
    folders: arrival?.folders ?? [],
    copies: arrival?.sightings.length ?? 0,
    queueId: taken && answer ? queueIdOf(replyText(answer), greeting).id : null,
    authservId: job.authservId,
    authentication: arrival?.authentication ?? null,
    hops: hopsOf(arrival?.hops ?? [], sentAt),
  };
  return { ...delivery, shown: deliveryRows(delivery, hostPort(job.place)) };
}

/** The verdict in a few words, which claim nothing that was not seen. */
function verdictOn(status: ReportTarget['status'], { submission, arrival }: Delivered): string {
  const outcome = submission ? outcomeOf(submission.submission) : 'not-sent';
  if (outcome === 'not-sent') return 'no message was sent';
  if (outcome === 'refused') return 'the server did not take the message';
  if (arrival === null || arrival.arrivedMs === null) {
    return arrival?.trouble ? 'it is not known whether the message arrived' : 'the message did not arrive';
  }
  // That says more than its status.
  if (arrival.sightings[0]?.junk) return 'the message arrived in the folder for junk';
  if (status === 'fail') return 'the message arrived, and not as it has to';
  return status === 'pass' ? 'the message arrived' : 'the message arrived, with a warning';
}

function hopsOf(hops: NonNullable<Delivered['arrival']>['hops'], sentAt: Date | null): ReportHop[] {
  // Each server says its own time in whole seconds.
  let before = sentAt === null ? null : Math.floor(+sentAt / 1_000) * 1_000;
  return hops.map(({ from, by, at }) => {
    const delayMs = at === null || before === null ? null : +at - before;
    before = at === null ? null : +at;
    return { from, by, at: at?.toISOString() ?? null, delayMs };
  });
}

function passMessage(label: string, { acceptMs, arrivalMs, folder }: ReportDelivery): string {
  const taken = acceptMs === null ? 'took the message' : `took the message after ${sayMs(acceptMs)}`;
  return `${label} ${taken}, and it arrived in ${folder ?? 'the mailbox'} ${sayMs(arrivalMs ?? 0)} later`;
}

function rounded(step: Step): Step {
  const tenth = (ms: number) => Math.round(ms * 10) / 10;
  return { ...step, startMs: tenth(step.startMs), tookMs: tenth(step.tookMs) };
}
