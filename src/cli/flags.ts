import { parseArgs } from 'node:util';
import { nearest } from '../inputs/nearest.ts';
import { choicesOf, type Option } from '../inputs/options.ts';
import { isSecretFlag, unknownFlag } from './unknown-flags.ts';
import { type Flags, type Usage, type UsageProblem, WORDS, type Word } from './usage.ts';

/** What was typed: the text of each flag (of a list, all that were given), the words of their own, and the rest. */
export interface Typed {
  readonly texts: Map<string, string>;
  readonly words: Readonly<Record<Word, boolean>>;
  readonly positionals: readonly string[];
}

/** What was typed, as far as it can be read, and what cannot. */
interface Reading {
  readonly texts: Map<string, string[]>;
  readonly words: Record<Word, boolean>;
  readonly positionals: string[];
  readonly problems: UsageProblem[];
}

type Token = NonNullable<ReturnType<typeof tokensOf>>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Reads a command line by the rows of a table; everything that is wrong is said at once. Whoever asks for help gets it. */
export function readFlags(args: readonly string[], rows: Flags): Typed | Usage {
  const read: Reading = {
    texts: new Map(),
    words: { json: false, help: false, version: false },
    positionals: [],
    problems: [],
  };
  let skips = -1;
  for (const token of tokensOf(args, rows)) {
    // What stands behind `--password` may be one, and what stands behind an unknown letter belongs to it.
    if (token.index === skips) continue;
    if (token.kind === 'positional') readWord(token.value, rows, read);
    else if (token.kind === 'option') skips = readOption(token, args, rows, read);
  }
  for (const [name, given] of read.texts) {
    if (given.length > 1 && !rows[name]?.list) {
      read.problems.push({ input: `--${name}`, problem: `is given ${given.length} times; give it once` });
    }
  }
  if (read.problems.length > 0 && !read.words.help) return { usage: read.problems };
  const texts = new Map([...read.texts].map(([name, given]) => [name, given.join('\n')]));
  return { texts, words: read.words, positionals: read.positionals };
}

/** The parts of a command line (`--` ends the options). Of what is unknown, nothing is taken for a value. */
function tokensOf(args: readonly string[], rows: Flags) {
  const flags = Object.fromEntries(Object.keys(rows).map((name) => [name, { type: 'string' } as const]));
  const words = Object.fromEntries(
    Object.entries(WORDS).map(([name, { short }]) => [
      name,
      short === null ? ({ type: 'boolean' } as const) : ({ type: 'boolean', short } as const),
    ]),
  );
  const options = { ...flags, ...words };
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** A word that is no option: a dash that a text program has made longer begins one, and so does a name with its value. */
function readWord(text: string, rows: Flags, { positionals, problems }: Reading): void {
  const [, longDash, behind = ''] = /^([\u2010-\u2015\u2212])[-\u2010-\u2015\u2212]?([a-z-]*)/i.exec(text) ?? [];
  const [, name = ''] = /^([a-z][a-z-]*)=/i.exec(text) ?? [];
  if (longDash !== undefined) {
    problems.push({
      input: 'an option',
      problem: `begins with a long dash (${longDash}) instead of two hyphens; write --${behind in rows ? behind : 'option'}`,
    });
  } else if (name in rows || isSecretFlag(name)) {
    problems.push(name in rows ? missingDashes(name) : unknownFlag(name, rows));
  } else positionals.push(text);
}

function missingDashes(name: string): UsageProblem {
  return { input: name, problem: `has no hyphens before it; write --${name}=…` };
}

/** Reads one option; the index of the next part of the command line that belongs to it and must not be read, or -1. */
function readOption(token: OptionToken, args: readonly string[], rows: Flags, read: Reading): number {
  const typed = args[token.index] ?? token.rawName;
  const isCluster = !typed.startsWith('--') && typed.length > 2;
  const row = isCluster ? undefined : rows[token.name];
  if (row) readValue(token, row, read);
  else if (!isCluster && token.name in WORDS) readFlagWord(token, read);
  else if (isSwitchedOff(token, rows)) add(read, token.name.slice('no-'.length), 'false');
  else {
    read.problems.push(unknownFlag(typed, rows));
    if (isCluster) return token.index;
    return isSecretFlag(token.name) && token.value === undefined && !isFlag(args[token.index + 1], rows)
      ? token.index + 1
      : -1;
  }
  return -1;
}

/** Whether an argument is a flag that there is. */
function isFlag(text: string | undefined, rows: Flags): boolean {
  const [, name = ''] = /^--([a-z-]+)(?:=|$)/.exec(text ?? '') ?? [];
  return name in rows || name in WORDS;
}

function isSwitchedOff({ name, value }: OptionToken, rows: Flags): boolean {
  const row = name.startsWith('no-') ? rows[name.slice('no-'.length)] : undefined;
  return row?.value === 'boolean' && value === undefined;
}

function readFlagWord({ name, value }: OptionToken, read: Reading): void {
  read.words[name as Word] = true;
  if (value === undefined) return;
  if (name === 'help') read.positionals.unshift(value);
  else read.problems.push({ input: `--${name}`, problem: `stands alone; write --${name} without a value` });
}

function readValue({ name, value, inlineValue }: OptionToken, row: Option<unknown>, read: Reading): void {
  const isMissing = value === undefined || (!inlineValue && !belongs(value, row));
  if (isMissing) read.problems.push({ input: `--${name}`, problem: `has no value; write ${examples(name, row)}` });
  else add(read, name, value);
}

/**
 * Whether an argument is the value of the option before it: no other option, and where the option takes only a few words
 * one of them, or something that may be meant for one and is no target.
 */
function belongs(value: string, row: Option<unknown>): boolean {
  if (/^-./.test(value)) return false;
  const choices = choicesOf(row);
  if (choices.length === 0 || choices.includes(value) || nearest(value, choices) !== null) return true;
  return row.value === 'boolean' ? SWITCH.test(value) : !/[.:/]/.test(value);
}

/** What other programs take for a boolean. */
const SWITCH = /^(?:yes|no|on|off|0|1|y|n)$/i;

function examples(name: string, row: Option<unknown>): string {
  const choices = choicesOf(row);
  if (choices.length === 2) return choices.map((choice) => `--${name}=${choice}`).join(' or ');
  return choices.length > 0 ? `--${name}= and one of ${choices.join(', ')}` : `--${name}=<${row.value}>`;
}

function add({ texts }: Reading, name: string, text: string): void {
  texts.set(name, [...(texts.get(name) ?? []), text]);
}
