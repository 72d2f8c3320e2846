import type { Address } from './observation.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^(?:(?!0\\d)${OCTET}\\.){3}(?!0\\d)${OCTET}$`);
const IPV6 = /^([0-9a-f:.]*:[0-9a-f:.]*)(?:%[\w.-]+)?$/i;

/** The family of an IP address, zone and all (RFC 4007 §11), and 0 for anything else. */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (IPV4.test(text)) return 4;
  const bare = IPV6.exec(text)?.[1];
  return bare !== undefined && URL.canParse(`http://[${bare}]`) ? 6 : 0;
}

/** The address that a host already is, if it is one. */
export function literalAddress(host: string): Address | null {
  const family = ipFamily(host);
  return family === 0 ? null : { address: host, family };
}

/** Host and port as people write them: an IPv6 address in brackets. */
export function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
