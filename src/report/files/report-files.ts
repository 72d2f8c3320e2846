import { plain } from '../escape/plain.ts';
import { type Manner, sayWritten, type Text, take, temporaryName, writeReport } from './write-file.ts';

/** Where it is said what became of the reports. */
export interface Tell {
  written(line: string): void;
  warn(line: string): void;
}

/**
 * The files of one run. Each is written for itself: what goes wrong with one is a warning, and never keeps another from
 * being written. None replaces one that was written before.
 */
export class ReportFiles {
  readonly #taken = new Map<string, string>();

  /** `workspace`: what paths are relative to; missing folders are made below it alone. */
  constructor(
    readonly workspace: string,
    readonly tell: Tell,
  ) {}

  /** Keeps a file that was written otherwise, such as the history, from the reports. */
  keep(path: string, what: string): void {
    take(path, what, this.#taken);
  }

  /** Writes a report where `option` says; the resolved path, or `null` when that was not possible. */
  async write(
    option: string,
    path: string,
    make: () => Text | Promise<Text>,
    manner: Manner = 'in place',
  ): Promise<string | null> {
    const written = await this.#put(option, path, make, this.workspace, manner);
    if (written !== null) this.tell.written(sayWritten(option, written));
    return written;
  }

  /** Writes a report that nobody has named a file for under a name of its own. */
  async writeUnnamed(what: string, folder: string, make: () => Text | Promise<Text>): Promise<string | null> {
    return this.#put(what, temporaryName(), make, folder, 'in place');
  }

  async #put(
    what: string,
    path: string,
    make: () => Text | Promise<Text>,
    folder: string,
    manner: Manner,
  ): Promise<string | null> {
    try {
      const written = writeReport(what, path, await make(), folder, this.#taken, manner);
      if ('path' in written) return written.path;
      this.tell.warn(written.warning);
    } catch (error) {
      this.tell.warn(sayUnmade(what, error));
    }
    return null;
  }
}

/** What is said of a report that an internal error kept from being made. */
export function sayUnmade(what: string, error: unknown): string {
  return `${what} could not be made: ${plain(String(error))}. This is a defect of smtp-gate. This does not change the verdict.`;
}
