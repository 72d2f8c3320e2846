import { spawn } from 'node:child_process';
import path from 'node:path';
import { action, execute } from './step.ts';
import { median, Table } from './table.ts';

const TARGETS = 1_000;
const GREETING_MS = 200;
/** The default of `concurrency`. */
const AT_ONCE = 64;
const RUNS = 3;

/** What many targets cost, whose servers greet late: the time beside what the delays alone take, and the memory. */
export async function fleetFigures(): Promise<Table> {
  const table = new Table(`${TARGETS} targets that greet after ${GREETING_MS} ms (median of ${RUNS})`, 'reference');
  const servers = spawn(process.execPath, [
    path.join(import.meta.dirname, 'greeters.mjs'),
    String(TARGETS),
    String(GREETING_MS),
  ]);
  const ports = await new Promise<string[]>((resolve) => {
    let text = '';
    servers.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(text.trim().split(' '));
    });
  });
  const targets = ports.map((port) => `127.0.0.1:${port}`).join('\n');
  const [times, memory]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    const { status, ms } = await execute(action, { targets });
    if (status !== 0) throw new Error('the step fails, which proves nothing');
    times.push(ms);
    memory.push((await execute(action, { targets }, true)).kib);
  }
  servers.kill();
  const [fewest, ms, kib] = [(TARGETS / AT_ONCE) * GREETING_MS, median(times), median(memory)];
  table.row('the whole step', `${fewest} ms`, `${ms.toFixed(0)} ms`, ms / fewest, 1.15);
  table.row('peak memory', '150 MB', `${((kib * 1024) / 1e6).toFixed(1)} MB`, (kib * 1024) / 150e6, 1);
  return table;
}
