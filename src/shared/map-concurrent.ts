import type { Clock } from './clock.ts';

/**
 * Does the work for every item, at most `atOnce` of them at the same time; the results keep the items' order. After a
 * throw no further item is begun, and it is thrown on when those that were begun have ended. With `pace`, each of those
 * at once begins a millisecond after the one before: at the same instant, each would wait for the work on every other.
 */
export async function inTurn<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
  pace: Clock | null = null,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let stopped = false;
  const worker = async (n: number) => {
    if (n > 0 && pace) await new Promise<void>((resolve) => pace.after(n, resolve));
    try {
      for (const [i, item] of queue) {
        if (stopped) return;
        results[i] = await work(item);
      }
    } catch (error) {
      stopped = true;
      throw error;
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, (_, n) => worker(n));
  const failure = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  return results;
}
