import type { Completed, CompletedCommand, CompletedFlag } from './words.ts';

/** The script for zsh: to be read at its start, or to lie as `_smtp-gate` in a folder of `fpath`. */
export function zshScript({ flags, commands }: Completed): string {
  return `#compdef smtp-gate
# zsh completion for smtp-gate
_smtp_gate_first() {
  local -a commands=(
${commands.map(({ name, help }) => `    ${quoted(`${name}:${help.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _describe -t commands command commands
  _hosts
}

_smtp_gate() {
  local -a flags=(
${specs(flags)}
  )
  if ((CURRENT > 2)); then
    case $words[2] in
${commands.map(commandCase).join('\n')}
    esac
  fi
  _arguments -S $flags '1: :_smtp_gate_first' '*:target:_hosts'
}

if [[ $funcstack[1] == _smtp_gate ]]; then
  _smtp_gate "$@"
else
  compdef _smtp_gate smtp-gate
fi
`;
}

function commandCase({ name, flags, choices, paths }: CompletedCommand): string {
  const rest = paths ? "'*:file:_files'" : choices.length > 0 ? `'1:word:(${choices.join(' ')})'` : "'*: :'";
  return `      ${name})
        flags=(
${specs(flags)}
        )
        shift words
        ((CURRENT--))
        _arguments -S $flags ${rest}
        return
        ;;`;
}

function specs(flags: readonly CompletedFlag[]): string {
  return flags.map((flag) => `    ${spec(flag)}`).join('\n');
}

/** A flag as `_arguments` of zshcompsys(1) takes it. */
function spec({ name, short, help, takes, choices, list }: CompletedFlag): string {
  const text = `[${help.replace(/[[\]\\]/g, '\\$&')}]`;
  if (short !== null) return `'(-${short} --${name})'{-${short},--${name}}${quoted(text)}`;
  const value = { nothing: '', choice: `:word:(${choices.join(' ')})`, path: ':file:_files', text: ':text: ' }[takes];
  return quoted(`${list ? '*' : ''}--${name}${takes === 'nothing' ? '' : '='}${text}${value}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
