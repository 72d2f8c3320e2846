import type { Duplex } from 'node:stream';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { type AddressAttempt, type Cause, isNotTls } from '../model/observation.ts';
import { ipFamily } from '../shared/address.ts';
import { connect, type Wire } from './connect.ts';
import { Deadline, Interrupted } from './deadline.ts';
import { dialler, type ProbeIo } from './dialler.ts';
import { resolve } from './dns/resolve-step.ts';
import type { Plan } from './plan.ts';
import { nothingSeen } from './probe.ts';
import { Recorder } from './step-recorder.ts';
import { prepareContext } from './tls/handshake.ts';

/** A connection to a server that is not SMTP’s, and the way to make TLS of it. */
export interface PlainWire {
  readonly wire: Timed;
  /** Begins TLS; a certificate that does not verify is an error of the socket that is returned. */
  readonly secure: (plain: Duplex, done: () => void) => TLSSocket;
}

/** A stream that may be told to give up after some time without traffic, as sockets can. */
export type Timed = Wire & { setTimeout(ms: number): unknown };

/**
 * Connects as a probe does: resolved and dialled in the plan's time, through its proxy where it has one. In the place of
 * a connection, why there is none, in a few words.
 */
export async function openWire(plan: Plan, io: ProbeIo): Promise<PlainWire | { readonly failed: string }> {
  const context = prepareContext(plan.tls);
  const deadline = new Deadline(io.clock, plan);
  const recorder = new Recorder(deadline, ['resolve', 'connect']);
  const dialled: AddressAttempt[] = [];
  try {
    const dialFor = await dialler(plan, io);
    const addresses = await resolve(plan, io.resolver, { deadline, recorder, seen: nothingSeen(), tooMany: 'cut' });
    const dial = dialFor(deadline);
    const { socket } = await connect(addresses, plan.port, {
      ...io,
      dial,
      deadline,
      dialled,
      bounded: plan.proxy !== null,
    });
    return { wire: timed(socket), secure: (plain, done) => secure(plain, plan, context, done) };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return { failed: sayFailure(error.end, dialled) };
  }
}

function timed(wire: Wire): Timed {
  const known = wire as Partial<Timed>;
  return Object.assign(wire, typeof known.setTimeout === 'function' ? {} : { setTimeout: () => {} }) as Timed;
}

function secure(plain: Duplex, { tls }: Plan, secureContext: SecureContext, done: () => void): TLSSocket {
  const servername = ipFamily(tls.name) === 0 ? tls.name : '';
  const options = { socket: plain, secureContext, host: tls.name, servername, rejectUnauthorized: tls.verify };
  return connectTls(options, done);
}

function sayFailure(end: Cause, dialled: readonly AddressAttempt[]): string {
  switch (end.kind) {
    case 'resolver':
      return `the name was not resolved: ${end.errno}`;
    case 'proxy':
      return `the proxy did not open the connection: ${'said' in end ? end.said : end.errno}`;
    case 'silence':
    case 'deadline':
      return 'no answer in time';
    default: {
      const errno = dialled.find((one) => one.errno !== null)?.errno;
      return errno ?? (dialled.some(({ outcome }) => outcome === 'timeout') ? 'no answer in time' : 'no connection');
    }
  }
}

/** Whether OpenSSL’s words mean that the other side does not speak TLS at all. */
export function speaksNoTls({
  code = '',
  reason = '',
  message = '',
}: {
  code?: string;
  reason?: string;
  message?: string;
}): boolean {
  return isNotTls({ errno: code, reason: `${reason} ${message}` });
}
