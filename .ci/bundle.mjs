// Runs the committed bundles: the action as a runner would, and the command line as a user would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const node = process.env.SMTP_GATE_NODE ?? process.execPath;

/** The inputs of an action that have a default. */
function defaultsOf(action) {
  const { inputs: declared } = parse(readFileSync(path.join(root, action), 'utf8'));
  return Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? '']));
}

const defaults = defaultsOf('action.yml');

/** The action with these inputs, and this in its environment: its exit code, its log, its outputs, its summary and its JSON report. */
export const runAction = (inputs, env = {}) => runBundle('dist/index.js', { ...defaults, ...inputs }, env);

/** The same of the sub-action that sends a message. */
export const runDeliver = (inputs, env = {}) =>
  runBundle('dist/deliver.js', { ...defaultsOf('deliver/action.yml'), ...inputs }, env);

async function runBundle(bundle, inputs, env) {
  const temp = mkdtempSync(path.join(os.tmpdir(), 'runner-'));
  const file = (name) => path.join(temp, name);
  try {
    for (const name of ['output', 'summary']) writeFileSync(file(name), '');
    const given = Object.entries(inputs).filter(([, value]) => !String(value).includes('${{'));
    const { exit, log } = await run(bundle, [], {
      PATH: process.env.PATH,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      RUNNER_ENVIRONMENT: 'self-hosted',
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, String(value)])),
      ...env,
    });
    const outputs = readOutputs(readFileSync(file('output'), 'utf8'));
    const report = outputs.report ? JSON.parse(readFileSync(outputs.report, 'utf8')) : null;
    return { exit, log, outputs, summary: readFileSync(file('summary'), 'utf8'), report };
  } finally {
    rmSync(temp, { recursive: true });
  }
}

/** The command line with these arguments, and this besides in its environment: its exit code and what it printed. */
export const runCli = (args, env = {}) => run('dist/cli.js', args, { PATH: process.env.PATH, ...env });

async function run(bundle, args, env) {
  const bounds = { timeout: 60_000, killSignal: 'SIGKILL' };
  const child = spawn(node, [path.join(root, bundle), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], ...bounds });
  const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit, log: stdout + stderr };
}

/** The last value of every output: `name<<delimiter`, the lines of the value, the delimiter. */
function readOutputs(commands) {
  return Object.fromEntries(
    [...commands.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
}
