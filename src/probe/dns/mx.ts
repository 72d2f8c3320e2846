import type { MxRecord, promises } from 'node:dns';
import type { MxHost, MxSeen } from '../../model/observation.ts';
import { answerTo, type QueryOptions, query, TIMEOUT } from './query.ts';

/** The most hosts that are kept: whoever publishes more does not mean them all to be tried. */
const MOST_HOSTS = 64;
/** How much is kept of names that are none. */
const MOST_ODD = 8;
const ODD_LENGTH = 100;

/**
 * Where a domain's mail goes (RFC 5321 §5.1, RFC 7505). Whatever the DNS says, or does not say, is in the result; a
 * throw is an internal error. The DNS alone is asked, since MX records are nowhere else.
 */
export async function lookUpMx(domain: string, options: QueryOptions): Promise<MxSeen> {
  const seen = await query((resolver) => ask(domain.replace(/\.$/, ''), resolver), options);
  return seen ?? { kind: 'unavailable', errno: TIMEOUT };
}

async function ask(domain: string, resolver: promises.Resolver): Promise<MxSeen> {
  const mx = await answerTo(resolver.resolveMx(domain));
  if (mx.kind !== 'records') return mx;
  // An answer of a CNAME alone has no records either, and is no error.
  if (mx.records.length > 0) return readMx(mx.records);
  const addresses = await Promise.all([answerTo(resolver.resolve4(domain)), answerTo(resolver.resolve6(domain))]);
  if (addresses.some((answer) => answer.kind === 'records' && answer.records.length > 0)) return { kind: 'implicit' };
  // The name was there a moment ago: who now denies it says no more than that it has no address.
  return addresses.find((answer) => answer.kind === 'unavailable') ?? { kind: 'none' };
}

/**
 * What the records of a domain mean. A null MX is the root alone, whatever its preference (RFC 7505 §3 wants 0); beside
 * other hosts, where it must not be, it is passed over as a name that is none.
 */
export function readMx(records: readonly MxRecord[]): MxSeen {
  const sorted = [...records].sort((a, b) => a.priority - b.priority);
  const hosts = new Map<string, MxHost>();
  const odd = new Set<string>();
  for (const { exchange, priority } of sorted) {
    const host = exchange.toLowerCase().replace(/\.$/, '');
    if (!isHostName(host)) odd.add(host.slice(0, ODD_LENGTH) || '.');
    else if (!hosts.has(host)) hosts.set(host, { host, preference: priority });
  }
  if (hosts.size === 0) {
    const [first] = sorted;
    if (first && odd.size === 1 && odd.has('.')) return { kind: 'null', preference: first.priority };
    return { kind: 'unusable', odd: [...odd].slice(0, MOST_ODD) };
  }
  const kept = [...hosts.values()].slice(0, MOST_HOSTS);
  return { kind: 'hosts', hosts: kept, more: hosts.size - kept.length, odd: [...odd].slice(0, MOST_ODD) };
}

/**
 * A name that a host can have (RFC 1123 §2.1, underscores tolerated). An address is none (RFC 5321 §5.1 takes names
 * alone); other bytes arrive as escapes (RFC 1035 §5.1), whose backslash no host name contains.
 */
function isHostName(name: string): boolean {
  if (name.length > 253) return false;
  const labels = name.split('.');
  if (/^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => label.length <= 63 && /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/.test(label));
}
