import { DELIVER_OPTIONS, OWN_NAMES, ownOption } from '../deliver/options.ts';
import { refuseDelivery, runDelivery } from '../deliver/run.ts';
import { environmentOf, readDeliverySettings } from '../deliver/settings.ts';
import { ENVIRONMENT_OPTIONS, environmentName } from '../inputs/options.ts';
import { progressLog } from '../report/progress.ts';
import type { Asked, Made } from '../report/publish.ts';
import { systemClock } from '../shared/clock.ts';
import { type Flags, readFlags, type Typed, type Usage } from './arguments.ts';
import { helpOn } from './help.ts';

/** The options of the delivery check that are flags; the server is named behind them. */
const FLAGS: Flags = Object.fromEntries(
  Object.entries(DELIVER_OPTIONS).filter(
    ([, { actionOnly, secret, namesTarget, list }]) => !actionOnly && !secret && !(namesTarget && list),
  ),
);

/** By the name of the environment variable, the option that it is. */
const SECRETS: ReadonlyMap<string, string> = new Map([
  ...ENVIRONMENT_OPTIONS.map((name) => [name, environmentName(name)] as const),
  ...OWN_NAMES.filter((name) => ownOption(name).secret).map((name) => [name, environmentOf(name)] as const),
]);

const COMMAND = {
  purpose: 'smtp-gate deliver sends one message through a mail server, waits until it is in a mailbox, and deletes it.',
  usage: 'Usage: smtp-gate deliver [options] target',
  explained: [
    'A target is host:port, [v6]:port, smtp://host:port or smtps://host:port. Options of it may follow as a query (smtp://host:587?tls=starttls).',
    `Secrets come from the environment, not from flags: ${[...SECRETS.values()].join(', ')}.`,
    'Exit status: 0 the message arrived as it has to, 1 it did not, 2 an option or the target is wrong (nothing was sent).',
  ],
};

/** The help on the delivery check, wrapped to `width` columns. */
export function deliverHelp(width = 100): string {
  return helpOn(COMMAND, FLAGS, width);
}

/** Reads the command line of the delivery check, behind the word `deliver`. */
export function readDeliverLine(args: string[]): Typed | Usage {
  const line = readFlags(args, FLAGS);
  if ('usage' in line || line.words.help || line.words.version) return line;
  const named = line.positionals.length > 0 || line.texts.has('host');
  return named ? line : { usage: 'no server to send through; name it, such as mail.example.com:587' };
}

/** Sends the message, and says how the result is to be written, and what the command exits with. */
export async function runDeliver(
  { texts, positionals }: Typed,
  say: (text: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly made: Made; readonly asked: Asked; readonly exit: 'pass' | 'fail' | 'usage' }> {
  const all = new Map(texts);
  if (positionals.length > 0) all.set('targets', positionals.join('\n'));
  const variable = (name: string) => {
    const known = SECRETS.get(name);
    return known === undefined ? undefined : env[known];
  };
  const read = await readDeliverySettings((name) => (SECRETS.has(name) ? variable(name) : all.get(name)), env);
  if ('problems' in read) {
    const made = await refuseDelivery(read.problems, read.reporting, env);
    return { made, asked: { ...read.reporting, history: null }, exit: 'usage' };
  }
  const made = await runDelivery(read.settings, { progress: progressLog(say, systemClock), say }, env);
  return { made, asked: read.settings.gate, exit: made.fails ? 'fail' : 'pass' };
}
