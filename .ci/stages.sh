# What the stages of .ci/run share: headings, the end, packages, ports, servers, and $work, a temporary folder.
# A server is three functions, NAME_start DIR, NAME_log and NAME_stop; start_server NAME sees to it that it is stopped.

# In /tmp and as open as /tmp: apt and daemons drop root's rights, and must still reach their files in it.
work=$(mktemp -d /tmp/smtp-gate-ci.XXXXXX)
chmod 1777 "$work"
# Whatever a stage leaves behind goes away with the rest.
export TMPDIR=$work
current=
servers=()
policy=

stage() {
  current=$1
  printf '\n==== %s (%d s so far)\n' "$current" "$SECONDS"
  shift
  "$@"
}

start_server() {
  # First on the list, then started: one that came up half is stopped as well.
  servers+=("$1")
  "$1_start" "$work/$1"
}

finish() {
  local status=$? server
  # Nothing that goes wrong from here on may keep a server alive or change the verdict.
  trap '' HUP INT PIPE TERM
  set +eu
  for server in "${servers[@]}"; do
    if ((status != 0)); then
      printf '\n---- the log of %s\n' "$server"
      "${server}_log"
    fi
    "${server}_stop"
  done
  rm -rf "$work" ${policy:+"$policy"}
  ((status == 0)) || printf '\n==== FAILED: %s (exit %d after %d s)\n' "$current" "$status" "$SECONDS"
  exit "$status"
}
trap finish EXIT
# Without these, bash would die of the signal and leave the servers running.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

# need COMMAND:PACKAGE …: installs the Debian packages whose command is missing, and starts none of their services.
need() {
  local pair missing=()
  for pair in "$@"; do
    if ! command -v "${pair%%:*}"; then missing+=("${pair#*:}"); fi
  done
  ((${#missing[@]} > 0)) || return 0
  local apt=(apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update
  start_no_services
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Debian's way to say so, until the end of the run. A policy that is there, as in most containers, says so already.
start_no_services() {
  local file=/usr/sbin/policy-rc.d
  [ ! -e "$file" ] || return 0
  policy=$file
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
}

# free_ports N: as many loopback ports, different ones because all are held until the last is known.
free_ports() {
  node -e '
    const servers = Array.from({ length: Number(process.argv[1]) }, () => net.createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map((server) => events.once(server, "listening"))).then(() => {
      console.log(servers.map((server) => server.address().port).join(" "));
      for (const server of servers) server.close();
    });
  ' "$1"
}
