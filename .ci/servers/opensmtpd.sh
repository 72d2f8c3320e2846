# An OpenSMTPD of its own, on loopback only: opensmtpd_start DIR, opensmtpd_log, opensmtpd_stop. Its package conflicts
# with Postfix's, so it is unpacked and not installed; its users and the folders below /var are compiled in. Wants
# certificates.sh. Exports for the tests OPENSMTPD_LOG, OPENSMTPD_VERSION, the user OPENSMTPD_USERNAME and
# OPENSMTPD_PASSWORD, and the ports:
#   OPENSMTPD_PORT           STARTTLS, login if one likes
#   OPENSMTPD_IMPLICIT_PORT  TLS from the first byte, login before MAIL
#   OPENSMTPD_BUSY_PORT      421 to whoever connects
#   OPENSMTPD_DEFER_PORT     451 to RCPT

# What the unpacked binary links to, beyond a base system.
opensmtpd_libraries=(libevent-2.1-7)

opensmtpd_start() {
  local dir=$1 name port
  opensmtpd_pids=()
  unpack "$dir/root" opensmtpd
  for name in opensmtpd opensmtpq; do
    id "$name" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$name"
  done
  mkdir -p /var/lib/opensmtpd/empty
  read -r OPENSMTPD_PORT OPENSMTPD_IMPLICIT_PORT OPENSMTPD_BUSY_PORT OPENSMTPD_DEFER_PORT < <(free_ports 4)
  OPENSMTPD_LOG=$dir/log
  OPENSMTPD_USERNAME=gate
  OPENSMTPD_PASSWORD='correct horse & battery <staple>'
  OPENSMTPD_VERSION=$({ "$dir/root/usr/sbin/smtpd" -h 2>&1 || true; } | sed -n "s/^version: OpenSMTPD //p")
  export "${!OPENSMTPD_@}"
  echo "$OPENSMTPD_USERNAME $(openssl passwd -6 "$OPENSMTPD_PASSWORD")" >"$dir/users"
  # Keys that others can read are not taken, and not every version can sign with a key that is not RSA.
  install -m 600 "$CERTIFICATES/server-rsa.key" "$dir/server.key"
  opensmtpd_conf "$dir" >"$dir/smtpd.conf"
  "$dir/root/usr/sbin/smtpd" -d -f "$dir/smtpd.conf" >"$OPENSMTPD_LOG" 2>&1 &
  opensmtpd_pids=($!)
  for port in "$OPENSMTPD_PORT" "$OPENSMTPD_DEFER_PORT"; do await_smtp "$port"; done
  echo "OpenSMTPD $OPENSMTPD_VERSION on 127.0.0.1: STARTTLS $OPENSMTPD_PORT, implicit TLS" \
    "$OPENSMTPD_IMPLICIT_PORT, busy $OPENSMTPD_BUSY_PORT, deferring $OPENSMTPD_DEFER_PORT"
}

opensmtpd_log() { [ ! -f "$OPENSMTPD_LOG" ] || tail -n 60 "$OPENSMTPD_LOG"; }

opensmtpd_stop() { stop_processes "${opensmtpd_pids[@]}"; }

opensmtpd_conf() {
  cat <<CONFIG
pki mail.example.test cert "$CERTIFICATES/server-rsa.pem"
pki mail.example.test key "$1/server.key"
table users file:$1/users
table here { "ops@mail.example.test" }

filter busy phase connect match ! rdns "nowhere" disconnect "421 4.3.2 Too many connections, try again later"
filter defer phase rcpt-to match ! rdns "nowhere" reject "451 4.7.1 Greylisted, try again later"

listen on 127.0.0.1 port $OPENSMTPD_PORT tls pki mail.example.test auth-optional <users> hostname mail.example.test
listen on 127.0.0.1 port $OPENSMTPD_IMPLICIT_PORT smtps pki mail.example.test auth <users> hostname mail.example.test
listen on 127.0.0.1 port $OPENSMTPD_BUSY_PORT filter busy hostname mail.example.test
listen on 127.0.0.1 port $OPENSMTPD_DEFER_PORT filter defer hostname mail.example.test

action nowhere mda "true" virtual { "@" = root }
action onward relay host smtp://127.0.0.1:9
match from any for domain "mail.example.test" rcpt-to <here> action nowhere
match from any auth for any action onward
CONFIG
}
