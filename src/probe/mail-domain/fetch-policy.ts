import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PolicySeen } from '../../model/mail-domain.ts';
import { type Address, type AddressAttempt, isVerified, type ProxyFailure } from '../../model/observation.ts';
import { isPublic } from '../../shared/public-address.ts';
import { connect, type Wire } from '../connect.ts';
import { Deadline, errnoOf, Interrupted } from '../deadline.ts';
import { dialler, type ProbeIo } from '../dialler.ts';
import { usable } from '../dns/resolve-step.ts';
import type { Plan, TlsPlan } from '../plan.ts';

import { prepareContext, secure } from '../tls/handshake.ts';

/** RFC 8461 §3.2, §3.3: where a policy is, and the limits for its time and size. */
const PATH = '/.well-known/mta-sts.txt';
const LONGEST_MS = 60_000;
const MOST_BYTES = 65_536;
/** How many addresses are tried. */
const MOST_ADDRESSES = 8;

/** What ends the reading of a policy; thrown inside of this file alone. */
class Failed extends Error {
  constructor(readonly seen: PolicySeen) {
    super(seen.kind);
  }
}

/**
 * Reads a policy over HTTPS as RFC 8461 §3.3 says: the certificate has to be valid for the policy host, redirects are
 * not followed, and only status 200 counts. The name is resolved once, here, and only addresses on the internet are
 * connected to, through a proxy as well: whoever writes a domain's records must not reach into this machine's network.
 */
export async function fetchPolicy(plan: Plan, io: ProbeIo): Promise<PolicySeen> {
  const deadline = new Deadline(io.clock, {
    timeoutMs: plan.timeoutMs,
    deadlineMs: Math.min(plan.deadlineMs, LONGEST_MS),
  });
  const dialled: AddressAttempt[] = [];
  let socket: Duplex | undefined;
  try {
    const addresses = await resolveHost(plan, io, deadline);
    const wire = await open(addresses, plan, io, { deadline, dialled });
    socket = wire;
    // Its errors reach us through TLS.
    wire.on('error', () => {});
    const tls = await secureWire(wire, plan, io, deadline);
    socket = tls;
    return await readDocument(tls, plan.host, deadline);
  } catch (error) {
    if (error instanceof Failed) return error.seen;
    if (error instanceof Interrupted) return failureOf(error, dialled);
    throw error;
  } finally {
    socket?.destroy();
  }
}

async function resolveHost({ host }: Plan, { resolver }: ProbeIo, deadline: Deadline): Promise<Address[]> {
  const found = await deadline
    .wait(() => resolver.addresses(host, 0))
    .catch((error: unknown) => {
      if (error instanceof Interrupted) throw new Failed({ kind: 'no-address', errno: 'ETIMEOUT' });
      throw new Failed({ kind: 'no-address', errno: errnoOf(error) });
    });
  const addresses = usable(found, 0);
  const [first] = addresses;
  if (!first) throw new Failed({ kind: 'no-address', errno: 'ENODATA' });
  const allowed = addresses.filter(({ address }) => isPublic(address));
  if (allowed.length === 0) throw new Failed({ kind: 'private-address', address: first.address });
  return allowed.slice(0, MOST_ADDRESSES);
}

/** Connects to one of the addresses themselves: nothing behind this looks up the name again. */
async function open(
  addresses: readonly Address[],
  plan: Plan,
  io: ProbeIo,
  { deadline, dialled }: { deadline: Deadline; dialled: AddressAttempt[] },
): Promise<Wire> {
  const dial = (await dialler(plan, io))(deadline);
  const bounded = plan.proxy !== null;
  return (await connect(addresses, plan.port, { clock: io.clock, dial, deadline, dialled, bounded })).socket;
}

async function secureWire(wire: Wire, { tls }: Plan, { clock }: ProbeIo, deadline: Deadline): Promise<Duplex> {
  const plan: TlsPlan = { ...tls, when: 'implicit', strict: true, verify: true, minVersion: 'TLSv1.2', client: null };
  const { socket, session } = await secure(wire, plan, { context: prepareContext(plan), deadline, clock }).catch(
    (error: unknown) => {
      throw error instanceof Interrupted ? handshakeFailure(error) : error;
    },
  );
  // Who is not interested in what comes behind the answer does not hear of its end either.
  socket.on('error', () => {});
  if (isVerified(session)) return socket;
  socket.destroy();
  throw new Failed({ kind: 'certificate', session });
}

function handshakeFailure(error: Interrupted): Error {
  const { end } = error;
  if (end.kind === 'handshake') return new Failed({ kind: 'no-tls', errno: end.errno, reason: end.reason });
  if (end.kind === 'reset') return new Failed({ kind: 'no-tls', errno: end.errno, reason: 'the connection was reset' });
  if (end.kind === 'closed') return new Failed({ kind: 'no-tls', errno: '', reason: 'the connection was closed' });
  return error;
}

/** One request, and its answer as far as it is needed: each wait has the timeout, and all together the deadline. */
async function readDocument(socket: Duplex, host: string, deadline: Deadline): Promise<PolicySeen> {
  const response = await deadline.wait(() => ask(socket, host));
  const { statusCode: status = 0, headers } = response;
  if (status !== 200) {
    return { kind: 'status', status, location: headers.location ?? null };
  }
  const bytes = await deadline.wait(() => readBody(response), { atMost: deadline.deadlineMs });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { kind: 'document', contentType: headers['content-type'] ?? null, text };
}

function ask(socket: Duplex, host: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, Accept: 'text/plain, */*', 'User-Agent': 'smtp-gate', Connection: 'close' };
    const asked = request({ createConnection: () => socket, host, path: PATH, headers });
    asked.once('response', (response) => resolve(response.on('error', () => {})));
    // What goes wrong behind the answer's head is the body's, which hears of it as well.
    asked.on('error', (error: NodeJS.ErrnoException) => reject(noHttp(error)));
    // The end alone is told where the answer changes the protocol.
    asked.once('close', () => reject(noHttp({})));
    asked.end();
  });
}

function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) reject(new Failed({ kind: 'too-large', limit: MOST_BYTES }));
      else chunks.push(chunk);
    });
    response.once('end', () => resolve(Buffer.concat(chunks)));
    response.once('error', (error: NodeJS.ErrnoException) => reject(noHttp(error)));
    response.once('close', () => reject(noHttp({ code: 'ECONNRESET' })));
  });
}

function noHttp({ code }: { readonly code?: string | undefined }): Failed {
  return new Failed({ kind: 'no-http', what: code ?? 'unreadable' });
}

/** What kept the host from being reached, or from answering in time. */
function failureOf({ end }: Interrupted, dialled: readonly AddressAttempt[]): PolicySeen {
  if (end.kind === 'silence' || end.kind === 'deadline') return { kind: 'timeout', ms: end.ms };
  if (end.kind === 'proxy') return { kind: 'no-connection', what: proxyWords(end) };
  const errnos = dialled.flatMap(({ errno }) => errno ?? []);
  // Of several addresses, one that refuses says more than one without a route.
  const errno = errnos.find((one) => one === 'ECONNREFUSED') ?? errnos[0] ?? 'ETIMEDOUT';
  return { kind: 'no-connection', what: errno };
}

function proxyWords(failure: ProxyFailure): string {
  return failure.what === 'unreachable' ? `the proxy: ${failure.errno}` : `the proxy: ${failure.said}`;
}
