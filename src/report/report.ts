import { hostPort } from '../address.ts';
import { CODES, type Code, type Status } from '../codes.ts';
import type { Place, Subject } from '../diagnosis/catalogue/entry.ts';
import type { Explanation, explain } from '../diagnosis/catalogue/index.ts';
import type { Finding } from '../diagnosis/findings.ts';
import type { GateResult, TargetResult } from '../gate.ts';
import {
  type AddressAttempt,
  earliestEnd,
  greetingText,
  isVerified,
  type Observation,
  type ProxySeen,
  type Step,
  type TlsSession,
  type TranscriptLine,
} from '../observation.ts';
import type { Run, Runner } from '../runner.ts';
import { firstLine, sayMs } from '../words.ts';
import { plain, plainDeep } from './safe.ts';

/** A finding as people and programs read it. */
export interface ReportFinding extends Explanation {
  readonly code: Code;
  readonly status: Status;
  /** Left out of the verdict by `ignore`. */
  readonly ignored: boolean;
  /** The command that checks the fix; it holds no secrets. */
  readonly verify: string;
  /** Where the code is documented. */
  readonly docs: string;
}

export interface ReportTarget {
  readonly target: { readonly host: string; readonly port: number; readonly label: string };
  readonly status: Status;
  /** Whether a TCP connection was accepted; `null` when that was not learned. */
  readonly reachable: boolean | null;
  readonly code: Code | '';
  readonly message: string;
  readonly attempts: number;
  /** From the first attempt's beginning to the last one's end, in milliseconds. */
  readonly durationMs: number;
  /** The proxy that was used, without credentials; `null` for none. */
  readonly proxy: string | null;
  readonly address: string | null;
  /** Every address that was dialled in the last attempt. */
  readonly addresses: readonly AddressAttempt[];
  readonly banner: string | null;
  readonly latencyMs: number | null;
  /** `null` where TLS was not used. */
  readonly tls: ReportTls | null;
  /** What the server offers, as it wrote it; `null` when it was not asked. */
  readonly capabilities: readonly string[] | null;
  readonly steps: readonly Step[];
  readonly transcript: readonly TranscriptLine[];
  readonly findings: readonly ReportFinding[];
}

/** The TLS connection, and the certificates that the server sent. */
export interface ReportTls {
  readonly protocol: string;
  readonly cipher: string;
  /** Whether the chain and the name verify. */
  readonly authorized: boolean;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  /** When the first certificate of the chain expires. */
  readonly validTo: string;
  /** Whole days until then. */
  readonly daysLeft: number;
}

/** The one result that every report is written from. All text in it is plain. */
export interface Report {
  readonly schema: 'smtp-gate/report@1';
  readonly checkId: 'check.notify.email.connectivity';
  readonly status: Status;
  readonly code: Code | '';
  readonly message: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly runner: Runner;
  readonly run: Run | null;
  readonly totals: Readonly<Record<'targets' | Status, number>>;
  readonly targets: readonly ReportTarget[];
  /** About the gate itself, when nothing was probed. */
  readonly findings: readonly ReportFinding[];
}

/** What a report says beyond the result: where it ran, and how findings refer to the documentation and a check. */
export interface Surroundings {
  readonly runner: Runner;
  readonly run: Run | null;
  readonly place: Place;
  readonly docs: (code: Code) => string;
  /** The command that repeats the check of one target. */
  readonly verify: (at: string) => string;
}

/** The longest banner, in characters. */
const BANNER_LENGTH = 512;

export async function buildReport(result: GateResult, surroundings: Surroundings): Promise<Report> {
  const around = { ...surroundings, explain: await loadExplain(result) };
  const targets = result.targets.map((target) => reportTarget(target, around));
  const nowhere = { host: '', port: 0, at: 'host:port' };
  const findings = result.gateFinding ? [reportFinding(result.gateFinding, nowhere, false, around)] : [];
  const count = (status: Status) => targets.filter((t) => t.status === status).length;
  const deciding = targets.find((_, i) => result.targets[i]?.target === result.deciding?.target) ?? targets[0];
  return plainDeep<Report>({
    schema: 'smtp-gate/report@1',
    checkId: 'check.notify.email.connectivity',
    status: result.status,
    code: result.deciding?.finding.code ?? '',
    message: findings[0]?.message ?? deciding?.message ?? '',
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
    targets,
    findings,
  });
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

function reportTarget(result: TargetResult, around: Around): ReportTarget {
  const { target, seen, deciding } = result;
  const proxy = seen?.proxy ? proxyUrl(seen.proxy) : null;
  const subject = { ...target, at: hostPort(target), proxy };
  const findings = result.findings.map((f) => reportFinding(f, subject, result.ignored.includes(f.code), around));
  const decided = findings[deciding ? result.findings.indexOf(deciding) : -1];
  const banner = seen ? greetingText(seen) : '';
  return {
    target: { ...target, label: subject.at },
    status: result.status,
    reachable: seen ? seen.address !== null || seen.dialled.some(wasAccepted) : null,
    code: deciding?.code ?? '',
    message: `${decided?.message ?? passMessage(result, subject.at)}${sayAttempts(result)}`,
    attempts: result.attempts,
    durationMs: Math.round(result.tookMs),
    proxy,
    address: seen?.address ?? null,
    addresses: seen?.dialled.map((a) => ({ ...a, startMs: tenth(a.startMs), tookMs: tenth(a.tookMs) })) ?? [],
    banner: banner === '' ? null : plain(banner, BANNER_LENGTH),
    latencyMs: seen?.latencyMs == null ? null : Math.round(seen.latencyMs),
    tls: seen?.tls ? reportTls(seen.tls) : null,
    capabilities: seen?.ehlo?.verb === 'EHLO' && seen.ehlo.reply.code === 250 ? seen.ehlo.reply.lines.slice(1) : null,
    steps: seen?.steps.map((s) => ({ ...s, startMs: tenth(s.startMs), tookMs: tenth(s.tookMs) })) ?? [],
    transcript: seen?.transcript ?? [],
    findings,
  };
}

function reportTls(tls: TlsSession): ReportTls | null {
  const [leaf] = tls.chain;
  if (!leaf) return null;
  const { certificate, daysLeft } = earliestEnd(tls);
  return {
    protocol: tls.protocol,
    cipher: tls.cipher,
    authorized: isVerified(tls),
    subject: leaf.subject,
    issuer: leaf.issuer,
    validFrom: leaf.validFrom.toISOString(),
    validTo: certificate.validTo.toISOString(),
    daysLeft,
  };
}

function reportFinding(
  finding: Finding,
  subject: Subject,
  ignored: boolean,
  { place, docs, verify, explain }: Around,
): ReportFinding {
  return {
    code: finding.code,
    status: finding.status,
    ignored,
    ...explain(finding, subject, place),
    verify: verify(subject.at),
    docs: docs(finding.code),
  };
}

function proxyUrl(proxy: ProxySeen): string {
  return `${proxy.scheme}://${hostPort(proxy)}`;
}

/** A connection that is reset while we connect was accepted first: a closed port refuses it (ECONNREFUSED). */
function wasAccepted({ errno }: AddressAttempt): boolean {
  return errno === 'ECONNRESET';
}

function passMessage({ seen, ignored }: TargetResult, at: string): string {
  const left = ignored.length > 0 ? `; left out of the verdict: ${ignored.join(', ')}` : '';
  if (!seen?.greeting || seen.latencyMs === null) return `${at} passes${left}`;
  const through = seen.proxy ? ` through ${proxyUrl(seen.proxy)}` : '';
  return `${at} greeted${through} after ${sayMs(seen.latencyMs)} with "${firstLine(greetingText(seen))}"${sayDepth(seen)}${left}`;
}

/** What was verified behind the greeting. */
function sayDepth({ tls, auth, envelope }: Observation): string {
  return [
    ...(tls
      ? [`${tls.protocol} ${isVerified(tls) ? `verified (${earliestEnd(tls).daysLeft} days left)` : 'not verified'}`]
      : []),
    ...(auth?.outcome === 'answered' ? [`logged in with ${auth.mechanism}`] : []),
    ...(envelope
      ? [
          `sender accepted${envelope.recipients.length === 0 ? '' : ` for ${envelope.recipients.map(({ to }) => to).join(', ')}`}`,
        ]
      : []),
  ]
    .map((part) => `; ${part}`)
    .join('');
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
