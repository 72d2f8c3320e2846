import { failsStep } from '../diagnosis/verdict.ts';
import type { Code } from '../model/codes.ts';
import type { Report, ReportTarget } from '../report/report.ts';

/** A target that makes the step fail, with the codes that do, in alphabetical order. */
export interface Failing {
  readonly label: string;
  readonly codes: readonly Code[];
  readonly target: ReportTarget;
}

/** What a run says of the servers, as far as an incident is concerned. */
export type Verdict =
  | {
      readonly kind: 'failing';
      readonly failing: readonly Failing[];
      /** How many targets nothing was learned of: those that do not fail may not have recovered. */
      readonly unknown: number;
    }
  | { readonly kind: 'healthy' }
  /** Nothing was learned of the servers: an incident is neither opened nor closed for that. */
  | { readonly kind: 'unknown'; readonly because: string };

type FailOn = Parameters<typeof failsStep>[1];

/**
 * The verdict of an incident. What fails is what fails the step. A probe that crashed is an internal error and inputs that
 * cannot be read are the workflow's: neither is an outage, and neither proves a recovery.
 */
export function verdictOf(report: Report, failOn: FailOn): Verdict {
  const { targets, status } = report;
  if (targets.length === 0) return { kind: 'unknown', because: 'nothing was probed' };
  const crashed = targets.filter(({ code }) => code === 'probe-crashed');
  const failing = failsStep(status, failOn)
    ? targets.filter((t) => failsStep(t.status, failOn) && t.code !== 'probe-crashed')
    : [];
  if (failing.length > 0) return { kind: 'failing', failing: byLabel(failing, failOn), unknown: crashed.length };
  if (crashed.length > 0) return { kind: 'unknown', because: 'the probe itself crashed' };
  return { kind: 'healthy' };
}

/** A target that was given more than once, with other options, is one. */
function byLabel(targets: readonly ReportTarget[], failOn: FailOn): Failing[] {
  const all = new Map<string, { codes: Set<Code>; target: ReportTarget }>();
  for (const target of targets) {
    const { label } = target.target;
    const entry = all.get(label) ?? { codes: new Set(), target };
    for (const { code, status, ignored } of target.findings)
      if (!ignored && failsStep(status, failOn)) entry.codes.add(code);
    all.set(label, entry);
  }
  return [...all].map(([label, { codes, target }]) => ({ label, codes: [...codes].sort(), target }));
}
