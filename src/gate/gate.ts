import { judgeEach } from '../diagnosis/all-addresses.ts';
import { judge } from '../diagnosis/diagnose.ts';
import { type Finding, finding } from '../diagnosis/findings.ts';
import { counts, decidingFinding, failsStep, type Ignores, mayRepeat, rank } from '../diagnosis/verdict.ts';
import type { Target } from '../inputs/parsers/host-port.ts';
import type { Checks, Settings } from '../inputs/settings.ts';
import { CODES, type Status } from '../model/codes.ts';
import type { Shard } from '../model/fleet.ts';
import type { Observation } from '../model/observation.ts';
import type { Clock } from '../shared/clock.ts';
import { inTurn } from '../shared/map-concurrent.ts';
import { Secrets } from '../shared/redaction.ts';
import { expand } from './expand-mx.ts';
import { planOf, secretsOfAll } from './probe-plan.ts';
import {
  backOff,
  deadRules,
  type Expanded,
  type GateIo,
  ignoredBy,
  ignoring,
  type Job,
  rulesAt,
  type TargetResult,
  withExpired,
} from './retry.ts';
import { entriesIn } from './shard.ts';

export type { GateIo, Progress, TargetResult } from './retry.ts';

/** What became of the gate. */
export interface GateResult {
  readonly status: Status;
  /** The finding that decides, and the target that it is about, where it is about one. */
  readonly deciding: { readonly finding: Finding; readonly target: Target | null } | null;
  readonly targets: readonly TargetResult[];
  /** How many targets had to hold for a quorum, and how many did; `null` where all have to. */
  readonly quorum: { readonly needed: number; readonly held: number } | null;
  /** What the user should know about how the inputs were read. */
  readonly notes: readonly string[];
  /** A finding about the gate itself, when nothing was probed. */
  readonly gateFinding: Finding | null;
  readonly failsStep: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** The stack of an internal error, for the debug log. */
  readonly stack: string | null;
}

/** The world of a run, and the secrets of all its targets. */
type Probing = GateIo & { readonly others: Secrets | null };

/** The gate: every target probed, retried while that can help, and judged. */
export async function runGate(settings: Settings, io: GateIo): Promise<GateResult> {
  const began = begin(io.clock);
  if (settings.entries.length === 0) return notConfigured(settings, began);
  const entries = settings.shard ? entriesIn(settings.shard, settings.entries) : settings.entries;
  if (settings.shard && entries.length === 0) return emptyShard(settings, settings.shard, began);
  const all: Probing = { ...io, others: secretsOfAll(settings.entries) };
  const { jobs, notes }: Expanded = entries.some(({ mx }) => mx)
    ? await expand(entries, settings.concurrency, all)
    : { jobs: entries, notes: [] };
  if (settings.quorum.kind === 'count' && settings.quorum.count > jobs.length) {
    const problem = `${settings.quorum.count} is more than the number of servers that the targets name (${jobs.length}); write at most ${jobs.length}, or all`;
    return withoutTargets(finding('input-invalid', { problems: [{ input: 'quorum', problem }] }), true, began);
  }
  let done = 0;
  const probeNext = async (job: Job | TargetResult) => {
    const judged = 'status' in job ? { result: job, stack: null } : await probeTarget(job, all);
    const { target, status, deciding } = judged.result;
    done += 1;
    if (jobs.length > 1) {
      io.progress({ kind: 'done', target, status, code: deciding?.code ?? '', done, of: jobs.length });
    }
    return judged;
  };
  const targets = await inTurn(jobs, settings.concurrency, probeNext, io.clock);
  const results = targets.map(({ result }) => result);
  const worst = results.reduce((a, b) => (rank(b.status) > rank(a.status) ? b : a));
  const quorum = quorumOf(results, settings.quorum);
  const met = quorum !== null && quorum.held >= quorum.needed;
  const status = met && worst.status === 'fail' ? 'warn' : worst.status;
  // What one part of the targets does not have, another may.
  const dead = settings.shard ? [] : deadRules(settings.ignore, results, io.clock.date());
  return {
    status,
    deciding: worst.deciding && { finding: worst.deciding, target: worst.target },
    targets: results,
    quorum,
    notes: [...settings.notes, ...notes, ...dead],
    gateFinding: null,
    failsStep: failsStep(status, settings.failOn),
    ...began(),
    stack: targets.find(({ stack }) => stack !== null)?.stack ?? null,
  };
}

/** How many of the targets have to hold, and how many do not fail. */
function quorumOf(results: readonly TargetResult[], quorum: Settings['quorum']): GateResult['quorum'] {
  if (quorum.kind === 'all') return null;
  const held = results.filter(({ status }) => status !== 'fail').length;
  const needed = quorum.kind === 'count' ? quorum.count : Math.ceil((results.length * quorum.percent) / 100);
  return { needed, held };
}

/** The gate's result when the inputs cannot be read. */
export function refuse(
  problems: readonly { readonly input: string; readonly problem: string }[],
  clock: Clock,
): GateResult {
  return withoutTargets(finding('input-invalid', { problems }), true, begin(clock));
}

/** The gate's result when our own code fails outside of a probe; the error may quote what nobody should see. */
export function crash(error: unknown, clock: Clock, secrets = new Secrets()): GateResult {
  const facts = { error: secrets.redact(String(error)) };
  const stack = stackOf(error);
  return {
    ...withoutTargets(finding('probe-crashed', facts), true, begin(clock)),
    stack: stack && secrets.redact(stack),
  };
}

function notConfigured({ ifNotConfigured, failOn, missing, lookAlikes = [] }: Settings, began: Began): GateResult {
  const status = ifNotConfigured;
  return withoutTargets(finding('not-configured', { missing, lookAlikes }, status), failsStep(status, failOn), began);
}

/** Few targets may leave a part of them empty: its step has nothing to check, and the others have it all. */
function emptyShard({ entries, notes }: Settings, { index, of }: Shard, began: Began): GateResult {
  const note = `shard ${index}/${of} has no target: the other shards check ${entries.length === 1 ? 'the only one' : `all ${entries.length}`}`;
  return {
    status: 'skip',
    deciding: null,
    targets: [],
    quorum: null,
    notes: [...notes, note],
    gateFinding: null,
    failsStep: false,
    stack: null,
    ...began(),
  };
}

function withoutTargets(gateFinding: Finding, fails: boolean, began: Began): GateResult {
  const { status } = gateFinding;
  const deciding = { finding: gateFinding, target: null };
  const nothing = { targets: [], quorum: null, notes: [], stack: null };
  return { status, deciding, ...nothing, gateFinding, failsStep: fails, ...began() };
}

async function probeTarget(job: Job, io: Probing): Promise<{ result: TargetResult; stack: string | null }> {
  const { target, source, checks, mxOf = null, mailDomains = [] } = job;
  const { clock } = io;
  // The domain is read while its server is probed.
  const rules = mailDomains.length > 0 ? (await import('./mail-domains.ts')).readRules(job, io) : null;
  const startedAt = clock.now();
  const { holding, expired } = rulesAt(target, checks, clock.date());
  const ignores = ignoring(holding);
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await attemptOnce(target, checks, ignores, io);
    const deciding = decidingFinding(attempt.findings, ignores);
    const left = checks.wait - (clock.now() - startedAt);
    if (left > 0 && canRetryHelp(attempt, ignores)) {
      const inMs = Math.min(left, backOff(attempts));
      io.progress({ kind: 'retry', target, code: deciding?.code ?? 'probe-crashed', attempt: attempts, inMs });
      await new Promise<void>((resolve) => clock.after(inMs, resolve));
      continue;
    }
    const tookMs = clock.now() - startedAt;
    const { seen, findings } = await secondOpinion(attempt, deciding, { target, checks, ignores, io });
    const { found, met } = rules ? await rules(seen) : { found: [], met: [] };
    const all = withExpired([...findings, ...found], expired, ignores);
    const decided = decidingFinding(all, ignores);
    const result = {
      target,
      source,
      mxOf,
      given: checks.given,
      tls: checks.tls,
      tlsServername: checks.tlsServername,
      status: decided?.status ?? 'pass',
      deciding: decided,
      findings: all,
      ignored: ignoredBy(all, holding),
      attempts,
      tookMs,
      seen,
      checked: attempt.checked,
      ...(met.length > 0 ? { policiesMet: met } : {}),
    };
    return { result, stack: attempt.stack };
  }
}

/**
 * The last attempt, judged again with what a look around the host has seen, where the failure that decides calls for
 * one. Evidence is a bonus: whatever goes wrong in gathering it, the first diagnosis stands.
 */
async function secondOpinion(
  attempt: Attempt,
  deciding: Finding | null,
  { target, checks, ignores, io }: { target: Target; checks: Checks; ignores: Ignores; io: Probing },
): Promise<Pick<Attempt, 'seen' | 'findings'>> {
  const { seen, findings } = attempt;
  if (!checks.lookAround || !seen || deciding?.status !== 'fail') return attempt;
  if (!CODES[deciding.code].worthALook) return attempt;
  const { address } = deciding;
  // Of several addresses, the one that decides is looked at, and judged again.
  const one = address === null ? seen : { ...seen, dialled: seen.dialled.filter((a) => a.address === address) };
  try {
    const [dialled] = address === null ? [] : one.dialled;
    const only = dialled?.family ? { address: dialled.address, family: dialled.family } : null;
    const around = await io.lookAround({ ...planOf(target, checks, io.others), only }, one);
    if (!around) return attempt;
    const again = judge({ ...one, around }, checks, ignores).map((found) => ({ ...found, address }));
    const others = findings.filter((found) => found.address !== address);
    return { seen: { ...seen, around }, findings: [...again, ...others] };
  } catch {
    return attempt;
  }
}

interface Attempt extends Pick<TargetResult, 'seen' | 'findings' | 'checked'> {
  /** Whether AUTH was said. */
  readonly loginSent: boolean;
  /** Whether the server took leave: where it did not, nobody knows whose answer the last one was. */
  readonly leftInOrder: boolean;
  readonly stack: string | null;
}

/** One attempt; a throw of the probe or the diagnosis is an internal error, and a finding of its own. */
async function attemptOnce(target: Target, checks: Checks, ignores: Ignores, io: Probing): Promise<Attempt> {
  const plan = planOf(target, checks, io.others);
  let seen: Observation | null = null;
  try {
    if (checks.addresses === 'all') {
      const each = await io.probeEach(plan);
      seen = each[0] ?? null;
      const loginSent = each.some((one) => one.loginSent);
      const leftInOrder = each.every(({ farewell }) => farewell !== null);
      return { ...judgeEach(each, checks, ignores), loginSent, leftInOrder, stack: null };
    }
    seen = await io.probe(plan);
    const known = {
      checked: null,
      loginSent: seen.loginSent,
      leftInOrder: seen.farewell !== null,
      stack: null,
    };
    return { seen, findings: judge(seen, checks, ignores), ...known };
  } catch (error) {
    const facts = { error: plan.secrets.redact(String(error)) };
    const stack = stackOf(error);
    const findings = [finding('probe-crashed', facts)];
    const shown = stack && plan.secrets.redact(stack);
    return { seen, findings, checked: null, loginSent: true, leftInOrder: false, stack: shown };
  }
}

/** Trying again helps when every failure, or else a warning, may pass by itself. */
function canRetryHelp({ findings, ...known }: Attempt, ignores: Ignores): boolean {
  // Whatever the verdict: `ignore` does not unlock an account.
  if (findings.some(({ code }) => CODES[code].rejectsLogin)) return false;
  const counted = findings.filter((found) => counts(found, ignores));
  const failures = counted.filter(({ status }) => status === 'fail');
  const mayPass = ({ code }: Finding) => mayRepeat(code, known);
  return failures.length > 0 ? failures.every(mayPass) : counted.some((f) => f.status === 'warn' && mayPass(f));
}

type Began = () => { startedAt: Date; durationMs: number };

function begin(clock: Clock): Began {
  const startedAt = clock.date();
  const from = clock.now();
  return () => ({ startedAt, durationMs: clock.now() - from });
}

function stackOf(error: unknown): string | null {
  return error instanceof Error ? (error.stack ?? null) : null;
}
