import { parseArgs } from 'node:util';
import { CLI_OPTIONS, OPTIONS, type Option, type OptionName } from './options.ts';
import type { Source } from './settings.ts';
import { hostAndPort } from './target.ts';

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

/** Reads flags by the table of options, and one target; secrets are no flags. */
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
    const [target, ...more] = positionals;
    const demo = target === 'demo' && more.length === 0;
    if (!demo && more.length > 0) return { usage: `one target at a time: ${positionals.join(' ')}` };
    if (!demo && target !== undefined) {
      if (texts.has('host') || texts.has('port')) return { usage: `give ${target}, or --host and --port, not both` };
      const parsed = hostAndPort(target);
      if ('problem' in parsed) return { usage: parsed.problem };
      texts.set('host', parsed.value.host).set('port', String(parsed.value.port));
    }
    if (!demo && !texts.has('host') && !texts.has('port'))
      return { usage: 'nothing to probe; name a target, such as mail.example.com:587' };
    return { ...line, demo, source: (name) => texts.get(name) };
  } catch (error) {
    return { usage: (error as Error).message };
  }
}
