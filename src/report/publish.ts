import { hostname } from 'node:os';
import { failsStep } from '../diagnosis/verdict.ts';
import type { GateResult } from '../gate/gate.ts';
import type { Where } from '../model/place.ts';
import { ReportFiles, sayUnmade, type Tell } from './files/report-files.ts';
import { jsonText } from './json.ts';
import type { Report } from './report.ts';
import type { FailOn } from './severity.ts';
import { type View, viewOf } from './view.ts';

/** Which files were asked for, and what fails the step. */
export interface Asked {
  readonly reportJson: string | null;
  readonly reportJunit: string | null;
  readonly reportHtml: string | null;
  readonly reportMetrics: string | null;
  /** The file that remembers the runs; `null` for none. */
  readonly history: string | null;
  readonly failOn: FailOn;
  /** Where the step looks from, if it was told: its series in the history. */
  readonly vantage: string | null;
}

/** A report as it was built, and what only its maker knows. */
export interface Made {
  readonly report: Report;
  readonly quorum: GateResult['quorum'];
  /** The kind of machine whose remedies come first. */
  readonly place: Where;
  /** Whether the step, or the command, fails; as `failOn` says where absent. */
  readonly fails?: boolean;
}

/** What there is to tell, and where the JSON report is: empty when it could not be written, or nobody wanted it. */
export interface Published {
  readonly view: View;
  readonly jsonPath: string;
}

/** Something besides the files that is written: what it is called in a warning, and how it is written. */
export interface Part {
  readonly what: string;
  readonly write: (published: Published) => void | Promise<void>;
}

/** Where a run is reported: a step of a job, or a terminal. */
export interface Outlet extends Tell {
  readonly workspace: string;
  /** The folder for the JSON report where no file is named, or that one cannot be written; `null` for none. */
  readonly unnamedJson: string | null;
  /** Whether options are typed there, rather than written as inputs. */
  readonly typed?: boolean;
  /** The page that shows the job summary; absent where there is none. */
  readonly summaryUrl?: string | null;
  /** Whether a file is gone when the job is over; absent where all stay. */
  readonly isTemporary?: (path: string) => boolean;
  /** Written as soon as the JSON report is there, and as soon as all files are. */
  readonly beforeFiles: readonly Part[];
  readonly afterFiles: readonly Part[];
}

/**
 * Writes everything that tells of a run, always in one order: the history, the JSON report, `beforeFiles`, JUnit, the
 * page, the metrics, `afterFiles`. What cannot be made or written is a warning, and keeps nothing else from being written.
 */
export async function publish(made: Made, asked: Asked, outlet: Outlet): Promise<Published> {
  const { place, quorum } = made;
  const files = new ReportFiles(outlet.workspace, outlet);
  const report = await remembered(made.report, asked, files);
  const { summaryUrl = null, isTemporary = () => false } = outlet;
  const reportFile = [asked.reportJson, asked.reportHtml].find((path) => path !== null && !isTemporary(path)) ?? null;
  const { failOn } = asked;
  const fails = made.fails ?? failsStep(report.status, failOn);
  const typed = outlet.typed === true;
  const circumstances = { place, failOn, fails, typed, quorum, hostname: hostname(), summaryUrl, reportFile };
  const view = viewOf(report, circumstances);
  const published = { view, jsonPath: await writeJson(report, asked.reportJson, outlet.unnamedJson, files) };
  await writeParts(outlet.beforeFiles, published, outlet);
  if (asked.reportJunit !== null) {
    await files.write('report-junit', asked.reportJunit, async () => (await import('./junit.ts')).junit(view));
  }
  if (asked.reportHtml !== null) {
    await files.write('report-html', asked.reportHtml, async () => (await import('./html/page.ts')).htmlReport(view));
  }
  if (asked.reportMetrics !== null) {
    const make = async () => (await import('./metrics.ts')).metrics(view);
    // Whoever collects it may look at any time.
    await files.write('report-metrics', asked.reportMetrics, make, 'replaced');
  }
  await writeParts(outlet.afterFiles, published, outlet);
  return published;
}

async function remembered(report: Report, { history, vantage }: Asked, files: ReportFiles): Promise<Report> {
  if (!history) return report;
  try {
    return (await import('./record-history.ts')).remember(report, { history, vantage }, files);
  } catch (error) {
    files.tell.warn(sayUnmade('The history', error));
    return report;
  }
}

async function writeJson(
  report: Report,
  wanted: string | null,
  unnamed: string | null,
  files: ReportFiles,
): Promise<string> {
  const make = () => jsonText(report);
  const named = wanted === null ? null : await files.write('report-json', wanted, make);
  if (named !== null) return named;
  return (unnamed === null ? null : await files.writeUnnamed('The JSON report', unnamed, make)) ?? '';
}

async function writeParts(parts: readonly Part[], published: Published, { warn }: Tell): Promise<void> {
  for (const { what, write } of parts) {
    try {
      await write(published);
    } catch (error) {
      warn(sayUnmade(what, error));
    }
  }
}
