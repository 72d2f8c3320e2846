import { inTurn } from '../shared/map-concurrent.ts';
import type { Api, Issue, IssuePage, Query } from './api.ts';
import { ApiFault, isRateLimit } from './errors.ts';
import { carries, wordOf } from './state.ts';

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
  /** Whether there is time for another page: a second incident is put right later, and one that is not opened is not. */
  readonly hasTime: () => boolean;
}

/** What was found with few questions. */
export interface Look {
  /** The oldest first: one, or more where runs have raced. */
  readonly incidents: readonly Issue[];
  /** Whether all open issues were looked through: read, searched by GitHub, or no more than a part of them. */
  readonly extent: 'read' | 'searched' | 'part';
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
  if (first.next === null) return { incidents: found, extent: 'read' };
  if (first.pages === null || first.pages > few) {
    if (found.length > 0) return { incidents: found, extent: 'part' };
    const { issues, extent } = await askForFewer(api, wanted);
    return { incidents: await incidentsAmong(api, wanted, issues), extent };
  }
  const all = [...first.issues, ...(await rest(api, first, wanted))];
  return { incidents: await incidentsAmong(api, wanted, all), extent: 'read' };
}

/** The gate's open incidents among everything that is open, the oldest first, as far as there is time to read it. */
export async function allOpenIncidents(api: Api, wanted: Wanted): Promise<Issue[]> {
  return incidentsAmong(api, wanted, await readAll(api, { state: 'open' }, wanted));
}

/** Those that were opened or opened again a moment ago, the oldest first: what another run has done meanwhile. */
export async function latestIncidents(api: Api, wanted: Wanted): Promise<Issue[]> {
  const { issues } = await api.list({ state: 'open', sort: 'updated' });
  return incidentsAmong(api, wanted, issues);
}

/** The incident that was closed within a day before the outage began, the latest one; `null` when there is none. */
export async function lateIncident(api: Api, wanted: Wanted, began: string): Promise<Issue | null> {
  const since = Date.parse(began) - A_DAY_MS;
  const query = { state: 'closed', sort: 'updated', since: new Date(since).toISOString() };
  const closedAt = ({ closedAt }: Issue) => Date.parse(closedAt ?? '');
  const closed = await incidentsAmong(api, wanted, await readAll(api, query, wanted));
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
async function askForFewer(
  api: Api,
  wanted: Wanted,
): Promise<{ issues: readonly Issue[]; extent: 'searched' | 'part' }> {
  try {
    const found = await api.search(wordOf(wanted.identity));
    // It may still have one that was closed a moment ago.
    return { issues: found.filter(({ closedAt }) => closedAt === null), extent: 'searched' };
  } catch (error) {
    if (!(error instanceof ApiFault) || !isNoSearch(error)) throw error;
  }
  const { labels } = wanted;
  const narrow: Query = labels.length > 0 ? { labels: labels.join(',') } : { creator: OWN_APP };
  return { issues: await readAll(api, { state: 'open', ...narrow }, wanted), extent: 'part' };
}

/** Whether the search is not to be had. A rate limit passes, and nothing was learned meanwhile. */
function isNoSearch({ why }: ApiFault): boolean {
  if (why.kind === 'not-github') return true;
  return why.kind === 'refused' && why.refusal.status < 500 && !isRateLimit(why.refusal);
}

async function readAll(api: Api, query: Query, wanted: Wanted): Promise<Issue[]> {
  const first = await api.list(query);
  return [...first.issues, ...(await rest(api, first, wanted))];
}

/** The issues of all pages behind the first: several at a time where they are numbered, else one after the other. */
async function rest(api: Api, { next, pages }: IssuePage, { hasTime }: Wanted): Promise<Issue[]> {
  const follow = async (from: Query | null) => {
    const issues: Issue[] = [];
    for (let query = from; query !== null && hasTime(); ) {
      const page = await api.list(query);
      issues.push(...page.issues);
      query = page.next;
    }
    return issues;
  };
  if (next?.page === undefined || next.after !== undefined || pages === null) return follow(next);
  const numbers = Array.from({ length: pages - 1 }, (_, i) => String(i + 2));
  const read = await inTurn(numbers, AT_ONCE, async (page) => (hasTime() ? api.list({ ...next, page }) : null));
  // While they were read, there may have become more of them.
  return [...read.flatMap((page) => page?.issues ?? []), ...(await follow(read.at(-1)?.next ?? null))];
}
