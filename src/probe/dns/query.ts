import { NODATA, NOTFOUND, promises } from 'node:dns';
import type { Clock } from '../../shared/clock.ts';
import { Deadline, errnoOf, Interrupted } from '../deadline.ts';

export interface QueryOptions {
  /** The longest wait for the whole answer, in milliseconds, however many questions it takes. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** DNS servers to ask (`192.0.2.53`, `127.0.0.1:5353`) instead of the system's. */
  readonly servers?: readonly string[];
}

/** How often a question is asked, as UDP may lose it, and how long an answer to one of them is awaited at most. */
const TRIES = 3;
const LONGEST_TRY_MS = 3_000;

/** c-ares's name for a time-out, and for a name that cannot be asked for. */
export const TIMEOUT = 'ETIMEOUT';
const BADNAME = 'EBADNAME';

/** An answer of the DNS; one without records is an answer. */
export type Answer<T> =
  | { readonly kind: 'records'; readonly records: readonly T[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unavailable'; readonly errno: string };

/** Asks the DNS alone, no hosts file, within the time; `null` where that was not enough. */
export async function query<T>(
  ask: (resolver: promises.Resolver) => Promise<T>,
  { timeoutMs, clock, servers }: QueryOptions,
): Promise<T | null> {
  const timeout = Math.ceil(Math.min(LONGEST_TRY_MS, timeoutMs / TRIES));
  const resolver = new promises.Resolver({ timeout, tries: TRIES });
  if (servers) resolver.setServers([...servers]);
  const deadline = new Deadline(clock, { timeoutMs, deadlineMs: timeoutMs });
  try {
    return await deadline.wait((cancellation) => {
      cancellation.onCancel(() => resolver.cancel());
      return ask(resolver);
    });
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  }
}

/** What one question was answered with. */
export async function answerTo<T>(question: Promise<readonly T[]>): Promise<Answer<T>> {
  try {
    return { kind: 'records', records: await question };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === NODATA) return { kind: 'records', records: [] };
    // What cannot be written as a name of the DNS is not in it.
    if (errno === NOTFOUND || errno === BADNAME) return { kind: 'not-found' };
    return { kind: 'unavailable', errno };
  }
}
