import type { Api } from './api.ts';
import { statusOf } from './errors.ts';

/**
 * How many runs have failed one after the other, while there are too few of them for an incident.
 *
 * A run has to know of those before it, and there is no issue yet to remember them. The list of the workflow's runs would
 * need `actions: read`, and says what became of whole runs: one whose gate fails under `continue-on-error` counts as a
 * success there, and one that fails elsewhere as a failure. So it is a label of the repository that remembers, in its
 * description: `issues: write` is enough for it, nobody is notified, and it is there only while an outage is young. A run
 * that is started again is the same run. Two runs at once may count as one, which delays the incident by a run. With a
 * threshold of 1 none of this is asked.
 */
export class PendingRuns {
  readonly #name: string;

  constructor(
    private readonly api: Api,
    identity: string,
  ) {
    this.#name = `smtp-gate pending ${identity.slice(0, 12)}`;
  }

  /** Counts this run, and keeps the number if it is below `threshold`: how many there are, and since when. */
  async count(runId: string, at: string, threshold: number): Promise<{ runs: number; since: string }> {
    const text = await this.api.label(this.#name);
    const before = text === null ? null : read(text);
    const again = before !== null && before.last === runId;
    const now = { runs: (before?.runs ?? 0) + (again ? 0 : 1), since: before?.since ?? at };
    if (now.runs < threshold && !again) {
      const description = `${now.runs} failing runs since ${now.since}, the last one ${runId}`;
      await this.#keep(description, text === null);
    }
    return now;
  }

  /** Where another run has just made the label (422) or removed it (404), that run is the one that counts. */
  async #keep(description: string, isNew: boolean): Promise<void> {
    try {
      await (isNew ? this.api.createLabel(this.#name, description) : this.api.editLabel(this.#name, description));
    } catch (error) {
      if (statusOf(error) !== (isNew ? 422 : 404)) throw error;
    }
  }

  /** Forgets them: the gate passes, or there is an incident. */
  async forget(): Promise<void> {
    if ((await this.api.label(this.#name)) !== null) await this.api.deleteLabel(this.#name);
  }
}

/** What a description says; nothing when somebody has changed it. */
function read(text: string): { runs: number; since: string; last: string } | null {
  const [, runs, since = '', last = ''] = /^(\d{1,4}) failing runs since (\S+), the last one (\d+)$/.exec(text) ?? [];
  const at = new Date(since);
  if (runs === undefined || Number.isNaN(at.getTime())) return null;
  return { runs: Number(runs), since: at.toISOString(), last };
}
