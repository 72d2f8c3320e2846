import type { Completed, CompletedCommand, CompletedFlag } from './words.ts';

/** The script for fish 3. */
export function fishScript({ flags, commands }: Completed): string {
  const names = commands.map(({ name }) => name).join(' ');
  const none = `not __fish_seen_subcommand_from ${names}`;
  return [
    '# fish completion for smtp-gate',
    'complete -c smtp-gate -f',
    `complete -c smtp-gate -n '${none}' -a '(__fish_print_hostnames)' -d host`,
    ...commands.map(({ name, help }) => `complete -c smtp-gate -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`),
    ...flags.map((flag) => line(none, flag)),
    ...commands.flatMap(commandLines),
    '',
  ].join('\n');
}

function commandLines({ name, flags, choices, paths }: CompletedCommand): string[] {
  const seen = `__fish_seen_subcommand_from ${name}`;
  return [
    ...flags.map((flag) => line(seen, flag)),
    ...(choices.length > 0 ? [`complete -c smtp-gate -n '${seen}' -a '${choices.join(' ')}'`] : []),
    ...(paths ? [`complete -c smtp-gate -n '${seen}' -F`] : []),
  ];
}

function line(condition: string, { name, short, help, takes, choices }: CompletedFlag): string {
  const value = { nothing: '', choice: ` -x -a '${choices.join(' ')}'`, path: ' -r -F', text: ' -x' }[takes];
  const letter = short === null ? '' : ` -s ${short}`;
  return `complete -c smtp-gate -n '${condition}'${letter} -l ${name}${value} -d ${quoted(help)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
