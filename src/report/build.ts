import type { Subject } from '../diagnosis/catalogue/entry.ts';
import type { explain } from '../diagnosis/catalogue/index.ts';
import type { Finding } from '../diagnosis/findings.ts';
import type { PolicyOf } from '../diagnosis/mail-domain.ts';
import type { GateResult, TargetResult } from '../gate/gate.ts';
import { CODES, type Code, type Fault, type Status } from '../model/codes.ts';
import type { Shard } from '../model/fleet.ts';
import {
  type AddressAttempt,
  earliestEnd,
  greetingText,
  isVerified,
  type Observation,
  type ProxySeen,
  type TlsSession,
} from '../model/observation.ts';
import type { OptionWords } from '../model/option-words.ts';
import type { Where } from '../model/place.ts';
import type { Run, Runner } from '../runtime/runner.ts';
import { canonicalTarget, hostPort, sameHost, targetName } from '../shared/address.ts';
import { firstLine, sayMs } from '../shared/text.ts';
import { isYes } from '../smtp/reply.ts';
import { needVerb } from './counts.ts';
import { plain, plainDeep } from './escape/plain.ts';
import type { Report, ReportFinding, ReportTarget, ReportTls } from './report.ts';

/** What a report says beyond the result: where it ran, and how findings refer to the documentation and a check. */
export interface Surroundings {
  readonly runner: Runner;
  /** Where it looks from, unless the step was told: the runner's name. */
  readonly vantage: string;
  readonly run: Run | null;
  readonly place: Where;
  readonly docs: (code: Code) => string;
  /** How whoever reads the report gives options: `null` for the gate itself. As the catalogue names them, where absent. */
  readonly words?: (result: TargetResult | null) => OptionWords;
  /** The command that repeats the check of one target. */
  readonly verify: (at: string, result: TargetResult | null) => string;
  /** What tells targets at one place apart: for each a text that is added to its name, empty for most. */
  readonly tellApart: (targets: readonly Placed[]) => Promise<readonly string[]>;
}

/** A target by where it is. */
export interface Placed {
  readonly at: string;
  readonly result: TargetResult;
}

/** The longest banner, in characters. */
const BANNER_LENGTH = 512;
/** The most addresses that a message names; the findings name all of them. */
const MOST_NAMED = 8;

/** What a step was told of its place among others. */
interface Origin {
  /** Where it looks from; `null`: the runner's name says so. */
  readonly vantage: string | null;
  readonly shard: Shard | null;
}

const ALONE: Origin = { vantage: null, shard: null };

export async function buildReport(
  result: GateResult,
  surroundings: Surroundings,
  { vantage, shard }: Origin = ALONE,
): Promise<Report> {
  const around = {
    ...surroundings,
    vantage: vantage ?? surroundings.vantage,
    explain: await loadExplain(result),
  };
  const apart = await tellApart(result.targets, surroundings);
  const broken: string[] = [];
  const targets = result.targets.map((target, i) => {
    try {
      return reportTarget(target, apart[i] ?? '', around);
    } catch {
      broken.push(targetName(target.target));
      return withoutSights(target, apart[i] ?? '', around);
    }
  });
  const nowhere = { host: '', port: 0, at: 'host:port' };
  const findings = result.gateFinding ? [reportFinding(result.gateFinding, nowhere, null, around)] : [];
  const count = (status: Status) => targets.filter((t) => t.status === status).length;
  const deciding = targets.find((_, i) => result.targets[i]?.target === result.deciding?.target) ?? targets[0];
  return plainDeep<Report>({
    schema: 'smtp-gate/report@1',
    checkId: 'check.notify.email.connectivity',
    status: result.status,
    code: result.deciding?.finding.code ?? '',
    fault: faultOf(result, findings, deciding),
    message: findings[0]?.message ?? nothingToDo(result) ?? gateMessage(result, targets, deciding),
    vantage: around.vantage,
    shard,
    legs: null,
    startedAt: result.startedAt.toISOString(),
    durationMs: Math.round(result.durationMs),
    runner: around.runner,
    run: around.run,
    totals: {
      targets: targets.length,
      pass: count('pass'),
      info: count('info'),
      warn: count('warn'),
      fail: count('fail'),
      skip: count('skip'),
    },
    trend: null,
    notes: [...result.notes, ...broken.map((at) => `what was seen of ${at} could not be put into words; ${PLEASE}`)],
    targets,
    findings,
  });
}

/** Why nothing was to be checked; `null` where something was. */
function nothingToDo({ targets, notes }: GateResult): string | null {
  return targets.length === 0 ? (notes.at(-1) ?? '') : null;
}

/** Whose fault the deciding finding is, as the evidence sharpened it; of one that could not be explained, its code's. */
function faultOf(
  { deciding }: GateResult,
  own: readonly ReportFinding[],
  target: ReportTarget | undefined,
): Fault | '' {
  if (!deciding) return '';
  const { code } = deciding.finding;
  const told = [...own, ...(target?.findings ?? [])].find((found) => found.code === code && !found.ignored);
  return told?.fault ?? CODES[code].fault;
}

/** The verdict in one sentence: of one target its own, of several how many hold and what became of the worst. */
function gateMessage(
  { status, quorum }: GateResult,
  targets: readonly ReportTarget[],
  deciding: ReportTarget | undefined,
): string {
  if (!deciding || targets.length === 1) return deciding?.message ?? '';
  const count = (status: Status) => targets.filter((t) => t.status === status).length;
  const [all, failed] = [targets.length, count('fail')];
  if (quorum && failed > 0) {
    const verb = quorum.held >= quorum.needed ? 'which is enough' : 'which is not enough';
    return `${quorum.held} of ${all} targets can be used, ${verb} (the quorum is ${quorum.needed}): ${deciding.message}`;
  }
  if (failed > 0) return `${failed} of ${all} targets cannot be used: ${deciding.message}`;
  if (status !== 'pass')
    return `${count(status)} of ${all} targets ${needVerb(count(status))} attention (${status}): ${deciding.message}`;
  const slowest = targets.reduce((a, b) => ((b.latencyMs ?? 0) > (a.latencyMs ?? 0) ? b : a));
  const left = [...new Set(targets.flatMap(({ findings }) => findings.flatMap((f) => (f.ignored ? [f.code] : []))))];
  const without = left.length > 0 ? `, leaving out what is ignored (${left.join(', ')})` : '';
  return `all ${all} targets pass${without}; the slowest, ${slowest.target.label}, greeted after ${sayMs(slowest.latencyMs ?? 0)}`;
}

/** The catalogue is loaded when there is something to explain: a pass does without it, and starts sooner. */
async function loadExplain({ gateFinding, targets }: GateResult): Promise<typeof explain> {
  if (!gateFinding && targets.every(({ findings }) => findings.length === 0)) return never;
  return (await import('../diagnosis/catalogue/index.ts')).explain;
}

function never(): never {
  throw new Error('there is nothing to explain');
}

type Around = Surroundings & { readonly explain: typeof explain };

/** What tells targets at one place apart, where there are any. */
async function tellApart(results: readonly TargetResult[], around: Surroundings): Promise<readonly string[]> {
  const targets = results.map((result) => {
    const place = canonicalTarget(result.target);
    return { at: isDomain(result) ? `mx:${place}` : place, result };
  });
  const places = new Set(targets.map(({ at }) => at));
  return places.size === targets.length ? [] : around.tellApart(targets);
}

function reportTarget(result: TargetResult, apart: string, around: Around): ReportTarget {
  const { target, seen, deciding } = result;
  const way = wayOf(seen);
  const subject = { ...target, at: `${targetName(target)}${apart}`, ...way, ...implicitOf(result) };
  const findings = result.findings.map((f) => reportFinding(f, subject, result, around));
  const decided = findings[deciding ? result.findings.indexOf(deciding) : -1];
  const banner = seen && !hasProxyRefused(result) ? greetingText(seen) : '';
  return {
    target: { host: target.host, port: target.port, label: labelOf(result, subject.at, apart) },
    vantage: around.vantage,
    source: result.source,
    status: result.status,
    outvoted: false,
    reachable: reachable(result),
    code: deciding?.code ?? '',
    message: `${decided?.message ?? passMessage(result, subject.at)}${sayAddresses(result)}${sayAttempts(result)}`,
    attempts: result.attempts,
    durationMs: Math.round(result.tookMs),
    ...way,
    address: seen?.address ?? null,
    addresses: seen?.dialled.map((a) => ({ ...a, startMs: tenth(a.startMs), tookMs: tenth(a.tookMs) })) ?? [],
    banner: banner === '' ? null : plain(banner, BANNER_LENGTH),
    latencyMs: seen?.latencyMs == null ? null : Math.round(seen.latencyMs),
    tls: seen?.tls ? reportTls(seen.tls) : null,
    capabilities: capabilitiesOf(seen),
    steps: seen?.steps.map((s) => ({ ...s, startMs: tenth(s.startMs), tookMs: tenth(s.tookMs) })) ?? [],
    transcript: seen?.transcript ?? [],
    findings,
  };
}

/** What the server offers, as it wrote it; HELO's answer offers nothing. */
function capabilitiesOf(seen: Observation | null): readonly string[] | null {
  const ehlo = seen?.ehlo;
  return ehlo && ehlo.verb !== 'HELO' && isYes(ehlo.reply, 250) ? ehlo.reply.lines.slice(1) : null;
}

/** How the connection was made: through which proxy, from which local address. */
function wayOf(seen: Observation | null): Pick<ReportTarget, 'proxy' | 'localAddress'> {
  return { proxy: seen?.proxy ? proxyUrl(seen.proxy) : null, localAddress: seen?.localAddress?.address ?? null };
}

const PLEASE = 'its verdict does not change, and the defect is smtp-gate’s own: please report it';

/** A target with its verdict and nothing of what was seen, where that cannot be told: the others are not to suffer. */
function withoutSights(result: TargetResult, apart: string, around: Around): ReportTarget {
  const told = result.findings.filter((found) => isTold(found, result, around));
  const deciding = result.deciding && told.includes(result.deciding) ? result.deciding : null;
  const report = reportTarget({ ...result, seen: null, findings: told, deciding }, apart, around);
  const code = result.deciding?.code ?? '';
  return {
    ...report,
    code,
    message: code === '' || deciding ? report.message : `${report.target.label}: ${code}, which could not be explained`,
  };
}

function isTold(found: Finding, result: TargetResult, around: Around): boolean {
  try {
    reportTarget({ ...result, seen: null, findings: [found], deciding: found }, '', around);
    return true;
  } catch {
    return false;
  }
}

/** Whether a result is about a mail domain itself, because it names no server. */
function isDomain({ mxOf, target, seen }: Pick<TargetResult, 'mxOf' | 'target' | 'seen'>): boolean {
  return mxOf !== null && seen === null && target.host === mxOf.domain;
}

/** Whether TLS was to begin with the first byte, where the inputs say so. */
function implicitOf({ tls }: TargetResult): { implicitTls?: boolean } {
  return tls === 'auto' ? {} : { implicitTls: tls === 'implicit' };
}

/** A target as tables name it, and whose mail it takes where a mail domain was given. */
function labelOf({ mxOf, target, seen }: TargetResult, at: string, apart: string): string {
  if (mxOf === null) return at;
  if (isDomain({ mxOf, target, seen })) return `mx:${mxOf.domain}${apart}`;
  return `${at} (MX ${mxOf.preference} of ${mxOf.domain})`;
}

function reportTls(tls: TlsSession): ReportTls | null {
  const [leaf] = tls.chain;
  if (!leaf) return null;
  const end = earliestEnd(tls);
  return {
    protocol: tls.protocol,
    cipher: tls.cipher,
    authorized: isVerified(tls),
    subject: leaf.subject,
    issuer: leaf.issuer,
    validFrom: isoDate(leaf.validFrom),
    validTo: end && isoDate(end.certificate.validTo),
    daysLeft: end?.daysLeft ?? null,
  };
}

function isoDate(date: Date): string | null {
  return Number.isNaN(+date) ? null : date.toISOString();
}

/** An explanation that names options as they were given. What is wrong with inputs says so itself. */
export function inWords(
  { code }: Pick<Finding, 'code'>,
  explanation: ReturnType<typeof explain>,
  words: OptionWords | undefined,
): ReturnType<typeof explain> {
  if (words === undefined || code === 'input-invalid') return explanation;
  const { message, causes, remedies } = explanation;
  return {
    ...explanation,
    message: words.text(message),
    causes: causes.map(words.text),
    remedies: remedies.map(({ environment, text, commands }) => ({
      environment,
      text: words.text(text),
      commands: commands.map(words.command),
    })),
  };
}

function reportFinding(finding: Finding, subject: Subject, result: TargetResult | null, around: Around): ReportFinding {
  const { place, docs, verify } = around;
  const about = { ...subject, ...connectionOf(finding, subject, result) };
  const { fault, ...explanation } = inWords(finding, around.explain(finding, about, place), around.words?.(result));
  const { message, evidence } = explanation;
  const rule = finding.unchecked ? undefined : result?.ignored.find(({ code }) => code === finding.code);
  const where = finding.address === null ? '' : `${sayAddress(finding.address)}: `;
  return {
    code: finding.code,
    status: finding.status,
    fault,
    ignored: rule !== undefined,
    ignoredUntil: rule?.until ?? null,
    ignoredReason: rule?.reason ?? null,
    address: finding.address,
    ...explanation,
    message: `${where}${message}`,
    // The account of what was dialled begins with the address anyway.
    evidence: evidence.startsWith(`${finding.address}: `) ? evidence : `${where}${evidence}`,
    verify: verify(result === null ? subject.at : checkedAt(result, finding), result),
    docs: docs(finding.code),
  };
}

/** The mail domain that a finding is about, whichever of its servers it is told at; `null` for most. */
function domainOf({ facts }: Finding): string | null {
  return 'domain' in facts ? facts.domain : null;
}

/** A target as the command line takes it. */
function checkedAt(result: TargetResult, finding: Finding): string {
  // A certificate that the target's own conversation did not see was seen because of the domain's policy.
  const isOfPolicy = finding.code === 'certificate-expiring' && result.seen?.tls == null;
  const domain = domainOf(finding) ?? (isOfPolicy ? result.mxOf?.domain : null);
  if (domain != null) return `mx:${domain}`;
  return isDomain(result) ? `mx:${result.target.host}` : targetName(result.target);
}

/** How the connection was made that a finding is about, so that commands make it again. */
function connectionOf(finding: Finding, { host }: Subject, result: TargetResult | null): Partial<Subject> {
  const { address } = finding;
  return {
    // A host that is an address is itself the one.
    address: address === null || sameHost(address, host) ? null : address,
    // A strict sender asks for the server's own name.
    servername: domainOf(finding) === null ? (result?.tlsServername ?? null) : null,
  };
}

/** Where each address is probed for itself, all have to accept; otherwise one is enough. */
function reachable(result: TargetResult): boolean | null {
  const { seen, checked } = result;
  if (!seen) return null;
  if (hasProxyRefused(result)) return false;
  if (mayBeProxys(result)) return null;
  if (checked !== null) return checked.length > 0 && seen.dialled.every(wasAccepted);
  return seen.address !== null || seen.dialled.some(wasAccepted);
}

/** Whether a proxy kept the connection for itself: one that it opened to a page of its own led to no server. */
function hasProxyRefused({ findings }: TargetResult): boolean {
  return findings.some(({ code }) => code === 'proxy-refused');
}

/** Whether only the proxy may have spoken: what is neither SMTP nor another protocol that greets is nobody's for certain. */
function mayBeProxys({ seen, findings }: TargetResult): boolean {
  const isNobodys = (found: Finding) => found.code === 'not-smtp' && /^(?:tls|unknown)$/.test(found.facts.protocol);
  return seen?.proxy != null && findings.some(isNobodys);
}

function proxyUrl(proxy: ProxySeen): string {
  return `${proxy.scheme}://${hostPort(proxy)}`;
}

/** A connection that is reset while we connect was accepted first: a closed port refuses it (ECONNREFUSED). */
function wasAccepted({ outcome, errno }: AddressAttempt): boolean {
  return outcome === 'connected' || errno === 'ECONNRESET';
}

/** How many of several addresses share the verdict, and which; a message about one of them begins with it. */
function sayAddresses({ checked, deciding, findings, status, ignored }: TargetResult): string {
  if (!checked || checked.length === 0) return '';
  if (checked.length === 1) return ` (its only address, ${checked[0]})`;
  if (!deciding) return ` (all ${checked.length} addresses were checked)`;
  const bad = new Set(
    findings.filter((f) => f.status === status && !ignored.some(({ code }) => code === f.code)).map((f) => f.address),
  );
  const named = checked.filter((address) => bad.has(address));
  const shown = named.slice(0, MOST_NAMED).join(', ');
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : '';
  return ` (${status} at ${named.length} of ${checked.length} addresses: ${shown}${more})`;
}

/** An address before a colon. */
function sayAddress(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function passMessage({ seen, ignored, policiesMet = [] }: TargetResult, at: string): string {
  const left = ignored.length > 0 ? `; left out of the verdict: ${ignored.map(({ code }) => code).join(', ')}` : '';
  if (!seen?.greeting || seen.latencyMs === null) return `${at} passes${left}`;
  const through = seen.proxy ? ` through ${proxyUrl(seen.proxy)}` : '';
  return `${at} greeted${through} after ${sayMs(seen.latencyMs)} with "${firstLine(greetingText(seen))}"${sayDepth(seen)}${sayPolicies(policiesMet)}${left}`;
}

function sayVerified(tls: TlsSession): string {
  const end = earliestEnd(tls);
  return end ? `verified (${end.daysLeft} days left)` : 'verified';
}

/** What was verified behind the greeting. */
function sayDepth({ tls, auth, envelope }: Observation): string {
  const isAccepted = envelope?.mail != null && isYes(envelope.mail, 250);
  const taken = envelope?.recipients.filter(({ reply }) => reply && isYes(reply, 250)).map(({ to }) => to) ?? [];
  return [
    ...(tls ? [`${tls.protocol} ${isVerified(tls) ? sayVerified(tls) : 'not verified'}`] : []),
    ...(auth?.outcome === 'answered' && auth.reply.code === 235 ? [`logged in with ${auth.mechanism}`] : []),
    ...(isAccepted ? [`sender accepted${taken.length === 0 ? '' : ` for ${taken.join(', ')}`}`] : []),
  ]
    .map((part) => `; ${part}`)
    .join('');
}

/** The policies that the server meets. */
function sayPolicies([first, ...others]: readonly PolicyOf[]): string {
  if (!first) return '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `; it meets the MTA-STS policy of ${first.domain} (${first.mode})${more}`;
}

/** How often was tried, when that was more than once. */
function sayAttempts({ attempts, tookMs, deciding }: TargetResult): string {
  if (attempts === 1) return '';
  const retried = deciding && CODES[deciding.code].retryable ? ', and each failed' : '';
  return ` (${attempts} attempts in ${sayMs(tookMs)}${retried})`;
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}
