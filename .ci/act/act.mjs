// Runs a workflow with act, in host mode: its steps are processes of this machine, no Docker, and nothing is fetched.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Runs `workflow` (a file of the repository at `cwd`) on an event, with these arguments besides: its exit status, its whole
 * log, and its steps by id (a step without one has a number), each with its result, outputs, log, and the summary that
 * act read back.
 */
export async function runWorkflow(workflow, event, args = [], cwd = root) {
  const cache = mkdtempSync(path.join(os.tmpdir(), 'act-'));
  try {
    const fixed = [
      '--platform',
      'ubuntu-latest=-self-hosted',
      '--json',
      '--no-cache-server',
      '--action-cache-path',
      cache,
    ];
    const child = spawn(process.env.SMTP_GATE_ACT, [event, '--workflows', workflow, ...fixed, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const events = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return { exit, steps: stepsOf(events), log: events.map(({ msg }) => msg.trimEnd()).join('\n') + stderr };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/**
 * Arguments that have act take the actions that `workflows` (texts) use from here instead of GitHub: us as `published`, a
 * folder, and for what GitHub has to store, stand-ins beside this file that keep it in the folder ACT_STORE.
 */
export function localActions(workflows, published) {
  const uses = workflows.flatMap((text) => [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(\S+)/g)]);
  const folders = uses.map(([, repository, ref]) => {
    const standIn = path.join(import.meta.dirname, path.basename(repository));
    return `${repository}@${ref}=${repository.startsWith('actions/') ? standIn : published}`;
  });
  return [...new Set(folders)].flatMap((folder) => ['--local-repository', folder]);
}

function stepsOf(events) {
  const steps = {};
  for (const event of events) {
    if (event.stepID === undefined) continue;
    const id = event.stepID.join('/');
    steps[id] ??= { result: undefined, outputs: {}, log: '', summary: '' };
    const step = steps[id];
    if (event.stepResult !== undefined) step.result = event.stepResult;
    else if (event.command === 'set-output') step.outputs[event.name] = event.arg;
    else if (event.command === 'summary') step.summary += event.content;
    else step.log += event.msg;
  }
  return steps;
}
