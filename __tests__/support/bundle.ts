import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
/** Everything that the runs of a test file leave behind, and goes with it. */
const runs = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(runs, { recursive: true, force: true }));
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'] as const;

export interface Run {
  readonly exit: number | null;
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
  /** A folder of its own, which is also the workspace and the runner's temporary folder. */
  readonly folder: string;
}

export interface StepRun extends Run {
  /** As later steps see them: the last value of each. */
  readonly outputs: Record<string, string>;
  /** In the order in which they were set. */
  readonly outputHistory: readonly (readonly [string, string])[];
  readonly summary: string;
}

/** Runs the committed action as a runner does; `stdout` is a file to write the log to instead. */
export async function runStep(
  inputs: Record<string, string | number>,
  env: NodeJS.ProcessEnv = {},
  stdout?: string,
): Promise<StepRun> {
  return runEntry('index.js', inputs, env, stdout);
}

/** Runs the committed sub-action that joins reports, as a runner does. */
export async function runMerge(inputs: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<StepRun> {
  return runEntry('merge.js', inputs, env);
}

/** Runs the committed sub-action that sends a message, as a runner does. */
export async function runDeliver(inputs: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<StepRun> {
  return runEntry('deliver.js', inputs, env);
}

async function runEntry(
  entry: string,
  inputs: Record<string, string | number>,
  env: NodeJS.ProcessEnv,
  stdout?: string,
): Promise<StepRun> {
  const folder = mkdtempSync(path.join(runs, 'step-'));
  const files = Object.fromEntries(COMMAND_FILES.map((name) => [name, path.join(folder, name)]));
  for (const file of Object.values(files)) writeFileSync(file, '');
  const inputEnv = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, String(value)]);
  const run = await runBundle(entry, [], {
    folder,
    env: {
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: folder,
      RUNNER_ENVIRONMENT: 'self-hosted',
      ...files,
      ...Object.fromEntries(inputEnv),
      ...env,
    },
    ...(stdout ? { stdout } : {}),
  });
  const outputHistory = parseOutputs(readFileSync(path.join(folder, 'GITHUB_OUTPUT'), 'utf8'));
  return {
    ...run,
    outputHistory,
    outputs: Object.fromEntries(outputHistory),
    summary: readFileSync(path.join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8'),
  };
}

/** Runs the committed command line; `stdout` is a file to write to instead. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, stdout?: string): Promise<Run> {
  return runBundle('cli.js', args, {
    folder: mkdtempSync(path.join(runs, 'cli-')),
    env,
    ...(stdout ? { stdout } : {}),
  });
}

async function runBundle(
  file: string,
  args: readonly string[],
  { folder, env, stdout: log }: { folder: string; env: NodeJS.ProcessEnv; stdout?: string },
): Promise<Run> {
  const from = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'dist', file), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', log === undefined ? 'pipe' : openSync(log, 'w'), 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, ms: performance.now() - from, stdout, stderr, folder };
}

/** `name<<mark`, the value's lines, the mark: as @actions/core writes them. */
function parseOutputs(text: string): [string, string][] {
  const outputs: [string, string][] = [];
  for (const [, name = '', , value = ''] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?^\2$/gm))
    outputs.push([name, value]);
  return outputs;
}

/** Runs the action with a reader that begins to read its log only when the job summary is there; the log, whole. */
export async function runStepSlowly(inputs: Record<string, string>): Promise<{ exit: number | null; log: string }> {
  const folder = mkdtempSync(path.join(runs, 'slow-'));
  const files = Object.fromEntries(COMMAND_FILES.map((name) => [name, path.join(folder, name)]));
  for (const file of Object.values(files)) writeFileSync(file, '');
  const inputEnv = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const child = spawn(process.execPath, [path.join(root, 'dist/index.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, RUNNER_TEMP: folder, ...files, ...Object.fromEntries(inputEnv) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  const summary = path.join(folder, 'GITHUB_STEP_SUMMARY');
  while (readFileSync(summary, 'utf8') === '' && child.exitCode === null) await setImmediate();
  let log = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) log += chunk;
  const [exit] = await closed;
  return { exit, log };
}
