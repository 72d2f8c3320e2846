import type { Report } from '../report/report.ts';
import type { Clock } from '../shared/clock.ts';
import { Secrets } from '../shared/redaction.ts';
import type { Api, Issue } from './api.ts';
import { createIssue } from './create.ts';
import { ApiFault, sayWhy, type Why } from './errors.ts';
import { githubApi } from './github.ts';
import { identityOf } from './identity.ts';
import * as texts from './markdown.ts';
import type { Failing, Verdict } from './outage.ts';
import { allOpenIncidents, lateIncident, latestIncidents, openIncidents, type Wanted } from './search.ts';
import { digestOf, nextState, type State, stateIn, withChange } from './state.ts';
import { PendingRuns } from './threshold.ts';

/** What the user asked for. */
export interface Wish {
  readonly token: string | null;
  readonly key: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** How many runs have to fail one after the other before an issue is opened. */
  readonly threshold: number;
  /** The targets as they were given, without their options. */
  readonly targets: readonly string[];
}

/** The run that keeps the incident. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** What became of the incident. Its texts are plain. */
export interface Incident {
  readonly state: 'none' | 'opened' | 'updated' | 'unchanged' | 'closed';
  /** The issue; `null` when there is none. */
  readonly issue: { readonly number: number; readonly url: string } | null;
  /** In a few words, for the log and the summary. */
  readonly told: string;
  readonly warnings: readonly string[];
}

/** All of it together takes no longer, in milliseconds. */
const LIMIT_MS = 15_000;
/** So long pages are read, in milliseconds: the rest is for what is to be done. */
const READING_MS = 8_000;
const MOST_CLOSED = 5;

/**
 * Keeps the gate's one issue: opens it when the gate fails, updates it when something changed, closes it when the gate
 * passes. It never rejects on account of GitHub: what cannot be done is a warning.
 */
export async function keepIncident(wish: Wish, verdict: Verdict, report: Report, world: World): Promise<Incident> {
  const { env, clock } = world;
  const { run } = report;
  if (verdict.kind === 'unknown') {
    return { ...NOTHING, told: `left as it is, for ${verdict.because}` };
  }
  const where = {
    repository: run?.repository ?? '',
    api: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
  };
  const keeper = { ...NOTHING, warnings: [] as string[] } as Mutable<Incident> & { warnings: string[] };
  const warn = (why: Why, doing: string) => {
    const done = keeper.issue === null ? '' : ` (issue #${keeper.issue.number} is ${keeper.state})`;
    const text = `The incident issue could not be kept, ${doing}: ${sayWhy(why, where, clock.date())}. This does not change the verdict${done}.`;
    keeper.warnings.push(text);
    if (keeper.issue === null) keeper.told = 'could not be kept, see the warning';
    return keeper;
  };
  if (wish.token === null) return warn({ kind: 'no-token' }, 'before anything was asked');
  if (!run || !/^[^/]+\/[^/]+$/.test(where.repository)) return warn({ kind: 'no-run' }, 'before anything was asked');
  const access = { token: wish.token, ...where, limitMs: LIMIT_MS, clock };
  let end = () => {};
  try {
    const github = await githubApi(access);
    const { api } = github;
    end = github.end;
    const job = env.GITHUB_JOB ?? '';
    const gate = { key: wish.key, workflow: run.workflow, job, targets: wish.targets };
    const now = clock.date();
    const until = clock.now() + READING_MS;
    const identity = identityOf(gate);
    const wanted = { identity, labels: wish.labels, hasTime: () => clock.now() < until };
    const context = { api, wish, report, identity, wanted, run, job, now, keeper };
    await (verdict.kind === 'healthy' ? recover(context) : fail(context, verdict));
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    warn(error.why, error.doing);
  } finally {
    end();
  }
  const secrets = new Secrets([wish.token]);
  return { ...keeper, warnings: keeper.warnings.map((text) => secrets.redact(text)) };
}

type Outage = Extract<Verdict, { kind: 'failing' }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NOTHING: Incident = { state: 'none', issue: null, told: 'none is open', warnings: [] };

/** What is known while an incident is kept, and what became of it so far, should it end early. */
interface Context {
  readonly api: Api;
  readonly wish: Wish;
  readonly report: Report;
  readonly identity: string;
  readonly wanted: Wanted;
  readonly run: NonNullable<Report['run']>;
  readonly job: string;
  readonly now: Date;
  readonly keeper: Mutable<Incident> & { warnings: string[] };
}

function done({ keeper }: Context, state: Incident['state'], { number, url }: Issue, told: string = state): void {
  Object.assign(keeper, { state, issue: { number, url }, told });
}

/** The gate passes: what is open is closed, with a comment that says since when it failed and for how long. */
async function recover(context: Context): Promise<void> {
  const { api, wish, identity, run, now, keeper } = context;
  const { incidents, extent } = await openIncidents(api, context.wanted);
  if (wish.threshold > 1) await new PendingRuns(api, identity).forget();
  const [found, ...surplus] = incidents;
  if (!found) {
    if (extent === 'part') keeper.told = 'none was found among the newest issues and the likely ones';
    return;
  }
  await closeSurplus(context, found, surplus);
  const incident = await asItIs(api, found);
  if (incident.closedAt !== null) return done(context, 'closed', incident, 'closed by another run at the same time');
  const at = now.toISOString();
  const before = stateIn(incident.body);
  const since = before?.since ?? at;
  const change = { at, run: run.url, text: 'recovered' };
  const state = { ...(before ?? blank(at, run.url)), changes: withChange(before?.changes ?? [], change) };
  const body = texts.closedBody({ identity, state, run: run.url });
  // The comment comes first: behind the closed issue no later run would make up for it.
  const unsaid = await api.comment(incident.number, texts.recoveredComment(since, now, run.url)).catch(asFault);
  const closed = await api.edit(incident.number, { body, state: 'closed', state_reason: 'completed' });
  done(context, 'closed', closed);
  if (unsaid) throw unsaid;
}

/** A fault of the API, which must not keep us from what follows; any other error is thrown on. */
function asFault(error: unknown): ApiFault {
  if (error instanceof ApiFault) return error;
  throw error;
}

const blank = (at: string, run: string): State => ({
  since: at,
  firstRun: run,
  failing: [],
  others: 0,
  digest: '',
  changes: [],
});
const NOBODY: Pick<State, 'failing' | 'others'> = { failing: [], others: 0 };

/** The gate fails: the open incident is updated if anything changed, or one is opened. */
async function fail(context: Context, outage: Outage): Promise<void> {
  const { api, wish, identity, report, run } = context;
  const { incidents, extent } = await openIncidents(api, context.wanted);
  if (incidents.length > 0) return goOn(context, incidents, outage);
  let since = report.startedAt;
  if (wish.threshold > 1) {
    const pending = new PendingRuns(api, identity);
    const counted = await pending.count(run.runId, since, wish.threshold);
    if (counted.runs < wish.threshold) {
      context.keeper.told = `none yet: ${counted.runs} of ${wish.threshold} consecutive failing runs`;
      return;
    }
    since = counted.since;
  }
  // A second incident must not follow because the search or a label has failed us.
  const missed = extent === 'read' ? [] : await allOpenIncidents(api, context.wanted);
  const late = missed.length > 0 ? null : await lateIncident(api, context.wanted, since);
  if (missed.length > 0) await goOn(context, missed, outage);
  else if (late) await reopen(context, late, outage, since);
  else await open(context, outage, since);
  if (wish.threshold > 1) await new PendingRuns(api, identity).forget();
}

/** It fails as before: the oldest incident is kept, whatever earlier races have left. */
async function goOn(context: Context, [oldest, ...surplus]: readonly Issue[], outage: Outage): Promise<void> {
  if (!oldest) return;
  await closeSurplus(context, oldest, surplus);
  await update(context, oldest, outage);
}

/** Writes nothing when the same targets fail with the same codes, or when it is not known what became of one that failed. */
async function update(context: Context, incident: Issue, { failing, unknown }: Outage): Promise<void> {
  const before = stateIn(incident.body);
  if (before?.digest === digestOf(failing)) return done(context, 'unchanged', incident);
  if (unknown !== null && isOneGone(before, failing)) {
    return done(context, 'unchanged', incident, `left as it is, for ${unknown}`);
  }
  const change = texts.sayChange(before ?? NOBODY, failing);
  const page = pageOf(context, before, failing, change);
  const edited = await context.api.edit(incident.number, page);
  if (edited.closedAt === null) return done(context, 'updated', edited);
  // Another run has closed it meanwhile, and it fails.
  const opened = await context.api.edit(incident.number, { state: 'open', state_reason: 'reopened' });
  done(context, 'opened', opened, 'opened again');
}

/** Whether something that failed before is not, or may not be, among what fails now. */
function isOneGone(before: State | null, failing: readonly Failing[]): boolean {
  if (before === null || before.others > 0) return true;
  const labels = new Set(failing.map(({ label }) => label));
  return before.failing.some(({ label }) => !labels.has(label));
}

/** It fails again within a day: the same issue goes on, and what another run has opened meanwhile is closed. */
async function reopen(context: Context, late: Issue, outage: Outage, since: string): Promise<void> {
  const { api, report, run } = context;
  const fresh = await asItIs(api, late);
  if (fresh.closedAt === null) return update(context, fresh, outage);
  const { failing } = outage;
  const change = texts.list('failing again', failing.map(texts.sayFailing));
  // It is an outage of its own, and what was before stays among the changes.
  const page = pageOf(context, null, failing, change, { since, changes: stateIn(late.body)?.changes ?? [] });
  const edited = await api.edit(late.number, { ...page, state: 'open', state_reason: 'reopened' });
  done(context, 'opened', edited, 'opened again');
  await api.comment(late.number, texts.reopenedComment(report, run.url));
  const others = await latestIncidents(api, context.wanted);
  const oldest = others[0] ?? edited;
  await closeSurplus(context, oldest, others.slice(1));
  if (oldest.number !== edited.number) done(context, 'unchanged', oldest, 'opened by another run at the same time');
}

/**
 * Opens an issue, and looks again: another run may have done the same at the same time. Both then see both, and the older
 * one stays.
 */
async function open(context: Context, { failing }: Outage, since: string): Promise<void> {
  const { api, wish, keeper } = context;
  const change = texts.list('failing', failing.map(texts.sayFailing));
  const page = pageOf(context, null, failing, change, { since, changes: [] });
  const draft = { ...page, labels: wish.labels, assignees: wish.assignees };
  const created = await createIssue(api, draft, (text) => keeper.warnings.push(text));
  done(context, 'opened', created);
  const all = await latestIncidents(api, context.wanted);
  const oldest = all.find(({ number }) => number < created.number);
  if (!oldest) return;
  await closeDuplicate(context, created, oldest);
  done(context, 'unchanged', oldest, 'opened by another run at the same time');
}

/** An issue as it is now, for another run may have been faster; where it cannot be read, as it was found. */
async function asItIs(api: Api, found: Issue): Promise<Issue> {
  try {
    return await api.read(found.number);
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    return found;
  }
}

/** What is left of earlier races; of very many the next runs close the others, so that there is time for the incident. */
async function closeSurplus(context: Context, oldest: Issue, surplus: readonly Issue[]): Promise<void> {
  for (const issue of surplus.slice(0, MOST_CLOSED)) await closeDuplicate(context, issue, oldest);
}

async function closeDuplicate({ api }: Context, issue: Issue, original: Issue): Promise<void> {
  // The other run may have done it.
  if ((await asItIs(api, issue)).closedAt !== null) return;
  const body = texts.duplicateBody(original.number);
  await api.edit(issue.number, { body, state: 'closed', state_reason: 'not_planned' });
  await api.comment(issue.number, texts.duplicateComment(original.number));
}

/** Title and body of the issue while the gate fails; both may repeat a server's words, and none of the token. */
function pageOf(
  { identity, report, run, job, now, wish }: Context,
  before: State | null,
  failing: readonly Failing[],
  change: string,
  begin: { since: string; changes: State['changes'] } = { since: now.toISOString(), changes: [] },
): { title: string; body: string } {
  const from = { at: now.toISOString(), run: run.url, since: begin.since, change };
  const next = nextState(before, failing, from);
  const state = before ? next : { ...next, changes: withChange(begin.changes, ...next.changes) };
  const secrets = new Secrets(wish.token === null ? [] : [wish.token]);
  const page = { identity, state, report, failing, workflow: run.workflow, job };
  return { title: secrets.redact(texts.titleOf(failing, report)), body: secrets.redact(texts.bodyOf(page)) };
}
