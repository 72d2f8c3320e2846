import {
  type AddressAttempt,
  isNotTls,
  isVerified,
  type Observation,
  type ProxySeen,
  type SourceAddressSeen,
} from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import type { Clock } from '../shared/clock.ts';
import { isOwnAddress, ownAddresses } from '../shared/own-addresses.ts';
import { connect, type Dial, tcpDial } from './connect.ts';
import { Conversation } from './conversation.ts';
import { Deadline, Interrupted } from './deadline.ts';
import { resolve } from './dns/resolve-step.ts';
import { type Resolver, systemResolver } from './dns/system-resolver.ts';
import { ehloName, sayEhlo } from './ehlo.ts';
import type { BeyondPlan, Plan, ProxyPlan } from './plan.ts';
import { redactObservation } from './redact.ts';
import { Recorder } from './step-recorder.ts';

/** The world that a probe touches. */
export interface ProbeIo {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly dial: Dial;
}

/** The operating system's resolver and sockets, in the given time. */
export const systemIo = (clock: Clock): ProbeIo => ({ clock, resolver: systemResolver, dial: tcpDial });

/**
 * The longest second look at a port that may speak TLS, at one that may greet in plaintext (which many servers put off
 * for 4 to 6 s, against clients that do not wait), and what a look may take beyond a deadline that is used up.
 */
export const LOOK_MS = 2_000;
const PLAIN_LOOK_MS = 8_000;
const LOOK_GRACE_MS = 300;
/** The first bytes of a TLS record (RFC 8446 §5.1): a content type, then version 3.x. */
const TLS_RECORD = /^[\x14-\x17]\x03/;

/**
 * One attempt: resolve, connect, TLS where it is implicit, greeting, what goes beyond it where it is asked for, QUIT
 * (RFC 5321 §3.1, §4.1.1.10). Whatever the network does is in the observation; a throw is an internal error.
 */
export async function probe(plan: Plan, io: ProbeIo): Promise<Observation> {
  // TLS and what is behind EHLO keep the loop busy while they load: before anything is timed, so that our own work is no
  // part of any latency, of this target or of those beside it.
  const tools = plan.tls.when === 'implicit' || goesBeyond(plan) ? await load(plan) : null;
  const deadline = new Deadline(io.clock, plan);
  const recorder = new Recorder(deadline, stepsOf(plan));
  const dialled: AddressAttempt[] = [];
  const seen: Seen = { ...nothingSeen(), proxy: plan.proxy && seenOf(plan.proxy) };
  let talk: Conversation | undefined;
  const dialFor = await dialler(plan, io);
  try {
    const addresses = await resolve(plan, io.resolver, { deadline, recorder, seen, tooMany: 'cut' });
    const connectStart = deadline.elapsed();
    const { socket, address } = await recorder.run('connect', () =>
      connect(addresses, plan.port, {
        ...io,
        dial: dialFor(deadline),
        deadline,
        dialled,
        bounded: plan.proxy !== null,
      }),
    );
    seen.address = address;
    const conversation = new Conversation(socket, deadline, plan.secrets, (odd) => recorder.deviates(odd));
    talk = conversation;
    const upgrade = (talk: Conversation) =>
      talk.upgrade(async (plain) => {
        if (!tools?.context) throw new Error('TLS was not prepared');
        const { context, secure } = tools;
        const { socket, session } = await secure(plain, plan.tls, { context, deadline, clock: io.clock });
        seen.tls = session;
        return socket;
      });
    if (plan.tls.when === 'implicit') await recorder.run('tls', () => upgrade(conversation));
    seen.greeting = await recorder.run('greeting', () => conversation.reply());
    seen.latencyMs = conversation.heardAtMs - connectStart;
    if (seen.greeting.code !== 220) recorder.stop('the greeting is not 220');
    else if (seen.tls && plan.tls.strict && !isVerified(seen.tls)) recorder.stop('the certificate does not verify');
    else if (tools && goesBeyond(plan)) {
      const name = ehloName(plan.beyond, socket);
      await recorder.run('ehlo', () =>
        sayEhlo(conversation, name, (hello) => {
          seen.ehlo = hello;
        }),
      );
      await tools.goDeeper(conversation, plan, seen, { recorder, name, upgrade });
    }
    await recorder.runCourtesy('quit', async (limit) => {
      seen.farewell = await conversation.command('QUIT', limit);
      // An answer too many makes every later one the answer to the command before: QUIT's then has another behind it.
      if (plan.beyond && seen.farewell.code !== 221) await conversation.expectNothing(limit);
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    recorder.interrupted(error);
  } finally {
    talk?.close();
  }
  await lookAgain(plan, io.clock, dialFor, { deadline, recorder, seen });
  const whole = {
    ...seen,
    sourceAddress: sourceOf(plan, dialled),
    durationMs: deadline.elapsed(),
    steps: recorder.steps(),
    dialled,
    transcript: talk?.transcript ?? [],
    deviations: recorder.deviations,
    end: recorder.end,
  };
  return redactObservation(whole, plan.secrets);
}

type Seen = {
  -readonly [K in Exclude<
    keyof Observation,
    'durationMs' | 'steps' | 'dialled' | 'transcript' | 'deviations' | 'end'
  >]: Observation[K];
};

/** What is known before anything happens. */
export function nothingSeen(): Seen {
  return {
    proxy: null,
    sourceAddress: null,
    addresses: null,
    nameExists: null,
    address: null,
    greeting: null,
    ehlo: null,
    starttls: null,
    tls: null,
    auth: null,
    loginSent: false,
    envelope: null,
    farewell: null,
    latencyMs: null,
    tlsLook: null,
    plainLook: null,
    around: null,
  };
}

/** The steps of a plan, in the order in which they happen. */
export function stepsOf({ tls, beyond }: Plan): StepName[] {
  const mayStart = beyond !== null && (tls.when === 'starttls' || tls.when === 'if-offered');
  const some = (wanted: unknown, ...steps: StepName[]) => (wanted ? steps : []);
  return [
    'resolve',
    'connect',
    ...some(tls.when === 'implicit', 'tls'),
    'greeting',
    ...some(beyond, 'ehlo'),
    ...some(mayStart, 'starttls', 'tls', 'ehlo-again'),
    ...some(beyond?.login, 'auth'),
    ...some(beyond?.envelope, 'mail'),
    ...some(beyond?.envelope?.to.length, 'rcpt'),
    ...some(beyond?.envelope, 'rset'),
    'quit',
  ];
}

/** Everything behind EHLO, and TLS. */
async function load({ tls }: Plan) {
  const [{ secure, prepareContext }, deeper] = await Promise.all([
    import('./tls/handshake.ts'),
    import('./session.ts'),
  ]);
  const context = tls.when === 'never' ? null : prepareContext(tls);
  return { ...deeper, secure, context };
}

function goesBeyond(plan: Plan): plan is Plan & { beyond: BeyondPlan } {
  return plan.beyond !== null;
}

/** A second connection where the first one may have spoken the wrong language: TLS or plaintext. */
async function lookAgain(
  plan: Plan,
  clock: Clock,
  dialFor: DialFor,
  { deadline, recorder, seen }: { deadline: Deadline; recorder: Recorder; seen: Seen },
): Promise<void> {
  if (seen.address === null) return;
  const { end } = recorder;
  if (seen.starttls && end?.kind === 'handshake' && isNotTls(end))
    return lookForPlaintext(plan, clock, dialFor, { deadline, recorder, seen });
  const language = plan.tls.when === 'implicit' ? mayBePlain(recorder) && 'plain' : mayBeTls(recorder) && 'tls';
  if (!language) return;
  const longest = language === 'plain' ? PLAIN_LOOK_MS : LOOK_MS;
  // A greeting that comes late in plaintext is waited for, whatever the timeout of a step.
  const patience = language === 'plain' ? longest : Math.min(longest, plan.timeoutMs);
  const atMost = Math.min(patience, Math.max(LOOK_GRACE_MS, deadline.remaining()));
  const where = { address: seen.address, port: plan.port, atMost };
  const { lookForGreeting, lookForTls } = await import('./look-around/second-connection.ts');
  const io = {
    clock,
    secrets: plan.secrets,
    dial: dialFor(new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost })),
  };
  if (language === 'plain') seen.plainLook = await lookForGreeting(where, io);
  else seen.tlsLook = await lookForTls(where, io);
}

/** What a server says in the place of TLS behind STARTTLS becomes the end of the attempt, where it can be read. */
async function lookForPlaintext(
  plan: Plan,
  clock: Clock,
  dialFor: DialFor,
  { deadline, recorder, seen }: { deadline: Deadline; recorder: Recorder; seen: Seen },
): Promise<void> {
  if (seen.address === null || !recorder.end) return;
  const atMost = Math.min(LOOK_MS, plan.timeoutMs, Math.max(LOOK_GRACE_MS, deadline.remaining()));
  const { lookForRefusal } = await import('./look-around/second-connection.ts');
  const dial = dialFor(new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost }));
  const name = plan.beyond?.ehloName ?? '[127.0.0.1]';
  const where = { address: seen.address, port: plan.port, atMost, name };
  const heard = await lookForRefusal(where, { dial, clock, secrets: plan.secrets });
  if (heard !== '') recorder.end = { kind: 'injected', heard, step: recorder.end.step };
}

/** The way to dial within a deadline. */
type DialFor = (deadline: Deadline) => Dial;

/** Dials as the plan says: directly, from its own address, or through the proxy, whose code is loaded only then. */
export async function dialler({ proxy, secrets, sourceAddress: from }: Plan, io: ProbeIo): Promise<DialFor> {
  if (from !== null) return () => (address, port, cancellation) => io.dial(address, port, cancellation, from);
  if (!proxy) return () => io.dial;
  const { proxyDial } = await import('./proxy/dial.ts');
  return (deadline) => proxyDial(proxy, { ...io, deadline, secrets });
}

function seenOf({ scheme, host, port, from, credentials }: ProxyPlan): ProxySeen {
  return { scheme, host, port, from, withCredentials: credentials !== null };
}

/** The local address, and where the system does not have it, those that it has; it says the same where no port is left. */
function sourceOf({ sourceAddress: address }: Plan, dialled: readonly AddressAttempt[]): SourceAddressSeen | null {
  if (address === null) return null;
  const refused = dialled.length > 0 && dialled.every(({ errno }) => errno === 'EADDRNOTAVAIL');
  return { address, others: refused && !isOwnAddress(address) ? ownAddresses() : null };
}

/** A port that waits for the client to speak first, or that answered with a TLS record, may speak TLS. */
function mayBeTls({ end, lastMs }: Recorder): boolean {
  if (end?.step !== 'greeting') return false;
  if (end.kind === 'malformed') return TLS_RECORD.test(end.reply.text);
  const silent = 'heard' in end && end.heard === '';
  // A server that closes after a while may have waited for a handshake; one that closes at once did not.
  return silent && (end.kind === 'silence' || end.kind === 'deadline' || (end.kind === 'closed' && lastMs >= 1_000));
}

/** A port that does not answer a TLS hello with TLS may greet in plaintext; an alert is TLS. */
function mayBePlain({ end }: Recorder): boolean {
  return end?.step === 'tls' && (end.kind !== 'handshake' || isNotTls(end));
}
