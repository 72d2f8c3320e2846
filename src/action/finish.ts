import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import type { GateResult } from '../gate/gate.ts';
import type { IncidentSettings } from '../incident/index.ts';
import { ignoredInputs } from '../inputs/look-alikes.ts';
import type { Reporting, Settings } from '../inputs/settings.ts';
import { buildReport } from '../report/build.ts';
import { plain } from '../report/escape/plain.ts';
import { type Made, type Part, type Published, publish } from '../report/publish.ts';
import type { Report } from '../report/report.ts';
import { summary } from '../report/summary.ts';
import { story } from '../report/text.ts';
import type { View } from '../report/view.ts';
import { readSurroundings } from '../runtime/context.ts';
import { leave } from '../runtime/exit.ts';
import { isTemporary, summaryUrl } from '../runtime/runner.ts';
import { annotate } from './annotations.ts';
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
  { lookAlikes = [] }: Unknown = {},
): Promise<void> {
  const surroundings = readSurroundings(process.env, { typed: false });
  const warnings = ignoredInputs(lookAlikes);
  const isTold = result.gateFinding?.code === 'not-configured';
  const noted = isTold ? result : { ...result, notes: [...result.notes, ...warnings] };
  const report = await buildReport(noted, surroundings, reporting);
  const made = { report, quorum: result.quorum, place: surroundings.place };
  await finish({ ...made, fails: result.failsStep, stack: result.stack, warnings }, reporting, settings);
}

/** A report to end a step with. */
interface Ending extends Made {
  /** Whether the step fails. */
  readonly fails: boolean;
  /** The stack of an internal error, for the debug log. */
  readonly stack: string | null;
  /** Outputs that only this kind of step has. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** What else is to be warned of. */
  readonly warnings?: readonly string[];
}

/** What the step was given besides inputs of its own. */
interface Unknown {
  /** Inputs that look like its own, in words. */
  readonly lookAlikes?: readonly string[];
}

/** What a step keeps from run to run: the history, and the incident. */
interface Lasting extends IncidentSettings {
  readonly history: string | null;
  readonly incidentIssue: boolean;
  readonly summary: boolean;
}

/** Writes every report of a step and ends it: the gate's, or the merge's. */
export async function finish(made: Ending, reporting: Reporting, settings: Lasting | null): Promise<void> {
  let warnings = 0;
  const warn = (text: string) => {
    warnings += 1;
    core.warning(text);
  };
  if (reporting.annotations) for (const text of made.warnings ?? []) warn(plain(text));
  const warnOf = (unwritten: string | null) => unwritten !== null && warn(unwritten);
  const status = made.fails ? 1 : 0;
  // One warning is left to the incident.
  const kept = settings?.incidentIssue ? 1 : 0;
  const annotations = async ({ view, jsonPath }: Published) => {
    if (!reporting.annotations || view.report.code === '') return;
    // A file that nobody named is in a folder that the runner empties.
    const path = reporting.reportJson === null || isTemporary(jsonPath, process.env) ? '' : jsonPath;
    warnings = annotate(view, { path, warnings: warnings + kept }) - kept;
  };
  const outputs: Part = {
    what: 'The outputs',
    write: ({ view, jsonPath }) => void warnOf(setOutputs({ ...outputValues(view.report, jsonPath), ...made.outputs })),
  };
  let hasSummary = false;
  const summaries: Part = {
    what: 'The job summary',
    write: ({ view }) => {
      if (!reporting.summary) return;
      const unwritten = addSummary(() => summary(view));
      hasSummary = unwritten === null;
      warnOf(unwritten);
    },
  };
  const log: Part = {
    what: 'The log',
    // A summary that could not be written is nowhere to be read.
    write: ({ view }) => writeLog(hasSummary ? view : { ...view, summaryUrl: null }),
  };
  const { view } = await publish(
    made,
    { ...reporting, history: settings?.history ?? null },
    {
      workspace: process.cwd(),
      unnamedJson: process.env.RUNNER_TEMP || tmpdir(),
      summaryUrl: reporting.summary && process.env.GITHUB_STEP_SUMMARY ? summaryUrl(made.report.run) : null,
      isTemporary: (path) => isTemporary(path, process.env),
      written: core.info,
      warn,
      beforeFiles: [outputs],
      afterFiles: [
        summaries,
        { what: 'The debug log', write: ({ view }) => debug(view.report, made.stack) },
        log,
        // Last, because it has to know how many warnings there are already.
        { what: 'The annotations', write: annotations },
      ],
    },
  );
  if (settings?.incidentIssue) {
    const { keepIncident } = await import('./incident.ts');
    await keepIncident(view.report, settings, { status, warnings });
  }
  leave(status);
}

/** The report in the step's log, its sections folded (GitHub's groups). */
function writeLog(view: View): void {
  const { opening, chapters, closing } = story(view);
  if (opening.length > 0) core.info(opening.join('\n'));
  for (const { title, lines } of chapters) {
    core.startGroup(title);
    core.info(lines.join('\n'));
    core.endGroup();
  }
  core.info(closing.join('\n'));
}

/** What is worth reading only when something is looked into: step debugging shows it. */
function debug(report: Report, stack: string | null): void {
  if (!core.isDebug()) return;
  for (const { target, transcript, addresses } of report.targets) {
    core.debug(`${target.label}: dialled ${JSON.stringify(addresses)}`);
    for (const { from, atMs, text } of transcript) core.debug(`${target.label}: ${atMs} ms ${from}: ${text}`);
  }
  if (stack !== null) core.debug(plain(stack, 10_000));
}
