import { CATALOGUE, explain } from '../diagnosis/catalogue/index.ts';
import { finding as foundOf } from '../diagnosis/findings.ts';
import { rank } from '../diagnosis/verdict.ts';
import { appliesTo, isOver } from '../gate/retry.ts';
import type { IgnoreRule } from '../inputs/parsers/ignore.ts';
import type { Quorum } from '../inputs/parsers/primitives.ts';
import { CODES, type Fault, type Status } from '../model/codes.ts';
import { stepRow } from '../model/steps.ts';
import type { Surroundings } from '../report/build.ts';
import { plain, plainDeep } from '../report/escape/plain.ts';
import { formatNames } from '../report/matrix.ts';
import type { Report, ReportFinding, ReportLeg, ReportTarget } from '../report/report.ts';
import { countedStatus } from '../report/severity.ts';
import { canonicalPlace } from '../shared/address.ts';
import type { ExpectedLeg } from './options.ts';
import { type Leg, legName } from './read-reports.ts';

/** What the merge judges by. */
export interface Wanted {
  readonly expect: readonly ExpectedLeg[];
  readonly quorum: Quorum;
  readonly ignore: readonly IgnoreRule[];
}

/** In characters: a runner's name may be anything. */
const LONGEST_VANTAGE = 64;
/** Notes of all steps together that are kept. */
const MOST_NOTES = 100;

/** The reports of several steps as one: each target once for every place that it was looked at from. */
export function join(legs: readonly Leg[], wanted: Wanted, around: Surroundings, now: Date): Report {
  const reports = legs
    .map(({ report }) => ({ ...plainDeep(report), vantage: plain(report.vantage, LONGEST_VANTAGE) }))
    .sort(byPlace);
  const rows = reports.flatMap(({ targets, vantage }) =>
    targets.map((one) => ({ ...documented(one, around), vantage })),
  );
  const judged = rows.map((row) => withIgnored(row, wanted.ignore, now));
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
    notes: notesOf(reports),
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

/** A target in which findings do not count that `ignore` names; those that do decide it anew. */
function withIgnored(target: ReportTarget, rules: readonly IgnoreRule[], now: Date): ReportTarget {
  const holding = rules.filter((rule) => !isOver(rule, now) && appliesTo(rule.at, target.target));
  const findings = target.findings.map((found) => {
    const rule = holding.find(({ code }) => code === found.code);
    if (!rule || found.ignored || !mayIgnore(found, target)) return found;
    return { ...found, ignored: true, ignoredUntil: rule.until, ignoredReason: rule.reason };
  });
  const changed = findings.filter((found, i) => found !== target.findings[i]);
  if (changed.length === 0) return target;
  const deciding = findings.filter(({ ignored }) => !ignored).reduce<Deciding | null>(worse, null);
  const left = changed.map(({ code }) => code).join(', ');
  return {
    ...target,
    findings,
    status: deciding?.status ?? 'pass',
    code: deciding?.code ?? '',
    message: deciding?.message ?? `${target.target.label} passes; left out of the verdict: ${left}`,
  };
}

/**
 * Whether a finding may be left out: not where it kept from being checked what was asked for, since nothing would be
 * known of that. The banner is all that was asked for where the steps end with it.
 */
function mayIgnore({ code }: ReportFinding, { steps }: ReportTarget): boolean {
  if (code === 'probe-crashed' || code === 'input-invalid') return false;
  if (CODES[code].remark) return true;
  const isOpen = ({ step, status }: ReportTarget['steps'][number]) =>
    status !== 'done' && !stepRow(step).unasked && !BANNER.has(step);
  return !steps.some(isOpen);
}

const BANNER: ReadonlySet<string> = new Set(['resolve', 'connect', 'greeting', 'quit']);

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
  const note =
    holding.length > 0 ? `${verb} from ${formatNames(holding)}, not from ${formatNames([...failing])}` : null;
  const told = sights.map((sight) =>
    sight.status === 'fail' && note !== null ? differing(sight, note, outvoted) : sight,
  );
  return { status: told.map(countedStatus).reduce((a, b) => (rank(b) > rank(a) ? b : a), 'pass'), sights: told };
}

function neededOf(quorum: Quorum, places: number): number {
  if (quorum.kind === 'all') return places;
  return quorum.kind === 'count' ? Math.min(quorum.count, places) : Math.ceil((places * quorum.percent) / 100);
}

/** A target that fails from one vantage point and not from another. */
function differing(sight: ReportTarget, note: string, outvoted: boolean): ReportTarget {
  const enough = outvoted ? '; that is enough for the quorum' : '';
  const findings = sight.findings.map((found) => ({ ...found, fault: localFault(found) }));
  return { ...sight, outvoted, findings, message: `${sight.message} (${note}${enough})` };
}

/** Codes of what this runner's own address, or its lack of a route, is refused for. */
const OWN_ADDRESS: ReadonlySet<string> = new Set([
  'connect-unreachable',
  'connect-blocked',
  'client-refused',
  'greeting-refused',
]);
/** What is not about the way between a place and the server stays what it is. */
const ELSEWHERE: ReadonlySet<Fault> = new Set(['settings', 'credentials', 'address', 'proxy', 'smtp-gate']);

/** Whose fault it is that a target fails from here, while it does not from another place. */
function localFault({ code, fault, status }: ReportFinding): Fault {
  if (status !== 'fail' || ELSEWHERE.has(fault)) return fault;
  return OWN_ADDRESS.has(code) || fault === 'dns' ? 'runner' : 'network';
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

function missingFinding(
  legs: readonly string[],
  ignore: readonly IgnoreRule[],
  { place, docs }: Surroundings,
  now: Date,
): ReportFinding {
  const found = foundOf('report-missing', { legs });
  const rule = ignore.find((one) => one.code === 'report-missing' && one.at === null && !isOver(one, now));
  return plainDeep<ReportFinding>({
    code: found.code,
    status: found.status,
    ignored: rule !== undefined,
    ignoredUntil: rule?.until ?? null,
    ignoredReason: rule?.reason ?? null,
    address: null,
    ...explain(found, { host: '', port: 0, at: 'the merge' }, place),
    verify: 'gh run view --log-failed',
    docs: docs(found.code),
  });
}

function legOf({ vantage, shard, status, code, startedAt, durationMs, runner, run }: StepView): ReportLeg {
  return { vantage, shard, status, code, startedAt, durationMs, runner, url: run?.url ?? null };
}

/** What the steps noted, each once, and who did. */
function notesOf(reports: readonly StepView[]): string[] {
  const noted = new Map<string, string[]>();
  for (const report of reports) {
    for (const note of report.notes) noted.set(note, [...(noted.get(note) ?? []), legName(report)]);
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
  if (deciding.status === 'pass') return `all ${targets.length} targets${from} pass`;
  if (failed > 0) return `${failed} of ${targets.length} targets${from} cannot be used: ${deciding.message}`;
  const alike = targets.filter(({ status }) => status === deciding.status).length;
  return `${alike} of ${targets.length} targets${from} ask for attention (${deciding.status}): ${deciding.message}`;
}
