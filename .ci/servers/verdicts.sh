# verdicts SERVER NODE …: what the bundle says of a server of .ci/servers, on each Node; then the server is stopped, and
# what the bundle says of that, and the server's log of us, is looked at. All of it belongs into one stage: nothing stays.
# A server of a registry has a function SERVER_install DIR as well; where that fails, nothing is run.

verdicts() {
  local server=$1 node
  shift
  if declare -F "${server}_install" >/dev/null && ! "${server}_install" "$work/$server"; then
    echo "not run: $server cannot be installed here"
    return 0
  fi
  start_server "$server"
  for node in "$@"; do
    echo "-- $server, $("$node" --version)"
    VERDICTS_OF=$server SMTP_GATE_NODE=$node node --test .ci/real-verdicts.mjs
  done
  "${server}_stop"
  for node in "$@"; do
    VERDICTS_OF=$server VERDICTS_STOPPED=1 SMTP_GATE_NODE=$node node --test .ci/real-verdicts.mjs
  done
}
