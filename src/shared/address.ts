import type { Address } from '../model/observation.ts';

const IPV6 = /^([0-9a-f:.]+)(?:%[\w.-]+)?$/i;
/** 45 characters (RFC 4291 §2.2), a percent sign, and the name of an interface. */
const LONGEST = 128;

/** The family of an IP address, zone and all (RFC 4007 §11), and 0 for anything else. */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (text.length > LONGEST) return 0;
  const parts = text.split('.');
  if (parts.length === 4 && parts.every(isOctet)) return 4;
  if (!text.includes(':')) return 0;
  const bare = IPV6.exec(text)?.[1];
  return bare !== undefined && URL.canParse(`http://[${bare}]`) ? 6 : 0;
}

/** A number from 0 to 255 without a leading zero, which some would read as octal. */
function isOctet(text: string): boolean {
  const value = Number(text);
  return String(value) === text && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** The address that a host already is, if it is one. */
export function literalAddress(host: string): Address | null {
  const family = ipFamily(host);
  return family === 0 ? null : { address: host, family };
}

/** Whether an address is of this machine or of a network of its own (RFC 1918, RFC 6598, RFC 4193, link-local ones). */
export function isPrivate(address: string): boolean {
  return ipFamily(address) === 4
    ? /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(address)
    : /^(?:::1$|f[cd]|fe[89ab])/i.test(address);
}

/** Whether a host is this machine itself, by its name or its address (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127\.[\d.]+|\[?::1\]?)$/i.test(host);
}

/** Host and port as people write them: an IPv6 address in brackets. */
export function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A target as people write it: with its scheme where it is to speak LMTP. */
export function targetName({ lmtp, ...place }: Targeted): string {
  return `${lmtp ? 'lmtp://' : ''}${hostPort(place)}`;
}

/** Where a target is, and whether it is to speak LMTP. */
interface Targeted {
  readonly host: string;
  readonly port: number;
  readonly lmtp?: true;
}

/** An address as EHLO takes it (RFC 5321 §4.1.3). */
export function addressLiteral(address: string): string {
  return ipFamily(address) === 6 ? `[IPv6:${address}]` : `[${address}]`;
}

/** Whether two hosts are the same one, whatever the case, the final dot, or the way an IPv6 address is written. */
export function sameHost(a: string, b: string): boolean {
  return canonicalHost(a) === canonicalHost(b);
}

/** A host as it is compared. */
export function canonicalHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return ipFamily(name) === 6 && !name.includes('%') ? new URL(`http://[${name}]`).hostname : name;
}

/** Host and port as they are compared. */
export function canonicalPlace({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${canonicalHost(host)} ${port}`;
}

/** A target as it is compared: what is to speak LMTP is another one. */
export function canonicalTarget({ lmtp, ...place }: Targeted): string {
  return `${lmtp ? 'lmtp://' : ''}${canonicalPlace(place)}`;
}
