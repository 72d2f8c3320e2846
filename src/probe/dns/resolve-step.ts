import { isIP } from 'node:net';
import type { Address, Family, Observation } from '../../model/observation.ts';
import { literalAddress } from '../../shared/address.ts';
import type { Dialable } from '../connect.ts';
import { type Deadline, errnoOf, Interrupted } from '../deadline.ts';
import type { Plan } from '../plan.ts';
import type { Recorder } from '../step-recorder.ts';
import type { Resolver } from './system-resolver.ts';

/** The most addresses that are dialled; no mail server has as many, and a resolver that lies may say any number. */
export const MOST_ADDRESSES = 64;

/** How much of an answer that is none is kept. */
const QUOTED = 60;

/** What resolving leaves in an observation. */
type Seen = { -readonly [K in keyof Pick<Observation, 'addresses' | 'nameExists'>]: Observation[K] };

/**
 * The step `resolve`: the addresses of the plan's host, in the resolver's order, each once. `tooMany` says what becomes
 * of more than 64: the first ones alone are used, or the answer is as good as none.
 */
export async function resolve(
  { host, family, only, proxy, secrets }: Plan,
  resolver: Resolver,
  { deadline, recorder, seen, tooMany }: Attempt & { readonly tooMany: 'cut' | 'refuse' },
): Promise<Dialable[]> {
  if (only) {
    recorder.skip('resolve', 'the address is given');
    return [only];
  }
  const literal = literalAddress(host);
  if (literal) {
    recorder.skip('resolve', 'the host is an address');
    return [literal];
  }
  if (proxy && proxy.scheme !== 'socks5') {
    recorder.skip('resolve', 'the proxy resolves the name');
    return [{ address: host, family: null }];
  }
  try {
    return await recorder.run('resolve', async () => {
      const found = await ask(() => resolver.addresses(host, family), deadline);
      const addresses = usable(found, family);
      if (addresses.length === 0) throw useless(secrets.redact(sayUseless(found, family)));
      if (addresses.length > MOST_ADDRESSES && tooMany === 'refuse') {
        throw useless(`${addresses.length} addresses, more than the ${MOST_ADDRESSES} that are probed`);
      }
      seen.addresses = addresses.slice(0, MOST_ADDRESSES);
      return [...seen.addresses];
    });
  } catch (error) {
    if (recorder.end?.kind === 'resolver' && recorder.end.errno === 'ENOTFOUND') {
      seen.nameExists = await exists(host, family, resolver, deadline);
    }
    throw error;
  }
}

interface Attempt {
  readonly deadline: Deadline;
  readonly recorder: Recorder;
  readonly seen: Seen;
}

async function ask(question: () => Promise<Address[]>, deadline: Deadline): Promise<Address[]> {
  try {
    return await deadline.wait(question);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    // What arrives when the time is up, and before the timer has its turn, is too late all the same.
    if (deadline.remaining() === 0) throw new Interrupted({ kind: 'deadline', ms: deadline.deadlineMs, heard: '' });
    throw new Interrupted({ kind: 'resolver', errno: errnoOf(error) });
  }
}

/** What can be dialled of an answer, whoever's name was asked for: addresses of the wanted family, each once. */
export function usable(found: readonly Address[], family: 0 | Family): Address[] {
  const addresses = new Map<string, Address>();
  for (const { address } of found) {
    const is = isIP(address);
    if ((is === 4 || is === 6) && (family === 0 || family === is)) addresses.set(address, { address, family: is });
  }
  return [...addresses.values()];
}

/** An answer that nobody can use; c-ares's name for it stands in for the errno that it does not have. */
function useless(answer: string): Interrupted {
  return new Interrupted({ kind: 'resolver', errno: 'EBADRESP', answer });
}

function sayUseless(found: readonly Address[], family: 0 | Family): string {
  const [first] = found;
  if (!first) return 'no address at all';
  const what = isIP(first.address) === 0 ? 'is no IP address' : `is no IPv${family} address`;
  return `${JSON.stringify(first.address.slice(0, QUOTED))}, which ${what}`;
}

/** Whether a name without an address of the wanted family exists at all; `null` when nobody answers. */
async function exists(
  host: string,
  family: 0 | Family,
  resolver: Resolver,
  deadline: Deadline,
): Promise<boolean | null> {
  const ask = async () => {
    const otherFamily = family === 0 ? [] : await resolver.addresses(host, 0).catch(() => []);
    return otherFamily.length > 0 || resolver.exists(host);
  };
  try {
    return await deadline.wait(ask, { atMost: 1_500 });
  } catch {
    return null;
  }
}
