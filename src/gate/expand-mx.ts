import type { Finding } from '../diagnosis/findings.ts';
import { mxFailure } from '../diagnosis/mx.ts';
import { decidingFinding } from '../diagnosis/verdict.ts';
import type { Entry } from '../inputs/settings.ts';
import { whatIsAsked } from '../inputs/target-entries.ts';
import type { MxSeen } from '../model/observation.ts';
import { redactMx } from '../probe/redact.ts';
import { hostPort } from '../shared/address.ts';
import { inTurn } from '../shared/map-concurrent.ts';
import { secretsOf } from './probe-plan.ts';
import {
  backOff,
  type Expanded,
  type GateIo,
  ignoredBy,
  ignoring,
  rulesAt,
  type TargetResult,
  withExpired,
} from './retry.ts';

/** The servers of each mail domain in its place, by preference (RFC 5321 §5.1), or why there is none. */
export async function expand(entries: readonly Entry[], atOnce: number, io: GateIo): Promise<Expanded> {
  const each = await inTurn(entries, atOnce, async (entry) =>
    entry.mx ? serversOf(entry, io) : { jobs: [entry], notes: [] },
  );
  return withoutRepeats({ jobs: each.flatMap(({ jobs }) => jobs), notes: each.flatMap(({ notes }) => notes) });
}

/** A server that is named twice, by two domains or by a domain and a line, is probed once where the same is asked of it. */
function withoutRepeats({ jobs, notes }: Expanded): Expanded {
  const seen = new Set<string>();
  const repeats: string[] = [];
  const unique = jobs.filter((job) => {
    if ('status' in job) return true;
    const { target, checks } = job;
    const key = whatIsAsked(target, checks.given, checks);
    if (seen.has(key)) repeats.push(`${hostPort(target)} is named more than once, and is probed once`);
    return !seen.has(key) && seen.add(key);
  });
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
