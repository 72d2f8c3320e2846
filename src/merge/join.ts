import { CATALOGUE } from '../diagnosis/catalogue/index.ts';
import { finding as foundOf } from '../diagnosis/findings.ts';
import { rank } from '../diagnosis/verdict.ts';
import { deadRules, isOver } from '../gate/retry.ts';
import type { IgnoreRule } from '../inputs/parsers/ignore.ts';
import type { Quorum } from '../inputs/parsers/primitives.ts';
import type { Fault, Status } from '../model/codes.ts';
import type { Surroundings } from '../report/build.ts';
import { needVerb } from '../report/counts.ts';
import { plainDeep } from '../report/escape/plain.ts';
import { formatNames } from '../report/matrix.ts';
import type { Report, ReportFinding, ReportLeg, ReportTarget } from '../report/report.ts';
import { countedStatus } from '../report/severity.ts';
import { canonicalPlace } from '../shared/address.ts';
import { differing } from './differing.ts';
import { ownFinding, withExpired, withIgnored } from './ignored.ts';
import type { ExpectedLeg } from './options.ts';
import { type Leg, legName } from './read-reports.ts';

/** What the merge judges by. */
export interface Wanted {
  readonly expect: readonly ExpectedLeg[];
  readonly quorum: Quorum;
  readonly ignore: readonly IgnoreRule[];
}

/** Notes of all steps together that are kept. */
const MOST_NOTES = 100;

/** The reports of several steps as one: each target once for every place that it was looked at from. */
export function join(legs: readonly Leg[], wanted: Wanted, around: Surroundings, now: Date): Report {
  const reports = legs.map(({ report }) => plainDeep(report)).sort(byPlace);
  const rows = reports.flatMap(({ targets, vantage }) =>
    targets.map((one) => ({ ...documented(one, around), vantage })),
  );
  const judged = rows.map((row) => withExpired(withIgnored(row, wanted.ignore, now), wanted.ignore, around, now));
  const merged = byTarget(judged).map((sights) => judge(sights, wanted.quorum));
  const targets = merged.flatMap(({ sights }) => sights);
  const missing = missingLegs(reports, wanted.expect);
  const findings = [
    // Of no report at all there is nothing else to judge: that is never left out.
    ...(missing.length > 0 ? [missingFinding(missing, legs.length > 0 ? wanted.ignore : [], around, now)] : []),
    ...reports.flatMap((report) => report.findings.map((one) => ofLeg(one, report, around))),
  ];
  const places = new Set(reports.map(({ vantage }) => vantage));
  const counted = findings.filter(({ ignored }) => !ignored);
  const deciding = [...counted, ...targets.map(decidingOf)].reduce<Deciding | null>(worse, null);
  const count = (status: Status) => merged.filter((one) => one.status === status).length;
  const startedAt = reports.map((report) => report.startedAt).sort()[0] ?? now.toISOString();
  const ends = reports.map((report) => Date.parse(report.startedAt) + report.durationMs);
  return {
    schema: 'smtp-gate/report@1',
    checkId: 'check.notify.email.connectivity',
    status: deciding?.status ?? 'skip',
    code: deciding?.code ?? '',
    fault: deciding?.fault ?? '',
    message: messageOf(deciding, counted, merged, places.size),
    vantage: places.size === 1 ? ([...places][0] ?? '') : '',
    shard: null,
    legs: reports.map(legOf),
    startedAt,
    durationMs: Math.max(0, ...ends.map((end) => Math.round(end - Date.parse(startedAt)))),
    runner: around.runner,
    run: around.run,
    totals: {
      targets: merged.length,
      pass: count('pass'),
      info: count('info'),
      warn: count('warn'),
      fail: count('fail'),
      skip: count('skip'),
    },
    trend: null,
    notes: [...notesOf(reports, deadRules(wanted.ignore, [], now)), ...deadRules(wanted.ignore, targets, now)],
    targets,
    findings,
  };
}

type StepView = Leg['report'];
type Deciding = Pick<ReportFinding, 'status' | 'message'> & {
  readonly code: Report['code'];
  readonly fault: Fault | '';
};

/** By vantage point, and of one by shard. */
function byPlace(a: StepView, b: StepView): number {
  if (a.vantage !== b.vantage) return a.vantage < b.vantage ? -1 : 1;
  return (a.shard?.index ?? 0) - (b.shard?.index ?? 0);
}

function worse(a: Deciding | null, b: Deciding): Deciding {
  return a === null || rank(b.status) > rank(a.status) ? b : a;
}

function decidingOf(sight: ReportTarget): Deciding {
  const { code, message, findings } = sight;
  const found = findings.find((one) => one.code === code && !one.ignored);
  return { status: countedStatus(sight), code, message, fault: found?.fault ?? '' };
}

/** A target whose findings are in the words of this version's catalogue and documentation, whatever the report says. */
function documented(target: ReportTarget, around: Surroundings): ReportTarget {
  return { ...target, findings: target.findings.map((one) => inOurWords(one, around)) };
}

/** What a format writes as it is, because it is ours, may not come from a file. */
function inOurWords(found: ReportFinding, { docs }: Surroundings): ReportFinding {
  const { title, impact } = CATALOGUE[found.code];
  return { ...found, title, impact, docs: docs(found.code) };
}

function ofLeg(found: ReportFinding, report: StepView, around: Surroundings): ReportFinding {
  // A step may be skipped where nothing is configured; its merge may not.
  const status = found.status === 'skip' ? 'fail' : found.status;
  return { ...inOurWords(found, around), status, message: `${legName(report)}: ${found.message}` };
}

/** The rows of each target, in the order in which they come. */
function byTarget(rows: readonly ReportTarget[]): ReportTarget[][] {
  const groups = new Map<string, ReportTarget[]>();
  for (const row of rows) {
    const { host, port, label } = row.target;
    const key = `${canonicalPlace({ host, port })}\n${label}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** One target, as each vantage point has seen it. */
interface MergedTarget {
  /** The worst that counts. */
  readonly status: Status;
  readonly sights: readonly ReportTarget[];
}

/** One target from all places: what differs is told, and where enough places can use it, the others are outvoted. */
function judge(sights: readonly ReportTarget[], quorum: Quorum): MergedTarget {
  const failures = sights.filter(({ status }) => status === 'fail');
  const failing = new Set(failures.map(({ vantage }) => vantage));
  const all = [...new Set(sights.map(({ vantage }) => vantage))];
  const holding = all.filter((vantage) => !failing.has(vantage));
  const outvoted = holding.length > 0 && holding.length >= neededOf(quorum, all.length);
  const verb = failures.every(({ reachable }) => reachable !== true) ? 'reached' : 'usable';
  const note = `${verb} from ${formatNames(holding)}, not from ${formatNames([...failing])}${outvoted ? '; that is enough for the quorum' : ''}`;
  const told = sights.map((sight) =>
    sight.status === 'fail' && holding.length > 0 ? { ...differing(sight, note, holding), outvoted } : sight,
  );
  return { status: told.map(countedStatus).reduce((a, b) => (rank(b) > rank(a) ? b : a), 'pass'), sights: told };
}

function neededOf(quorum: Quorum, places: number): number {
  if (quorum.kind === 'all') return places;
  return quorum.kind === 'count' ? Math.min(quorum.count, places) : Math.ceil((places * quorum.percent) / 100);
}

function missingLegs(reports: readonly StepView[], expect: readonly ExpectedLeg[]): string[] {
  const there = new Set(reports.map(legName));
  return [...new Set([...expect, ...reports.flatMap(partsOf)].map(legName))].filter((name) => !there.has(name));
}

/** Whoever checked one part of the targets says how many parts there are. */
function partsOf({ vantage, shard }: StepView): ExpectedLeg[] {
  const of = shard?.of ?? 0;
  return Array.from({ length: of }, (_, i) => ({ vantage, shard: { index: i + 1, of } }));
}

function missingFinding(legs: readonly string[], ignore: readonly IgnoreRule[], around: Surroundings, now: Date) {
  const rule = ignore.find((one) => one.code === 'report-missing' && one.at === null && !isOver(one, now));
  return ownFinding(foundOf('report-missing', { legs }), { host: '', port: 0, at: 'the merge' }, around, rule);
}

function legOf({ vantage, shard, status, code, startedAt, durationMs, runner, run }: StepView): ReportLeg {
  return { vantage, shard, status, code, startedAt, durationMs, runner, url: run?.url ?? null };
}

/** What the steps noted, each once, and who did. What the merge judges anew (`ours`) is left to it: it sees all targets. */
function notesOf(reports: readonly StepView[], ours: readonly string[]): string[] {
  const noted = new Map<string, string[]>();
  for (const report of reports) {
    for (const note of report.notes.filter((one) => !ours.includes(one)))
      noted.set(note, [...(noted.get(note) ?? []), legName(report)]);
  }
  const notes = [...noted].map(([note, by]) => (by.length === reports.length ? note : `${by.join(', ')}: ${note}`));
  const left = notes.length - MOST_NOTES;
  return left > 0 ? [...notes.slice(0, MOST_NOTES), `and ${left} more notes`] : notes;
}

/** The verdict in one sentence. */
function messageOf(
  deciding: Deciding | null,
  findings: readonly ReportFinding[],
  targets: readonly MergedTarget[],
  places: number,
): string {
  if (!deciding) return 'the reports have no target';
  const from = places === 1 ? '' : `, seen from ${places} vantage points,`;
  const failed = targets.filter(({ status }) => status === 'fail').length;
  const first = findings.find(({ status }) => status === 'fail');
  if (first)
    return failed === 0
      ? first.message
      : `${first.message} Besides, ${failed} of ${targets.length} targets cannot be used.`;
  if (deciding.status === 'pass')
    return targets.length === 1
      ? `${deciding.message}${from && ` (${from.slice(2, -1)})`}`
      : `all ${targets.length} targets${from} pass`;
  if (failed > 0) return `${failed} of ${targets.length} targets${from} cannot be used: ${deciding.message}`;
  const alike = targets.filter(({ status }) => status === deciding.status).length;
  return `${alike} of ${targets.length} targets${from} ${needVerb(alike)} attention (${deciding.status}): ${deciding.message}`;
}
