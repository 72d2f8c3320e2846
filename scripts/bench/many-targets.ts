import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dist, node } from './node.ts';
import { median, Table } from './table.ts';

const TARGETS = 10_000;
/** The default of `concurrency`. */
const AT_ONCE = 64;
const RUNS = 3;
const LEGS = 64;
const TARGETS_A_LEG = 1_000;

const folder = mkdtempSync(path.join(tmpdir(), 'bench-many-'));
const file = (name: string) => path.join(folder, name);

/** Writes what the process that it is loaded into used: CPU time in milliseconds, and peak memory in KiB. */
writeFileSync(
  file('hook.cjs'),
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); require('fs').writeFileSync(process.env.BENCH_USED, JSON.stringify({ cpu: (user + system) / 1e3, kib: process.resourceUsage().maxRSS })); });",
);

interface Used {
  readonly cpu: number;
  readonly kib: number;
  readonly ms: number;
}

async function run(args: readonly string[]): Promise<Used> {
  const began = performance.now();
  const child = spawn(node, ['--require', file('hook.cjs'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, BENCH_USED: file('used.json') },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${args[0]} fails, which proves nothing`);
  return { ...JSON.parse(readFileSync(file('used.json'), 'utf8')), ms: performance.now() - began };
}

/** What very many targets cost beside a plain loop, and what it costs to merge the reports of many steps. */
export async function manyTargetsFigures(): Promise<Table> {
  const table = new Table(`${TARGETS} targets from a file (median of ${RUNS}, run in turn)`, 'reference');
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'greeting-server.mjs')]);
  const [port] = String((await once(server.stdout, 'data'))[0])
    .trim()
    .split('\n');
  const hosts = Array.from({ length: TARGETS }, (_, i) => `127.1.${i >> 7}.${1 + (i & 127)}`);
  writeFileSync(file('hosts.txt'), hosts.join('\n'));
  writeFileSync(file('targets.txt'), hosts.map((host) => `${host}:${port}\n`).join(''));
  const cli = path.join(dist, 'cli.js');
  const loop = [path.join(import.meta.dirname, 'greeting-loop.mjs'), file('hosts.txt'), String(AT_ONCE), String(port)];
  const gate = [cli, '--targets-file', file('targets.txt'), '--report-json', file('report.json')];
  const [plain, ours, empty]: [Used[], Used[], Used[]] = [[], [], []];
  for (let i = 0; i < RUNS; i += 1) {
    plain.push(await run(loop));
    ours.push(await run(gate));
    empty.push(await run([cli, `127.0.0.1:${port}`]));
  }
  server.kill();
  const of = (all: readonly Used[], what: keyof Used) => median(all.map((one) => one[what]));
  const [loopCpu, cpu] = [of(plain, 'cpu'), of(ours, 'cpu')];
  table.row('CPU time', `${loopCpu.toFixed(0)} ms, the loop`, `${cpu.toFixed(0)} ms`, cpu / loopCpu, 1.6);
  const each = (of(ours, 'kib') - of(empty, 'kib')) / TARGETS;
  table.row('memory a target', '20 KB', `${each.toFixed(1)} KB`, each / 20, 1);
  const merged = await mergeFigures(cli);
  table.row(
    `merging ${LEGS} reports of ${TARGETS_A_LEG} targets`,
    '5,000 ms',
    `${merged.ms.toFixed(0)} ms`,
    merged.ms / 5_000,
    1,
  );
  const mb = (merged.kib * 1024) / 1e6;
  table.row('its peak memory', '500 MB', `${mb.toFixed(0)} MB`, mb / 500, 1);
  return table;
}

/** Merges reports of 16 vantage points with 4 shards each, made from the report of one step. */
async function mergeFigures(cli: string): Promise<Used> {
  const report = JSON.parse(readFileSync(file('report.json'), 'utf8'));
  for (let leg = 0; leg < LEGS; leg += 1) {
    const [place, index] = [`place-${leg >> 2}`, (leg & 3) + 1];
    const from = (leg & 3) * TARGETS_A_LEG;
    const targets = report.targets.slice(from, from + TARGETS_A_LEG);
    const text = JSON.stringify({ ...report, vantage: place, shard: { index, of: 4 }, targets });
    writeFileSync(file(`leg-${leg}.json`), text);
  }
  return run([cli, 'merge', file('leg-*.json')]);
}
