import { plain } from '../escape/plain.ts';
import { sayWritten, type Text, writeReport } from './write-file.ts';

/** A report that goes to a file of its own when an option says where. */
export interface FileReport {
  readonly option: string;
  readonly path: string | null;
  /** Makes its text, with modules that are loaded only for it. */
  readonly make: () => Promise<Text>;
}

/** Where it is said what became of them. */
export interface Tell {
  written(line: string): void;
  warn(line: string): void;
}

/**
 * Writes the reports that were asked for, each for itself: what goes wrong with one is a warning, and never keeps another
 * from being written. `taken`: the files that were written before.
 */
export async function writeFiles(
  reports: readonly FileReport[],
  workspace: string,
  tell: Tell,
  taken: Map<string, string> = new Map(),
): Promise<void> {
  for (const { option, path, make } of reports) {
    if (path === null) continue;
    try {
      const written = writeReport(option, path, await make(), workspace, taken);
      if ('path' in written) tell.written(sayWritten(option, written.path));
      else tell.warn(written.warning);
    } catch (error) {
      tell.warn(sayUnmade(option, error));
    }
  }
}

/** What is said of a report that an internal error kept from being made. */
export function sayUnmade(option: string, error: unknown): string {
  return `${option} could not be made: ${plain(String(error))}. This is a defect of smtp-gate. The verdict stands.`;
}
