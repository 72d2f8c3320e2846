# Proxies of their own, on loopback only: proxies_start DIR, proxies_log, proxies_stop. Wants POSTFIX_… of postfix.sh,
# the ports that tinyproxy may connect to. Exports for the tests:
#   TINYPROXY_PORT                      HTTP, with login; connects to Postfix's ports and to PROXIES_CLOSED_PORT only
#   MICROSOCKS_PORT                     SOCKS 5, with login
#   MICROSOCKS_OPEN_PORT                SOCKS 5, without
#   PROXIES_FILTERED                    a name that tinyproxy's filter denies
#   PROXIES_CLOSED_PORT                 where nothing listens
#   PROXIES_USERNAME                    who may log in, with
#   TINYPROXY_PASSWORD, MICROSOCKS_PASSWORD

# Installs what apt has; without it there is nothing to start.
proxies_install() {
  need tinyproxy:tinyproxy microsocks:microsocks || echo 'apt does not provide tinyproxy and microsocks'
}

proxies_available() { command -v tinyproxy microsocks | (($(wc -l) == 2)); }

proxies_start() {
  local dir=$1
  proxies_folder=$dir
  proxies_pids=()
  proxies_available || { echo 'not started: apt does not provide tinyproxy and microsocks' && return; }
  read -r TINYPROXY_PORT MICROSOCKS_PORT MICROSOCKS_OPEN_PORT PROXIES_CLOSED_PORT < <(free_ports 4)
  PROXIES_FILTERED=denied.example.test
  PROXIES_USERNAME=gate
  # tinyproxy's configuration takes few characters.
  TINYPROXY_PASSWORD=correct-horse.battery_staple
  # What percent-encoding, base64 and masking have to get right.
  MICROSOCKS_PASSWORD='corr3ct@horse:b/ttery&st%ple'
  export "${!TINYPROXY_@}" "${!MICROSOCKS_@}" "${!PROXIES_@}"
  mkdir -p "$dir"
  proxies_tinyproxy_conf "$dir" >"$dir/tinyproxy.conf"
  echo "$PROXIES_FILTERED" >"$dir/filter"
  # Not into our stdout: a proxy that is left over would keep it open, and its reader waiting.
  proxies_run tinyproxy -d -c "$dir/tinyproxy.conf"
  proxies_run microsocks -i 127.0.0.1 -p "$MICROSOCKS_PORT" -u "$PROXIES_USERNAME" -P "$MICROSOCKS_PASSWORD"
  proxies_run microsocks -i 127.0.0.1 -p "$MICROSOCKS_OPEN_PORT"
  local port
  for port in "$TINYPROXY_PORT" "$MICROSOCKS_PORT" "$MICROSOCKS_OPEN_PORT"; do proxies_await "$port"; done
  echo "$(tinyproxy -v) on 127.0.0.1:$TINYPROXY_PORT, microsocks on $MICROSOCKS_PORT and $MICROSOCKS_OPEN_PORT"
}

proxies_run() {
  "$@" >>"$proxies_folder/$1.log" 2>&1 &
  proxies_pids+=($!)
}

proxies_await() {
  local _
  for _ in {1..100}; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  echo "nothing listens on port $1"
  return 1
}

proxies_log() { [ ! -d "$proxies_folder" ] || tail -n 40 "$proxies_folder"/*.log; }

proxies_stop() {
  ((${#proxies_pids[@]} > 0)) || return 0
  kill "${proxies_pids[@]}" 2>/dev/null
  wait "${proxies_pids[@]}" 2>/dev/null
}

proxies_tinyproxy_conf() {
  cat <<CONFIG
Port $TINYPROXY_PORT
Listen 127.0.0.1
Timeout 60
LogLevel Connect
MaxClients 50
BasicAuth $PROXIES_USERNAME $TINYPROXY_PASSWORD
Filter "$1/filter"
$(printf 'ConnectPort %s\n' "$PROXIES_CLOSED_PORT" "$POSTFIX_SMTPD_PORT" "$POSTFIX_STARTTLS_PORT" "$POSTFIX_IMPLICIT_PORT")
CONFIG
}
