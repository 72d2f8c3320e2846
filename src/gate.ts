import { sameHost } from './address.ts';
import type { Clock } from './clock.ts';
import { CODES, type Code, type Status } from './codes.ts';
import { type Finding, finding } from './diagnosis/findings.ts';
import { isSound } from './diagnosis/sound.ts';
import { decidingFinding, failsStep, type Ignores, rank } from './diagnosis/verdict.ts';
import type { Checks, Entry, Problem, Settings } from './inputs/settings.ts';
import type { Target } from './inputs/target.ts';
import type { Observation } from './observation.ts';
import { planOf } from './plan.ts';
import type { Plan } from './probe/plan.ts';
import { Secrets } from './secrets.ts';

/** What became of one target: its last attempt, judged. */
export interface TargetResult {
  readonly target: Target;
  /** What was asked of it. */
  readonly checks: Checks;
  readonly status: Status;
  readonly deciding: Finding | null;
  readonly findings: readonly Finding[];
  readonly ignored: readonly Code[];
  readonly attempts: number;
  /** From the first attempt's beginning to the last one's end, in milliseconds. */
  readonly tookMs: number;
  /** `null` when the probe crashed. */
  readonly seen: Observation | null;
}

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
  /** The stack of a defect of ours, for the debug log. */
  readonly stack: string | null;
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

export interface GateIo {
  readonly clock: Clock;
  readonly probe: (plan: Plan) => Promise<Observation>;
  readonly progress: (event: Progress) => void;
}

/** Back-off between attempts: 0.5 s, 1 s, 2 s, then every 5 s. */
const BACK_OFF_MS = [500, 1_000, 2_000] as const;
const SLOWEST_RETRY_MS = 5_000;

/** The gate: every target probed, retried while that can help, and judged. */
export async function runGate(settings: Settings, io: GateIo): Promise<GateResult> {
  const began = begin(io.clock);
  const { entries, notes } = settings;
  if (entries.length === 0) return notConfigured(settings, began);
  let done = 0;
  const targets = await inTurn(entries, settings.concurrency, io.clock, async (entry) => {
    const judged = await probeTarget(entry, io);
    const { target, status, deciding } = judged.result;
    done += 1;
    if (entries.length > 1) {
      io.progress({ kind: 'done', target, status, code: deciding?.code ?? '', done, of: entries.length });
    }
    return judged;
  });
  const results = targets.map(({ result }) => result);
  const worst = results.reduce((a, b) => (rank(b.status) > rank(a.status) ? b : a));
  const quorum = quorumOf(results, settings.quorum);
  const met = quorum !== null && quorum.held >= quorum.needed;
  const status = met && worst.status === 'fail' ? 'warn' : worst.status;
  return {
    status,
    deciding: worst.deciding && { finding: worst.deciding, target: worst.target },
    targets: results,
    quorum,
    notes,
    gateFinding: null,
    failsStep: failsStep(status, settings.failOn),
    ...began(),
    stack: targets.find(({ stack }) => stack !== null)?.stack ?? null,
  };
}

/** Does the work for every item, at most `atOnce` of them at the same time; the results keep the items' order. */
async function inTurn<T, R>(
  items: readonly T[],
  atOnce: number,
  clock: Clock,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (_: unknown, n: number) => {
    // All at the same instant, each would wait for the work on every other, again and again.
    if (n > 0) await new Promise<void>((resolve) => clock.after(n, resolve));
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

/** How many of the targets have to hold, and how many do not fail. */
function quorumOf(results: readonly TargetResult[], quorum: Settings['quorum']): GateResult['quorum'] {
  if (quorum.kind === 'all') return null;
  const held = results.filter(({ status }) => status !== 'fail').length;
  const needed = quorum.kind === 'count' ? quorum.count : Math.ceil((results.length * quorum.percent) / 100);
  return { needed, held };
}

/** The gate's result when the inputs cannot be read. */
export function refuse(problems: readonly Problem[], clock: Clock): GateResult {
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

function notConfigured({ ifNotConfigured, failOn, missing }: Settings, began: Began): GateResult {
  const status = ifNotConfigured;
  return withoutTargets(finding('not-configured', { missing }, status), failsStep(status, failOn), began);
}

function withoutTargets(gateFinding: Finding, fails: boolean, began: Began): GateResult {
  const { status } = gateFinding;
  const deciding = { finding: gateFinding, target: null };
  const nothing = { targets: [], quorum: null, notes: [], stack: null };
  return { status, deciding, ...nothing, gateFinding, failsStep: fails, ...began() };
}

async function probeTarget(
  { target, checks }: Entry,
  io: GateIo,
): Promise<{ result: TargetResult; stack: string | null }> {
  const { clock } = io;
  const startedAt = clock.now();
  const ignores: Ignores = (code) => checks.ignore.some((rule) => rule.code === code && appliesTo(rule.at, target));
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await attemptOnce(target, checks, io);
    const { findings } = attempt;
    const deciding = decidingFinding(findings, ignores);
    const left = checks.wait - (clock.now() - startedAt);
    if (left > 0 && canRetryHelp(findings, ignores)) {
      const inMs = Math.min(left, BACK_OFF_MS[attempts - 1] ?? SLOWEST_RETRY_MS);
      io.progress({ kind: 'retry', target, code: deciding?.code ?? 'probe-crashed', attempt: attempts, inMs });
      await new Promise<void>((resolve) => clock.after(inMs, resolve));
      continue;
    }
    const ignored = findings.map(({ code }) => code).filter(ignores);
    const tookMs = clock.now() - startedAt;
    const status = deciding?.status ?? 'pass';
    return {
      result: { target, checks, status, deciding, findings, ignored, attempts, tookMs, seen: attempt.seen },
      stack: attempt.stack,
    };
  }
}

/** One attempt; a throw of the probe or the diagnosis is our own defect, and a finding of its own. */
async function attemptOnce(
  target: Target,
  checks: Checks,
  { probe }: GateIo,
): Promise<{ seen: Observation | null; findings: Finding[]; stack: string | null }> {
  const plan = planOf(target, checks);
  let seen: Observation | null = null;
  try {
    seen = await probe(plan);
    if (isSound(seen, checks)) return { seen, findings: [], stack: null };
    const { diagnose } = await import('./diagnosis/diagnose.ts');
    return { seen, findings: diagnose(seen, checks), stack: null };
  } catch (error) {
    const facts = { error: plan.secrets.redact(String(error)) };
    const stack = stackOf(error);
    return { seen, findings: [finding('probe-crashed', facts)], stack: stack && plan.secrets.redact(stack) };
  }
}

/** A login that was rejected is not tried again, whatever the verdict: the next time may lock the account. */
const REJECTED: ReadonlySet<Code> = new Set(['auth-rejected', 'auth-app-password-needed', 'auth-disabled']);

/** Trying again helps when every failure, or else a warning, may pass by itself. */
function canRetryHelp(findings: readonly Finding[], ignores: Ignores): boolean {
  if (findings.some(({ code }) => REJECTED.has(code))) return false;
  const counted = findings.filter(({ code }) => !ignores(code));
  const failures = counted.filter(({ status }) => status === 'fail');
  const mayPass = ({ code }: Finding) => CODES[code].retryable;
  return failures.length > 0 ? failures.every(mayPass) : counted.some((f) => f.status === 'warn' && mayPass(f));
}

function appliesTo(at: Target | null, { host, port }: Target): boolean {
  return at === null || (sameHost(at.host, host) && at.port === port);
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
