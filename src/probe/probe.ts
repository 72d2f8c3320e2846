import { addressLiteral, literalAddress } from '../address.ts';
import type { Clock } from '../clock.ts';
import {
  type Address,
  type AddressAttempt,
  BANNER_STEPS,
  type Family,
  type Observation,
  STEPS,
} from '../observation.ts';
import type { Reply } from '../smtp/reply.ts';
import { Conversation } from './conversation.ts';
import { Deadline, errnoOf, Interrupted, type Limits } from './deadline.ts';
import { connect, type Dial, tcpDial } from './dial.ts';
import { lookForTls } from './look.ts';
import { Recorder } from './recorder.ts';
import { type Resolver, systemResolver } from './resolve.ts';

/** What to probe. */
export interface Plan extends Limits {
  readonly host: string;
  readonly port: number;
  /** The only family to use; 0 for both. */
  readonly family: 0 | Family;
  /** Whether to go on with EHLO, and by which name: `null` for an address literal of the local socket. */
  readonly ehlo: { readonly name: string | null } | null;
}

/** The world that a probe touches. */
export interface ProbeIo {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly dial: Dial;
}

/** The operating system's resolver and sockets, in the given time. */
export const systemIo = (clock: Clock): ProbeIo => ({ clock, resolver: systemResolver, dial: tcpDial });

/** QUIT is a courtesy: its answer is awaited this long, in milliseconds, and is no part of the latency. */
const QUIT_MS = 2_000;
/** The longest second look, and what it may take beyond a deadline that is used up. */
const LOOK_MS = 3_000;
const LOOK_GRACE_MS = 300;
/** The first bytes of a TLS record (RFC 8446 §5.1): a content type, then version 3.x. */
const TLS_RECORD = /^[\x14-\x17]\x03/;

/**
 * One attempt: resolve, connect, greeting, EHLO where it is asked for, QUIT (RFC 5321 §3.1, §3.2, §4.1.1.10). Whatever the network does is in the
 * observation; a throw is a defect of ours.
 */
export async function probe(plan: Plan, io: ProbeIo): Promise<Observation> {
  const deadline = new Deadline(io.clock, plan);
  const recorder = new Recorder(deadline, plan.ehlo ? STEPS : BANNER_STEPS);
  const dialled: AddressAttempt[] = [];
  const seen = {
    addresses: null as Address[] | null,
    nameExists: null as boolean | null,
    address: null as string | null,
    greeting: null as Reply | null,
    ehlo: null as Observation['ehlo'],
    farewell: null as Reply | null,
    latencyMs: null as number | null,
    tlsLook: null as Observation['tlsLook'],
  };
  let talk: Conversation | undefined;
  try {
    const addresses = await resolve(plan, io, deadline, recorder, seen);
    const connectStart = deadline.elapsed();
    const { socket, address } = await recorder.run('connect', () =>
      connect(addresses, plan.port, { ...io, deadline, dialled }),
    );
    seen.address = address;
    const conversation = new Conversation(socket, deadline);
    talk = conversation;
    seen.greeting = await recorder.run('greeting', () => conversation.reply());
    seen.latencyMs = deadline.elapsed() - connectStart;
    if (plan.ehlo && seen.greeting.code === 220) {
      const name = plan.ehlo.name ?? addressLiteral(socket.localAddress ?? '127.0.0.1');
      seen.ehlo = await recorder.run('ehlo', () => sayEhlo(conversation, name));
    }
    await recorder.runCourtesy('quit', async () => {
      seen.farewell = await conversation.command('QUIT', { atMost: QUIT_MS });
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    talk?.close();
  }
  if (seen.address !== null && mayBeTls(recorder)) {
    const atMost = Math.min(LOOK_MS, plan.timeoutMs, Math.max(LOOK_GRACE_MS, deadline.remaining()));
    seen.tlsLook = await lookForTls({ address: seen.address, port: plan.port, atMost }, io);
  }
  return {
    ...seen,
    durationMs: deadline.elapsed(),
    steps: recorder.steps(),
    dialled,
    transcript: talk?.transcript ?? [],
    end: recorder.end,
  };
}

/** EHLO, and HELO where the server does not know EHLO (RFC 5321 §3.2). */
async function sayEhlo(talk: Conversation, name: string): Promise<Observation['ehlo']> {
  const reply = await talk.command(`EHLO ${name}`);
  if (reply.code < 500) return { verb: 'EHLO', reply };
  return { verb: 'HELO', reply: await talk.command(`HELO ${name}`) };
}

async function resolve(
  { host, family }: Plan,
  { resolver }: ProbeIo,
  deadline: Deadline,
  recorder: Recorder,
  seen: { addresses: Address[] | null; nameExists: boolean | null },
): Promise<Address[]> {
  const literal = literalAddress(host);
  if (literal) {
    recorder.skip('resolve', 'the host is an address');
    return [literal];
  }
  try {
    return await recorder.run('resolve', async () => {
      try {
        seen.addresses = await deadline.wait(() => resolver.addresses(host, family));
        return seen.addresses;
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        throw new Interrupted({ kind: 'resolver', errno: errnoOf(error) });
      }
    });
  } catch (error) {
    if (recorder.end?.kind === 'resolver' && recorder.end.errno === 'ENOTFOUND') {
      seen.nameExists = await exists(host, family, resolver, deadline);
    }
    throw error;
  }
}

/** Whether a name without an address of the wanted family exists at all; `null` when nobody answers. */
async function exists(
  host: string,
  family: 0 | Family,
  resolver: Resolver,
  deadline: Deadline,
): Promise<boolean | null> {
  const ask = async () => {
    const otherFamily = family === 0 ? [] : await resolver.addresses(host, 0).catch(() => []);
    return otherFamily.length > 0 || resolver.exists(host);
  };
  try {
    return await deadline.wait(ask, { atMost: 1_500 });
  } catch {
    return null;
  }
}

/** A port that waits for the client to speak first, or that answered with a TLS record, may speak TLS. */
function mayBeTls({ end, lastMs }: Recorder): boolean {
  if (end?.step !== 'greeting') return false;
  if (end.kind === 'malformed') return TLS_RECORD.test(end.reply.text);
  const silent = 'heard' in end && end.heard === '';
  // A server that closes after a while may have waited for a handshake; one that closes at once did not.
  return silent && (end.kind === 'silence' || end.kind === 'deadline' || (end.kind === 'closed' && lastMs >= 1_000));
}
