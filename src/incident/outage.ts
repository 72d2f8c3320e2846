import { failsStep } from '../diagnosis/verdict.ts';
import type { Code } from '../model/codes.ts';
import type { Report, ReportTarget } from '../report/report.ts';
import { countedStatus } from '../report/severity.ts';

/** A target that makes the step fail, with the codes that do, in alphabetical order. */
export interface Failing {
  readonly label: string;
  readonly codes: readonly Code[];
  readonly target: ReportTarget;
  /** In a merge, the vantage points that it fails from; none otherwise. */
  readonly from: readonly string[];
}

/** What a run says of the servers, as far as an incident is concerned. */
export type Verdict =
  | {
      readonly kind: 'failing';
      readonly failing: readonly Failing[];
      /** How many targets or legs nothing was learned of: those that do not fail may not have recovered. */
      readonly unknown: number;
      /** Why, where there are any. */
      readonly because: string;
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
  const { targets, status, legs } = report;
  if (targets.length === 0) return { kind: 'unknown', because: 'nothing was probed' };
  const crashed = targets.filter(({ code }) => code === 'probe-crashed');
  const failing = failsStep(status, failOn)
    ? targets.filter((t) => failsStep(countedStatus(t), failOn) && t.code !== 'probe-crashed')
    : [];
  // What was to be checked by a leg without a verdict may be down.
  const unknown = crashed.length + report.findings.filter(({ ignored }) => !ignored).length;
  const because = crashed.length > 0 ? 'the probe itself crashed' : 'not all was checked';
  if (failing.length > 0)
    return { kind: 'failing', failing: byLabel(failing, failOn, legs !== null), unknown, because };
  if (unknown > 0) return { kind: 'unknown', because };
  return { kind: 'healthy' };
}

/** A target that was given more than once, with other options, or seen from several vantage points, is one. */
function byLabel(targets: readonly ReportTarget[], failOn: FailOn, merged: boolean): Failing[] {
  const all = new Map<string, { codes: Set<Code>; from: Set<string>; target: ReportTarget }>();
  for (const target of targets) {
    const { label } = target.target;
    const entry = all.get(label) ?? { codes: new Set(), from: new Set(), target };
    for (const { code, status, ignored } of target.findings)
      if (!ignored && failsStep(status, failOn)) entry.codes.add(code);
    if (merged) entry.from.add(target.vantage);
    all.set(label, entry);
  }
  return [...all].map(([label, { codes, from, target }]) => ({
    label,
    codes: [...codes].sort(),
    target,
    from: [...from].sort(),
  }));
}
