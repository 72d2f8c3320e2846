import { ipFamily } from './address.ts';

/** The bytes of an IP address, 4 or 16, its zone left out; `null` for anything else. */
export function ipBytes(address: string): number[] | null {
  const family = ipFamily(address);
  if (family === 0) return null;
  if (family === 4) return address.split('.').map(Number);
  // WHATWG's serialisation: hexadecimal groups alone, the longest run of zeros as `::`.
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`);
  const [head = [], tail] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  const zeros = tail ? Array<number>(8 - head.length - tail.length).fill(0) : [];
  return [...head, ...zeros, ...(tail ?? [])].flatMap((group) => [group >> 8, group & 0xff]);
}
