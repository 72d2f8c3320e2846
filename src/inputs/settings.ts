import { sayMs } from '../shared/text.ts';
import { type Checks, type Entry, HIDDEN, settle, shown } from './checks.ts';
import { contradictions, type Problem } from './conflicts.ts';
import { hideIn, secretsIn, withoutSecrets } from './hidden-secrets.ts';
import {
  namesWith,
  OPTION_NAMES,
  type Option,
  type OptionName,
  type Options,
  optionOf,
  type Reporting,
  valueName,
} from './options.ts';
import type { Environment, Parsed } from './parsers/result.ts';
import { readTargets } from './target-entries.ts';
import type { World } from './world.ts';

export type { Checks, Entry } from './checks.ts';
export type { Problem } from './conflicts.ts';
export type { Reporting } from './options.ts';

/** What the user asked for, read and found consistent. */
export interface Settings extends Checks {
  /** Empty when no target was given. */
  readonly entries: readonly Entry[];
  /** What was left empty, when there is no target. */
  readonly missing: readonly ('host' | 'port' | 'targets')[];
  /** What the user should know about how the inputs were read. */
  readonly notes: readonly string[];
  /** Inputs that the action does not have and that look like its own, in words. */
  readonly lookAlikes?: readonly string[];
}

/** As the defaults have it. */
export const AS_USUAL = Object.fromEntries(
  namesWith('reporting').map((name) => [valueName(name), defaultValue(optionOf(name))]),
) as unknown as Reporting;

/** The value of an option's default. */
function defaultValue(option: Option<unknown>): unknown {
  const parsed = option.parse(option.default, {});
  if ('value' in parsed) return parsed.value;
  throw new Error(`the default "${option.default}" is no value`);
}

/** The text of an option's default, in a step or on a command line. */
function defaultText({ default: usual, commandLineDefault = usual }: Option<unknown>, isTyped: boolean): string {
  return isTyped ? commandLineDefault : usual;
}

/**
 * Where option texts come from: an action's inputs, or a command line. Empty or `undefined` means the default. Of a file
 * that holds a value it comes as it is, or with what is wrong with the file.
 */
export type Source = (name: OptionName) => string | undefined | Parsed<string>;

/**
 * Reads every option and reports all problems at once; nothing else of the program reads an input. `env` is where
 * `proxy: env` finds its proxy; `standardInput` is absent in a step, which has none.
 */
export async function readSettings(
  source: Source,
  env: Environment = process.env,
  standardInput?: World['standardInput'],
): Promise<{ settings: Settings } | { problems: Problem[]; reporting: Reporting }> {
  const values: Partial<Record<keyof Options, unknown>> = {};
  const given = new Map<OptionName, string>();
  const problems: Problem[] = [];
  // A step has no standard input: whoever has one types.
  const isTyped = standardInput !== undefined;
  for (const name of OPTION_NAMES) {
    const option = optionOf(name);
    const usual = defaultText(option, isTyped);
    const { text, parsed } = readOption(option, source(name), usual, env);
    if (text !== usual && !option.expression) given.set(name, shown(option, text, parsed));
    if ('value' in parsed) values[valueName(name)] = parsed.value;
    else problems.push({ input: name, problem: parsed.problem });
  }
  problems.push(...contradictions(values as Partial<Options>, given));
  const several =
    given.has('targets') || given.has('targets-file')
      ? await readTargets(values, given, { env, ...(standardInput && { standardInput }) })
      : null;
  if (several) problems.push(...several.problems);
  // One input or target may quote the secret of another.
  const secrets = secretsIn(values as Partial<Options>, several?.secrets ?? []);
  const order = ({ input }: Problem) => OPTION_NAMES.indexOf(input);
  if (problems.length > 0) {
    const sorted = problems
      .sort((a, b) => order(a) - order(b))
      .map(({ input, problem }) => ({ input, problem: secrets.redact(problem) }));
    return { problems: sorted, reporting: { ...AS_USUAL, ...readable(values as Partial<Options>) } };
  }
  const options = values as unknown as Options;
  const checks = hideIn(settle(options, given), secrets);
  const read = several ? several.settle(checks) : oneEntry(options, checks);
  const entries = withoutSecrets(read.entries, secrets);
  const notes = [...read.notes, ...limitNotes(entries)].map((note) => secrets.redact(note));
  return { settings: { ...checks, ...read, entries, notes } };
}

/** The text of one option, and its value; of one whose file cannot be read something stands in its place, since it is given. */
function readOption(
  option: Option<unknown>,
  read: ReturnType<Source>,
  usual: string,
  env: Environment,
): { readonly text: string; readonly parsed: Parsed<unknown> } {
  if (typeof read === 'object' && 'problem' in read) return { text: HIDDEN, parsed: read };
  const text = (typeof read === 'object' ? read.value : read?.trim()) || usual;
  return { text, parsed: option.parse(text, env) };
}

/** Times to wait that never come to their end, each said once. */
function limitNotes(entries: readonly Entry[]): string[] {
  const notes = entries.flatMap(({ checks: { given, timeout, deadline } }) =>
    given.has('timeout') && timeout > deadline
      ? [`timeout (${sayMs(timeout)}) is above deadline (${sayMs(deadline)}), which ends the attempt first`]
      : [],
  );
  return [...new Set(notes)];
}

/** What was asked of the reports, as far as it could be read. */
function readable(values: Partial<Options>): Partial<Reporting> {
  const names = Object.keys(AS_USUAL) as (keyof Reporting)[];
  return Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]]] : [])));
}

type Entries = Pick<Settings, 'entries' | 'missing' | 'notes'>;

function oneEntry({ host, port }: Options, checks: Checks): Entries {
  if (host !== null && port !== null) {
    return { entries: [{ target: { host, port }, source: null, mx: false, checks }], missing: [], notes: [] };
  }
  const missing = [...(host === null ? ['host' as const] : []), ...(port === null ? ['port' as const] : [])];
  return { entries: [], missing, notes: [] };
}
