import { appendFileSync } from 'node:fs';
import * as core from '@actions/core';
import type { OutputValues } from './outputs.ts';

/**
 * Appends outputs to the runner's command file, all in one write. @actions/core has the same, and loads node:crypto and
 * node:fs/promises for it, which alone takes a fifth of the time that a whole step may take.
 */
export function writeOutputs(file: string, values: Readonly<Record<string, string>>): void {
  const mark = unusedMark(Object.values(values));
  const entries = Object.entries(values).map(([name, value]) => `${name}<<${mark}\n${value}\n${mark}\n`);
  appendFileSync(file, entries.join(''));
}

/** A delimiter that no value contains, so that none can end itself early and set another output. */
function unusedMark(values: readonly string[]): string {
  let mark = 'smtp-gate-output';
  while (values.some((value) => value.includes(mark))) mark += '-';
  return mark;
}

/** Sets outputs of the step, where there is a runner to read them; the last value of each counts. */
export function setOutputs(values: Partial<OutputValues>): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file) warnUnlessWritten('The outputs', () => writeOutputs(file, values));
}

/** What cannot be written is a warning: the verdict stands, and so does everything else that is written. */
export function warnUnlessWritten(what: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    core.warning(`${what} could not be written: ${(error as Error).message}. The verdict stands.`);
  }
}
