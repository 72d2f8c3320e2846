import type { Finding } from '../diagnosis/findings.ts';
import { mxFailure } from '../diagnosis/mx.ts';
import { decidingFinding } from '../diagnosis/verdict.ts';
import type { Checks, Entry } from '../inputs/settings.ts';
import { whatIsAsked } from '../inputs/target-entries.ts';
import type { MailDomainSeen } from '../model/mail-domain.ts';
import type { MxSeen } from '../model/observation.ts';
import type { Plan } from '../probe/plan.ts';
import { redactMx } from '../probe/redact.ts';
import { hostPort } from '../shared/address.ts';
import { inTurn } from '../shared/map-concurrent.ts';
import type { Secrets } from '../shared/redaction.ts';
import { planOf, secretsOf } from './probe-plan.ts';
import {
  backOff,
  type Expanded,
  type GateIo,
  ignoredBy,
  ignoring,
  type Job,
  rulesAt,
  type TargetResult,
  withExpired,
} from './retry.ts';

/** The world of a run, and the secrets of all its targets. */
type World = GateIo & { readonly others: Secrets | null };

/** The port of a policy host (RFC 8461 §3.3). */
const HTTPS = 443;

/** The servers of each mail domain in its place, by preference (RFC 5321 §5.1), or why there is none. */
export async function expand(entries: readonly Entry[], atOnce: number, io: World): Promise<Expanded> {
  const each = await inTurn(entries, atOnce, async (entry) =>
    entry.mx ? serversOf(entry, io) : { jobs: [entry], notes: [] },
  );
  const jobs = withMailDomains(
    each.flatMap(({ jobs }) => jobs),
    io,
  );
  return withoutRepeats({ jobs, notes: each.flatMap(({ notes }) => notes) });
}

/** What is to be checked of the domains themselves: each is read once, and spoken of at its first server. */
function withMailDomains(jobs: Expanded['jobs'], io: World): Expanded['jobs'] {
  const read = new Map<string, () => Promise<MailDomainSeen>>();
  const hosts = hostsByDomain(jobs);
  return jobs.map((job) => {
    if ('status' in job || !job.mxOf || !job.checks.mtaSts) return job;
    const domain = job.mxOf.domain.toLowerCase();
    const known = read.get(domain);
    const reading = known ?? once(() => io.readMailDomain(domain, policyPlan(domain, job.checks, io)));
    read.set(domain, reading);
    return { ...job, mailDomains: [{ domain, hosts: [...(hosts.get(domain) ?? [])], leads: !known, read: reading }] };
  });
}

/** The names of each domain's servers, by preference. */
function hostsByDomain(jobs: Expanded['jobs']): Map<string, Set<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const job of jobs) {
    if ('status' in job || !job.mxOf) continue;
    const domain = job.mxOf.domain.toLowerCase();
    hosts.set(domain, (hosts.get(domain) ?? new Set()).add(job.target.host));
  }
  return hosts;
}

/** How the policy host is reached: as the target, but a strict sender trusts no authority that only this step knows. */
function policyPlan(domain: string, checks: Checks, { others }: World): Plan {
  const host = `mta-sts.${domain}`;
  const plan = planOf({ host, port: HTTPS }, checks, others);
  // What the mail servers want of a connection is nothing to a web server.
  return { ...plan, proxyHeader: null, localAddress: null, tls: { ...plan.tls, name: host, ca: null, client: null } };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** A server that is named twice, by two domains or by a domain and a line, is probed once where the same is asked of it. */
function withoutRepeats({ jobs, notes }: Expanded): Expanded {
  const seen = new Map<string, number>();
  const repeats: string[] = [];
  const unique: (Job | TargetResult)[] = [];
  for (const job of jobs) {
    if ('status' in job) {
      unique.push(job);
      continue;
    }
    const { target, checks, mailDomains = [] } = job;
    const key = whatIsAsked(target, checks.given, checks);
    const at = seen.get(key);
    const before = at === undefined ? undefined : unique[at];
    if (at === undefined || !before || 'status' in before) {
      seen.set(key, unique.push(job) - 1);
      continue;
    }
    repeats.push(`${hostPort(target)} is named more than once, and is probed once`);
    // What each of its domains wants of it is checked all the same.
    if (mailDomains.length > 0)
      unique[at] = { ...before, mailDomains: [...(before.mailDomains ?? []), ...mailDomains] };
  }
  return { jobs: unique, notes: [...notes, ...repeats] };
}

async function serversOf(entry: Entry, io: GateIo): Promise<Expanded> {
  const { checks, target } = entry;
  const { host: domain } = target;
  const { clock } = io;
  const startedAt = clock.now();
  for (let attempts = 1; ; attempts += 1) {
    const seen = redactMx(await io.lookUpMx(domain, checks.timeout), secretsOf(checks, domain));
    const failure = mxFailure(seen);
    if (!failure) return jobsOf(entry, seen);
    const left = checks.wait - (clock.now() - startedAt);
    if (failure.code !== 'dns-unavailable' || left <= 0) {
      return {
        jobs: [failed(entry, failure, { attempts, tookMs: clock.now() - startedAt, now: clock.date() })],
        notes: [],
      };
    }
    const inMs = Math.min(left, backOff(attempts));
    io.progress({ kind: 'retry', target, code: failure.code, attempt: attempts, inMs });
    await new Promise<void>((resolve) => clock.after(inMs, resolve));
  }
}

/** A job for each mail exchanger; a domain without any is its own (RFC 5321 §5.1). */
function jobsOf(entry: Entry, seen: MxSeen): Expanded {
  const { target } = entry;
  const { host: domain } = target;
  if (seen.kind !== 'hosts') return { jobs: [{ ...entry, mxOf: { domain, preference: 0 } }], notes: noteOf(domain) };
  const notes = [
    ...(seen.more > 0 ? [`mx:${domain} names ${seen.more} more servers than are probed`] : []),
    ...(seen.odd.length > 0 ? [`mx:${domain} names what is no server: ${seen.odd.join(', ')}`] : []),
  ];
  const jobs = seen.hosts.map(({ host, preference }) => ({
    ...entry,
    target: { ...target, host },
    mxOf: { domain, preference },
  }));
  return { jobs, notes };
}

/** The result for a domain whose mail exchangers cannot be told. */
function failed(
  { checks, target, source }: Entry,
  failure: Finding,
  { now, ...spent }: Pick<TargetResult, 'attempts' | 'tookMs'> & { readonly now: Date },
): TargetResult {
  const { holding, expired } = rulesAt(target, checks, now);
  const ignores = ignoring(holding);
  const findings = withExpired([failure], expired, ignores);
  const deciding = decidingFinding(findings, ignores);
  return {
    target,
    source,
    mxOf: { domain: target.host, preference: 0 },
    given: checks.given,
    tls: checks.tls,
    tlsServername: checks.tlsServername,
    status: deciding?.status ?? 'pass',
    deciding,
    findings,
    ignored: ignoredBy(findings, holding),
    ...spent,
    seen: null,
    checked: null,
  };
}

function noteOf(domain: string): string[] {
  return [`mx:${domain} has no MX records, so its own address takes its mail (RFC 5321 §5.1)`];
}
