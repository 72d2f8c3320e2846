const QUICK_MS = 100;
const RUNS = 3;

/** At most this much longer for four times the input: 4 is linear, 16 is quadratic. */
export const LINEAR = 9;

/**
 * How many times as long the work takes for `size` as for a quarter of it, each at its best of three runs. A ratio is
 * the same on a slow or busy machine, where a limit in milliseconds fails. 0 when the whole takes less than 100 ms.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  const once = async (of: number) => {
    const start = performance.now();
    await work(of);
    return performance.now() - start;
  };
  if ((await once(size)) < QUICK_MS) return 0;
  const [small, large]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    small.push(await once(Math.ceil(size / 4)));
    large.push(await once(size));
  }
  return Math.min(...large) / Math.min(...small);
}
