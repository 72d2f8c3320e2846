import * as core from '@actions/core';
import { setOutputs } from '../action/command-file.ts';
import { finish } from '../action/finish.ts';
import { INITIAL_OUTPUTS } from '../action/outputs.ts';
import { crash } from '../gate/gate.ts';
import { givenSecrets } from '../inputs/environment-secrets.ts';
import { ignoredInputs, lookAlikesIn } from '../inputs/look-alikes.ts';
import { AS_USUAL } from '../inputs/settings.ts';
import { buildReport } from '../report/build.ts';
import { plain } from '../report/escape/plain.ts';
import type { Report } from '../report/report.ts';
import { readSurroundings } from '../runtime/context.ts';
import { systemClock } from '../shared/clock.ts';
import { Secrets } from '../shared/redaction.ts';
import { type Merged, mergeReports, refuseMerge } from './merge.ts';
import { MERGE_OPTIONS } from './options.ts';
import { readMergeSettings } from './settings.ts';

/** Runs the step that merges reports, and ends the process. */
export function merge(): void {
  // A log that cannot be written hides no verdict: that is in the outputs and the exit status.
  process.stdout.on('error', () => {});
  process.once('uncaughtException', crashed);
  run().catch(crashed);
}

async function run(): Promise<void> {
  setOutputs(INITIAL_OUTPUTS);
  const around = readSurroundings(process.env, { typed: false });
  const read = readMergeSettings((name) => core.getInput(name), givenSecrets(process.env));
  const warnings = ignoredInputs(lookAlikesIn(process.env, MERGE_OPTIONS));
  const told = ({ report, ...made }: Merged) => {
    return {
      ...made,
      report: { ...report, notes: [...report.notes, ...warnings.map((text) => plain(text))] },
      warnings,
      stack: null,
    };
  };
  if ('problems' in read) {
    return finish(told(await refuseMerge(read.problems, around, systemClock)), read.reporting, null);
  }
  const { settings } = read;
  if (settings.githubToken !== null) core.setSecret(settings.githubToken);
  const merged = await mergeReports(settings, around, systemClock);
  // Of a merge that was refused, nothing is remembered, and no incident is opened or closed.
  const kept = merged.report.legs === null ? null : { ...settings, entries: entriesOf(merged.report) };
  await finish(told(merged), settings, kept);
}

/** What an incident goes by that has no key: every target once. */
function entriesOf({ targets }: Report): { target: { host: string; port: number }; mx: false }[] {
  const places = new Map(targets.map(({ target }) => [`${target.host}:${target.port}`, target]));
  return [...places.values()].map(({ host, port }) => ({ target: { host, port }, mx: false as const }));
}

async function crashed(error: unknown): Promise<void> {
  const around = readSurroundings(process.env, { typed: false });
  const result = crash(error, systemClock, new Secrets([core.getInput('github-token')]));
  const report = await buildReport(result, around);
  await finish({ report, quorum: null, place: around.place, fails: true, stack: result.stack }, AS_USUAL, null);
}
