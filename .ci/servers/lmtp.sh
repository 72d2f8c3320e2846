# Servers of LMTP on loopback only, Dovecot's and aiosmtpd's: lmtp_start DIR, lmtp_log, lmtp_stop. Wants certificates.sh.
# Exports for the tests LMTP_LOG, the user LMTP_USERNAME and LMTP_PASSWORD, and the ports:
#   LMTP_PORT            Dovecot, STARTTLS; the user has a mailbox
#   LMTP_AIOSMTPD_PORT   aiosmtpd, login over STARTTLS, which it wants before MAIL

# lmtp_install DIR: fails where PyPI cannot be reached.
lmtp_install() { aiosmtpd_install "$1"; }

lmtp_start() {
  local dir=$1
  lmtp_folder=$dir
  lmtp_pids=()
  read -r LMTP_PORT LMTP_AIOSMTPD_PORT < <(free_ports 2)
  LMTP_LOG=$dir/dovecot.log
  LMTP_USERNAME=ops@mail.example.test
  LMTP_PASSWORD='correct horse & battery <staple>'
  export "${!LMTP_@}"
  mkdir -p "$dir/home"
  chmod 777 "$dir/home"
  lmtp_conf "$dir" "$LMTP_PORT" >"$dir/dovecot.conf"
  dovecot -c "$dir/dovecot.conf"
  "$dir/bin/python" .ci/servers/aiosmtpd-servers.py "$CERTIFICATES/server.pem" "$CERTIFICATES/server.key" \
    "$LMTP_USERNAME" "$LMTP_PASSWORD" lmtp="$LMTP_AIOSMTPD_PORT" >"$dir/aiosmtpd.log" 2>&1 &
  lmtp_pids=($!)
  await_smtp "$LMTP_PORT"
  await_smtp "$LMTP_AIOSMTPD_PORT"
  echo "LMTP on 127.0.0.1: Dovecot $(dovecot --version) $LMTP_PORT, aiosmtpd $LMTP_AIOSMTPD_PORT"
}

lmtp_log() { tail -n 40 "$lmtp_folder"/*.log; }

lmtp_stop() {
  [ ! -f "$lmtp_folder/run/master.pid" ] || doveadm -c "$lmtp_folder/dovecot.conf" stop
  stop_processes "${lmtp_pids[@]}"
}

# lmtp_conf DIR PORT [LINE]: a Dovecot of LMTP alone; LINE goes into its listener.
lmtp_conf() {
  echo "ops@mail.example.test:{PLAIN}unused" >"$1/users"
  dovecot_users "$1/users"
  dovecot_mail_and_tls "$1"
  cat <<CONFIG
base_dir = $1/run
state_dir = $1/state
log_path = $1/dovecot.log
protocols = lmtp
listen = 127.0.0.1
hostname = mail.example.test
ssl = yes
first_valid_uid = 1

service lmtp {
  inet_listener lmtp {
    port = $2
    ${3:-}
  }
}
CONFIG
}
