# Completes the words behind the first, which is the script, as bash does; the answers, a line each.
source "$1"
shift
COMP_WORDS=(smtp-gate "$@")
COMP_CWORD=$#
_smtp_gate
printf '%s\n' "${COMPREPLY[@]}"
