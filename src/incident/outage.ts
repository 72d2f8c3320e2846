import { failsStep } from '../diagnosis/verdict.ts';
import type { Code } from '../model/codes.ts';
import type { Report, ReportFinding, ReportTarget } from '../report/report.ts';
import { countedStatus } from '../report/severity.ts';

/** A target that makes the step fail, or reports that are missing, with the codes that do, in alphabetical order. */
export interface Failing {
  readonly label: string;
  readonly codes: readonly Code[];
  readonly target: Pick<ReportTarget, 'message' | 'findings'>;
  /** In a merge, the vantage points that it fails from; none otherwise. */
  readonly from: readonly string[];
}

/** What a run says of the servers, as far as an incident is concerned. */
export type Verdict =
  | {
      readonly kind: 'failing';
      readonly failing: readonly Failing[];
      /** Why nothing was learned of some targets, which may have recovered or not; `null` where all are known. */
      readonly unknown: string | null;
    }
  | { readonly kind: 'healthy' }
  /** Nothing was learned of the servers: an incident is neither opened nor closed for that. */
  | { readonly kind: 'unknown'; readonly because: string };

type FailOn = Parameters<typeof failsStep>[1];

/**
 * The verdict of an incident. What fails is what fails the step: targets, and reports that are missing, since nobody looks
 * from there. A probe that crashed is an internal error and inputs that cannot be read are the workflow's: neither is an
 * outage, and neither proves a recovery.
 */
export function verdictOf(report: Report, failOn: FailOn): Verdict {
  const { targets, status } = report;
  const unread = report.findings.filter((found) => !found.ignored && failsStep(found.status, failOn));
  const missing = unread.filter(({ code }) => code === 'report-missing').map(missingReports);
  if (targets.length + missing.length === 0) return { kind: 'unknown', because: 'nothing was probed' };
  const failing = failsStep(status, failOn)
    ? targets.filter((t) => failsStep(countedStatus(t), failOn) && t.code !== 'probe-crashed')
    : [];
  const all = [...missing, ...byLabel(failing, failOn, report.legs !== null)];
  const unknown = whyUnknown(targets, unread);
  if (all.length > 0) return { kind: 'failing', failing: all, unknown };
  return unknown === null ? { kind: 'healthy' } : { kind: 'unknown', because: unknown };
}

function whyUnknown(targets: readonly ReportTarget[], unread: readonly ReportFinding[]): string | null {
  if (targets.some(({ code }) => code === 'probe-crashed')) return 'the probe itself crashed';
  if (unread.some(({ code }) => code === 'report-missing')) return 'a report is missing';
  return unread.length > 0 ? 'a step checked nothing' : null;
}

/** Under the name of what was seen: `no report of dmz 2/2`. */
function missingReports(found: ReportFinding): Failing {
  return {
    label: found.evidence,
    codes: [found.code],
    from: [],
    target: { message: found.message, findings: [found] },
  };
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
