import { sameHost } from './address.ts';
import type { Clock } from './clock.ts';
import { CODES, type Code, type Status } from './codes.ts';
import { type Finding, finding } from './diagnosis/findings.ts';
import { isSound } from './diagnosis/sound.ts';
import { decidingFinding, failsStep, type Ignores, rank } from './diagnosis/verdict.ts';
import type { Problem, Settings } from './inputs/settings.ts';
import type { Target } from './inputs/target.ts';
import type { Around, Observation } from './observation.ts';
import { planOf } from './plan.ts';
import type { Plan } from './probe/plan.ts';
import { Secrets } from './secrets.ts';

/** What became of one target: its last attempt, judged. */
export interface TargetResult {
  readonly target: Target;
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
  /** A finding about the gate itself, when nothing was probed. */
  readonly gateFinding: Finding | null;
  readonly failsStep: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** The stack of a defect of ours, for the debug log. */
  readonly stack: string | null;
}

/** Something to show while the gate is at work. */
export type Progress = {
  readonly kind: 'retry';
  readonly target: Target;
  readonly code: Code;
  readonly attempt: number;
  readonly inMs: number;
};

export interface GateIo {
  readonly clock: Clock;
  readonly probe: (plan: Plan) => Promise<Observation>;
  /** Looks around the host of a failed attempt for evidence, for at most 5 s. */
  readonly lookAround: (plan: Plan, seen: Observation) => Promise<Around>;
  readonly progress: (event: Progress) => void;
}

/** Back-off between attempts: 0.5 s, 1 s, 2 s, then every 5 s. */
const BACK_OFF_MS = [500, 1_000, 2_000] as const;
const SLOWEST_RETRY_MS = 5_000;

/** The gate: every target probed, retried while that can help, and judged. */
export async function runGate(settings: Settings, io: GateIo): Promise<GateResult> {
  const began = begin(io.clock);
  if (settings.targets.length === 0) return notConfigured(settings, began);
  const targets = await Promise.all(settings.targets.map((target) => probeTarget(target, settings, io)));
  const worst = targets.reduce((a, b) => (rank(b.result.status) > rank(a.result.status) ? b : a));
  const { status, deciding, target } = worst.result;
  return {
    status,
    deciding: deciding && { finding: deciding, target },
    targets: targets.map(({ result }) => result),
    gateFinding: null,
    failsStep: failsStep(status, settings.failOn),
    ...began(),
    stack: targets.find(({ stack }) => stack !== null)?.stack ?? null,
  };
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
  return { status, deciding, targets: [], gateFinding, failsStep: fails, ...began(), stack: null };
}

async function probeTarget(
  target: Target,
  settings: Settings,
  io: GateIo,
): Promise<{ result: TargetResult; stack: string | null }> {
  const { clock } = io;
  const startedAt = clock.now();
  const ignores: Ignores = (code) => settings.ignore.some((rule) => rule.code === code && appliesTo(rule.at, target));
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await attemptOnce(target, settings, io);
    const deciding = decidingFinding(attempt.findings, ignores);
    const left = settings.wait - (clock.now() - startedAt);
    if (left > 0 && canRetryHelp(attempt.findings, ignores)) {
      const inMs = Math.min(left, BACK_OFF_MS[attempts - 1] ?? SLOWEST_RETRY_MS);
      io.progress({ kind: 'retry', target, code: deciding?.code ?? 'probe-crashed', attempt: attempts, inMs });
      await new Promise<void>((resolve) => clock.after(inMs, resolve));
      continue;
    }
    const tookMs = clock.now() - startedAt;
    const { seen, findings } = await secondOpinion(attempt, deciding, { target, settings, io });
    const decided = decidingFinding(findings, ignores);
    const ignored = findings.map(({ code }) => code).filter(ignores);
    const status = decided?.status ?? 'pass';
    return {
      result: { target, status, deciding: decided, findings, ignored, attempts, tookMs, seen },
      stack: attempt.stack,
    };
  }
}

/** Failures of which a look around the host can tell more. */
const WORTH_A_LOOK: ReadonlySet<Code> = new Set([
  'dns-not-found',
  'dns-no-address',
  'dns-unavailable',
  'connect-refused',
  'connect-timeout',
  'connect-unreachable',
  'connect-reset',
  'greeting-timeout',
  'greeting-closed',
]);

/**
 * The last attempt, judged again with what a look around the host has seen, where the failure that decides calls for
 * one. Evidence is a bonus: whatever goes wrong in gathering it, the first opinion stands.
 */
async function secondOpinion(
  attempt: Attempt,
  deciding: Finding | null,
  { target, settings, io }: { target: Target; settings: Settings; io: GateIo },
): Promise<Pick<Attempt, 'seen' | 'findings'>> {
  const { seen } = attempt;
  if (!settings.lookAround || !seen || deciding?.status !== 'fail' || !WORTH_A_LOOK.has(deciding.code)) return attempt;
  try {
    const looked = { ...seen, around: await io.lookAround(planOf(target, settings), seen) };
    const { diagnose } = await import('./diagnosis/diagnose.ts');
    return { seen: looked, findings: diagnose(looked, settings) };
  } catch {
    return attempt;
  }
}

interface Attempt {
  /** `null` when the probe crashed. */
  readonly seen: Observation | null;
  readonly findings: readonly Finding[];
  /** The stack of a defect of ours. */
  readonly stack: string | null;
}

/** One attempt; a throw of the probe or the diagnosis is our own defect, and a finding of its own. */
async function attemptOnce(target: Target, settings: Settings, { probe }: GateIo): Promise<Attempt> {
  const plan = planOf(target, settings);
  let seen: Observation | null = null;
  try {
    seen = await probe(plan);
    if (isSound(seen, settings)) return { seen, findings: [], stack: null };
    const { diagnose } = await import('./diagnosis/diagnose.ts');
    return { seen, findings: diagnose(seen, settings), stack: null };
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
