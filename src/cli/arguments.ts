import { parseArgs } from 'node:util';
import { CLI_OPTIONS, namesWith, type Option, type OptionName, optionOf } from '../inputs/options.ts';
import { joined } from '../inputs/parsers/primitives.ts';
import { hasAt, withoutCredentials } from '../inputs/parsers/result.ts';
import { targetLine } from '../inputs/parsers/targets.ts';
import type { Source } from '../inputs/settings.ts';

/** Why a command line cannot be read. */
export interface Usage {
  readonly usage: string;
}

/** What a command line asks for, or why it cannot be read. */
export type CommandLine =
  | Usage
  | {
      readonly source: Source;
      readonly json: boolean;
      readonly help: boolean;
      readonly version: boolean;
      readonly demo: boolean;
    };

/** In characters. */
const LONGEST_USAGE = 500;

/** Targets as they were typed, without what may be credentials. */
function sayTargets(texts: readonly string[]): string {
  const all = texts.slice(0, 3).map((text) => withoutCredentials(text).slice(0, 100));
  return [...all, ...(texts.length > all.length ? ['…'] : [])].join(' ');
}

/** The options that are flags, by name. */
const ROWS: Flags = Object.fromEntries(CLI_OPTIONS.map((name) => [name, optionOf(name)]));

/** Reads flags by the table of options, and targets; secrets are no flags. */
export function readCommandLine(args: string[]): CommandLine {
  const parsed = readFlags(args, ROWS);
  if ('usage' in parsed) return parsed;
  const { positionals, words: line } = parsed;
  const texts = parsed.texts as Map<OptionName, string>;
  if (line.help || line.version) return { ...line, demo: false, source: () => undefined };
  const demo = positionals.length === 1 && positionals[0] === 'demo';
  if (!demo) {
    const usage = readTargets(positionals, texts);
    if (usage !== null) return { usage };
  }
  return { ...line, demo, source: (name) => texts.get(name) };
}

function parse(args: string[], rows: Flags): { values: Record<string, unknown>; positionals: string[] } | Usage {
  const flags = Object.fromEntries(
    Object.keys(rows).map((name) => [name, { type: 'string', multiple: true }] as const),
  );
  const words = {
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options: { ...flags, ...words }, allowPositionals: true });
  } catch (error) {
    const { message } = error as Error;
    // It repeats what was typed, which may be a target in the place of a flag.
    if (hasAt(message)) return { usage: 'an unknown option contains an at sign (@); --help lists the options' };
    return { usage: withoutCredentials(message).slice(0, LONGEST_USAGE) };
  }
}

/** The rows of a table that are flags. */
export type Flags = Readonly<Record<string, Option<unknown>>>;

/** What was typed: the text of each flag (of a list, all that were given), the words of their own, and the rest. */
export interface Typed {
  readonly texts: Map<string, string>;
  readonly words: { readonly json: boolean; readonly help: boolean; readonly version: boolean };
  readonly positionals: readonly string[];
}

/** Reads a command line by the rows of a table. */
export function readFlags(args: string[], rows: Flags): Typed | Usage {
  const parsed = parse(args, rows);
  if ('usage' in parsed) return parsed;
  const { values, positionals } = parsed;
  const texts = new Map<string, string>();
  for (const [name, { list }] of Object.entries(rows)) {
    const given = values[name] as string[] | undefined;
    if (given === undefined) continue;
    if (given.length > 1 && !list) return { usage: `--${name} is given ${given.length} times; give it once` };
    texts.set(name, given.join('\n'));
  }
  const words = { json: values.json === true, help: values.help === true, version: values.version === true };
  return { texts, words, positionals };
}

/** Adds the targets that were typed to the options, or says what is wrong with them. */
function readTargets(positionals: readonly string[], texts: Map<OptionName, string>): string | null {
  const flags = namesWith('namesTarget').filter((name) => texts.has(name));
  if (positionals.length === 0) {
    return flags.length === 0 ? 'nothing to probe; name a target, such as mail.example.com:587' : null;
  }
  // Files of targets may stand beside them.
  const flag = flags.find((name) => name !== 'targets-file');
  if (flag !== undefined) return `give ${sayTargets(positionals)}, or --${flag}, not both`;
  const withAt = namesWith('mayHoldAtSign');
  const bad = positionals.flatMap((text, i) => {
    const parsed = targetLine(text, withAt);
    return 'problem' in parsed ? [`target ${i + 1} ${parsed.problem}`] : [];
  });
  if (bad.length > 0) return joined(bad);
  texts.set('targets', positionals.join('\n'));
  return null;
}
