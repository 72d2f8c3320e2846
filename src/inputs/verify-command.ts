import { isPemText } from '../shared/pem.ts';
import { shellQuote } from '../shared/shell.ts';
import { listed } from '../shared/text.ts';
import { environmentName, OPTIONS, type Option, type OptionName } from './options.ts';
import type { Checks } from './settings.ts';

/** Options that say where to report, and the target itself: no part of the check. Those of the action alone are none either. */
const NOT_REPEATED: ReadonlySet<OptionName> = new Set<OptionName>([
  'host',
  'port',
  'targets',
  'quorum',
  'concurrency',
  'report-json',
  'report-junit',
  'report-html',
  'history',
]);

/** The command that repeats a check at one target: the options that were given, quoted for a shell; no secrets. */
export function repeatCommand(at: string, options: Checks['given']): string {
  const given = [...options].filter(
    ([name]) => !NOT_REPEATED.has(name) && !(OPTIONS[name] as Option<unknown>).actionOnly,
  );
  const isSecret = (name: OptionName) => (OPTIONS[name] as Option<unknown>).secret === true;
  // Without its secrets the command would check less than it should: the shell then says so and stops.
  const secrets = given.filter(([name]) => isSecret(name)).map(([name]) => environmentName(name));
  const flags = given
    .filter(([name]) => !isSecret(name))
    .flatMap(([name, text]) => values(name, text).map((value) => `--${name}=${shellQuote(value)}`));
  return [...secrets.map((name) => `${name}="\${${name}:?}"`), 'smtp-gate', shellQuote(at), ...flags].join(' ');
}

function values(name: OptionName, text: string): string[] {
  // PEM text has no place on a command line; the file's name says what it holds.
  if (isPemText(text)) return [`${name.replace('tls-', '')}.pem`];
  if (!(OPTIONS[name] as Option<unknown>).list) return [text];
  return listed(text);
}
