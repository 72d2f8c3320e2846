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

# await_smtp PORT: until a server greets there and lets us go, so that its log has no complaint; fails after ten seconds.
await_smtp() {
  local try
  for ((try = 0; try < 100; try++)); do
    if timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"; read -r _ <&3; printf "QUIT\r\n" >&3; cat <&3 >&2' - "$1" 2>/dev/null; then
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
