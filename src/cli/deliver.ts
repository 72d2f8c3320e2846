import { DELIVER_OPTIONS } from '../deliver/options.ts';
import { refuseDelivery, runDelivery } from '../deliver/run.ts';
import { type DeliveryProblem, readDeliverySettings } from '../deliver/settings.ts';
import { secretIn, variableOf } from '../inputs/environment-secrets.ts';
import { environmentName } from '../inputs/options.ts';
import { progressLog } from '../report/progress.ts';
import type { Asked, Made } from '../report/publish.ts';
import { systemClock } from '../shared/clock.ts';
import { readFlags, type Typed } from './flags.ts';
import type { Flags, Usage, UsageProblem } from './usage.ts';

/** The options of the delivery check that are flags; the server is named behind them. */
export const FLAGS: Flags = Object.fromEntries(
  Object.entries(DELIVER_OPTIONS).filter(
    ([, { actionOnly, secret, namesTarget, list }]) => !actionOnly && !secret && !(namesTarget && list),
  ),
);

/** The options that come from the environment: logins at the mailbox and at the server. */
export const SECRETS: Flags = Object.fromEntries(
  Object.entries(DELIVER_OPTIONS).filter(([, { actionOnly, secret }]) => secret && !actionOnly),
);

/** Reads the command line of the delivery check, behind the word `deliver`. */
export function readDeliverLine(args: readonly string[]): Typed | Usage {
  const line = readFlags(args, FLAGS, SECRETS);
  if ('usage' in line || line.words.help || line.words.version) return line;
  const named = line.positionals.length > 0 || line.texts.has('host');
  if (named) return line;
  return { usage: [{ input: 'no server to send through;', problem: 'name it, such as mail.example.com:587' }] };
}

/** What became of the command. */
interface Ran {
  readonly made: Made;
  readonly asked: Asked;
  readonly exit: 'pass' | 'fail' | 'usage';
  /** What of the options cannot be read; then nothing was sent. */
  readonly problems: readonly UsageProblem[];
}

/** Sends the message, tells when that is done, and says how the result is to be written, and what the command exits with. */
export async function runDeliver(
  { texts, positionals }: Typed,
  { say, sent }: { readonly say: (text: string) => void; readonly sent: () => void },
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  const all = new Map<string, string>(texts);
  if (positionals.length > 0) all.set('targets', positionals.join('\n'));
  const read = await readDeliverySettings((name) => {
    return Object.hasOwn(SECRETS, name) ? secretIn(environmentName(name), env) : all.get(name);
  }, env);
  if ('problems' in read) {
    const made = await refuseDelivery(read.problems, read.reporting, env);
    const problems = read.problems.map((problem) => asTyped(problem, positionals, env));
    return { made, asked: { ...read.reporting, history: null }, exit: 'usage', problems };
  }
  const told = (text: string) => {
    sent();
    say(text);
  };
  const made = await runDelivery(read.settings, { progress: progressLog(say, systemClock), say: told }, env);
  return { made, asked: read.settings.gate, exit: made.fails ? 'fail' : 'pass', problems: [] };
}

/** What is wrong, under the name by which it was given: a flag, a variable, or the server itself. */
function asTyped(
  { input, problem: said }: DeliveryProblem,
  positionals: readonly string[],
  env: NodeJS.ProcessEnv,
): UsageProblem {
  // Of two secrets that exclude each other, both are variables.
  const problem = said.replace(/\bmailbox-(?:username|password|access-token)\b/g, (name) => variableOf(name, env));
  if (Object.hasOwn(SECRETS, input)) {
    return { input: said.includes('SMTP_GATE_') ? `the ${input}` : variableOf(input, env), problem };
  }
  if (input !== 'targets' || positionals.length === 0) return { input: `--${input}`, problem };
  const [, line, rest = ''] = /^line (\d+): (.*)$/s.exec(problem) ?? [];
  return line === undefined ? { input: 'the target', problem } : { input: `target ${line}`, problem: rest };
}
