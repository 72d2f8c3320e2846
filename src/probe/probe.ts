import {
  type AddressAttempt,
  isVerified,
  type LocalAddressSeen,
  type Observation,
  type ProxySeen,
} from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import type { Clock } from '../shared/clock.ts';
import { isOwnAddress, ownAddresses } from '../shared/own-addresses.ts';
import { connect, tcpDial } from './connect.ts';
import { Conversation } from './conversation.ts';
import { Deadline, Interrupted } from './deadline.ts';
import { dialler, type ProbeIo } from './dialler.ts';
import { resolve } from './dns/resolve-step.ts';
import { systemResolver } from './dns/system-resolver.ts';
import { ehloName, sayHello } from './ehlo.ts';
import { lookAgain } from './look-again.ts';
import type { BeyondPlan, Plan, ProxyPlan } from './plan.ts';
import { proxyHeader } from './proxy-header.ts';
import { redactObservation } from './redact.ts';
import type { LastStage } from './session.ts';
import { Recorder } from './step-recorder.ts';

export type { ProbeIo } from './dialler.ts';

/** The operating system's resolver and sockets, in the given time. */
export const systemIo = (clock: Clock): ProbeIo => ({ clock, resolver: systemResolver, dial: tcpDial });

/**
 * One attempt: resolve, connect, TLS where it is implicit, greeting, what goes beyond it where it is asked for, QUIT
 * (RFC 5321 §3.1, §4.1.1.10). Whatever the network does is in the observation; a throw is an internal error.
 */
export async function probe(plan: Plan, io: ProbeIo, last: LastStage | null = null): Promise<Observation> {
  // TLS and what is behind EHLO keep the loop busy while they load: before anything is timed, so that our own work is no
  // part of any latency, of this target or of those beside it.
  const tools = plan.tls.when === 'implicit' || goesBeyond(plan) ? await load(plan) : null;
  const deadline = new Deadline(io.clock, plan);
  const recorder = new Recorder(deadline, stepsOf(plan, last), io.begins);
  const dialled: AddressAttempt[] = [];
  const seen = nothingSeen(plan.proxy && seenOf(plan.proxy));
  let talk: Conversation | undefined;
  const dialFor = await dialler(plan, io);
  const bareDialFor = await dialler({ ...plan, proxyHeader: null }, io);
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
    if (plan.proxyHeader !== null) conversation.began(proxyHeader(plan.proxyHeader, socket).shown);
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
        sayHello(conversation, { name, protocol: plan.protocol }, (hello) => {
          seen.ehlo = hello;
        }),
      );
      await tools.goDeeper(conversation, plan, seen, { recorder, name, upgrade, last });
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
  const transcript = talk?.transcript ?? [];
  await lookAgain({ plan, clock: io.clock, dialFor, bareDialFor, deadline, recorder, seen, transcript });
  const whole = {
    ...seen,
    localAddress: sourceOf(plan, dialled),
    durationMs: deadline.elapsed(),
    steps: recorder.steps(),
    dialled,
    transcript,
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

/** What is known before anything happens: through which proxy, where there is one. */
export function nothingSeen(proxy: Seen['proxy'] = null): Seen {
  return {
    proxy,
    localAddress: null,
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
    headerLook: null,
    silentLook: null,
    around: null,
  };
}

/** The steps of a plan, in the order in which they happen. */
export function stepsOf({ tls, beyond }: Plan, last: LastStage | null = null): StepName[] {
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
    ...(last?.steps ?? []),
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

function seenOf({ scheme, host, port, from, credentials }: ProxyPlan): ProxySeen {
  return { scheme, host, port, from, withCredentials: credentials !== null };
}

/** The local address, and where the system does not have it, those that it has; it says the same where no port is left. */
function sourceOf({ localAddress: address }: Plan, dialled: readonly AddressAttempt[]): LocalAddressSeen | null {
  if (address === null) return null;
  const refused = dialled.length > 0 && dialled.every(({ errno }) => errno === 'EADDRNOTAVAIL');
  return { address, others: refused && !isOwnAddress(address) ? ownAddresses() : null };
}
