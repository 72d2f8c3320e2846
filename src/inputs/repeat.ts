import { shellQuote } from '../shell.ts';
import { OPTIONS, type Option, type OptionName } from './options.ts';
import type { Settings } from './settings.ts';

/** Options that say where to or how to report, and the target itself: no part of the check. */
const NOT_REPEATED: ReadonlySet<OptionName> = new Set<OptionName>([
  'host',
  'port',
  'summary',
  'annotations',
  'report-json',
]);

/** The options that were given, as flags of the command line, quoted for a shell. */
export function targetOptions(settings: Settings | null): string[] {
  return [...(settings?.given ?? [])]
    .filter(([name]) => !NOT_REPEATED.has(name))
    .flatMap(([name, text]) => values(OPTIONS[name], text).map((value) => `--${name}=${shellQuote(value)}`));
}

function values({ list }: Option<unknown>, text: string): string[] {
  if (!list) return [text];
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
