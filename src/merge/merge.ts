import { failsStep } from '../diagnosis/verdict.ts';
import { refuse } from '../gate/gate.ts';
import { buildReport, type Surroundings } from '../report/build.ts';
import type { Made } from '../report/publish.ts';
import type { Clock } from '../shared/clock.ts';
import { NPX_COMMAND } from '../shared/project.ts';
import { join } from './join.ts';
import { readReports } from './read-reports.ts';
import type { MergeProblem, MergeSettings } from './settings.ts';

/** The merged report, and whether it fails the step. */
export interface Merged extends Made {
  readonly fails: boolean;
}

/** Reads the reports and joins them; where one cannot be read, nothing is merged. */
export async function mergeReports(settings: MergeSettings, around: Surroundings, clock: Clock): Promise<Merged> {
  const { expect, quorum, failOn } = settings;
  const { legs, problems } = readReports(settings.reports, { expected: expect.length > 0 });
  // One from which no report came is a vantage point too: what is missing is no mistake of the quorum.
  const places = new Set([...legs.map(({ report }) => report), ...expect].map(({ vantage }) => vantage)).size;
  const tooMany: MergeProblem[] =
    quorum.kind === 'count' && problems.length === 0 && quorum.count > Math.max(1, places)
      ? [
          {
            input: 'quorum',
            problem: `${quorum.count} is more than the number of vantage points (${places}); write at most ${places}, or all`,
          },
        ]
      : [];
  if (problems.length + tooMany.length > 0) return refuseMerge([...problems, ...tooMany], around, clock);
  const report = join(legs, settings, around, clock.date());
  if (report.targets.length + report.findings.length === 0) {
    const problem = 'have no target, so nothing was checked; name the reports of steps that check some';
    return refuseMerge([{ input: 'reports', problem }], around, clock);
  }
  return { report, quorum: null, place: around.place, fails: failsStep(report.status, failOn) };
}

/** The result of a merge whose inputs cannot be read. */
export async function refuseMerge(
  problems: readonly MergeProblem[],
  around: Surroundings,
  clock: Clock,
): Promise<Merged> {
  // Nothing is known of the servers, so what can be repeated is the merge itself.
  const verify = () => `${NPX_COMMAND} merge reports/*.json`;
  const report = await buildReport(refuse(problems, clock), { ...around, verify });
  return { report, quorum: null, place: around.place, fails: true };
}
