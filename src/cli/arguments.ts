import { parseArgs } from 'node:util';
import { CLI_OPTIONS, OPTIONS, type Option, type OptionName } from '../inputs/options.ts';
import { joined } from '../inputs/parsers/primitives.ts';
import { hasAt, withoutCredentials } from '../inputs/parsers/result.ts';
import { targetLine } from '../inputs/parsers/targets.ts';
import type { Source } from '../inputs/settings.ts';

/** What a command line asks for, or why it cannot be read. */
export type CommandLine =
  | { readonly usage: string }
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

/** Reads flags by the table of options, and targets; secrets are no flags. */
export function readCommandLine(args: string[]): CommandLine {
  const flags = Object.fromEntries(CLI_OPTIONS.map((name) => [name, { type: 'string', multiple: true }] as const));
  const words = {
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options: { ...flags, ...words }, allowPositionals: true });
    const texts = new Map<OptionName, string>();
    for (const name of CLI_OPTIONS) {
      const given = (values as Record<string, unknown>)[name] as string[] | undefined;
      if (given === undefined) continue;
      const { list }: Option<unknown> = OPTIONS[name];
      if (given.length > 1 && !list) return { usage: `--${name} is given ${given.length} times; give it once` };
      texts.set(name, given.join('\n'));
    }
    const line = { json: values.json === true, help: values.help === true, version: values.version === true };
    if (line.help || line.version) return { ...line, demo: false, source: () => undefined };
    const demo = positionals.length === 1 && positionals[0] === 'demo';
    if (!demo && positionals.length > 0) {
      for (const name of ['host', 'port', 'targets'] as const) {
        if (texts.has(name)) return { usage: `give ${sayTargets(positionals)}, or --${name}, not both` };
      }
      const bad = positionals.flatMap((text, i) => {
        const parsed = targetLine(text);
        return 'problem' in parsed ? [`target ${i + 1} ${parsed.problem}`] : [];
      });
      if (bad.length > 0) return { usage: joined(bad) };
      texts.set('targets', positionals.join('\n'));
    }
    if (!demo && !(['host', 'port', 'targets'] as const).some((name) => texts.has(name)))
      return { usage: 'nothing to probe; name a target, such as mail.example.com:587' };
    return { ...line, demo, source: (name) => texts.get(name) };
  } catch (error) {
    const { message } = error as Error;
    // It repeats what was typed, which may be a target in the place of a flag.
    if (hasAt(message)) return { usage: 'an option is none of ours, and has an at sign (@); --help lists the options' };
    return { usage: withoutCredentials(message).slice(0, LONGEST_USAGE) };
  }
}
