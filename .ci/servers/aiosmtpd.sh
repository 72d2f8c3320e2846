# aiosmtpd of PyPI, in an environment of its own, on loopback only: aiosmtpd_start DIR, aiosmtpd_log, aiosmtpd_stop. Wants
# certificates.sh. Exports for the tests AIOSMTPD_LOG, the user AIOSMTPD_USERNAME and AIOSMTPD_PASSWORD, and the ports:
#   AIOSMTPD_PORT        STARTTLS, login, which it wants before MAIL
#   AIOSMTPD_BUSY_PORT   421 to MAIL
#   AIOSMTPD_FULL_PORT   552 to RCPT
#   AIOSMTPD_DEFER_PORT  451 to RCPT

# aiosmtpd_install DIR: fails where PyPI cannot be reached.
aiosmtpd_install() {
  python3 -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check --retries 2 aiosmtpd
}

aiosmtpd_start() {
  local dir=$1 port
  aiosmtpd_pids=()
  AIOSMTPD_LOG=$dir/log
  AIOSMTPD_USERNAME=gate
  AIOSMTPD_PASSWORD='correct horse & battery <staple>'
  read -r AIOSMTPD_PORT AIOSMTPD_BUSY_PORT AIOSMTPD_FULL_PORT AIOSMTPD_DEFER_PORT < <(free_ports 4)
  export "${!AIOSMTPD_@}"
  "$dir/bin/python" .ci/servers/aiosmtpd-servers.py "$CERTIFICATES/server.pem" "$CERTIFICATES/server.key" \
    "$AIOSMTPD_USERNAME" "$AIOSMTPD_PASSWORD" login="$AIOSMTPD_PORT" busy="$AIOSMTPD_BUSY_PORT" \
    full="$AIOSMTPD_FULL_PORT" defer="$AIOSMTPD_DEFER_PORT" >"$AIOSMTPD_LOG" 2>&1 &
  aiosmtpd_pids=($!)
  for port in "$AIOSMTPD_PORT" "$AIOSMTPD_BUSY_PORT" "$AIOSMTPD_FULL_PORT" "$AIOSMTPD_DEFER_PORT"; do
    await_smtp "$port"
  done
  echo "aiosmtpd $("$dir/bin/python" -c 'import aiosmtpd; print(aiosmtpd.__version__)') on 127.0.0.1: login" \
    "$AIOSMTPD_PORT, busy $AIOSMTPD_BUSY_PORT, full $AIOSMTPD_FULL_PORT, deferring $AIOSMTPD_DEFER_PORT"
}

aiosmtpd_log() { [ ! -f "$AIOSMTPD_LOG" ] || tail -n 60 "$AIOSMTPD_LOG"; }

aiosmtpd_stop() { stop_processes "${aiosmtpd_pids[@]}"; }
