import { parse } from 'yaml';
import type { Step } from './snippets.ts';

type Permissions = Readonly<Record<string, string>>;
interface Job extends Step {
  readonly permissions?: Permissions;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

/**
 * The permissions that the jobs of a workflow need and do not have, as `job: scope: level`. `called` has the text of our
 * own workflows by the name that they are called by: whoever calls one grants what its jobs ask for.
 */
export function missingPermissions(workflow: string, called: Readonly<Record<string, string>>): string[] {
  const { permissions = {}, jobs } = parse(workflow) as Workflow;
  return Object.entries(jobs).flatMap(([name, job]) => {
    const granted = job.permissions ?? permissions;
    return [job, ...(job.steps ?? [])]
      .flatMap((step) => Object.entries(neededBy(step, called)))
      .filter(([scope, level]) => granted[scope] !== level && granted[scope] !== 'write')
      .map(([scope, level]) => `${name}: ${scope}: ${level}`);
  });
}

function neededBy({ uses = '', with: inputs = {} }: Step, called: Readonly<Record<string, string>>): Permissions {
  if (called[uses] !== undefined) {
    const { jobs } = parse(called[uses]) as Workflow;
    return Object.assign({}, ...Object.values(jobs).map((job) => job.permissions));
  }
  if (uses.startsWith('actions/checkout@')) return { contents: 'read' };
  return String(inputs['incident-issue'] ?? 'false') === 'false' ? {} : { issues: 'write' };
}
