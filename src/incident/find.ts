import type { Api, Issue, Query } from './api.ts';
import { carries } from './state.ts';

/** A run in which nothing changes asks at most three times: so many pages can be read to the end. */
const FEW_PAGES = 3;
/** An incident that was closed so long ago, in milliseconds, is not opened again. */
const A_DAY_MS = 24 * 3_600_000;
/** Whose the job's own token is. */
const OWN_APP = 'github-actions[bot]';

/** Which issues are looked for. */
export interface Wanted {
  readonly identity: string;
  readonly labels: readonly string[];
}

const mine = (identity: string) => (issue: Issue) => issue.trusted && carries(issue.body, identity);
const byNumber = (a: Issue, b: Issue) => a.number - b.number;

/**
 * The gate's open incidents, the oldest first: one, or more where runs have raced. Pages are read to the end. Where there
 * are too many for a run in which nothing changes, one question comes before them that finds what this action opens: the
 * issues with the incident's labels, or else those of the job's own token. It is enough unless it finds nothing while
 * `thorough` says that a new incident would follow, which must not be a second one.
 */
export async function openIncidents(
  api: Api,
  { identity, labels }: Wanted,
  { thorough }: { thorough: boolean },
): Promise<Issue[]> {
  const first = await api.list({ state: 'open' });
  const found = first.issues.filter(mine(identity));
  if (first.next === null) return found.sort(byNumber);
  if (first.pages === null || first.pages > FEW_PAGES) {
    if (found.length > 0) return found.sort(byNumber);
    const narrow: Query = labels.length > 0 ? { labels: labels.join(',') } : { creator: OWN_APP };
    const narrowed = (await readOn(api, { state: 'open', ...narrow })).filter(mine(identity));
    if (narrowed.length > 0 || !thorough) return narrowed.sort(byNumber);
  }
  const others = (await readOn(api, first.next)).filter(mine(identity));
  // An issue that is opened in between moves one that was read to the next page.
  return [...new Map([...found, ...others].map((issue) => [issue.number, issue])).values()].sort(byNumber);
}

/** The incident that was closed within a day, the latest one; `null` when there is none. */
export async function lateIncident(api: Api, identity: string, now: Date): Promise<Issue | null> {
  const since = now.getTime() - A_DAY_MS;
  const query = { state: 'closed', sort: 'updated', since: new Date(since).toISOString() };
  const closedAt = ({ closedAt }: Issue) => Date.parse(closedAt ?? '');
  const late = (await readOn(api, query)).filter((issue) => mine(identity)(issue) && closedAt(issue) >= since);
  return late.sort((a, b) => closedAt(b) - closedAt(a) || a.number - b.number)[0] ?? null;
}

async function readOn(api: Api, query: Query): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (let next: Query | null = query; next !== null; ) {
    const page = await api.list(next);
    issues.push(...page.issues);
    next = page.next;
  }
  return issues;
}
