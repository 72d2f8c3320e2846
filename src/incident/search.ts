import { inTurn } from '../shared/map-concurrent.ts';
import type { Api, Issue, Query } from './api.ts';
import { ApiFault, isRateLimit } from './errors.ts';
import { carries, wordOf } from './state.ts';

/** So many pages are read at the same time: thousands of issues take too long one after the other. */
const AT_ONCE = 8;
/** Of one list no more pages are read, however many there are said to be: a hundred issues each. */
const MOST_PAGES = 200;
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

/** What was found with at most three questions. */
export interface Look {
  /** The oldest first: one, or more where runs have raced. */
  readonly incidents: readonly Issue[];
  /** Where nothing was found: whether all open issues were read, searched by GitHub, or no more than a part of them. */
  readonly extent: 'read' | 'searched' | 'part';
}

/**
 * The gate's open incidents, among the newest issues, or else by GitHub's search: it knows all but what was written a
 * moment ago, and that is among the newest. Where there is no search, what the incident's labels or the job's own token
 * lead to is read.
 */
export async function openIncidents(api: Api, wanted: Wanted): Promise<Look> {
  const { issues, next } = await api.list({ state: 'open' });
  const newest = await incidentsAmong(api, wanted, issues);
  if (newest.length > 0 || next === null) return { incidents: newest, extent: 'read' };
  const found = await searched(api, wanted);
  if (found) return { incidents: await incidentsAmong(api, wanted, found), extent: 'searched' };
  const { labels } = wanted;
  const narrow: Query = labels.length > 0 ? { labels: labels.join(',') } : { creator: OWN_APP };
  return { incidents: await incidentsIn(api, { state: 'open', ...narrow }, wanted), extent: 'part' };
}

/** The gate's open incidents among everything that is open, the oldest first, as far as there is time to read it. */
export function allOpenIncidents(api: Api, wanted: Wanted): Promise<Issue[]> {
  return incidentsIn(api, { state: 'open' }, wanted);
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
  const closed = await incidentsIn(api, query, wanted);
  const late = closed.filter((issue) => closedAt(issue) >= since);
  return late.sort((a, b) => closedAt(b) - closedAt(a) || a.number - b.number)[0] ?? null;
}

/**
 * Those that are this gate's incidents, and not somebody's copy of one, the oldest first. A token of an account that is no
 * more than a contributor opens issues that look like an outsider's: whose it is, is asked only then.
 */
async function incidentsAmong(api: Api, { identity }: Wanted, issues: readonly Issue[]): Promise<Issue[]> {
  const carrying = issues.filter(({ body }) => carries(body, identity)).sort((a, b) => a.number - b.number);
  const trusted = carrying.filter((issue) => issue.trusted);
  if (trusted.length > 0 || carrying.length === 0) return trusted;
  const self = await api.self();
  return carrying.filter(({ author }) => author === self);
}

/** What GitHub's search finds; `null` where it may not be asked. */
async function searched(api: Api, { identity }: Wanted): Promise<readonly Issue[] | null> {
  try {
    const found = await api.search(wordOf(identity));
    // It may still have one that was closed a moment ago.
    return found.filter(({ closedAt }) => closedAt === null);
  } catch (error) {
    if (!(error instanceof ApiFault) || !isNoSearch(error)) throw error;
    return null;
  }
}

/** Whether the search is not to be had. A rate limit passes, and nothing was learned meanwhile. */
function isNoSearch({ why }: ApiFault): boolean {
  if (why.kind === 'not-github') return true;
  return why.kind === 'refused' && why.refusal.status < 500 && !isRateLimit(why.refusal);
}

/**
 * The gate's incidents in all pages of a list, the oldest first. Pages are read several at a time where they are numbered,
 * else one after the other; of each no more is kept than the incidents, for there may be thousands of long bodies.
 */
async function incidentsIn(api: Api, query: Query, wanted: Wanted): Promise<Issue[]> {
  const found = new Map<number, Issue>();
  // An issue that is opened while pages are read moves another to the next one.
  const read = async (one: Query) => {
    const { issues, ...page } = await api.list(one);
    for (const issue of await incidentsAmong(api, wanted, issues)) found.set(issue.number, issue);
    return page;
  };
  let { next, pages } = await read(query);
  let left = MOST_PAGES - 1;
  if (next?.page !== undefined && next.after === undefined && pages !== null && pages > 1) {
    const numbered = { ...next };
    const numbers = Array.from({ length: Math.min(pages - 1, left) }, (_, i) => String(i + 2));
    const nexts = await inTurn(numbers, AT_ONCE, async (page) =>
      wanted.hasTime() ? (await read({ ...numbered, page })).next : null,
    );
    // While they were read, there may have become more of them.
    next = nexts.at(-1) ?? null;
    left -= numbers.length;
  }
  for (; next !== null && left > 0 && wanted.hasTime(); left -= 1) ({ next } = await read(next));
  return [...found.values()].sort((a, b) => a.number - b.number);
}
