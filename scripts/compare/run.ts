import { spawn } from 'node:child_process';

/** How a run of a program ended: its exit status, or `null` when it was still running at the limit. */
export interface Run {
  readonly exit: number | null;
  readonly ms: number;
  readonly output: string;
}

/** More of what a program prints is not kept, in characters. */
const KEPT = 200_000;

/** Runs a program to its end, or to `limitMs`. */
export function run(
  [command = '', ...args]: readonly string[],
  limitMs: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (output.length < KEPT) output += chunk.toString();
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      // Ended by a signal of its own, which is no success.
      resolve({ exit: late ? null : (code ?? 255), ms: performance.now() - from, output });
    });
  });
}
