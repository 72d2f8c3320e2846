const QUICK_MS = 100;
const RUNS = 6;

/** At most this much longer for four times the input: 4 is linear, 16 is quadratic. */
export const LINEAR = 9;

/**
 * How many times as long the work takes for `size` as for a quarter of it: the square root of how many times as long it
 * takes as for a sixteenth, so that what memory and caches add once weighs less. A ratio is the same on a slow machine,
 * where a limit in milliseconds fails; what other processes take is not counted, and only what is too much in each of six
 * measurements is too much. 0 when the whole takes less than 100 ms.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  const once = async (of: number) => {
    const start = process.cpuUsage();
    await work(of);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  let large = await once(size);
  if (large < QUICK_MS) return 0;
  let small = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    small = Math.min(small, await once(Math.ceil(size / 16)), await once(Math.ceil(size / 16)));
    if (Math.sqrt(large / small) <= LINEAR) break;
    large = Math.min(large, await once(size));
  }
  return Math.sqrt(large / small);
}
