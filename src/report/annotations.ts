import * as core from '@actions/core';
import { failsStep } from '../diagnosis/verdict.ts';
import type { Report } from './report.ts';

/** One annotation for each finding that counts; what fails the step is an error, whatever its status. */
export function annotate(report: Report, failOn: Parameters<typeof failsStep>[1]): void {
  for (const { code: title, status, message, ignored } of findingsOf(report)) {
    if (ignored) continue;
    if (status === 'fail' || failsStep(status, failOn)) core.error(message, { title });
    else if (status === 'warn') core.warning(message, { title });
    else core.notice(message, { title });
  }
}

function findingsOf({ targets, findings }: Report): Report['findings'] {
  return [...targets.flatMap((target) => target.findings), ...findings];
}
