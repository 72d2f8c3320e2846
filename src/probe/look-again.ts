import { type HeaderLook, isNotTls, type Observation } from '../model/observation.ts';
import type { Clock } from '../shared/clock.ts';
import { isUnknownCommand, refusesCommand } from '../smtp/reply.ts';
import { Deadline } from './deadline.ts';
import type { DialFor } from './dialler.ts';
import type { Plan } from './plan.ts';
import { announced } from './proxy-header.ts';
import type { Recorder } from './step-recorder.ts';

/**
 * The longest second look at a port that may speak TLS, at one that may greet in plaintext (which many servers put off
 * for 4 to 6 s, against clients that do not wait), and what a look may take beyond a deadline that is used up.
 */
export const LOOK_MS = 2_000;
const PLAIN_LOOK_MS = 8_000;
const LOOK_GRACE_MS = 300;
/** The part of that time in which TLS alone is looked for. */
const HEAD_START = 0.25;
/** The first bytes of a TLS record (RFC 8446 §5.1): a content type, then version 3.x. */
const TLS_RECORD = /^[\x14-\x17]\x03/;
/** A server that ends a connection after so many milliseconds of silence may have waited for something. */
const WAITED_MS = 1_000;

type Seen = { -readonly [K in keyof Observation]?: Observation[K] } & Pick<
  Observation,
  'address' | 'starttls' | 'greeting' | 'ehlo' | 'farewell'
>;

/** An attempt that is over, and the ways to dial: as the plan has it, and without its PROXY header. */
interface Attempt {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly dialFor: DialFor;
  readonly bareDialFor: DialFor;
  readonly deadline: Deadline;
  readonly recorder: Recorder;
  readonly seen: Seen;
  readonly transcript: Observation['transcript'];
}

/** Second connections where the first one may have begun in the wrong way: TLS or plaintext, a PROXY header or none. */
export async function lookAgain(attempt: Attempt): Promise<void> {
  const { seen, recorder } = attempt;
  if (seen.address === null) return;
  const { end } = recorder;
  if (seen.starttls && end?.kind === 'handshake' && isNotTls(end)) return lookForPlaintext(attempt);
  const began = attempt.clock.now();
  const language = lookInOtherLanguage(attempt);
  const isImplicit = attempt.plan.tls.when === 'implicit';
  // A port that greets in plaintext has told what is wrong, and may take long to do so; one that speaks TLS says so soon.
  // Where the deadline is used up, what may be taken beyond it is taken once.
  if (isImplicit && attempt.deadline.remaining() >= LOOK_GRACE_MS) await language;
  if (!isImplicit) await headStart(language, attempt);
  if (greets(seen.plainLook) || seen.tlsLook?.answer === 'tls') return;
  const spentMs = isImplicit ? 0 : attempt.clock.now() - began;
  await Promise.all([language, lookWithOtherHeader(attempt, spentMs), listen(attempt)]);
}

/** Waits for a look, but not for most of the time that there is. */
async function headStart(look: Promise<void>, { plan, clock, deadline }: Attempt): Promise<void> {
  let cancel = () => {};
  const enough = new Promise<void>((resolve) => {
    cancel = clock.after(patienceOf(plan, deadline) * HEAD_START, resolve);
  });
  await Promise.race([look, enough]);
  cancel();
}

const helloIn = ({ protocol }: Plan) => (protocol === 'lmtp' ? ('LHLO' as const) : ('EHLO' as const));
const looks = () => import('./look-around/second-connection.ts');
const greets = (look: Seen['plainLook']) => look?.answer === 'greeting' && /^220/.test(look.text);

async function lookInOtherLanguage({ plan, clock, dialFor, deadline, recorder, seen }: Attempt): Promise<void> {
  const language = plan.tls.when === 'implicit' ? mayBePlain(recorder) && 'plain' : mayBeTls(recorder) && 'tls';
  if (!language || seen.address === null) return;
  const longest = language === 'plain' ? PLAIN_LOOK_MS : LOOK_MS;
  // A greeting that comes late in plaintext is waited for, whatever the timeout of a step.
  const patience = language === 'plain' ? longest : Math.min(longest, plan.timeoutMs);
  const atMost = Math.min(patience, Math.max(LOOK_GRACE_MS, deadline.remaining()));
  const where = { address: seen.address, port: plan.port, atMost, hello: helloIn(plan) };
  const { lookForGreeting, lookForTls } = await looks();
  const io = { clock, secrets: plan.secrets, dial: dialFor(lookDeadline(clock, atMost)) };
  if (language === 'plain') seen.plainLook = await lookForGreeting(where, io);
  else seen.tlsLook = await lookForTls(where, io);
}

/** What a server says in the place of TLS behind STARTTLS becomes the end of the attempt, where it can be read. */
async function lookForPlaintext({ plan, clock, dialFor, deadline, recorder, seen }: Attempt): Promise<void> {
  if (seen.address === null || !recorder.end) return;
  const atMost = patienceOf(plan, deadline);
  const { lookForRefusal } = await looks();
  const name = plan.beyond?.ehloName ?? '[127.0.0.1]';
  const where = { address: seen.address, port: plan.port, atMost, name, hello: helloIn(plan) };
  const dial = dialFor(lookDeadline(clock, atMost));
  const heard = await lookForRefusal(where, { dial, clock, secrets: plan.secrets });
  if (heard !== '') recorder.end = { kind: 'injected', heard, step: recorder.end.step };
}

/** Haraka knows version 1 alone. Whoever greets has taken the header, or takes none. */
function otherHeaders({ plan: { proxyHeader }, seen }: Attempt): readonly HeaderLook['header'][] {
  if (proxyHeader === null) return ['v2', 'v1'];
  return seen.greeting?.code === 220 ? [null] : [null, proxyHeader === 'v1' ? 'v2' : 'v1'];
}

/** With a PROXY header where there was none; without one, and with the other version, where there was. */
async function lookWithOtherHeader(attempt: Attempt, spentMs: number): Promise<void> {
  const { plan, clock, bareDialFor, deadline, seen } = attempt;
  const isOdd = plan.proxyHeader === null ? mayWantHeader(attempt) : mayNotWantHeader(attempt);
  if (!isOdd || seen.address === null) return;
  // Never longer than what the first connection was given: a greeting that is only late must not count.
  const atMost = Math.max(1, patienceOf(plan, deadline) - spentMs);
  const where = { address: seen.address, port: plan.port, atMost };
  const { lookForService } = await looks();
  const look = async (header: HeaderLook['header']): Promise<HeaderLook> => {
    const bare = bareDialFor(lookDeadline(clock, atMost));
    const dial = header === null ? bare : announced(header, bare);
    const saw = await lookForService(where, plan.tls.when === 'implicit', { dial, clock, secrets: plan.secrets });
    return { ...saw, header };
  };
  const [first, other] = await Promise.all(otherHeaders(attempt).map(look));
  if (!first) return;
  const isOther = first.answer !== 'served' && other?.answer === 'served';
  // A server that takes the same header now was only busy before.
  const isOver = isOther && plan.proxyHeader !== null && (await look(plan.proxyHeader)).answer === 'served';
  seen.headerLook = isOther && !isOver ? other : first;
}

/** Without a word of ours: what is answered then, something else has said. */
async function listen(attempt: Attempt): Promise<void> {
  const { plan, clock, dialFor, deadline, seen } = attempt;
  if (seen.address === null || !hasOneTooMany(attempt)) return;
  const atMost = patienceOf(plan, deadline);
  const { lookInSilence } = await looks();
  const where = { address: seen.address, port: plan.port, atMost };
  seen.silentLook = await lookInSilence(where, {
    dial: dialFor(lookDeadline(clock, atMost)),
    clock,
    secrets: plan.secrets,
  });
}

/**
 * A server that has refused a command as unknown, and whose answers do not end with QUIT's: one of them may belong to
 * something that nobody here has said, and each one behind it to the command before.
 */
function hasOneTooMany({ plan, recorder: { end }, seen, transcript }: Attempt): boolean {
  if (plan.proxyHeader !== null || plan.tls.when === 'implicit' || seen.greeting?.code !== 220) return false;
  if (!transcript.some(({ from, text }) => from === 'server' && refusesCommand(text))) return false;
  // Who refuses and hangs up has answered nothing too much.
  if (end?.kind === 'closed' || end?.kind === 'reset') return false;
  if (end) return end.kind === 'out-of-turn' || EARLY.has(end.step);
  return (seen.farewell !== null && seen.farewell.code !== 221) || refusesHello(seen.ehlo);
}

/** EHLO, HELO and LHLO: a header of version 2 gets as many refusals, and then QUIT's answer. */
function refusesHello(ehlo: Observation['ehlo']): boolean {
  return [ehlo?.refused, ehlo?.reply, ehlo?.other?.reply].every((reply) => reply && isUnknownCommand(reply));
}

function patienceOf({ timeoutMs }: Plan, deadline: Deadline): number {
  return Math.min(LOOK_MS, timeoutMs, Math.max(LOOK_GRACE_MS, deadline.remaining()));
}

function lookDeadline(clock: Clock, atMost: number): Deadline {
  return new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
}

/** A port that waits for the client to speak first, or that answered with a TLS record, may speak TLS. */
function mayBeTls({ end, lastMs }: Recorder): boolean {
  if (end?.step !== 'greeting') return false;
  if (end.kind === 'malformed') return TLS_RECORD.test(end.reply.text);
  const silent = 'heard' in end && end.heard === '';
  // A server that closes after a while may have waited for a handshake; one that closes at once did not.
  return (
    silent && (end.kind === 'silence' || end.kind === 'deadline' || (end.kind === 'closed' && lastMs >= WAITED_MS))
  );
}

/** A port that does not answer a TLS hello with TLS may greet in plaintext; an alert is TLS. */
function mayBePlain({ end }: Recorder): boolean {
  return end?.step === 'tls' && (end.kind !== 'handshake' || isNotTls(end));
}

/** A server that waits for a header is silent for a while, says 421 or closes; in the place of TLS it does so at once. */
function mayWantHeader(attempt: Attempt): boolean {
  const { plan, recorder, seen } = attempt;
  const { end, lastMs } = recorder;
  if (plan.tls.when === 'implicit') return mayBePlain(recorder) && lastMs < WAITED_MS;
  if (seen.greeting?.code === 220) return isLateExim(attempt);
  if (seen.greeting?.code === 421) return (recorder.tookMs('greeting') ?? 0) >= WAITED_MS;
  if (end?.step !== 'greeting' || !('heard' in end) || end.heard !== '') return false;
  return end.kind === 'silence' || end.kind === 'deadline' || lastMs >= WAITED_MS;
}

/** Exim greets all the same after 3 s without a header, and refuses all commands but QUIT then (proxy_protocol_timeout). */
function isLateExim({ recorder, seen: { greeting } }: Attempt): boolean {
  return (
    (recorder.tookMs('greeting') ?? 0) >= EXIM_WAIT_MS && greeting?.lines.some((line) => /\bExim\b/.test(line)) === true
  );
}

/** Less than those 3 s. */
const EXIM_WAIT_MS = 2_800;

/** A server that takes a header for commands refuses them, answers too often, closes, or cannot make TLS of it. */
function mayNotWantHeader({ recorder: { end }, seen: { greeting, ehlo, farewell } }: Attempt): boolean {
  if (end) return EARLY.has(end.step) || end.kind === 'out-of-turn';
  if (greeting && greeting.code >= 400) return true;
  const hello = ehlo && (ehlo.refused ?? ehlo.reply);
  return (hello !== null && isUnknownCommand(hello)) || !isFarewell(farewell);
}

const EARLY: ReadonlySet<string> = new Set(['greeting', 'tls', 'ehlo', 'quit']);

const isFarewell = (farewell: Observation['farewell']) => farewell === null || farewell.code < 400;
