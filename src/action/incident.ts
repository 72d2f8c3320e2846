import * as core from '@actions/core';
import type { IncidentSettings } from '../incident/index.ts';
import { plain } from '../report/escape/plain.ts';
import type { Report } from '../report/report.ts';
import { leave } from '../runtime/exit.ts';
import { systemClock } from '../shared/clock.ts';
import { Secrets } from '../shared/redaction.ts';
import { SHOWN } from './annotations.ts';
import { addSummary, setOutputs } from './command-file.ts';

/**
 * Keeps the incident issue, after everything else is written: whatever goes wrong here, the verdict, the outputs and the
 * exit status stand.
 */
export async function keepIncident(
  report: Report,
  settings: IncidentSettings & { readonly summary: boolean },
  { status, warnings: before }: { readonly status: number; readonly warnings: number },
): Promise<void> {
  const lost = (error: unknown) => {
    const text = new Secrets([settings.githubToken ?? '']).redact(String(error));
    core.warning(
      `The incident issue could not be kept: ${plain(text)}. This does not change the verdict; please report this.`,
    );
  };
  // An internal error here would otherwise count as one of the probe, and change the verdict of the step.
  process.removeAllListeners('uncaughtException').once('uncaughtException', (error) => {
    lost(error);
    leave(status);
  });
  try {
    const { runIncident } = await import('../incident/index.ts');
    const incident = await runIncident(report, settings, { env: process.env, clock: systemClock });
    setOutputs(incident.outputs);
    core.info(incident.line);
    const unsaid = settings.summary ? addSummary(() => incident.summary) : null;
    const all = [...incident.warnings, ...(unsaid === null ? [] : [unsaid])];
    // Those that GitHub would not show are said together in the last one.
    const single = all.slice(0, Math.max(0, SHOWN - before - 1));
    for (const warning of single) core.warning(warning);
    if (all.length > single.length) core.warning(all.slice(single.length).join(' '));
  } catch (error) {
    lost(error);
  }
}
