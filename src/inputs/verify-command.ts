import { isPemText } from '../shared/pem.ts';
import { NPX_COMMAND } from '../shared/project.ts';
import { shellQuote } from '../shared/shell.ts';
import { listed } from '../shared/text.ts';
import { HIDDEN } from './checks.ts';
import { variableOf } from './environment-secrets.ts';
import { type Option, type OptionName, optionOf } from './options.ts';
import type { Target } from './parsers/host-port.ts';
import type { Environment } from './parsers/result.ts';
import type { Checks } from './settings.ts';

/**
 * The command that repeats a check at one target: the options that were given, quoted for a shell; no secrets. With
 * `target`, lines of a list that are about others alone are left out. `env` says which variables the secrets of a
 * command line come from.
 */
export function repeatCommand(
  at: string,
  options: Checks['given'],
  target: Target | null = null,
  env: Environment = {},
): string {
  const given = [...options].filter(([name]) => isRepeated(optionOf(name)));
  const isSecret = (name: OptionName) => optionOf(name).secret === true;
  // A login of the target's own is where its query says; the inputs' is where the command line takes it.
  const isOwn = (name: OptionName, text: string) => isSecret(name) && text !== HIDDEN;
  const own = given.filter(([name, text]) => isOwn(name, text)).map(([, text]) => text);
  // Without its secrets the command would check less than it should: the shell then says so and stops.
  const secrets = given
    .filter(([name, text]) => isSecret(name) && !isOwn(name, text))
    .map(([name]) => variableOf(name, env));
  const flags = given
    .filter(([name]) => !isSecret(name))
    .flatMap(([name, text]) => values(name, text, target).map((value) => `--${name}=${shellQuote(value)}`));
  return [
    ...secrets.map((name) => `${name}="\${${name}:?}"`),
    NPX_COMMAND,
    shellQuote(own.length > 0 ? `${at}?${own.join('&')}` : at),
    ...flags,
  ].join(' ');
}

function isRepeated({ repeatable, actionOnly }: Option<unknown>): boolean {
  return repeatable !== false && !actionOnly;
}

function values(name: OptionName, text: string, target: Target | null): string[] {
  // PEM text has no place on a command line; the file's name says what it holds.
  if (isPemText(text)) return [`${name.replace('tls-', '')}.pem`];
  const { list, about } = optionOf(name);
  if (!list) return [text];
  return listed(text).filter((line) => target === null || !about || about(line, target));
}
