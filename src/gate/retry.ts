import { type Finding, finding } from '../diagnosis/findings.ts';
import type { PolicyOf } from '../diagnosis/mail-domain.ts';
import { counts, type Ignores } from '../diagnosis/verdict.ts';
import type { Target } from '../inputs/parsers/host-port.ts';
import type { IgnoreRule } from '../inputs/parsers/ignore.ts';
import type { Checks, Entry } from '../inputs/settings.ts';
import type { Code, Status } from '../model/codes.ts';
import type { TargetSource } from '../model/fleet.ts';
import type { MailDomainSeen, TlsaSeen } from '../model/mail-domain.ts';
import type { Around, MxSeen, Observation } from '../model/observation.ts';
import type { Plan } from '../probe/plan.ts';
import { hostPort, sameHost } from '../shared/address.ts';
import type { Clock } from '../shared/clock.ts';

/** Where a target comes from that is named by an MX record. */
export interface MxOf {
  readonly domain: string;
  readonly preference: number;
}

/** A mail domain whose rules for senders are checked at one of its servers. */
export interface MailDomain {
  readonly domain: string;
  /** The names of its servers, by preference. */
  readonly hosts: readonly string[];
  /** Whether what is about the domain itself is told at this server: the first one. */
  readonly leads: boolean;
  /** Reads what it publishes, once, whoever asks; a throw is an internal error. */
  readonly read: () => Promise<MailDomainSeen>;
}

/** A target to be probed, and where it comes from. */
export interface Job extends Entry {
  readonly mxOf?: MxOf | null;
  /** The domains whose mail it takes, where their rules for senders are checked. */
  readonly mailDomains?: readonly MailDomain[];
}

/** What became of one target: its last attempt, judged. */
export interface TargetResult {
  readonly target: Target;
  /** Where it is written; `null` for `host` and `port`. */
  readonly source: TargetSource | null;
  /** The mail domain whose MX record names it; `null` for one that was given itself. */
  readonly mxOf: MxOf | null;
  /** The options that were asked of it, as text; no secrets. */
  readonly given: Checks['given'];
  /** When TLS was to begin, and the name that certificates had to prove; `null`: the host's. */
  readonly tls: Checks['tls'];
  readonly tlsServername: Checks['tlsServername'];
  readonly status: Status;
  readonly deciding: Finding | null;
  readonly findings: readonly Finding[];
  /** The rules of `ignore` because of which findings do not count. */
  readonly ignored: readonly IgnoreRule[];
  readonly attempts: number;
  /** From the first attempt's beginning to the last one's end, in milliseconds. */
  readonly tookMs: number;
  /** `null` when the probe crashed. Of several addresses the one that decides, with all that were dialled. */
  readonly seen: Observation | null;
  /** The addresses that were each probed for itself; `null` with `addresses: first`. */
  readonly checked: readonly string[] | null;
  /** The MTA-STS policies that it was seen to meet. */
  readonly policiesMet?: readonly PolicyOf[];
}

/** Something to show while the gate is at work. */
export type Progress =
  | {
      readonly kind: 'retry';
      readonly target: Target;
      readonly code: Code;
      readonly attempt: number;
      readonly inMs: number;
    }
  /** One of several targets has its verdict. */
  | {
      readonly kind: 'done';
      readonly target: Target;
      readonly status: Status;
      readonly code: Code | '';
      readonly done: number;
      readonly of: number;
    };

/** What there is to probe, and what is already known of it. */
export interface Expanded {
  readonly jobs: readonly (Job | TargetResult)[];
  readonly notes: readonly string[];
}

export interface GateIo {
  readonly clock: Clock;
  readonly probe: (plan: Plan) => Promise<Observation>;
  /** Probes every address of a name for itself; at least one observation. */
  readonly probeEach: (plan: Plan) => Promise<Observation[]>;
  /** Looks around the host of a failed attempt for evidence, for at most 5 s; `null` when there was no time for it. */
  readonly lookAround: (plan: Plan, seen: Observation) => Promise<Around | null>;
  readonly progress: (event: Progress) => void;
  /** Which servers take a domain's mail. */
  readonly lookUpMx: (domain: string, timeoutMs: number) => Promise<MxSeen>;
  /** What a domain publishes for strict senders; the plan is about its policy host. */
  readonly readMailDomain: (domain: string, plan: Plan) => Promise<MailDomainSeen>;
  readonly lookUpTlsa: (host: string, timeoutMs: number) => Promise<TlsaSeen>;
}

/** Back-off between attempts: 0.5 s, 1 s, 2 s, then every 5 s. */
const BACK_OFF_MS = [500, 1_000, 2_000] as const;
const SLOWEST_RETRY_MS = 5_000;

/** How long to wait behind the n-th attempt, in milliseconds. */
export function backOff(attempts: number): number {
  return BACK_OFF_MS[attempts - 1] ?? SLOWEST_RETRY_MS;
}

/** The rules of `ignore` about a target: those that hold on this day (UTC), and those whose last day is over. */
export function rulesAt(
  target: Target,
  { ignore }: Pick<Checks, 'ignore'>,
  now: Date,
): { readonly holding: readonly IgnoreRule[]; readonly expired: readonly IgnoreRule[] } {
  const rules = ignore.filter(({ at }) => appliesTo(at, target));
  return { holding: rules.filter((rule) => !isOver(rule, now)), expired: rules.filter((rule) => isOver(rule, now)) };
}

/** Whether the last day of a rule is over (UTC). */
export function isOver({ until }: IgnoreRule, now: Date): boolean {
  return until !== null && until < now.toISOString().slice(0, 10);
}

/** What rules leave out of the verdict. */
export function ignoring(rules: readonly IgnoreRule[]): Ignores {
  return (code) => rules.some((rule) => rule.code === code);
}

/** The rules because of which findings do not count, one for each finding. */
export function ignoredBy(findings: readonly Finding[], rules: readonly IgnoreRule[]): IgnoreRule[] {
  return findings
    .filter((found) => !counts(found, ignoring(rules)))
    .flatMap(({ code }) => rules.find((rule) => rule.code === code) ?? []);
}

/** What is found, and whatever of it counts again because the last day of its rule is over. */
export function withExpired(findings: readonly Finding[], expired: readonly IgnoreRule[], ignores: Ignores): Finding[] {
  const codes = new Set(findings.map(({ code }) => code));
  const again = expired.filter(({ code }) => codes.has(code) && !ignores(code));
  if (again.length === 0) return [...findings];
  return [...findings, finding('ignore-expired', expiredRules(again))];
}

/** Rules whose last day is over, as the facts of `ignore-expired`. */
export function expiredRules(rules: readonly IgnoreRule[]) {
  return { rules: rules.map(({ code, until, reason }) => ({ code, until: until ?? '', reason })) };
}

/** What has a code somewhere: a result, or a target of a report. */
interface Found {
  readonly target: Target;
  readonly findings: readonly { readonly code: Code }[];
}

/** Notes on lines of `ignore` that do nothing: their last day is over and nothing is left to ignore, or no target is theirs. */
export function deadRules(ignore: readonly IgnoreRule[], results: readonly Found[], now: Date): string[] {
  const finds = ({ target, findings }: Found, { code, at }: IgnoreRule) =>
    appliesTo(at, target) && findings.some((found) => found.code === code);
  return ignore.flatMap((rule) => {
    const { code, at, until } = rule;
    if (at !== null && !results.some(({ target }) => appliesTo(at, target))) {
      return [`ignore: ${code}@${hostPort(at)} is about no target of this run: correct the place, or remove the line`];
    }
    if (!isOver(rule, now) || results.some((one) => finds(one, rule))) return [];
    return [`ignore: ${code} until:${until} is over, and the code was not found: remove the line`];
  });
}

/** Whether a rule about a place, or about all, is about a target. */
export function appliesTo(at: Target | null, { host, port }: Target): boolean {
  return at === null || (sameHost(at.host, host) && at.port === port);
}
