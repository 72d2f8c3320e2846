import { env, stderr } from 'node:process';
import { isatty } from 'node:tty';
import { type GateResult, runGate } from '../gate/gate.ts';
import { entriesIn } from '../gate/shard.ts';
import { systemGateIo } from '../gate/system-io.ts';
import type { Problem } from '../inputs/conflicts.ts';
import { environmentSecret, variableOf } from '../inputs/environment-secrets.ts';
import { ENVIRONMENT_OPTIONS, optionOf } from '../inputs/options.ts';
import { readSettings, type Settings } from '../inputs/settings.ts';
import { readStandardInput } from '../inputs/small-file.ts';
import { boundSystemResolver } from '../probe/dns/system-resolver.ts';
import { systemClock } from '../shared/clock.ts';
import type { CommandLine } from './arguments.ts';
import { whenInterrupted } from './interrupt.ts';
import { EXIT, refused, report, sayUsage } from './output.ts';
import { follow } from './progress.ts';
import { topicOf } from './topics.ts';
import type { UsageProblem } from './usage.ts';

/** Checks the targets of a command line; the result is the exit status. */
export async function check(line: CommandLine): Promise<number> {
  const form = line.words.json ? 'json' : 'text';
  const read = await readSettings(
    (name) => (ENVIRONMENT_OPTIONS.includes(name) ? environmentSecret(name, env) : line.source(name)),
    env,
    readTyped,
  );
  if ('problems' in read) {
    sayUsage(read.problems.map((problem) => asTyped(problem, line)));
    await refused(read.problems, read.reporting, line.words.json ? 'json' : 'nothing');
    return EXIT.usage;
  }
  boundSystemResolver({ timeoutMs: read.settings.timeout, deadlineMs: read.settings.deadline }, env);
  const result = await probeAll(read.settings);
  await report(result, read.settings, form, read.settings.history);
  return result.failsStep ? EXIT.fail : EXIT.pass;
}

/** A problem of an option under the name by which it was typed. */
function asTyped({ input, problem }: Problem, { positionals }: CommandLine): UsageProblem {
  const topic = topicOf(optionOf(input));
  if (ENVIRONMENT_OPTIONS.includes(input)) {
    return { input: problem.includes('SMTP_GATE_') ? `the ${input}` : variableOf(input, env), problem, topic };
  }
  if (input !== 'targets' || positionals.length === 0) return { input: `--${input}`, problem, topic };
  const [, line, rest = ''] = /^line (\d+): (.*)$/s.exec(problem) ?? [];
  return line === undefined ? { input: 'the targets', problem } : { input: `target ${line}`, problem: rest };
}

function readTyped(most: number): Buffer {
  if (isatty(0)) stderr.write('smtp-gate: type the targets, one per line, and then Ctrl-D\n');
  return readStandardInput(most);
}

async function probeAll(settings: Settings): Promise<GateResult> {
  const { length } = settings.shard ? entriesIn(settings.shard, settings.entries) : settings.entries;
  const following = follow(length, stderr, systemClock);
  // Not before: while standard input is read, a handler could not run.
  whenInterrupted(following.where, following.clear);
  try {
    return await runGate(settings, systemGateIo(following.progress, env, following.begins));
  } finally {
    following.clear();
  }
}
