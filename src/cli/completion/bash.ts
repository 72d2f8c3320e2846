import type { Completed, CompletedCommand, CompletedFlag } from './words.ts';

/** The script for bash 3.2 and later, without the package bash-completion. */
export function bashScript({ flags, commands }: Completed): string {
  const names = commands.map(({ name }) => name);
  const values = [
    ...new Map([...commands.flatMap((one) => one.flags), ...flags].map((one) => [one.name, one])).values(),
  ];
  return `# bash completion for smtp-gate
_smtp_gate() {
  local IFS=$'\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= i
  # bash makes words of its own of --flag=value.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      --json) ;;
      ${names.join(' | ')}) command=\${COMP_WORDS[i]} && break ;;
      *) break ;;
    esac
  done
  COMPREPLY=()
  case $prev in
${values
  .filter(({ takes }) => takes === 'choice')
  .map(choiceCase)
  .join('\n')}
    ${patternOf(values, 'path')})
      compopt -o filenames 2> /dev/null
      COMPREPLY=($(compgen -f -- "$cur"))
      return
      ;;
    ${patternOf(values, 'text')}) return ;;
  esac
  case $command in
${commands.map(commandCase).join('\n')}
    *)
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W $'${flagWords(flags)}' -- "$cur"))
      elif ((COMP_CWORD == i)); then
        COMPREPLY=($(compgen -W $'${names.join('\\n')}' -- "$cur") $(compgen -A hostname -- "$cur"))
      else
        COMPREPLY=($(compgen -A hostname -- "$cur"))
      fi
      ;;
  esac
}
complete -F _smtp_gate smtp-gate
`;
}

function patternOf(flags: readonly CompletedFlag[], takes: CompletedFlag['takes']): string {
  return flags
    .filter((flag) => flag.takes === takes)
    .map(({ name }) => `--${name}`)
    .join(' | ');
}

function choiceCase({ name, choices }: CompletedFlag): string {
  return `    --${name})
      COMPREPLY=($(compgen -W $'${choices.join('\\n')}' -- "$cur"))
      return
      ;;`;
}

function commandCase({ name, flags, choices, paths }: CompletedCommand): string {
  const others = paths
    ? `compopt -o filenames 2> /dev/null
        COMPREPLY=($(compgen -f -- "$cur"))`
    : `COMPREPLY=($(compgen -W $'${choices.join('\\n')}' -- "$cur"))`;
  return `    ${name})
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W $'${flagWords(flags)}' -- "$cur"))
      else
        ${others}
      fi
      ;;`;
}

function flagWords(flags: readonly CompletedFlag[]): string {
  return flags.flatMap(({ name, short }) => [`--${name}`, ...(short === null ? [] : [`-${short}`])]).join('\\n');
}
