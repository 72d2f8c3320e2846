import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import type { Place } from './diagnosis/catalogue/entry.ts';
import { leave } from './exit.ts';
import type { GateResult } from './gate.ts';
import type { Settings } from './inputs/settings.ts';
import { type Story, story } from './report/account.ts';
import { annotate } from './report/annotations.ts';
import { setOutputs, warnUnlessWritten } from './report/command-file.ts';
import { makeReport, temporaryName, writeReport } from './report/file.ts';
import { outputValues } from './report/outputs.ts';
import { buildReport, type Report } from './report/report.ts';
import { plain } from './report/safe.ts';
import { summary } from './report/summary.ts';
import { readSurroundings } from './surroundings.ts';

/** Writes every report of a step and ends it as the verdict says. */
export async function conclude(result: GateResult, settings: Settings | null): Promise<void> {
  const around = readSurroundings(process.env);
  const report = await buildReport(result, around);
  tell(story(report, around.place));
  debug(report, result);
  setOutputs(outputValues(report, writeJson(report, settings?.reportJson ?? null)));
  if (settings?.annotations ?? true) annotate(report, settings?.failOn ?? 'fail');
  if (settings?.summary ?? true) writeSummary(report, around.place);
  if (settings?.reportHtml) await writeHtml(report, around.place, settings.reportHtml);
  leave(result.failsStep ? 1 : 0);
}

/** The story in the step's log, the chapters folded (GitHub's groups). */
function tell({ chapters, closing }: Story): void {
  for (const { title, lines } of chapters) {
    core.startGroup(title);
    core.info(lines.join('\n'));
    core.endGroup();
  }
  core.info(closing.join('\n'));
}

/** Writes the JSON report where it was asked for, or else to the temporary folder; empty when neither can be. */
function writeJson(report: Report, wanted: string | null): string {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const places = [{ option: 'The JSON report', path: temporaryName(), base: process.env.RUNNER_TEMP || tmpdir() }];
  if (wanted !== null) places.unshift({ option: 'report-json', path: wanted, base: process.cwd() });
  for (const { option, path, base } of places) {
    const written = writeReport(option, path, text, base);
    if ('path' in written) return written.path;
    core.warning(written.warning);
  }
  return '';
}

async function writeHtml(report: Report, place: Place, path: string): Promise<void> {
  const make = async () => (await import('./report/html/page.tsx')).htmlReport(report, place);
  const written = await makeReport('report-html', path, make, process.cwd());
  if ('warning' in written) core.warning(written.warning);
}

function writeSummary(report: Report, place: Place): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file) warnUnlessWritten('The job summary', () => appendFileSync(file, summary(report, place)));
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
