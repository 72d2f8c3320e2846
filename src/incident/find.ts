import { inTurn } from '../in-turn.ts';
import { PROJECT } from '../project.ts';
import type { Api, Issue, IssuePage, Query } from './api.ts';
import { ApiFault } from './faults.ts';
import { carries } from './state.ts';

/** So many pages are read at the same time: thousands of issues take too long one after the other. */
const AT_ONCE = 8;
/** An incident that was closed so long ago, in milliseconds, is not opened again. */
const A_DAY_MS = 24 * 3_600_000;
/** Whose the job's own token is. */
const OWN_APP = 'github-actions[bot]';

/** Which issues are looked for. */
export interface Wanted {
  readonly identity: string;
  readonly labels: readonly string[];
}

/** What was found with few questions. */
export interface Look {
  /** The oldest first: one, or more where runs have raced. */
  readonly incidents: readonly Issue[];
  /** Whether all open issues were read. */
  readonly complete: boolean;
}

const byNumber = (a: Issue, b: Issue) => a.number - b.number;

/**
 * The gate's open incidents. The newest issues are read first, and all of them where they have no more than `few` pages.
 * Where they have more, GitHub's search comes in the place of the others: it knows all but what was written a moment ago,
 * and that is among the newest.
 */
export async function openIncidents(api: Api, wanted: Wanted, few: number): Promise<Look> {
  const first = await api.list({ state: 'open' });
  const found = await incidentsAmong(api, wanted, first.issues);
  if (first.next === null) return { incidents: found, complete: true };
  if (first.pages === null || first.pages > few) {
    if (found.length > 0) return { incidents: found, complete: false };
    return { incidents: await incidentsAmong(api, wanted, await askForFewer(api, wanted)), complete: false };
  }
  const all = [...first.issues, ...(await rest(api, first))];
  return { incidents: await incidentsAmong(api, wanted, all), complete: true };
}

/** The gate's open incidents among everything that is open, the oldest first, however many pages that takes. */
export async function allOpenIncidents(api: Api, wanted: Wanted): Promise<Issue[]> {
  return incidentsAmong(api, wanted, await readAll(api, { state: 'open' }));
}

/** The incident that was closed within a day, the latest one; `null` when there is none. */
export async function lateIncident(api: Api, wanted: Wanted, now: Date): Promise<Issue | null> {
  const since = now.getTime() - A_DAY_MS;
  const query = { state: 'closed', sort: 'updated', since: new Date(since).toISOString() };
  const closedAt = ({ closedAt }: Issue) => Date.parse(closedAt ?? '');
  const closed = await incidentsAmong(api, wanted, await readAll(api, query));
  const late = closed.filter((issue) => closedAt(issue) >= since);
  return late.sort((a, b) => closedAt(b) - closedAt(a) || a.number - b.number)[0] ?? null;
}

/**
 * Those that are this gate's incidents, and not somebody's copy of one. A token of an account that is no more than a
 * contributor opens issues that look like an outsider's: whose it is, is asked only then.
 */
async function incidentsAmong(api: Api, { identity }: Wanted, issues: readonly Issue[]): Promise<Issue[]> {
  // An issue that is opened while pages are read moves another to the next one.
  const carrying = [...new Map(issues.map((issue) => [issue.number, issue])).values()]
    .filter(({ body }) => carries(body, identity))
    .sort(byNumber);
  const trusted = carrying.filter((issue) => issue.trusted);
  if (trusted.length > 0 || carrying.length === 0) return trusted;
  const self = await api.self();
  return carrying.filter(({ author }) => author === self);
}

/** What GitHub's search finds; where it may not be asked, what the incident's labels or the job's own token lead to. */
async function askForFewer(api: Api, { labels }: Wanted): Promise<readonly Issue[]> {
  try {
    // Each of our issues says the name.
    return await api.search(PROJECT.name);
  } catch (error) {
    if (!(error instanceof ApiFault) || !isNoSearch(error)) throw error;
  }
  const narrow: Query = labels.length > 0 ? { labels: labels.join(',') } : { creator: OWN_APP };
  return readAll(api, { state: 'open', ...narrow });
}

function isNoSearch({ why }: ApiFault): boolean {
  return why.kind === 'not-github' || (why.kind === 'refused' && why.refusal.status < 500);
}

async function readAll(api: Api, query: Query): Promise<Issue[]> {
  const first = await api.list(query);
  return [...first.issues, ...(await rest(api, first))];
}

/** The issues of all pages behind the first: several at a time where they are numbered, else one after the other. */
async function rest(api: Api, { next, pages }: IssuePage): Promise<Issue[]> {
  if (next?.page !== undefined && next.after === undefined && pages !== null) {
    const numbers = Array.from({ length: pages - 1 }, (_, i) => String(i + 2));
    const read = await inTurn(numbers, AT_ONCE, (page) => api.list({ ...next, page }));
    // While they were read, there may have become more of them.
    const last = read.at(-1);
    return [...read.flatMap(({ issues }) => issues), ...(last?.next ? await follow(api, last.next) : [])];
  }
  return follow(api, next);
}

async function follow(api: Api, from: Query | null): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (let next = from; next !== null; ) {
    const page = await api.list(next);
    issues.push(...page.issues);
    next = page.next;
  }
  return issues;
}
