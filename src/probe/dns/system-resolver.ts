import type { Address, Family } from '../../model/observation.ts';
import type { Limits } from '../deadline.ts';

export interface Resolver {
  /** Every address of a name, in the operating system's order; rejects with an error that has a `code`. */
  addresses(host: string, family: 0 | Family): Promise<Address[]>;
  /** Whether the DNS knows the name, whatever its records; rejects when no server answers. */
  exists(host: string): Promise<boolean>;
}

let pending = 0;

/** Whether a lookup is still going on in a thread that the process cannot exit before. */
export function lookupPending(): boolean {
  return pending > 0;
}

/** `getaddrinfo(3)`, as every other program on the machine: hosts file, search domains, VPN. */
export const systemResolver: Resolver = {
  async addresses(host, family) {
    const dns = await import('node:dns');
    pending += 1;
    const lookup = dns.promises.lookup(host, { all: true, family, verbatim: true }).finally(() => {
      pending -= 1;
    });
    const found = await lookup;
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  // getaddrinfo says ENOTFOUND both for a name that does not exist and for one without an address.
  async exists(host) {
    const dns = await import('node:dns');
    const resolver = new dns.promises.Resolver({ timeout: 1_000, tries: 1 });
    try {
      await resolver.resolve4(host);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === dns.NODATA) return true;
      if (code === dns.NOTFOUND) return false;
      throw error;
    }
  },
};

/**
 * Tells glibc's resolver to give up about when we do. A lookup runs in a thread that cannot be cancelled, and the
 * process cannot exit before it: with an unreachable DNS server, glibc's own 10 s would outlast a short deadline.
 * It counts in whole seconds. musl, macOS and Windows ignore the variable; a value of the user's stays.
 */
export function boundSystemResolver({ timeoutMs, deadlineMs }: Limits, env: NodeJS.ProcessEnv): void {
  const seconds = Math.min(timeoutMs, deadlineMs, 10_000) / 1_000;
  env.RES_OPTIONS ??= seconds < 2 ? 'timeout:1 attempts:1' : `timeout:${Math.floor(seconds / 2)} attempts:2`;
}
