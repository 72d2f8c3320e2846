import { env, stderr, stdout } from 'node:process';
import { crash, type GateResult, type Progress, refuse, runGate } from '../gate/gate.ts';
import { entriesIn } from '../gate/shard.ts';
import { systemGateIo } from '../gate/system-io.ts';
import { environmentSecret } from '../inputs/environment-secrets.ts';
import { ENVIRONMENT_OPTIONS, environmentName } from '../inputs/options.ts';
import { credentialsIn } from '../inputs/parsers/proxy-url.ts';
import { AS_USUAL, type Reporting, readSettings, type Settings } from '../inputs/settings.ts';
import { readAtMost } from '../inputs/small-file.ts';
import { boundSystemResolver } from '../probe/dns/system-resolver.ts';
import { buildReport } from '../report/build.ts';
import { plain } from '../report/escape/plain.ts';
import { pieces, sayUnwritten, type Text } from '../report/files/write-file.ts';
import { jsonText } from '../report/json.ts';
import { progressLog, sayProgress } from '../report/progress.ts';
import { type Asked, type Made, type Published, publish } from '../report/publish.ts';
import { account } from '../report/text.ts';
import { readSurroundings } from '../runtime/context.ts';
import { leave } from '../runtime/exit.ts';
import { systemClock } from '../shared/clock.ts';
import { PROJECT } from '../shared/project.ts';
import { PROXY_VARIABLES } from '../shared/proxy-env.ts';
import { Secrets } from '../shared/redaction.ts';
import { readCommandLine } from './arguments.ts';
import { help } from './help.ts';
import { terminalStyle, transientLine } from './terminal.ts';

const EXIT = { pass: 0, fail: 1, usage: 2 } as const;

/** The command line: the same options as flags, the same engine and verdicts; resolves to the exit status. */
async function main(args: string[]): Promise<number> {
  if (args[0] === 'merge') return merge(args.slice(1));
  const style = terminalStyle(stdout, env);
  const line = readCommandLine(args);
  if ('usage' in line) return usage(line.usage);
  if (line.help) return print(help(stdout.columns));
  if (line.version) return print(PROJECT.version);
  if (line.demo && line.json) return usage('demo has no JSON output: leave --json out');
  if (line.demo) {
    const { demo } = await import('./demo/demo.ts');
    return (await demo(print, style, env)) ? EXIT.pass : EXIT.fail;
  }
  const read = await readSettings(
    (name) => (ENVIRONMENT_OPTIONS.includes(name) ? environmentSecret(name, env) : line.source(name)),
    env,
    (most) => readAtMost(0, most),
  );
  if ('problems' in read) {
    await report(refuse(read.problems, systemClock), read.reporting, line.json);
    return EXIT.usage;
  }
  boundSystemResolver({ timeoutMs: read.settings.timeout, deadlineMs: read.settings.deadline }, env);
  const result = await probeAll(read.settings);
  await report(result, read.settings, line.json, read.settings.history);
  return result.failsStep ? EXIT.fail : EXIT.pass;
}

/** `smtp-gate merge`: joins reports instead of making one. */
async function merge(args: string[]): Promise<number> {
  const { mergeHelp, readMergeLine, runMerge } = await import('./merge.ts');
  const line = readMergeLine(args);
  if ('usage' in line) return usage(line.usage, ' merge');
  if (line.words.help) return print(mergeHelp(stdout.columns));
  if (line.words.version) return print(PROJECT.version);
  const { made, asked, exit } = await runMerge(line, env);
  await tell(made, asked, line.words.json);
  return EXIT[exit];
}

async function probeAll(settings: Settings): Promise<GateResult> {
  const progress = transientLine(stderr);
  const show = stderr.isTTY
    ? (event: Progress) => progress.show(sayProgress(event))
    : progressLog(progress.show, systemClock);
  const io = systemGateIo(show);
  const { length } = settings.shard ? entriesIn(settings.shard, settings.entries) : settings.entries;
  if (length > 1) progress.show(`0 of ${length} …`);
  try {
    return await runGate(settings, io);
  } finally {
    progress.clear();
  }
}

async function report(
  result: GateResult,
  reporting: Reporting,
  json: boolean,
  history: string | null = null,
): Promise<void> {
  const surroundings = readSurroundings(env);
  const made = { report: await buildReport(result, surroundings, reporting), quorum: result.quorum };
  await tell({ ...made, place: surroundings.place }, { ...reporting, history }, json);
}

/** Writes the files that were asked for, and the result to the terminal. */
async function tell(made: Made, asked: Asked, json: boolean): Promise<void> {
  const say = (line: string) => stderr.write(`smtp-gate: ${line}\n`);
  const text = ({ view }: Published) =>
    json ? jsonText(view.report) : `${account(view, terminalStyle(stdout, env)).join('\n')}\n`;
  await publish(made, asked, {
    workspace: process.cwd(),
    unnamedJson: null,
    written: say,
    warn: say,
    beforeFiles: [],
    afterFiles: [{ what: 'The result', write: (published) => deliver(text(published)) }],
  });
}

function usage(problem: string, command = ''): number {
  // The problem may quote what was typed, or what a script has put there.
  stderr.write(
    `smtp-gate: ${plain(problem)}\nsmtp-gate${command} --help lists the options; smtp-gate demo shows what it does.\n`,
  );
  return EXIT.usage;
}

function print(text: string): number {
  stdout.write(`${text}\n`);
  return EXIT.pass;
}

/** Prints a text to its end; that a full disk cuts it is said where that can be. */
async function deliver(text: Text): Promise<void> {
  for (const piece of pieces(text)) {
    const error = await new Promise<Error | null | undefined>((done) => stdout.write(piece, done));
    if (!error) continue;
    const gone = (error as NodeJS.ErrnoException).code === 'EPIPE';
    if (!gone) stderr.write(`smtp-gate: ${sayUnwritten('The result', 'stdout', error)}\n`);
    return;
  }
}

async function crashed(error: unknown): Promise<void> {
  const urls = process.argv.filter((argument) => argument.includes('://'));
  const proxies = credentialsIn([...urls, ...PROXY_VARIABLES.map((name) => env[name])]);
  const given = ENVIRONMENT_OPTIONS.flatMap((name) => [env[environmentName(name)], environmentSecret(name, env)]);
  const texts = given.map((read) => (typeof read === 'object' ? 'value' in read && read.value : read) || '');
  const secrets = new Secrets([...texts, ...proxies]);
  await report(crash(error, systemClock, secrets), AS_USUAL, process.argv.includes('--json'));
  leave(EXIT.fail);
}

/** Runs the command, and ends the process with its exit status. */
export function cli(): void {
  // Whoever reads us has had enough (`smtp-gate … | head`), or the disk is full: the verdict is in the exit status.
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  process.once('uncaughtException', crashed);
  main(process.argv.slice(2)).then(leave, crashed);
}
