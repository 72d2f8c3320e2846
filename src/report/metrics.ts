import { failsStep } from '../diagnosis/verdict.ts';
import type { Status } from '../model/codes.ts';
import { ipFamily } from '../shared/address.ts';
import { labelValue } from './escape/metrics.ts';
import type { ReportFinding, ReportTarget } from './report.ts';
import { type View, WORST_FIRST } from './view.ts';

/** A sample: its labels as they are written, and its value. Without a value, nothing is written. */
type Sample = readonly [labels: string, value: number | boolean | null];

/** A metric of the gate: its name behind the prefix, what it is, and its samples, which stand together. */
interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: () => Iterable<Sample>;
}

/** A target, and the labels that no other target has. */
interface Labelled {
  readonly target: ReportTarget;
  readonly labels: string;
}

/** A metric of each target. */
interface TargetMetric {
  readonly name: string;
  readonly help: string;
  readonly samplesOf: (one: Labelled) => readonly Sample[];
}

/**
 * The report as metrics, in text that is valid for Prometheus (format 0.0.4) and as OpenMetrics 1.0: gauges without
 * timestamps, no two samples of one name and labels. Nothing that a server said is in it. It comes in parts.
 */
export function metrics(view: View): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      const targets = withLabels(view);
      for (const { name, help, samplesOf } of TARGET_METRICS) {
        yield* familyLines({ name, help, samples: () => samplesAt(targets, samplesOf) });
      }
      for (const family of runMetrics(view, targets)) yield* familyLines(family);
      yield '# EOF\n';
    },
  };
}

function* samplesAt(targets: readonly Labelled[], samplesOf: TargetMetric['samplesOf']): Generator<Sample> {
  for (const one of targets) yield* samplesOf(one);
}

/** A metric without samples is left out. */
function* familyLines({ name, help, samples }: Family): Generator<string> {
  const full = `smtp_gate_${name}`;
  let head = `# HELP ${full} ${help}\n# TYPE ${full} gauge\n`;
  for (const [labels, value] of samples()) {
    if (value === null) continue;
    yield `${head}${full}${labels === '' ? '' : `{${labels}}`} ${Number(value)}\n`;
    head = '';
  }
}

/** The targets in the order given, each with labels of its own: those of one name and place are numbered. */
function withLabels({ report }: View): Labelled[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return report.targets.map((target) => {
    const place = labelPairs({ vantage: target.vantage });
    const name = labelValue(target.target.label) || 'unnamed';
    const first = `${name}\n${place}`;
    let [count, labels] = [counts.get(first) ?? 0, ''];
    do {
      count += 1;
      labels = joined(`target="${name}${count === 1 ? '' : ` (${count})`}"`, place);
    } while (taken.has(labels));
    counts.set(first, count);
    taken.add(labels);
    return { target, labels };
  });
}

/** Labels as they are written. An empty one means the same as none in Prometheus, and is left out. */
function labelPairs(labels: Readonly<Record<string, string>>): string {
  const given = Object.entries(labels).filter(([, value]) => value !== '');
  return given.map(([name, value]) => `${name}="${labelValue(value)}"`).join(',');
}

function joined(...labels: readonly string[]): string {
  return labels.filter((pairs) => pairs !== '').join(',');
}

/** A metric that a target has once, or not at all. */
function single(name: string, help: string, read: (target: ReportTarget) => Sample[1]): TargetMetric {
  return { name, help, samplesOf: ({ target, labels }) => [[labels, read(target)]] };
}

/** The best first. */
const EVERY_STATUS: readonly Status[] = WORST_FIRST.toReversed();

const TARGET_METRICS: readonly TargetMetric[] = [
  single('up', 'Whether the mail server can be used: 1 unless the status of the target is fail.', ({ status }) =>
    status === 'skip' ? null : status !== 'fail',
  ),
  single('reachable', 'Whether a TCP connection was accepted.', ({ reachable }) => reachable),
  {
    name: 'status',
    help: 'The status of the target: 1 for the status that it has, 0 for the others.',
    samplesOf: ({ target, labels }) => perStatus((status) => target.status === status, labels),
  },
  single('attempts', 'How many times the target was checked in this run.', ({ attempts }) => attempts),
  single('duration_seconds', 'How long the check took, all attempts together.', ({ durationMs }) =>
    secondsOf(durationMs),
  ),
  single('greeting_seconds', 'Time from connecting to the end of the greeting.', ({ latencyMs }) =>
    secondsOf(latencyMs),
  ),
  single('delivery_accept_seconds', 'Time from connecting until the message was accepted.', ({ delivery }) =>
    secondsOf(delivery?.acceptMs ?? null),
  ),
  single('delivery_arrival_seconds', 'Time from then until the message was in the mailbox.', ({ delivery }) =>
    secondsOf(delivery?.arrivalMs ?? null),
  ),
  single('delivery_arrived', 'Whether the message arrived.', ({ delivery }) =>
    delivery === undefined ? null : delivery.arrivalMs !== null,
  ),
  { name: 'step_seconds', help: 'How long a step of the last attempt took.', samplesOf: stepSamples },
  single(
    'ip_protocol',
    'IP version of the address that answered, 4 or 6.',
    ({ address }) => ipFamily(address ?? '') || null,
  ),
  {
    name: 'tls_info',
    help: 'Version of TLS that was used; always 1.',
    samplesOf: ({ target: { tls }, labels }) =>
      tls === null ? [] : [[joined(labels, labelPairs({ protocol: tls.protocol })), 1]],
  },
  single('tls_verified', 'Whether the certificate verifies, its chain and its name.', ({ tls }) =>
    tls === null ? null : tls.authorized,
  ),
  single(
    'certificate_expiry_timestamp_seconds',
    'When the first certificate of the chain expires, in Unix time.',
    ({ tls }) => unixTime(tls?.validTo ?? ''),
  ),
];

/** The metrics of the run as a whole, and the findings, since some are about none of the targets. */
function runMetrics({ report, failOn, fails }: View, targets: readonly Labelled[]): Family[] {
  const { status, startedAt, durationMs, totals, findings } = report;
  const labels = labelPairs({ vantage: report.vantage });
  return [
    {
      name: 'finding_info',
      help: 'A finding that is not ignored; always 1.',
      *samples() {
        yield* findingSamples(findings, labels);
        for (const one of targets) yield* findingSamples(one.target.findings, one.labels);
      },
    },
    {
      name: 'last_run_timestamp_seconds',
      help: 'When the last run ended, in Unix time.',
      samples: () => [[labels, unixTime(startedAt, durationMs)]],
    },
    {
      name: 'targets',
      help: 'How many targets have the status.',
      samples: () => perStatus((one) => totals[one], labels),
    },
    {
      name: 'passed',
      help: 'Whether the gate passes.',
      // A gate that has checked nothing passes the step, and is not to look like one that has.
      samples: () => [[labels, status === 'skip' ? null : !(fails ?? failsStep(status, failOn))]],
    },
  ];
}

function perStatus(read: (status: Status) => Sample[1], labels: string): Sample[] {
  return EVERY_STATUS.map((status) => [joined(labels, labelPairs({ status })), read(status)]);
}

/** Each step once, whatever a report says. */
function stepSamples({ target, labels }: Labelled): Sample[] {
  const took = new Map<string, number>();
  for (const { step, status, tookMs } of target.steps) {
    if (status !== 'skipped') took.set(step, (took.get(step) ?? 0) + tookMs);
  }
  return [...took].map(([step, ms]) => [joined(labels, labelPairs({ step })), secondsOf(ms)]);
}

/** Several addresses of a target may have the same finding. */
function findingSamples(findings: readonly ReportFinding[], labels: string): Sample[] {
  const counted = findings.filter(({ ignored }) => !ignored);
  const alike = new Set(counted.map(({ code, status, fault }) => joined(labels, labelPairs({ code, status, fault }))));
  return [...alike].map((pairs) => [pairs, 1]);
}

/** Milliseconds as seconds, to a tenth of a millisecond. */
function secondsOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10_000;
}

/** A date in Unix time, in seconds, so many milliseconds later; `null` where it is none. */
function unixTime(iso: string, laterMs = 0): number | null {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? null : (time + laterMs) / 1_000;
}
