import { ipBytes } from './ip-bytes.ts';

type Prefix = readonly [bytes: readonly number[], bits: number];

/** Networks of this machine, of sites and links, of carriers, for tests of devices, and groups (RFC 6890, RFC 5771, RFC 1112). */
const NOT_PUBLIC_4: readonly Prefix[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[224], 4],
  [[240], 4],
];

/** The unspecified address and loopback are in `::/96`, whose others are judged by the IPv4 address in them. */
const NOT_PUBLIC_6: readonly Prefix[] = [
  [[0x00, 0x64, 0xff, 0x9b, 0x00, 0x01], 48],
  [[0x01, 0x00, 0, 0, 0, 0, 0, 0], 64],
  [[0x20, 0x01, 0x00, 0x00], 32],
  [[0xfc], 7],
  [[0xfe, 0x80], 10],
  [[0xfe, 0xc0], 10],
  [[0xff], 8],
];

/** Where IPv6 addresses hold an IPv4 address: compatible, mapped, translated, NAT64, 6to4 (RFC 4291, RFC 2765, RFC 6052, RFC 3056). */
const EMBEDDED: readonly (readonly [prefix: Prefix, at: number])[] = [
  [[Array<number>(12).fill(0), 96], 12],
  [[[...Array<number>(10).fill(0), 0xff, 0xff], 96], 12],
  [[[...Array<number>(8).fill(0), 0xff, 0xff, 0, 0], 96], 12],
  [[[0x00, 0x64, 0xff, 0x9b, ...Array<number>(8).fill(0)], 96], 12],
  [[[0x20, 0x02], 16], 2],
];

/** Whether an IP address can be that of a host on the internet; anything that is no address cannot. */
export function isPublic(address: string): boolean {
  const bytes = ipBytes(address);
  return bytes !== null && isPublicBytes(bytes);
}

function isPublicBytes(bytes: readonly number[]): boolean {
  if (bytes.length === 4) return !NOT_PUBLIC_4.some((prefix) => isIn(bytes, prefix));
  const embedded = EMBEDDED.find(([prefix]) => isIn(bytes, prefix));
  if (embedded) return isPublicBytes(bytes.slice(embedded[1], embedded[1] + 4));
  return !NOT_PUBLIC_6.some((prefix) => isIn(bytes, prefix));
}

function isIn(bytes: readonly number[], [prefix, bits]: Prefix): boolean {
  for (let i = 0; i * 8 < bits; i += 1) {
    const mask = (0xff << Math.max(0, 8 - (bits - i * 8))) & 0xff;
    if (((bytes[i] ?? 0) & mask) !== ((prefix[i] ?? 0) & mask)) return false;
  }
  return true;
}
