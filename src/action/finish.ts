import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import type { GateResult } from '../gate/gate.ts';
import type { Reporting, Settings } from '../inputs/settings.ts';
import { plain } from '../report/escape/plain.ts';
import { fileReports } from '../report/files/formats.ts';
import { sayUnmade, writeFiles } from '../report/files/write-all.ts';
import { sayWritten, temporaryName, writeReport } from '../report/files/write-file.ts';
import { buildReport, jsonText, type Report } from '../report/report.ts';
import { summary } from '../report/summary.ts';
import { type Story, story } from '../report/text.ts';
import { readSurroundings } from '../runtime/context.ts';
import { leave } from '../runtime/exit.ts';
import { addSummary, setOutputs } from './command-file.ts';
import { outputValues } from './outputs.ts';

/**
 * Writes every report of a step and ends it as the verdict says; what cannot be written is a warning. Without settings,
 * because something failed before there were any, there is no run to remember and no incident.
 */
export async function conclude(
  result: GateResult,
  reporting: Reporting,
  settings: Settings | null = null,
): Promise<void> {
  const around = readSurroundings(process.env);
  let report = await buildReport(result, around);
  let warnings = 0;
  const warn = (text: string) => {
    warnings += 1;
    core.warning(text);
  };
  const taken = new Map<string, string>();
  tell(story(report, around.place));
  debug(report, result);
  if (settings?.history) {
    const { remember } = await import('../report/record-history.ts');
    report = remember(report, settings.history, process.cwd(), { written: core.info, warn }, taken);
  }
  const path = writeJson(report, reporting.reportJson, warn, taken);
  const unset = setOutputs(outputValues(report, path));
  if (unset !== null) warn(unset);
  if (reporting.reportJunit || reporting.reportHtml) {
    const reports = fileReports(report, result, around.place, reporting);
    await writeFiles(reports, process.cwd(), { written: core.info, warn }, taken);
  }
  if (reporting.summary) {
    const drawTrend = report.trend && (await import('../report/text-trend.ts')).trendBlocks;
    const unsaid = addSummary(() => summary(report, around.place, drawTrend, reporting.failOn));
    if (unsaid !== null) warn(unsaid);
  }
  // Behind the others, because it has to know how many warnings there are already; one more is left to the incident.
  const kept = settings?.incidentIssue ? 1 : 0;
  if (reporting.annotations && report.code !== '') {
    const { annotate } = await import('./annotations.ts');
    warnings = annotate(report, { failOn: reporting.failOn, path, warnings: warnings + kept }) - kept;
  }
  if (settings?.incidentIssue) {
    const { keepIncident } = await import('./incident.ts');
    await keepIncident(report, settings, { status: result.failsStep ? 1 : 0, warnings });
  }
  leave(result.failsStep ? 1 : 0);
}

/** The report in the step's log, its sections folded (GitHub's groups). */
function tell({ chapters, closing }: Story): void {
  for (const { title, lines } of chapters) {
    core.startGroup(title);
    core.info(lines.join('\n'));
    core.endGroup();
  }
  core.info(closing.join('\n'));
}

/** Writes the JSON report where it was asked for, or else to the temporary folder; empty when neither can be. */
function writeJson(
  report: Report,
  wanted: string | null,
  warn: (text: string) => void,
  taken: Map<string, string>,
): string {
  try {
    if (wanted !== null) {
      const written = writeReport('report-json', wanted, jsonText(report), process.cwd(), taken);
      if ('path' in written) {
        core.info(sayWritten('report-json', written.path));
        return written.path;
      }
      warn(written.warning);
    }
    const folder = process.env.RUNNER_TEMP || tmpdir();
    const written = writeReport('The JSON report', temporaryName(), jsonText(report), folder, taken);
    if ('path' in written) return written.path;
    warn(written.warning);
  } catch (error) {
    warn(sayUnmade('The JSON report', error));
  }
  return '';
}

/** What is worth reading only when something is looked into: step debugging shows it. */
function debug(report: Report, { stack }: GateResult): void {
  if (!core.isDebug()) return;
  for (const { target, transcript, addresses } of report.targets) {
    core.debug(`${target.label}: dialled ${JSON.stringify(addresses)}`);
    for (const { from, atMs, text } of transcript) core.debug(`${target.label}: ${atMs} ms ${from}: ${text}`);
  }
  if (stack !== null) core.debug(plain(stack, 10_000));
}
