import { createHash } from 'node:crypto';

/** What names a gate. */
export interface Gate {
  /** `incident-key`, which stands for everything else; `null` when it was not given. */
  readonly key: string | null;
  readonly workflow: string;
  readonly job: string;
  /** The targets as they were given, without their options. */
  readonly targets: readonly string[];
}

/**
 * The gate's name as an incident carries it, 32 hexadecimal digits: of its key, or of the workflow, the job and the
 * targets in any order. Nothing of them can be read in it, and none of them can write another one's.
 */
export function identityOf({ key, workflow, job, targets }: Gate): string {
  const name = key === null ? ['gate', workflow, job, ...[...new Set(targets)].sort()] : ['key', key];
  return createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, 32);
}
