import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sayUnwritten } from '../report/files/write-file.ts';

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

/** Sets outputs of the step, where there is a runner to read them; why that was not possible, or `null`. */
export function setOutputs(values: Readonly<Record<string, string>>): string | null {
  return writeCommandFile('GITHUB_OUTPUT', 'The outputs', (file) => writeOutputs(file, values));
}

/** Adds to the job summary, where there is one; why that was not possible, or `null`. */
export function addSummary(make: () => string): string | null {
  return writeCommandFile('GITHUB_STEP_SUMMARY', 'The job summary', (file) => appendFileSync(file, make()));
}

/** What cannot be written is no more than a warning: the verdict stays, and so does everything else that is written. */
function writeCommandFile(
  variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY',
  what: string,
  write: (file: string) => void,
): string | null {
  const file = process.env[variable];
  if (!file) return null;
  try {
    write(file);
    return null;
  } catch (error) {
    return sayUnwritten(`${what} (${variable})`, resolve(file), error as Error);
  }
}
