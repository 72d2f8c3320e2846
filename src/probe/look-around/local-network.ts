import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NameLook } from '../../model/observation.ts';
import { ipFamily } from '../../shared/address.ts';
import type { Cancellation } from '../cancellation.ts';

/** What this machine knows by itself, without a word to the host. */
export interface Machine {
  /** What the DNS servers say of exactly this name. */
  dns(name: string, cancellation: Cancellation): Promise<NameLook['dns']>;
  /** The text of the hosts file; empty when there is none. */
  hosts(): Promise<string>;
  /** The text of the resolver's configuration; empty when there is none. */
  resolverConfiguration(): Promise<string>;
  /** Whether there is a route to an IPv6 address; `null` when the system does not say. */
  ipv6Route(address: string): Promise<boolean | null>;
}

/** Each query's limit in milliseconds; each server is asked once. */
const QUERY_MS = 1_000;
/** What the system says when it has no way to an IPv6 address, or no IPv6 at all. */
const NO_IPV6: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENETDOWN',
]);

export const systemMachine: Machine = {
  async dns(name, cancellation) {
    const resolver = new dns.promises.Resolver({ timeout: QUERY_MS, tries: 1 });
    cancellation.onCancel(() => resolver.cancel());
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return { answer: 'addresses', addresses };
    const codes = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : dns.NODATA));
    if (codes.includes(dns.NODATA)) return { answer: 'no-address', addresses };
    return { answer: codes.includes(dns.NOTFOUND) ? 'no-such-name' : 'unavailable', addresses };
  },
  hosts: () => textOf(hostsFile()),
  resolverConfiguration: () => textOf('/etc/resolv.conf'),
  // Connecting a UDP socket looks up the route and sends nothing.
  ipv6Route: (address) =>
    new Promise((resolve) => {
      const socket = createSocket('udp6');
      const answer = (route: boolean | null) => {
        resolve(route);
        socket.close();
      };
      socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => answer(NO_IPV6.has(code) ? false : null));
      socket.once('connect', () => answer(true));
      socket.connect(DISCARD, address);
    }),
};

/** A port that stands for none (RFC 863): nothing is sent to it. */
const DISCARD = 9;

function hostsFile(): string {
  const { SystemRoot = 'C:\\Windows' } = process.env;
  return process.platform === 'win32' ? path.join(SystemRoot, 'System32', 'drivers', 'etc', 'hosts') : '/etc/hosts';
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

/** The addresses that a hosts file (hosts(5)) has for a name, whatever its case and final dot. */
export function addressesIn(hosts: string, name: string): string[] {
  const wanted = bare(name);
  return hosts.split(/\r\n|\r|\n/).flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s/);
    return ipFamily(address) !== 0 && names.some((known) => bare(known) === wanted) ? [address] : [];
  });
}

/** The search domains of a resolv.conf(5): the last `search` or `domain` line counts. */
export function searchDomainsIn(configuration: string): string[] {
  const lines = configuration.split(/\r\n|\r|\n/).map((line) => line.trim().split(/\s+/));
  return lines.findLast(([keyword]) => keyword === 'search' || keyword === 'domain')?.slice(1) ?? [];
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
