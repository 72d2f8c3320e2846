import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { canonicalHost, ipFamily } from './address.ts';
import { ipBytes } from './ip-bytes.ts';

/** This machine's interfaces by name, as `os.networkInterfaces` has them. */
export type Interfaces = Readonly<Record<string, readonly Own[] | undefined>>;
type Own = Pick<NetworkInterfaceInfo, 'address' | 'internal' | 'cidr'>;

/** This machine's addresses, each once, those of loopback last; a link-local one with its interface (RFC 4007 §11). */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const all = Object.entries(interfaces).flatMap(([name, own = []]) => own.map((one) => ({ ...one, name })));
  const outside = all.filter(({ internal }) => !internal);
  const written = [...outside, ...all.filter(({ internal }) => internal)].map(({ address, name }) =>
    isLinkLocal(address) ? `${bare(address)}%${name}` : address,
  );
  return [...new Set(written)];
}

/** Whether a connection can be made from an address here: an interface has it, or it is in loopback's network. */
export function isOwnAddress(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  if (ownAddresses(interfaces).some((own) => canonicalHost(own) === canonicalHost(address))) return true;
  const loopback = Object.values(interfaces).flatMap((own = []) => own.filter(({ internal }) => internal));
  return loopback.some(({ cidr }) => cidr !== null && isIn(address, cidr));
}

/** Whether an IPv6 address means nothing without its interface (RFC 4291 §2.5.6). */
export function isLinkLocal(address: string): boolean {
  return ipFamily(address) === 6 && /^fe[89ab]/i.test(address);
}

/** The whole of 127.0.0.0/8 is this machine's, although its interface names one address of it. */
function isIn(address: string, cidr: string): boolean {
  const [network = '', bits = ''] = cidr.split('/');
  const [mine, theirs] = [ipBytes(address), ipBytes(network)];
  if (!mine || mine.length !== theirs?.length) return false;
  const binary = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return binary(mine).slice(0, Number(bits)) === binary(theirs).slice(0, Number(bits));
}

function bare(address: string): string {
  return address.replace(/%.*/, '');
}
