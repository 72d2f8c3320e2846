import { type AddressAttempt, isVerified, type ProxyFailure } from '../../model/observation.ts';
import { literalAddress } from '../../shared/address.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secrets } from '../../shared/redaction.ts';
import type { Cancellation } from '../cancellation.ts';
import { connect, type Dial, type Wire } from '../connect.ts';
import { type Deadline, errnoOf, Interrupted } from '../deadline.ts';
import { MOST_ADDRESSES, usable } from '../dns/resolve-step.ts';
import type { Resolver } from '../dns/system-resolver.ts';
import type { ProxyPlan, TlsPlan } from '../plan.ts';
import { proxyFault } from './exchange.ts';
import { openTunnel } from './http-connect.ts';
import { openSocks } from './socks5.ts';

/** What a proxied connection needs: how to reach the proxy itself, and within which time. */
export interface ProxyIo {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly dial: Dial;
  readonly deadline: Deadline;
  readonly secrets: Secrets;
}

/**
 * Dials through a proxy: its name is resolved, it is connected to as every server is, TLS with it comes first where its
 * scheme is `https`, and it is asked to open the connection. Each of these has the timeout for itself; whatever goes
 * wrong in them is the proxy's fault, and says so.
 */
export function proxyDial(plan: ProxyPlan, io: ProxyIo): Dial {
  return async (address, port, cancellation) => {
    let socket: Wire | undefined;
    let isOpen = false;
    cancellation.onCancel(() => {
      if (!isOpen) socket?.destroy();
    });
    const tls = plan.scheme === 'https' ? prepareTls(plan) : null;
    tls?.catch(() => {});
    try {
      socket = await reach(plan, io, cancellation);
      if (tls) socket = await secureProxy(socket, await tls, io);
      const open = plan.scheme === 'http' || plan.scheme === 'https' ? openTunnel : openSocks;
      await open(socket, { host: address, port }, plan, io);
      isOpen = true;
      return socket;
    } catch (error) {
      socket?.destroy();
      throw error;
    }
  };
}

/** Connects to the proxy. */
async function reach({ host, port }: ProxyPlan, io: ProxyIo, cancellation: Cancellation): Promise<Wire> {
  const { resolver, deadline, clock } = io;
  const dialled: AddressAttempt[] = [];
  const unreachable = (stage: 'resolve' | 'connect', errno: string) =>
    proxyFault({ what: 'unreachable', stage, errno, dialled });
  const literal = literalAddress(host);
  const found = literal
    ? [literal]
    : await deadline
        .wait(() => resolver.addresses(host, 0))
        .catch((error: unknown) => {
          throw unreachable('resolve', error instanceof Interrupted ? 'timeout' : errnoOf(error));
        });
  const addresses = literal ? found : usable(found, 0).slice(0, MOST_ADDRESSES);
  if (addresses.length === 0) throw unreachable('resolve', 'EBADRESP');
  const dial: Dial = (address, port, own) => {
    cancellation.onCancel(() => own.cancel());
    return io.dial(address, port, own);
  };
  try {
    return (await connect(addresses, port, { dial, clock, deadline, dialled })).socket;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const errnos = dialled.flatMap(({ errno }) => errno ?? []);
    // Of several addresses, one that refuses says more than one without a route.
    throw unreachable('connect', errnos.find((errno) => errno === 'ECONNREFUSED') ?? errnos[0] ?? 'timeout');
  }
}

/** Reads the authorities while the proxy is waited for. */
async function prepareTls({ host, ca }: ProxyPlan) {
  const { prepareContext, secure } = await import('../tls/handshake.ts');
  const name = host.replace(/\.$/, '');
  const plan: TlsPlan = { when: 'implicit', strict: true, verify: true, minVersion: 'TLSv1.2', name, ca, client: null };
  return { plan, secure, context: prepareContext(plan) };
}

/** TLS with the proxy, which gets its credentials only when its certificate verifies. */
async function secureProxy(
  plain: Wire,
  { plan, secure, context }: Awaited<ReturnType<typeof prepareTls>>,
  { deadline, clock, secrets }: ProxyIo,
): Promise<Wire> {
  // Its errors reach us through TLS.
  plain.on('error', () => {});
  const { socket, session } = await secure(plain, plan, { context, deadline, clock }).catch((error: unknown) => {
    throw error instanceof Interrupted ? proxyFault(handshakeFailure(error, secrets)) : error;
  });
  if (isVerified(session)) return socket;
  socket.destroy();
  const { chainError, chain, name } = session;
  const because = chainError ?? `it does not name ${name}`;
  throw proxyFault({ what: 'untrusted', said: secrets.redact(`certificate ${chain[0]?.subject ?? ''}: ${because}`) });
}

function handshakeFailure({ end }: Interrupted, secrets: Secrets): ProxyFailure {
  if (end.kind === 'handshake') return { what: 'untrusted', said: secrets.redact(`${end.errno}: ${end.reason}`) };
  const errno = end.kind === 'reset' ? end.errno : end.kind === 'closed' ? 'closed' : 'timeout';
  return { what: 'unreachable', stage: 'tls', errno, dialled: [] };
}
