import { failsStep } from '../diagnosis/verdict.ts';
import type { Status } from '../model/codes.ts';
import type { Report } from './report.ts';

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

/**
 * Whether a finding is shown as a failure: when its status is `fail`, whatever `fail-on` says, and when `fail-on` lets
 * its status fail the step. Where the quorum is met, a failure is no more than a warning.
 */
export function isFailure(status: Status, report: Pick<Report, 'status' | 'totals'>, failOn: FailOn): boolean {
  const counted = status === 'fail' && isQuorumMet(report) ? 'warn' : status;
  return counted === 'fail' || failsStep(counted, failOn);
}
