# Haraka of npm, in a folder of its own, on loopback only: haraka_start DIR, haraka_log, haraka_stop. Wants
# certificates.sh. Exports for the tests HARAKA_LOG, the user HARAKA_USERNAME and HARAKA_PASSWORD, and the ports:
#   HARAKA_PORT        STARTTLS, login; wants a PROXY header from HARAKA_HEADER_SOURCE
#   HARAKA_BUSY_PORT   too busy for whoever connects
#   HARAKA_DOWN_PORT   shuts down at MAIL
#   HARAKA_DEFER_PORT  refuses every recipient for the time being

# haraka_install DIR: fails where npm's registry cannot be reached.
haraka_install() {
  npm install --prefix "$1" --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error Haraka@3
}

haraka_start() {
  local dir=$1 port
  haraka_pids=()
  HARAKA_LOG=$dir/log
  HARAKA_HEADER_SOURCE=127.0.0.7
  HARAKA_USERNAME=gate
  HARAKA_PASSWORD=correct-horse.battery_staple
  read -r HARAKA_PORT HARAKA_BUSY_PORT HARAKA_DOWN_PORT HARAKA_DEFER_PORT < <(free_ports 4)
  export "${!HARAKA_@}"
  haraka_config "$dir"
  SERVICES="{\"busy\": $HARAKA_BUSY_PORT, \"down\": $HARAKA_DOWN_PORT, \"defer\": $HARAKA_DEFER_PORT}" \
    node "$dir/node_modules/Haraka/bin/haraka" -c "$dir" >"$HARAKA_LOG" 2>&1 &
  haraka_pids=($!)
  for port in "$HARAKA_PORT" "$HARAKA_BUSY_PORT" "$HARAKA_DOWN_PORT" "$HARAKA_DEFER_PORT"; do await_smtp "$port"; done
  echo "Haraka $(node -p 'require(process.argv[1]).version' "$dir/node_modules/Haraka/package.json") on 127.0.0.1:" \
    "STARTTLS $HARAKA_PORT, busy $HARAKA_BUSY_PORT, shutting down $HARAKA_DOWN_PORT, deferring $HARAKA_DEFER_PORT"
}

haraka_log() { [ ! -f "$HARAKA_LOG" ] || tail -n 60 "$HARAKA_LOG"; }

haraka_stop() { stop_processes "${haraka_pids[@]}"; }

haraka_config() {
  local config=$1/config address=127.0.0.1
  mkdir -p "$config" "$1/plugins" "$1/queue"
  cp .ci/servers/haraka-plugin.js "$1/plugins/services.js"
  cp "$CERTIFICATES/server.pem" "$config/tls_cert.pem"
  cp "$CERTIFICATES/server.key" "$config/tls_key.pem"
  echo mail.example.test | tee "$config/me" >"$config/host_list"
  # Haraka does not start to talk without it.
  cp "$1/node_modules/Haraka/config/connection.ini" "$config"
  # Who comes from this address has to say a PROXY header, of version 1.
  sed -i "s/^hosts\[\] =$/hosts[] = $HARAKA_HEADER_SOURCE/" "$config/connection.ini"
  printf '%s\n' tls auth/flat_file services >"$config/plugins"
  printf '[core]\nmethods=PLAIN,LOGIN\nconstrain_sender=false\n[users]\n%s=%s\n' \
    "$HARAKA_USERNAME" "$HARAKA_PASSWORD" >"$config/auth_flat_file.ini"
  printf 'listen=%s\n' \
    "$address:$HARAKA_PORT,$address:$HARAKA_BUSY_PORT,$address:$HARAKA_DOWN_PORT,$address:$HARAKA_DEFER_PORT" \
    >"$config/smtp.ini"
}
