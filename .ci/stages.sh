# What the stages of .ci/run share: headings, the end, packages, ports, servers, and $work, a temporary folder.
# A server is three functions, NAME_start DIR, NAME_log and NAME_stop; start_server NAME sees to it that it is stopped.

# In /tmp and as open as /tmp: apt and daemons drop root's rights, and must still reach their files in it.
work=$(mktemp -d /tmp/smtp-gate-ci.XXXXXX)
chmod 1777 "$work"
# Whatever a stage leaves behind goes away with the rest.
export TMPDIR=$work
current=
servers=()
groups=()
policy=

stage() {
  current=$1
  printf '\n==== %s (%d s so far)\n' "$current" "$SECONDS"
  shift
  "$@"
}

# side_by_side TITLE COMMAND … -- TITLE COMMAND … …: stages at once, for what is not measured and does not share a log.
# Each runs in a subshell, so it leaves files and no variables, and servers that it started are stopped at its end. Its
# log is printed whole when it ends; those that failed are named when all have ended.
side_by_side() {
  local titles=() command failed=() folder ends i status began=$SECONDS left
  folder=$(mktemp -d "$work/side-by-side.XXXXXX")
  mkfifo "$folder/ends"
  exec {ends}<>"$folder/ends"
  while (($# > 0)); do
    i=${#titles[@]}
    titles+=("$1")
    shift
    command=()
    while (($# > 0)) && [ "$1" != -- ]; do
      command+=("$1")
      shift
    done
    (($# == 0)) || shift
    # A process group of its own, which finish can end with all that is in it.
    set -m
    side "$i" "$ends" "${command[@]}" >"$folder/$i" 2>&1 &
    set +m
    groups+=($!)
  done
  for ((left = ${#titles[@]}; left > 0; left--)); do
    read -r -u "$ends" i status
    printf '\n==== %s (side by side: %d s; %d s so far)\n' "${titles[i]}" $((SECONDS - began)) "$SECONDS"
    cat "$folder/$i"
    if ((status != 0)); then
      failed+=("${titles[i]}")
      printf -- '---- failed: %s (exit %d)\n' "${titles[i]}" "$status"
    fi
  done
  exec {ends}>&-
  groups=()
  ((${#failed[@]} > 0)) || return 0
  printf -v current '%s, ' "${failed[@]}"
  current=${current%, }
  return 1
}

# side I FD COMMAND …: runs one of the stages, and writes to FD which it was and how it ended.
side() {
  set +e
  # Not the end of this shell, which waits for the servers to be stopped.
  trap : TERM
  in_subshell "${@:3}"
  echo "$1 $?" >&"$2"
}

# The stage itself; of the servers, it knows those that it starts.
in_subshell() (
  set -e
  servers=() groups=()
  trap 'stop_servers $?' EXIT
  trap 'exit 143' TERM
  "$@"
)

start_server() {
  # First on the list, then started: one that came up half is stopped as well.
  servers+=("$1")
  "$1_start" "$work/$1"
}

# stop_servers STATUS: and prints their logs where something failed.
stop_servers() {
  local status=$1 server
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
}

finish() {
  local status=$? group try
  trap '' HUP INT PIPE TERM
  set +eu
  for group in "${groups[@]}"; do
    # Their own traps stop their servers. Said more than once, because a process that is just being started misses it.
    for ((try = 0; try < 100; try++)); do
      kill -TERM -- "-$group" 2>/dev/null || break
      sleep 0.2
    done
  done
  stop_servers "$status"
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

# install_more PACKAGE …: those that have no command to look for; apt itself knows what is there.
install_more() {
  DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 \
    install -y --no-install-recommends "$@"
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

# unpack DIR PACKAGE …: unpacks Debian packages into a folder instead of installing them; for those that conflict.
unpack() {
  local dir=$1 file
  shift
  mkdir -p "$dir/packages"
  (cd "$dir/packages" && apt-get -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$@")
  for file in "$dir"/packages/*.deb; do dpkg -x "$file" "$dir"; done
}

# await_smtp PORT [HEADER]: until a server greets there and lets us go, so that its log has no complaint; fails after ten seconds.
await_smtp() {
  local try
  for ((try = 0; try < 100; try++)); do
    if timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"; printf "$2" >&3; read -r _ <&3; printf "QUIT\r\n" >&3; cat <&3 >&2' - "$1" "${2-}" 2>/dev/null; then
      return 0
    fi
    sleep 0.1
  done
  echo "no server greets on port $1"
  return 1
}

# stop_processes PID …: ends our own children, and waits for their end.
stop_processes() {
  local pid
  for pid in "$@"; do kill "$pid" 2>/dev/null || true; done
  for pid in "$@"; do wait "$pid" 2>/dev/null || true; done
  return 0
}
