import { isDeliveryName } from '../inputs/delivery-names.ts';
import { nearest } from '../inputs/nearest.ts';
import { choicesOf, type Option } from '../inputs/options.ts';
import { ENVIRONMENT, isSecretFlag, unknownFlag } from './unknown-flags.ts';
import { type Flags, isWord, rowOf, type Usage, type UsageProblem, WORDS, type Word } from './usage.ts';

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
  /** The options that come from the environment. */
  readonly secrets: Flags;
}

/** An option as it is typed: `--name`, `--name=value`, `-n`. */
interface TypedOption {
  readonly typed: string;
  readonly name: string;
  /** Behind its equals sign; `undefined` where there is none. */
  readonly inline: string | undefined;
  /** The argument behind it, which may be its value. */
  readonly next: string | undefined;
}

/**
 * Reads a command line by the rows of a table; everything that is wrong is said at once. Whoever asks for help gets it.
 * `--` ends the options; a value that begins with a hyphen follows an equals sign.
 */
export function readFlags(args: readonly string[], rows: Flags, secrets = ENVIRONMENT): Typed | Usage {
  const read: Reading = {
    texts: new Map(),
    words: { json: false, help: false, version: false },
    positionals: [],
    problems: [],
    secrets,
  };
  readParts(args, rows, read);
  const twice = [...read.texts].filter(([name, given]) => given.length > 1 && !rowOf(rows, name)?.list);
  for (const [name, given] of twice) {
    read.problems.push({ input: `--${name}`, problem: `is given ${given.length} times; give it once` });
  }
  if (read.problems.length > 0 && !read.words.help) return { usage: read.problems };
  const texts = new Map([...read.texts].map(([name, given]) => [name, given.join('\n')]));
  return { texts, words: read.words, positionals: read.positionals };
}

function readParts(args: readonly string[], rows: Flags, read: Reading): void {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  for (let i = 0; i < args.length; ) {
    const typed = args[i] ?? '';
    // Behind `--` too, what begins with a hyphen is no target.
    if (i === end) i += 1;
    else if (/^-./.test(typed)) i += readOption(optionAt(args, i), i < end ? rows : {}, read);
    else i += readWord(typed, rows, read);
  }
}

function optionAt(args: readonly string[], i: number): TypedOption {
  const typed = args[i] ?? '';
  const [, long, inline] = /^--([^=]*)(?:=(.*))?$/s.exec(typed) ?? [];
  const word = Object.entries(WORDS).find(([, { short }]) => short !== null && typed === `-${short}`)?.[0];
  return { typed, name: long ?? word ?? typed.slice(1), inline, next: args[i + 1] };
}

/** A word that is no option; how many arguments it has. A dash that a text program has made longer begins one, and so does a name with its value. */
function readWord(text: string, rows: Flags, read: Reading): number {
  // What stands behind `password:` may be one.
  if (readPair(text, rows, read)) return text.endsWith(':') ? 2 : 1;
  const { positionals, problems, secrets } = read;
  const [, longDash, behind = ''] = /^([\u2010-\u2015\u2212])[-\u2010-\u2015\u2212]?([a-z-]*)/i.exec(text) ?? [];
  const [, name = ''] = /^([a-z][a-z-]*)=/i.exec(text) ?? [];
  if (longDash !== undefined) {
    problems.push({
      input: 'an option',
      problem: `begins with a long dash (${longDash}) instead of two hyphens; write --${rowOf(rows, behind) ? behind : 'option'}`,
    });
  } else if (rowOf(rows, name)) problems.push(missingDashes(name));
  else if (isSecretFlag(name, secrets) || isDeliveryName(name)) {
    problems.push(unknownFlag(`--${name}`, rows, secrets));
  } else positionals.push(text);
  return 1;
}

/** Reads `tls: starttls`, as a workflow has it, and says how it is typed; `host:25` is a target. */
function readPair(text: string, rows: Flags, { problems, secrets }: Reading): boolean {
  const [, name = '', value = '0'] = /^([a-z][a-z-]*):(?!\/\/|.*@)(.*)$/is.exec(text) ?? [];
  if (/^(?:\d|(?:smtps?|submissions?)\b)/i.test(value)) return false;
  if (rowOf(rows, name)) {
    problems.push({
      input: `${name}:`,
      problem: `is how a workflow writes it; on the command line, write --${name}=…`,
    });
  } else if (isSecretFlag(name, secrets) || isDeliveryName(name)) {
    problems.push(unknownFlag(`--${name}`, rows, secrets));
  } else return false;
  return true;
}

function missingDashes(name: string): UsageProblem {
  return { input: name, problem: `has no hyphens before it; write --${name}=…` };
}

/** Reads one option; how many arguments it has, itself included. */
function readOption(option: TypedOption, rows: Flags, read: Reading): number {
  const { typed, name, inline, next } = option;
  const isLong = typed.startsWith('--');
  const row = isLong ? rowOf(rows, name) : undefined;
  if (row) return readValue(option, row, read);
  if (isWord(name) && (isLong || typed.length === 2)) readFlagWord(name, inline, read);
  else if (isLong && isSwitchedOff(option, rows)) add(read, name.slice('no-'.length), 'false');
  else {
    read.problems.push(unknownFlag(typed, rows, read.secrets));
    // What stands behind `--password` may be one.
    return isSecretFlag(name, read.secrets) && inline === undefined && next !== undefined && !isFlag(next, rows)
      ? 2
      : 1;
  }
  return 1;
}

/** Whether an argument is a flag that there is. */
function isFlag(text: string, rows: Flags): boolean {
  const [, name = ''] = /^--([a-z-]+)(?:=|$)/.exec(text) ?? [];
  return rowOf(rows, name) !== undefined || isWord(name);
}

function isSwitchedOff({ name, inline }: TypedOption, rows: Flags): boolean {
  const row = name.startsWith('no-') ? rowOf(rows, name.slice('no-'.length)) : undefined;
  return row?.value === 'boolean' && inline === undefined;
}

function readFlagWord(name: Word, inline: string | undefined, read: Reading): void {
  read.words[name] = true;
  if (inline === undefined) return;
  if (name === 'help') read.positionals.unshift(inline);
  else read.problems.push({ input: `--${name}`, problem: `stands alone; write --${name} without a value` });
}

function readValue({ name, inline, next }: TypedOption, row: Option<unknown>, read: Reading): number {
  if (inline !== undefined) add(read, name, inline);
  else if (next !== undefined && belongs(next, row)) {
    add(read, name, next);
    return 2;
  } else read.problems.push({ input: `--${name}`, problem: `has no value; write ${examples(name, row)}` });
  return 1;
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
