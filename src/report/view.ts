import type { Remedy } from '../diagnosis/catalogue/entry.ts';
import { failsStep, rank } from '../diagnosis/verdict.ts';
import type { GateResult } from '../gate/gate.ts';
import { STATUSES, type Status } from '../model/codes.ts';
import { PLACES, type Place, placesOf, type Where } from '../model/place.ts';
import { placesOfRunner } from '../runtime/runner.ts';
import { countTargets, needVerb } from './counts.ts';
import { blamed, decidingFindings, titleAt } from './fault.ts';
import { type FoundCode, foundCodes, type Sighting, seenFrom } from './found-codes.ts';
import { formatNames, type Matrix, matrixOf } from './matrix.ts';
import type { Report, ReportFinding, ReportTarget, ReportTls } from './report.ts';
import { countedStatus, type FailOn, failsThough } from './severity.ts';

/** Where a report is read and what its step fails on. */
export interface Circumstances {
  /** The kind of machine whose remedies come first. */
  readonly place: Where;
  readonly failOn: FailOn;
  /** Whether the step, or the command, fails; as `failOn` says where absent. */
  readonly fails?: boolean;
  /** Whether options are typed, rather than written as inputs. */
  readonly typed?: boolean;
  readonly quorum: GateResult['quorum'];
  /** The name of the machine that the checks ran on. */
  readonly hostname: string;
  /** The page that shows the job summary; `null` or absent where there is none. */
  readonly summaryUrl?: string | null;
  /** The file with the whole report, as it was asked for; `null` or absent where none was, or it does not outlast the job. */
  readonly reportFile?: string | null;
}

/** The kind of machine that something was found from. */
type PlaceOf = (finding: Pick<ReportFinding, 'remedies'>) => Where;

/** What every format is written from: the report, and all that formats share of it. */
export interface View extends Omit<Circumstances, 'place'> {
  /** The kind of machine whose remedies come first; in a merge, that of the step which has found something. */
  readonly place: Where | PlaceOf;
  readonly report: Report;
  /** The targets in the order given; in a merge of several vantage points, each is named with its own. */
  readonly named: readonly ReportTarget[];
  /** The same, the worst first, and of equals in the order given. */
  readonly targets: readonly ReportTarget[];
  /** Every code that was found at a target, the worst first, with its targets. */
  readonly codes: readonly FoundCode[];
  /** Targets by vantage points; `null` where there is but one. */
  readonly matrix: Matrix | null;
}

export function viewOf(report: Report, circumstances: Circumstances): View {
  const vantages = [...new Set(report.legs?.map(({ vantage }) => vantage))];
  const named = vantages.length > 1 ? report.targets.map(withVantage) : report.targets;
  const targets = named.toSorted(
    (a, b) => rank(countedStatus(b)) - rank(countedStatus(a)) || rank(b.status) - rank(a.status),
  );
  const complete = !report.findings.some(({ code }) => code === 'report-missing');
  const matrix = vantages.length > 1 ? matrixOf(report.targets, vantages, complete) : null;
  const place = placesOfLegs(report, circumstances.place);
  return { ...circumstances, place, report, named, targets, codes: foundCodes(targets), matrix };
}

/** Where each finding of a merge was made; what the merge itself has found, where it runs. */
function placesOfLegs({ legs, targets }: Report, here: Where): Where | PlaceOf {
  if (legs === null) return here;
  const runners = new Map(legs.map(({ vantage, runner }) => [vantage, runner]));
  const places = new Map<ReportFinding['remedies'], Where>();
  for (const { vantage, findings } of targets) {
    const runner = runners.get(vantage);
    const told = runner === undefined ? [] : placesOfRunner(runner);
    for (const { remedies } of findings) places.set(remedies, told.length > 0 ? told : firstPlace(remedies));
  }
  return ({ remedies }) => places.get(remedies) ?? here;
}

/** The place whose remedies a step has put before those of others, which have an order of their own. */
function firstPlace(remedies: readonly Remedy[]): readonly Place[] {
  const places = [...new Set(remedies.flatMap(({ environment }) => (environment === 'any' ? [] : [environment])))];
  const [first, second] = places;
  return first && second && PLACES.indexOf(first) > PLACES.indexOf(second) ? [first] : [];
}

function withVantage(target: ReportTarget): ReportTarget {
  return { ...target, target: { ...target.target, label: seenFrom(target.target.label, target.vantage) } };
}

/** Every status, the worst first; `skip` stands between `info` and `pass`. */
export const WORST_FIRST: readonly Status[] = [...STATUSES, 'skip' as const].sort((a, b) => rank(b) - rank(a));

/** How many there are of each status, the worst first, without those that there are none of. */
export function tally(counts: Partial<Readonly<Record<Status, number>>>): [Status, number][] {
  return WORST_FIRST.flatMap((status): [Status, number][] => {
    const count = counts[status] ?? 0;
    return count > 0 ? [[status, count]] : [];
  });
}

export const GLYPHS: Readonly<Record<Status, string>> = { pass: '✓', info: 'ℹ', warn: '⚠', fail: '✗', skip: '–' };

export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  'github-hosted': 'GitHub-hosted runner',
  'docker-compose': 'Docker Compose',
  systemd: 'bare metal (systemd)',
  kubernetes: 'Kubernetes',
  windows: 'Windows',
  macos: 'macOS',
  gitlab: 'GitLab CI',
  container: 'container',
};

/** So many notes, and so many causes or remedies of one finding, are shown: a list of bad lines may have thousands. */
export const MOST_LINES = 20;

/** The remedies for the kind of machine that the checks ran on, and those for others. */
export function remediesFor(
  finding: Pick<ReportFinding, 'remedies'>,
  where: View['place'],
): { readonly here: readonly Remedy[]; readonly elsewhere: readonly Remedy[] } {
  const { remedies } = finding;
  const places = placesOf(typeof where === 'function' ? where(finding) : where);
  const isHere = ({ environment }: Remedy) => environment === 'any' || places.includes(environment);
  return { here: eachOnce(remedies.filter(isHere)), elsewhere: remedies.filter((remedy) => !isHere(remedy)) };
}

/** Remedies that say each command once: the first that has it. */
function eachOnce(remedies: readonly Remedy[]): readonly Remedy[] {
  const told = new Set<string>();
  return remedies.map((one) => {
    const commands = one.commands.filter((command) => !told.has(command));
    for (const command of commands) told.add(command);
    return commands.length === one.commands.length ? one : { ...one, commands };
  });
}

/** Where all can be read that is left out elsewhere: of one target the job summary has it too; `null` for nowhere. */
export function wholeReport({ report, summaryUrl = null, reportFile = null }: View): string | null {
  return report.targets.length > 1 ? (reportFile ?? summaryUrl) : (summaryUrl ?? reportFile);
}

/** ` in smtp-gate.json`, where the whole report can be read; or nothing. */
export function inReport(view: View): string {
  const where = wholeReport(view);
  return where === null ? '' : `, all in ${where}`;
}

/** The name of the machine that a remedy is for; empty when it is for any. */
export function placeName({ environment }: Remedy): string {
  return environment === 'any' ? '' : PLACE_NAMES[environment];
}

/** How many kinds of machine remedies are for, in words. */
export function countKinds(remedies: readonly Remedy[]): string {
  const kinds = new Set(remedies.map(({ environment }) => environment)).size;
  return `${kinds} other ${kinds === 1 ? 'kind' : 'kinds'} of runner`;
}

/** A remedy in lines of text: the sentence behind a bullet, then its commands. */
export function remedyLines(remedy: Remedy, bullet: string): string[] {
  const name = placeName(remedy);
  const where = name === '' ? '' : `${name}: `;
  return [`${bullet} ${where}${remedy.text}`, ...remedy.commands.map((command) => `    $ ${command}`)];
}

/** Whose fault it is and what happened, in a few words, which claim nothing of a server that was not seen. */
export function headline({ report, failOn, typed = false }: Pick<View, 'report' | 'failOn' | 'typed'>): string {
  const though = failsThough(report, failOn) ? `, and ${sayFailOn(failOn, typed)} fails the step` : '';
  if (hasIgnored(report) && report.status !== 'fail' && though === '')
    return 'the gate passes, and leaves out what is ignored';
  return blamed(`${verdictOn(report)}${though}`, decidingFindings(report));
}

function sayFailOn(failOn: FailOn, typed: boolean): string {
  return typed ? `--fail-on=${failOn}` : `fail-on: ${failOn}`;
}

/** That a failure does not fail the step, and why not; empty where it does, and where there is none. */
export function passesThough({ report, failOn, fails, typed = false }: View): string {
  if (report.status !== 'fail' || (fails ?? failsStep('fail', failOn))) return '';
  return `${typed ? 'The exit status is 0' : 'The step passes'} all the same, because of ${sayFailOn(failOn, typed)}.`;
}

function verdictOn(report: Report): string {
  const { status, totals } = report;
  const { targets: all } = totals;
  const { title, own } = whatHappened(report);
  if (all <= 1 || (own && totals.fail === 0)) return report.targets[0]?.delivery?.verdict ?? title;
  if (totals.fail > 0) {
    const enough = status === 'fail' ? '' : ', and the others are enough';
    const failed = `${totals.fail} of ${all} mail servers cannot be used${enough}`;
    if (own) return `${title}, and ${failed}`;
    return title === '' ? failed : `${failed}: ${title}`;
  }
  if (status === 'pass') return `all ${all} mail servers can be used`;
  const quiet = totals.pass + totals.skip;
  return `${all - quiet} of ${all} mail servers ${needVerb(all - quiet)} attention`;
}

/** What happened, as a title: of one target at its port, of several where it is the same at all. `own`: to the gate itself. */
function whatHappened(report: Report): { readonly title: string; readonly own: boolean } {
  const { status, targets } = report;
  const [first, ...others] = decidingFindings(report);
  const port = targets.length === 1 ? (targets[0]?.target.port ?? 0) : 0;
  if (!first) {
    const title = status === 'pass' ? 'the mail server can be used' : status === 'skip' ? 'nothing was checked' : '';
    return { title, own: false };
  }
  const own = report.findings.includes(first);
  if (own) return { title: first.title, own };
  const usable = status === 'warn' && targets.length === 1 ? ', and the mail server can be used' : '';
  const isAlike = others.every(({ code }) => code === first.code);
  return { title: isAlike ? `${titleAt(first.title, port)}${usable}` : '', own };
}

/** At how many targets a code was found, parted by status where it has several, and from which vantage points. */
export function formatCounts({ counts, ignored, targets, from }: FoundCode): string {
  const parts = [
    ...tally(counts).map(([status, count]) => `${count} ${status}`),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const many = parts.length === 1 && ignored === 0 ? countTargets(targets) : parts.join(', ');
  return from.length === 0 ? many : `${many} from ${formatNames(from)}`;
}

/** Whether a finding of a target is left out of the verdict by `ignore`. */
export function hasIgnored({ targets }: Pick<Report, 'targets'>): boolean {
  return targets.some(({ findings }) => findings.some((finding) => finding.ignored));
}

/** The TLS connection in a line: version, verified or not, whose certificate, and how long it lasts. */
export function formatTls({ protocol, authorized, subject, validTo, daysLeft }: ReportTls): string {
  const until = `until ${validTo?.slice(0, 10) ?? 'an unreadable date'} (${formatDaysLeft(daysLeft)})`;
  return `${protocol}, ${formatVerified(authorized)}: ${subject || '(no subject)'}, ${until}`;
}

/** Of a TLS connection its version and how long the certificate lasts. */
export function formatTlsShort({ protocol, authorized, daysLeft }: ReportTls): string {
  return `${protocol} ${formatVerified(authorized)} (${formatDaysLeft(daysLeft)})`;
}

export function formatVerified(authorized: boolean): string {
  return authorized ? 'verified' : 'not verified';
}

/** What is left of a certificate; `null` where its dates cannot be read. */
export function formatDaysLeft(days: number | null): string {
  if (days === null) return 'unknown';
  return days < 0 ? 'expired' : `${formatDays(days)} left`;
}

export function formatDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** That a finding does not count, until when, and why, between two texts; empty for one that counts. */
export function formatIgnored(
  { ignored, ignoredUntil, ignoredReason }: Pick<ReportFinding, 'ignored' | 'ignoredUntil' | 'ignoredReason'>,
  before = '',
  behind = '',
): string {
  if (!ignored) return '';
  const until = ignoredUntil === null ? '' : ` until ${ignoredUntil}`;
  return `${before}ignored${until}${ignoredReason === null ? '' : `: ${ignoredReason}`}${behind}`;
}

/** A date and time in UTC, to the minute; what is no date stays as it is. */
export function formatTime(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC');
}

/** When the last step of these targets ended, in milliseconds from its target's beginning. */
export function endOfSteps(targets: readonly Pick<ReportTarget, 'steps'>[]): number {
  let end = 0;
  for (const { steps } of targets) for (const { startMs, tookMs } of steps) end = Math.max(end, startMs + tookMs);
  return end;
}

const MOST_NAMES = 5;

/** The first few targets by name, and how many there are besides. */
export function namesOf(sightings: readonly Sighting[]): string {
  const names = [...new Set(sightings.map(({ target }) => target.target.label))];
  const left = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return left > 0 ? `${shown} and ${countTargets(left, 'more ')}` : shown;
}
