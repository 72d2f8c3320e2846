import { CODES, type Code, STATUSES, type Status } from '../model/codes.ts';
import type { Finding } from './findings.ts';

/** Whether findings with this code are to be left out of the verdict. */
export type Ignores = (code: Code) => boolean;

/** Whether a finding counts: it is not ignored, or must not be, because more was not checked than it is about. */
export function counts({ code, unchecked }: Finding, ignores: Ignores): boolean {
  return unchecked !== undefined || !ignores(code);
}

/**
 * Whether the gate may try again over a finding. A login is repeated, once AUTH was said, only where the server has said clearly
 * that it may be, and took leave: nobody knows what a lost answer was.
 */
export function mayRepeat(
  code: Code,
  { loginSent, leftInOrder }: { readonly loginSent: boolean; readonly leftInOrder: boolean },
): boolean {
  const { retryable, repeatsLogin } = CODES[code];
  return retryable && (!loginSent || (leftInOrder && repeatsLogin === true));
}

/** Orders statuses from best to worst. */
export function rank(status: Status): number {
  return status === 'skip' ? 0.5 : STATUSES.indexOf(status);
}

/** The finding that decides: the worst, the first of equals. `null` when nothing counts. */
export function decidingFinding(findings: readonly Finding[], ignores: Ignores = () => false): Finding | null {
  let deciding: Finding | null = null;
  for (const finding of findings) {
    if (!counts(finding, ignores)) continue;
    if (!deciding || rank(finding.status) > rank(deciding.status)) deciding = finding;
  }
  return deciding;
}

/** Whether a status fails the step. A skipped one never does. */
export function failsStep(status: Status, failOn: 'fail' | 'warn' | 'info' | 'never'): boolean {
  return failOn !== 'never' && status !== 'skip' && rank(status) >= rank(failOn);
}
