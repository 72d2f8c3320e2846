// Reads a mail server's log, one session at a time: the tests of real servers run one after the other.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `session` and resolves to its result, and to the lines logged from its beginning up to one that matches `end`. */
export async function withLog(file, end, session) {
  const from = readFileSync(file).length;
  const result = await session();
  // The server's processes hand their lines to its logger, so they come a little later than the reply.
  for (let waited = 0; ; waited += 50) {
    const lines = readFileSync(file).subarray(from).toString().split('\n').slice(0, -1);
    const last = lines.findIndex((line) => end.test(line));
    if (last >= 0) return { result, lines: lines.slice(0, last + 1) };
    if (waited >= 10_000) throw new Error(`no line with ${end} in the log:\n${lines.join('\n')}`);
    await sleep(50);
  }
}
