import { CLI_OPTIONS, namesWith, type OptionName, optionOf } from '../inputs/options.ts';
import { withoutCredentials } from '../inputs/parsers/result.ts';
import { targetLine } from '../inputs/parsers/targets.ts';
import type { Source } from '../inputs/settings.ts';
import { STANDARD_INPUT } from '../inputs/world.ts';
import { readFlags, type Typed } from './flags.ts';
import { partsWithoutPort, typedTargets } from './targets.ts';
import type { Flags, Usage, UsageProblem } from './usage.ts';

/** What a command line asks to be checked. */
export interface CommandLine extends Typed {
  readonly source: Source;
}

/** The options that are flags, by name. */
export const ROWS: Flags = Object.fromEntries(CLI_OPTIONS.map((name) => [name, optionOf(name)]));

/** Reads flags by the table of options, and targets; secrets are no flags. */
export function readCommandLine(args: readonly string[]): CommandLine | Usage {
  const typed = readFlags(args, ROWS);
  if ('usage' in typed) return typed;
  const { texts, words } = typed;
  if (!words.help && !words.version) {
    const problems = readTargets(typed, args);
    if (problems.length > 0) return { usage: problems };
  }
  const source: Source = (name) => texts.get(name);
  return { ...typed, source };
}

/** Adds the targets that were typed to the options; what is wrong with them is the result. */
function readTargets({ positionals, texts }: Typed, args: readonly string[]): readonly UsageProblem[] {
  const [first, ...others] = positionals;
  // `--host name 587`
  if (first !== undefined && others.length === 0 && /^\d+$/.test(first) && texts.has('host') && !texts.has('port')) {
    texts.set('port', first);
    return [];
  }
  const words = positionals.filter((word) => word !== STANDARD_INPUT);
  if (words.length < positionals.length) addLine(texts, 'targets-file', STANDARD_INPUT);
  return words.length === 0 ? readNamed(texts, args) : readWords(words, texts, args);
}

/** Targets that are named by flags alone. */
function readNamed(texts: Typed['texts'], args: readonly string[]): readonly UsageProblem[] {
  if (namesWith('namesTarget').every((name) => !texts.has(name))) {
    return [{ input: 'nothing to probe;', problem: 'name a server, such as mail.example.com:587' }];
  }
  const host = texts.get('host')?.trim() ?? '';
  if (texts.has('port') && !texts.has('host')) {
    if (texts.has('targets') || texts.has('targets-file')) return [];
    return [{ input: '--port', problem: 'is given without a host; write the host before it' }];
  }
  if (host === '' || texts.has('port') || partsWithoutPort(host)?.scheme !== '') return [];
  return typedTargets([host], undefined, args).problems;
}

/** Targets that stand for themselves; files of targets may stand beside them. */
function readWords(words: readonly string[], texts: Typed['texts'], args: readonly string[]): readonly UsageProblem[] {
  const flag = texts.has('host') ? 'host' : 'targets';
  if (texts.has(flag)) return [{ input: 'give', problem: `${sayWords(words)}, or --${flag}, not both` }];
  const { targets, problems } = typedTargets(words, texts.get('port')?.trim(), args);
  if (problems.length > 0) return problems;
  const withAt = namesWith('mayHoldAtSign');
  const bad = targets.flatMap((text, i) => {
    const parsed = targetLine(text, withAt);
    return 'problem' in parsed ? [{ input: `target ${i + 1}`, problem: parsed.problem }] : [];
  });
  texts.delete('port');
  texts.set('targets', targets.join('\n'));
  return bad;
}

function addLine(texts: Typed['texts'], name: OptionName, line: string): void {
  const before = texts.get(name);
  texts.set(name, before === undefined ? line : `${before}\n${line}`);
}

/** Targets as they were typed, without what may be credentials. */
function sayWords(texts: readonly string[]): string {
  const all = texts.slice(0, 3).map((text) => withoutCredentials(text).slice(0, 100));
  return [...all, ...(texts.length > all.length ? ['…'] : [])].join(' ');
}
