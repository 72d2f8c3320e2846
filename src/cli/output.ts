import { env, stderr, stdout } from 'node:process';
import { type GateResult, refuse } from '../gate/gate.ts';
import { AS_USUAL, type Reporting } from '../inputs/settings.ts';
import { buildReport } from '../report/build.ts';
import { plain } from '../report/escape/plain.ts';
import { pieces, sayUnwritten, type Text } from '../report/files/write-file.ts';
import { jsonText } from '../report/json.ts';
import { type Asked, type Made, type Published, publish } from '../report/publish.ts';
import { account } from '../report/text.ts';
import { readSurroundings } from '../runtime/context.ts';
import { systemClock } from '../shared/clock.ts';
import { terminalStyle } from './terminal.ts';
import { sayProblem, type UsageProblem, usageLines } from './usage.ts';

export const EXIT = { pass: 0, fail: 1, usage: 2 } as const;

/** What of a result goes to standard output. */
export type Form = 'json' | 'text' | 'nothing';

/** Whether a command line asks for JSON, whatever else of it cannot be read. */
export function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((arg) => /^--json(?:=|$)/.test(arg));
}

/** Prints a text for whoever asked for it. */
export function print(text: string): number {
  stdout.write(`${text}\n`);
  return EXIT.pass;
}

/** Says what is wrong with a command line, as JSON too where that was asked for. */
export async function usage(problems: readonly UsageProblem[], json: boolean, topic = ''): Promise<number> {
  sayUsage(problems, topic);
  if (json)
    await refused(
      problems.map((one) => ({ input: one.input, problem: sayProblem(one) })),
      AS_USUAL,
      'json',
    );
  return EXIT.usage;
}

/** Says on the terminal what is wrong with a command line, and where there is help. */
export function sayUsage(problems: readonly UsageProblem[], topic = ''): void {
  const { fold } = terminalStyle(stderr, env);
  const page = topic || problems.find((one) => one.topic)?.topic;
  const lines = [...usageLines(problems), `smtp-gate ${page ? `help ${page}` : '--help'} says more.`];
  // A command is to be copied in one piece.
  const folded = lines.flatMap((line) => (/^ +\$ /.test(line) ? [line] : fold(line, '  ')));
  // A problem may quote what was typed, or what a script has put there.
  stderr.write(`${folded.map((line) => plain(line)).join('\n')}\n`);
}

/** Writes the report of a check whose options cannot be read. */
export async function refused(
  problems: readonly { readonly input: string; readonly problem: string }[],
  reporting: Reporting,
  form: Form,
): Promise<void> {
  await report(refuse(problems, systemClock), reporting, form);
}

/** Writes the result of a check. */
export async function report(
  result: GateResult,
  reporting: Reporting,
  form: Form,
  history: string | null = null,
): Promise<void> {
  const surroundings = readSurroundings(env, { typed: true });
  const { quorum, failsStep: fails } = result;
  const made = { report: await buildReport(result, surroundings, reporting), quorum, fails };
  await tell({ ...made, place: surroundings.place }, { ...reporting, history }, form);
}

/** Writes the files that were asked for, and the result to the terminal. */
export async function tell(made: Made, asked: Asked, form: Form): Promise<void> {
  const say = (line: string) => stderr.write(`smtp-gate: ${line}\n`);
  const text = ({ view }: Published) =>
    form === 'json' ? jsonText(view.report) : `${account(view, terminalStyle(stdout, env)).join('\n')}\n`;
  const result = { what: 'The result', write: (published: Published) => deliver(text(published)) };
  await publish(made, asked, {
    workspace: process.cwd(),
    unnamedJson: null,
    typed: true,
    written: say,
    warn: say,
    beforeFiles: [],
    afterFiles: form === 'nothing' ? [] : [result],
  });
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
