import type { Address, Observation, Step } from '../model/observation.ts';
import { inTurn } from '../shared/map-concurrent.ts';
import type { Dialable } from './connect.ts';
import { Deadline, Interrupted } from './deadline.ts';
import { resolve } from './dns/resolve-step.ts';
import type { Plan } from './plan.ts';
import { nothingSeen, type ProbeIo, probe, stepsOf } from './probe.ts';
import { redactObservation } from './redact.ts';
import { Recorder } from './step-recorder.ts';

/** How many addresses are probed at once. */
const AT_ONCE = 8;

/**
 * One attempt at every address of a name: it is resolved once, then each address has a conversation and a deadline for
 * itself. The observations are in the resolver's order, and their times count from the beginning of the whole attempt.
 * A name that does not resolve, or to more than 64 addresses, leaves one observation that ends there.
 */
export async function probeEach(plan: Plan, io: ProbeIo): Promise<Observation[]> {
  const deadline = new Deadline(io.clock, plan);
  const recorder = new Recorder(deadline, stepsOf(plan), io.begins);
  const seen = nothingSeen();
  let found: Dialable[];
  try {
    found = await resolve(plan, io.resolver, { deadline, recorder, seen, tooMany: 'refuse' });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const durationMs = deadline.elapsed();
    const ended = { dialled: [], transcript: [], deviations: [], end: recorder.end };
    return [redactObservation({ ...seen, durationMs, steps: recorder.steps(), ...ended }, plan.secrets)];
  }
  const addresses = found.flatMap(({ address, family }): Address[] => (family === null ? [] : [{ address, family }]));
  // A name that the proxy resolves is one place to go, whatever it stands for.
  if (addresses.length === 0) return [await probe(plan, io)];
  const resolved = recorder.steps().filter(({ step }) => step === 'resolve');
  const login = loginOnce(plan);
  return inTurn(addresses, login.wanted ? 1 : AT_ONCE, async (only) => {
    const startMs = deadline.elapsed();
    const observation = await probe({ ...login.plan(), only }, io);
    login.note(observation);
    const shifted = later(observation, startMs, resolved);
    return { ...shifted, steps: withSkipped(shifted.steps, plan), addresses: seen.addresses };
  });
}

/**
 * The plan for the next address. A login that was not accepted at one address is not tried at another, where it may lock the
 * account, so that logins go one after the other; what only a login can tell is then left out.
 */
function loginOnce(plan: Plan) {
  const wanted = plan.beyond?.login != null;
  let refused = false;
  return {
    wanted,
    plan: (): Plan =>
      refused && plan.beyond ? { ...plan, beyond: { ...plan.beyond, login: null, envelope: null } } : plan,
    note({ auth, loginSent }: Observation) {
      refused ||= loginSent && !(auth?.outcome === 'answered' && auth.reply.code === 235);
    },
  };
}

/** The steps of the whole plan, of each the first: those that were left out because of another address are skipped. */
function withSkipped(steps: readonly Step[], plan: Plan): Step[] {
  const because = 'a login was not accepted at another address';
  return stepsOf(plan).map(
    (name) =>
      steps.find(({ step }) => step === name) ?? { step: name, status: 'skipped', startMs: 0, tookMs: 0, because },
  );
}

/** An observation on the clock of the whole attempt, which began `byMs` sooner, with the step that came before it. */
function later(seen: Observation, byMs: number, before: readonly Step[]): Observation {
  const shifted = (step: Step) => (step.status === 'skipped' ? step : { ...step, startMs: step.startMs + byMs });
  return {
    ...seen,
    durationMs: seen.durationMs + byMs,
    steps: [...before, ...seen.steps.map(shifted)],
    dialled: seen.dialled.map((attempt) => ({ ...attempt, startMs: attempt.startMs + byMs })),
    transcript: seen.transcript.map((line) => ({ ...line, atMs: line.atMs + byMs })),
  };
}
