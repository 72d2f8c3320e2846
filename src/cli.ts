#!/usr/bin/env node
import { systemClock } from './clock.ts';
import { leave } from './exit.ts';
import { crash, type GateResult, refuse, runGate } from './gate.ts';
import { readCommandLine } from './inputs/command-line.ts';
import { help } from './inputs/help.ts';
import { ENVIRONMENT_OPTIONS, environmentName } from './inputs/options.ts';
import { readSettings, type Settings } from './inputs/settings.ts';
import { boundSystemResolver } from './probe/resolve.ts';
import { PROJECT } from './project.ts';
import { account } from './report/account.ts';
import { writeReport } from './report/file.ts';
import { sayProgress } from './report/progress.ts';
import { buildReport } from './report/report.ts';
import { terminalStyle, transientLine } from './report/terminal.ts';
import { Secrets } from './secrets.ts';
import { readSurroundings } from './surroundings.ts';
import { systemGateIo } from './system.ts';

const { stdout, stderr, env } = process;
const EXIT = { pass: 0, fail: 1, usage: 2 } as const;

/** The command line: the same options as flags, the same engine and verdicts; resolves to the exit status. */
async function main(args: string[]): Promise<number> {
  const style = terminalStyle(stdout, env);
  const line = readCommandLine(args);
  if ('usage' in line) return usage(line.usage);
  if (line.help) return print(help(stdout.columns));
  if (line.version) return print(PROJECT.version);
  if (line.demo) {
    const { demo } = await import('./demo/demo.ts');
    return (await demo(print, style, env)) ? EXIT.pass : EXIT.fail;
  }
  const read = await readSettings((name) =>
    ENVIRONMENT_OPTIONS.includes(name) ? env[environmentName(name)] : line.source(name),
  );
  if ('problems' in read) {
    await report(refuse(read.problems, systemClock), null, line.json);
    return EXIT.usage;
  }
  boundSystemResolver({ timeoutMs: read.settings.timeout, deadlineMs: read.settings.deadline }, env);
  const result = await probeAll(read.settings);
  await report(result, read.settings, line.json);
  return result.failsStep ? EXIT.fail : EXIT.pass;
}

async function probeAll(settings: Settings): Promise<GateResult> {
  const progress = transientLine(stderr);
  const io = systemGateIo((event) => progress.show(sayProgress(event)));
  try {
    return await runGate(settings, io);
  } finally {
    progress.clear();
  }
}

async function report(result: GateResult, settings: Settings | null, json: boolean): Promise<void> {
  const around = readSurroundings(env);
  const report = await buildReport(result, around);
  const text = JSON.stringify(report, null, 2);
  print(json ? text : account(report, around.place, terminalStyle(stdout, env)).join('\n'));
  if (!settings?.reportJson) return;
  const written = writeReport('report-json', settings.reportJson, `${text}\n`, process.cwd());
  if ('warning' in written) stderr.write(`smtp-gate: ${written.warning}\n`);
}

function usage(problem: string): number {
  stderr.write(`smtp-gate: ${problem}\nsmtp-gate --help lists the options; smtp-gate demo shows what it does.\n`);
  return EXIT.usage;
}

function print(text: string): number {
  stdout.write(`${text}\n`);
  return EXIT.pass;
}

async function crashed(error: unknown): Promise<void> {
  const { credentialsIn, PROXY_VARIABLES } = await import('./inputs/beyond.ts');
  const urls = process.argv.filter((argument) => argument.includes('://'));
  const proxies = credentialsIn([...urls, ...PROXY_VARIABLES.map((name) => env[name])]);
  const secrets = new Secrets([...ENVIRONMENT_OPTIONS.map((name) => env[environmentName(name)] ?? ''), ...proxies]);
  await report(crash(error, systemClock, secrets), null, process.argv.includes('--json'));
  leave(EXIT.fail);
}

// Whoever reads us has had enough (`smtp-gate … | head`).
stdout.on('error', () => process.exit(EXIT.fail));
process.once('uncaughtException', crashed);
main(process.argv.slice(2)).then(leave, crashed);
