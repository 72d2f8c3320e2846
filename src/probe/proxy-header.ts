import { ipFamily } from '../shared/address.ts';
import type { Dial, Wire } from './connect.ts';

/** The version of a PROXY header (haproxy's proxy-protocol.txt). */
export type ProxyHeader = 'v1' | 'v2';

/** §2.2: the signature, version 2 with the command LOCAL, no family, and no bytes of addresses. */
const LOCAL = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex');

/**
 * The header that a load balancer says when it checks a server itself, and what a transcript has in its place. Version 1
 * has our own socket's addresses (§2.1): servers refuse UNKNOWN. Version 2 needs none.
 */
export function proxyHeader(version: ProxyHeader, wire: Wire): { readonly bytes: Buffer; readonly shown: string } {
  if (version === 'v2') return { bytes: LOCAL, shown: '(PROXY v2 LOCAL)' };
  const [from, to] = addresses(wire);
  const family = ipFamily(from);
  const shown = `PROXY TCP${family} ${from} ${to} ${wire.localPort ?? LAST_PORT} ${wire.remotePort ?? LAST_PORT}`;
  return { bytes: Buffer.from(`${shown}\r\n`), shown };
}

/** Where a stream has no port. */
const LAST_PORT = 65_535;

/** Our end and the other one: both without a zone, which §2.1 does not have; loopback where a stream has none. */
function addresses({ localAddress = '', remoteAddress = '' }: Wire): readonly [from: string, to: string] {
  const [from = '', to = ''] = [localAddress, remoteAddress].map((address) => address.replace(/%.*/, ''));
  return ipFamily(from) !== 0 && ipFamily(from) === ipFamily(to) ? [from, to] : ['127.0.0.1', '127.0.0.1'];
}

/** Dials, and says the header before anything else: before TLS, and behind a tunnel. */
export function announced(version: ProxyHeader, dial: Dial): Dial {
  return async (...where) => {
    const wire = await dial(...where);
    wire.write(proxyHeader(version, wire).bytes);
    return wire;
  };
}
