import { env, stderr, stdout } from 'node:process';
import { crash } from '../gate/gate.ts';
import { givenSecrets } from '../inputs/environment-secrets.ts';
import { credentialsIn } from '../inputs/parsers/proxy-url.ts';
import { AS_USUAL } from '../inputs/settings.ts';
import { leave } from '../runtime/exit.ts';
import { systemClock } from '../shared/clock.ts';
import { PROJECT } from '../shared/project.ts';
import { PROXY_VARIABLES } from '../shared/proxy-env.ts';
import { Secrets } from '../shared/redaction.ts';
import { readCommandLine } from './arguments.ts';
import { check } from './check.ts';
import { type CommandName, isCommand } from './commands.ts';
import { whenInterrupted } from './interrupt.ts';
import { EXIT, print, report, sayUsage, tell, usage, wantsJson } from './output.ts';
import { terminalStyle } from './terminal.ts';

/** What each command does with the arguments behind its name; the result is the exit status. */
const RUN: Readonly<Record<CommandName, (args: readonly string[]) => Promise<number>>> = {
  demo,
  merge,
  deliver,
  completion,
  help: async (args) =>
    (await import('./help.ts')).help(
      args.filter((arg) => arg !== '--json'),
      { json: wantsJson(args) },
    ),
  version: async () => print(PROJECT.version),
};

/** The command line: the same options as flags, the same engine and verdicts; resolves to the exit status. */
async function main(args: readonly string[]): Promise<number> {
  const first = args.findIndex((arg) => arg !== '--json');
  const command = args[first] ?? '';
  if (isCommand(command)) {
    const rest = args.filter((_, i) => i !== first);
    const isHelp = rest.filter((word) => word !== '--json').join(' ') === 'help';
    return isHelp && command !== 'help' ? (await import('./help.ts')).help([command]) : RUN[command](rest);
  }
  const line = readCommandLine(args);
  if ('usage' in line) return usage(line.usage, wantsJson(args));
  if (line.words.help)
    return (await import('./help.ts')).help(line.positionals, { strict: false, json: line.words.json });
  if (line.words.version) return print(PROJECT.version);
  return check(line);
}

async function demo(args: readonly string[]): Promise<number> {
  if (asksForHelp(args)) return (await import('./help.ts')).help(['demo']);
  if (wantsJson(args)) return usage([{ input: 'demo', problem: 'has no JSON output; leave --json out' }], true);
  if (args.length > 0) {
    const problem = 'takes no arguments; a server that is called so is written with its port, demo:25';
    return usage([{ input: 'demo', problem }], false);
  }
  const { demo } = await import('./demo/demo.ts');
  let at = '';
  whenInterrupted(() => `in the demo${at}`);
  const begins = (server: string) => {
    at = `, at server ${server}`;
  };
  return (await demo(print, begins, terminalStyle(stdout, env), env)) ? EXIT.pass : EXIT.fail;
}

/** Joins reports instead of making one. */
async function merge(args: readonly string[]): Promise<number> {
  const { readMergeLine, runMerge } = await import('./merge.ts');
  const line = readMergeLine(args);
  if ('usage' in line) return usage(line.usage, wantsJson(args), 'merge');
  if (line.words.help) return (await import('./help.ts')).help(['merge']);
  if (line.words.version) return print(PROJECT.version);
  whenInterrupted(
    () =>
      `while merging ${line.positionals.length === 1 ? 'reports' : `${line.positionals.length} reports`}; there is no verdict`,
  );
  const { made, asked, exit } = await runMerge(line, env);
  // Files are read in one go: a signal that came meanwhile is handled now, and then there is no verdict.
  await new Promise((done) => setImmediate(done));
  await tell(made, asked, line.words.json ? 'json' : 'text');
  return EXIT[exit];
}

/** Sends one message and waits for it. */
async function deliver(args: readonly string[]): Promise<number> {
  const { readDeliverLine, runDeliver } = await import('./deliver.ts');
  const line = readDeliverLine(args);
  if ('usage' in line) return usage(line.usage, wantsJson(args), 'deliver');
  if (line.words.help) return (await import('./help.ts')).help(['deliver']);
  if (line.words.version) return print(PROJECT.version);
  let where = 'before a server had said that it has the message';
  whenInterrupted(() => where);
  const sent = () => {
    where = 'while the message was on its way; it may still arrive, and a later run deletes it';
  };
  const say = (text: string) => void stderr.write(`smtp-gate: ${text}\n`);
  const { made, asked, exit, problems } = await runDeliver(line, { say, sent }, env);
  if (problems.length > 0) sayUsage(problems, 'deliver');
  const text = problems.length > 0 ? 'nothing' : 'text';
  await tell(made, asked, line.words.json ? 'json' : text);
  return EXIT[exit];
}

async function completion(args: readonly string[]): Promise<number> {
  if (asksForHelp(args)) return (await import('./help.ts')).help(['completion']);
  const { completionScript, readShell } = await import('./completion/index.ts');
  const shell = readShell(args);
  if (typeof shell === 'object') return usage([shell], wantsJson(args), 'completion');
  return print(completionScript(shell).trimEnd());
}

function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

async function crashed(error: unknown): Promise<void> {
  const urls = process.argv.filter((argument) => argument.includes('://'));
  const proxies = credentialsIn([...urls, ...PROXY_VARIABLES.map((name) => env[name])]);
  const secrets = new Secrets([...givenSecrets(env), ...proxies]);
  await report(crash(error, systemClock, secrets), AS_USUAL, wantsJson(process.argv) ? 'json' : 'text');
  leave(EXIT.fail);
}

/** Runs the command, and ends the process with its exit status. */
export function run(args: readonly string[]): void {
  // A reader that has gone, or a disk that is full, changes nothing: the verdict is in the exit status.
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  process.once('uncaughtException', crashed);
  main(args).then(leave, crashed);
}
