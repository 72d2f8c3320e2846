import { CLI_OPTIONS, ENVIRONMENT_OPTIONS, environmentName, optionOf } from '../inputs/options.ts';
import type { Flags } from './arguments.ts';

const PURPOSE = 'smtp-gate checks whether a mail server can be used from this machine. If not, it says what is wrong.';
const USAGE = `Usage: smtp-gate [options] target …
       smtp-gate [options] --host name --port number
       smtp-gate merge [options] report …
       smtp-gate demo`;
const EXPLAINED = [
  'A target is host:port, [v6]:port, smtp://host:port, smtps://host:port, lmtp://host:port or mx:domain. Options of one target follow as a query (smtp://host:587?tls=starttls).',
  '`smtp-gate merge` joins the JSON reports of several runs; `smtp-gate merge --help` says how.',
  '`smtp-gate demo` checks built-in test servers: one that works, and some with problems.',
  `Secrets come from the environment, not from flags: ${ENVIRONMENT_OPTIONS.map(environmentName).join(', ')}.`,
  'Exit status: 0 the check passes, 1 it fails, 2 an option or a target is wrong.',
];
const OTHERS: readonly (readonly [string, string])[] = [
  ['--json', 'Print only the JSON report.'],
  ['-h, --help', 'Print this help.'],
  ['--version', 'Print the version.'],
];

/** The command line's help, from the table of options, wrapped to `width` columns. */
export function help(width = 100): string {
  const rows = Object.fromEntries(CLI_OPTIONS.map((name) => [name, optionOf(name)]));
  return helpOn({ purpose: PURPOSE, usage: USAGE, explained: EXPLAINED }, rows, width);
}

/** What a command is for, how it is written, and what else to know. */
export interface Command {
  readonly purpose: string;
  readonly usage: string;
  readonly explained: readonly string[];
}

/** The help on a command with these options. */
export function helpOn({ purpose, usage, explained }: Command, options: Flags, width: number): string {
  const groups = new Map<string, [string, string][]>();
  for (const [name, { group, value, help, default: text }] of Object.entries(options)) {
    const rows = groups.get(group) ?? [];
    rows.push([`--${name} <${value}>`, `${help}${text === '' ? '' : ` (${text})`}`.replaceAll('`', '')]);
    groups.set(group, rows);
  }
  const sections = [...groups, ['Command line', [...OTHERS]] as const].map(
    ([group, rows]) => `${group}\n${rows.map(([flag, text]) => row(flag, text, width)).join('\n')}\n`,
  );
  const prose = (text: string) => wrap(text.replaceAll('`', ''), Math.max(30, width)).join('\n');
  return [`${prose(purpose)}\n`, `${usage}\n`, `${explained.map(prose).join('\n')}\n`, ...sections]
    .join('\n')
    .trimEnd();
}

const FLAG_WIDTH = 32;

function row(flag: string, text: string, width: number): string {
  const indent = ' '.repeat(FLAG_WIDTH + 4);
  const lines = wrap(text, Math.max(30, width - indent.length));
  return `  ${flag.padEnd(FLAG_WIDTH)}  ${lines.join(`\n${indent}`)}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
