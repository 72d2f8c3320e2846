import { failsStep } from '../diagnosis/verdict.ts';
import type { Status } from '../model/codes.ts';
import type { Report, ReportTarget } from './report.ts';

/** The lowest status that fails the step. */
export type FailOn = Parameters<typeof failsStep>[1];

/** Whether enough targets hold for the quorum, although some fail. */
export function isQuorumMet({ status, totals }: Pick<Report, 'status' | 'totals'>): boolean {
  return totals.fail > 0 && status !== 'fail';
}

/** Whether `fail-on` fails the step although no target fails, or enough hold. */
export function failsThough({ status }: Pick<Report, 'status'>, failOn: FailOn): boolean {
  return status !== 'fail' && failsStep(status, failOn);
}

/** The status of a target as it counts in the verdict: a failure that other vantage points outvote is a warning. */
export function countedStatus({ status, outvoted }: Pick<ReportTarget, 'status' | 'outvoted'>): Status {
  return outvoted && status === 'fail' ? 'warn' : status;
}

/** Whether failures count as warnings: the quorum of the targets is met, or that of the vantage points of this one. */
export function isSpared(
  report: Pick<Report, 'status' | 'totals'>,
  { outvoted }: Pick<ReportTarget, 'outvoted'>,
): boolean {
  return outvoted || isQuorumMet(report);
}

/**
 * Whether a finding is shown as a failure: when its status is `fail`, whatever `fail-on` says, and when `fail-on` lets
 * its status fail the step. Where the quorum is met, a failure is no more than a warning.
 */
export function isFailure(
  status: Status,
  report: Pick<Report, 'status' | 'totals'>,
  failOn: FailOn,
  at: Pick<ReportTarget, 'outvoted'> = { outvoted: false },
): boolean {
  const counted = status === 'fail' && isSpared(report, at) ? 'warn' : status;
  return counted === 'fail' || failsStep(counted, failOn);
}
