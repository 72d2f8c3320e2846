# Dovecot's submission service, which hands on to a relay, and its LMTP, on loopback only: submission_start DIR,
# submission_log, submission_stop. Wants certificates.sh, and Postfix's plaintext port as the relay. Exports for the
# tests SUBMISSION_LOG, the user SUBMISSION_USERNAME and SUBMISSION_PASSWORD, and the ports:
#   SUBMISSION_PORT       STARTTLS, login; relays to Postfix
#   SUBMISSION_DOWN_PORT  the same; its relay is down
#   SUBMISSION_LMTP_PORT  LMTP

submission_start() {
  local dir=$1 down port
  submission_folder=$dir
  read -r SUBMISSION_PORT SUBMISSION_DOWN_PORT SUBMISSION_LMTP_PORT down < <(free_ports 4)
  SUBMISSION_LOG=$dir/log
  SUBMISSION_USERNAME=gate@mail.example.test
  SUBMISSION_PASSWORD='correct horse & battery <staple>'
  export "${!SUBMISSION_@}"
  mkdir -p "$dir/home"
  chmod 777 "$dir/home"
  echo "$SUBMISSION_USERNAME:{PLAIN}$SUBMISSION_PASSWORD" >"$dir/users"
  submission_conf "$dir" up 'submission lmtp' "$SUBMISSION_PORT" "$POSTFIX_SMTPD_PORT" >"$dir/up.conf"
  submission_conf "$dir" down submission "$SUBMISSION_DOWN_PORT" "$down" >"$dir/down.conf"
  dovecot -c "$dir/up.conf"
  dovecot -c "$dir/down.conf"
  for port in "$SUBMISSION_PORT" "$SUBMISSION_DOWN_PORT" "$SUBMISSION_LMTP_PORT"; do await_smtp "$port"; done
  echo "Dovecot $(dovecot --version) on 127.0.0.1: submission $SUBMISSION_PORT, its relay down" \
    "$SUBMISSION_DOWN_PORT, LMTP $SUBMISSION_LMTP_PORT"
}

submission_log() { [ ! -f "$SUBMISSION_LOG" ] || tail -n 60 "$SUBMISSION_LOG"; }

submission_stop() {
  local name
  for name in up down; do
    [ ! -f "$submission_folder/$name/master.pid" ] || doveadm -c "$submission_folder/$name.conf" stop
  done
}

# submission_conf DIR NAME PROTOCOLS PORT RELAY
submission_conf() {
  dovecot_users "$1/users"
  dovecot_mail_and_tls "$1"
  cat <<CONFIG
base_dir = $1/$2
state_dir = $1/$2-state
log_path = $SUBMISSION_LOG
protocols = $3
listen = 127.0.0.1
hostname = mail.example.test
ssl = yes
first_valid_uid = 1
auth_mechanisms = plain login
auth_verbose = yes
auth_failure_delay = 0
submission_relay_host = 127.0.0.1
submission_relay_port = $5

service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service submission-login {
  inet_listener submission {
    port = $4
  }
  inet_listener submissions {
    port = 0
  }
}
CONFIG
  [[ $3 != *lmtp* ]] || printf 'service lmtp {\n  inet_listener lmtp {\n    port = %s\n  }\n}\n' "$SUBMISSION_LMTP_PORT"
}
