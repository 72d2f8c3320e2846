import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { greeter, loopbackServer } from '../../__tests__/support/servers.ts';
import { dist, node } from './node.ts';
import { median, Table } from './table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-bench-'));
const RUNS = 30;

/** Writes the peak memory of the process that it is loaded into, in KiB, beside it. */
const memoryHook = path.join(folder, 'memory.cjs');
writeFileSync(
  memoryHook,
  "process.on('exit', () => require('fs').writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));",
);

interface Sample {
  readonly status: number | null;
  readonly ms: number;
  readonly kib: number;
}

/** Runs Node as a step would be run. */
export function execute(args: string[], inputs: Record<string, string> = {}, withMemory = false): Promise<Sample> {
  const memory = path.join(folder, 'memory');
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => [name, path.join(folder, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = {
    PATH: process.env.PATH,
    RUNNER_TEMP: folder,
    BENCH_MEMORY: memory,
    ...files,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  return new Promise((resolve) => {
    const from = performance.now();
    const child = spawn(node, [...(withMemory ? ['--require', memoryHook] : []), ...args], {
      env,
      cwd: folder,
      stdio: 'ignore',
    });
    child.on('close', (status) => {
      const ms = performance.now() - from;
      resolve({ status, ms, kib: withMemory ? Number(readFileSync(memory, 'utf8')) : 0 });
    });
  });
}

export const action = [path.join(dist, 'index.js')];
const bare = ['-e', '0'];

async function pairs(inputs: Record<string, string>, withMemory: boolean, runs: number): Promise<[Sample[], Sample[]]> {
  const [base, ours]: [Sample[], Sample[]] = [[], []];
  for (let i = 0; i < runs; i += 1) {
    base.push(await execute(bare, {}, withMemory));
    ours.push(await execute(action, inputs, withMemory));
  }
  return [base, ours];
}

/** What a step costs beside bare Node. */
export async function stepFigures(): Promise<Table> {
  const table = new Table('figure', 'bare Node');
  const healthy = await loopbackServer(greeter('220 mail.example.test ESMTP\r\n'));
  const up = { host: '127.0.0.1', port: String(healthy.port) };
  const { status } = await execute(action, up);
  if (status !== 0) throw new Error('the step fails, which is quick and proves nothing');

  const [baseTimes, ourTimes] = await pairs(up, false, RUNS);
  const [baseMs, ourMs] = [median(baseTimes.map(({ ms }) => ms)), median(ourTimes.map(({ ms }) => ms))];
  table.row(
    `whole step, healthy server (median of ${RUNS})`,
    `${baseMs.toFixed(1)} ms`,
    `${ourMs.toFixed(1)} ms`,
    ourMs / baseMs,
    2.0,
  );

  const [baseMemory, ourMemory] = await pairs(up, true, 5);
  const [baseKib, ourKib] = [median(baseMemory.map(({ kib }) => kib)), median(ourMemory.map(({ kib }) => kib))];
  table.row('peak memory, healthy server (median of 5)', `${baseKib} KiB`, `${ourKib} KiB`, ourKib / baseKib, 1.3);

  const chunk = Buffer.alloc(64 * 1024, 'x');
  const flood = await loopbackServer((socket) => {
    let left = 100 * 1024 * 1024;
    const pour = () => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) break;
      }
    };
    socket.on('drain', pour);
    pour();
  });
  const [, flooded] = await pairs({ host: '127.0.0.1', port: String(flood.port) }, true, 5);
  const floodKib = median(flooded.map(({ kib }) => kib));
  table.row(
    'peak memory, flooded with 100 MB (median of 5)',
    `${baseKib} KiB`,
    `${floodKib} KiB`,
    floodKib / baseKib,
    1.3,
  );

  const bundles = readdirSync(dist).filter((name) => /\.(?:js|css)$/.test(name));
  const bytes = bundles.reduce((sum, name) => sum + statSync(path.join(dist, name)).size, 0);
  table.row('size of dist/ without licences', '', `${(bytes / 1e6).toFixed(3)} MB`, bytes / 1e6, 1.5);

  const silent = await loopbackServer(() => {});
  const deadline = 1_000;
  const late = await execute(action, { host: '127.0.0.1', port: String(silent.port), deadline: `${deadline}ms` });
  table.row(
    'a silent server, deadline 1 s (limit: + 0.5 s)',
    `${baseMs.toFixed(1)} ms`,
    `${late.ms.toFixed(0)} ms`,
    late.ms / deadline,
    1.5,
  );

  for (const server of [healthy, flood, silent]) await server.close();
  return table;
}
