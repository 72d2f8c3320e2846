import type { Duplex } from 'node:stream';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { TlsSession } from '../../model/observation.ts';
import { ipFamily } from '../../shared/address.ts';
import type { Clock } from '../../shared/clock.ts';
import { type Deadline, Interrupted, RESETS } from '../deadline.ts';
import type { TlsPlan } from '../plan.ts';
import { isFor, neededOf, readCertificate, readWithDigests, sentBy, trustIn } from './chain.ts';
import { authorities } from './trust-store.ts';

/**
 * OpenSSL's codes for a chain whose only fault may be its dates, or its strength, for which Node has no name. It tells of
 * the fault that it finds last, and of dates after all others.
 */
const NOT_OF_TRUST = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|UNSPECIFIED|_TOO_(?:WEAK|SMALL)/;

/**
 * The TLS handshake (RFC 8446; behind STARTTLS: RFC 3207 §4.1). A certificate that does not verify does not end it, so
 * that it can be read; whoever goes on has to look at the session first.
 */
export async function secure(
  plain: Duplex,
  plan: TlsPlan,
  { context, deadline, clock }: { context: SecureContext; deadline: Deadline; clock: Clock },
): Promise<{ socket: TLSSocket; session: TlsSession }> {
  // TLS does not hear of an end that the stream has told already, and would wait for the deadline.
  if (plain.readableEnded || plain.destroyed) throw new Interrupted({ kind: 'closed', heard: '' });
  const socket = connect(connectionOptions(plain, plan, context));
  // Node reads it with all its issuers for `checkServerIdentity`, which does not look at it here.
  socket.getPeerCertificate = () => ({}) as DetailedPeerCertificate;
  let secured = false;
  await deadline.wait((cancellation) => {
    cancellation.onCancel(() => {
      if (!secured) socket.destroy();
    });
    return new Promise<void>((resolve, reject) => {
      const fail = (error: Error) => reject(handshakeFailure(error));
      const closed = () => reject(new Interrupted({ kind: 'closed', heard: '' }));
      // What made the other side end the connection is heard before that it did.
      const ended = () => setImmediate(closed);
      socket.once('error', fail).once('close', closed);
      // An end that came in one segment with the 220 to STARTTLS reached the stream before TLS was attached to it: only
      // reading makes a stream that is paused tell of it.
      plain.once('end', ended).read(0);
      socket.once('secureConnect', () => {
        socket.off('error', fail).off('close', closed);
        plain.off('end', ended);
        secured = true;
        resolve();
      });
    });
  });
  return { socket, session: readSession(socket, plan, clock.date()) };
}

function connectionOptions(socket: Duplex, { name }: TlsPlan, secureContext: SecureContext): ConnectionOptions {
  return {
    socket,
    secureContext,
    // An address is no server name (RFC 6066 §3).
    servername: ipFamily(name) === 0 ? name : '',
    rejectUnauthorized: false,
    // The name is looked at below, whatever is wrong with the chain.
    checkServerIdentity: () => undefined,
  };
}

/** So many contexts are kept: a gate's targets have few sets of authorities and client certificates, mostly one. */
const MOST_CONTEXTS = 16;
const contexts = new Map<string, SecureContext>();

/**
 * What connections with the same version, authorities and client certificate share. To make it takes up to 25 ms of the
 * processor and 1 MB: it is made once, and before anything is timed.
 */
export function prepareContext(plan: TlsPlan): SecureContext {
  const { minVersion, ca, client } = plan;
  const key = JSON.stringify([minVersion, ca, client && [client.cert, client.key]]);
  const known = contexts.get(key);
  if (known) return known;
  const made = makeContext(plan);
  const [oldest] = contexts.keys();
  if (contexts.size >= MOST_CONTEXTS && oldest !== undefined) contexts.delete(oldest);
  contexts.set(key, made);
  return made;
}

function makeContext({ minVersion, ca, client }: TlsPlan): SecureContext {
  return createSecureContext({
    minVersion,
    // An intermediate authority may be what is trusted.
    ...({ allowPartialTrustChain: true } as object),
    ...(authorities.added(ca).length > 0 ? { ca: authorities.all(ca) } : {}),
    ...(client ?? {}),
  });
}

function handshakeFailure(error: Error & { code?: string; reason?: string }): Interrupted {
  const { code = '', message } = error;
  if (/disconnected before secure/.test(message)) return new Interrupted({ kind: 'closed', heard: '' });
  if (RESETS.has(code)) return new Interrupted({ kind: 'reset', errno: code, heard: '' });
  return new Interrupted({ kind: 'handshake', errno: code, reason: error.reason ?? message });
}

function readSession(socket: TLSSocket, { name, ca, digests }: TlsPlan, at: Date): TlsSession {
  const sent = sentBy(socket);
  const chainError = socket.authorized ? null : String(socket.authorizationError);
  const trust =
    chainError !== null && NOT_OF_TRUST.test(chainError)
      ? trustIn(sent, authorities.all(ca))
      : { anchored: chainError === null, weak: null };
  const leaf = sent[0];
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName ?? socket.getCipher().name,
    name,
    chain: neededOf(sent, () => authorities.all(ca)).map(digests ? readWithDigests : readCertificate),
    chainError,
    // OpenSSL names one fault: behind a wrong date, an authority that nobody knows would go unseen.
    ...trust,
    named: leaf !== undefined && isFor(leaf, name),
    at,
  };
}
