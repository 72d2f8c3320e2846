// Runs the properties of __tests__/support/fuzz for as long as one likes: `npm run fuzz -- --minutes 5`, `--runs 100000`,
// `--only tls`, `--seed 7` with `--path …` to repeat, `--jobs 2`, `--survey` to go on after a fault and count the kinds.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compileForFuzz } from './fuzz/compile.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    survey: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : Number(values.seed);
const jobs = values.path === undefined ? Number(values.jobs) : 1;
const folder = compileForFuzz();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

/** One process, so that each has a core for itself; its seeds are its own. */
function worker(job: number): Promise<number> {
  const about = {
    runs: values.runs === undefined ? null : Math.ceil(Number(values.runs) / jobs),
    minutes: Number(values.minutes ?? 1),
    seed: seed + job * 1_000_003,
    path: values.path ?? '',
    only: values.only ?? null,
    survey: values.survey,
  };
  const script = path.join(folder, 'scripts/fuzz/worker.js');
  const child = spawn(process.execPath, [script, JSON.stringify(about)], { stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
}

const statuses = await Promise.all(Array.from({ length: jobs }, (_, job) => worker(job)));
process.exitCode = Math.max(...statuses);
