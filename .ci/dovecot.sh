# A Dovecot of its own that does nothing but SASL, on a Unix socket: dovecot_start DIR, dovecot_log, dovecot_stop.
# Exports DOVECOT_SASL, the socket, and DOVECOT_USERNAME and DOVECOT_PASSWORD, its one user. No port, no protocol.

dovecot_start() {
  local dir=$1
  dovecot_folder=$dir
  export DOVECOT_SASL=$dir/sasl
  export DOVECOT_USERNAME=gate@mail.example.test
  # What quoting, masking, base64 and SASLprep have to get right.
  export DOVECOT_PASSWORD='correct horse = "battéry" & <stäple>'
  mkdir -p "$dir"
  # Stored as it is, since every mechanism derives something else from it.
  echo "$DOVECOT_USERNAME:{PLAIN}$DOVECOT_PASSWORD" >"$dir/users"
  dovecot_conf "$dir" >"$dir/dovecot.conf"
  dovecot -c "$dir/dovecot.conf"
  echo "Dovecot $(dovecot --version): SASL on $DOVECOT_SASL"
}

dovecot_log() { [ ! -f "$dovecot_folder/dovecot.log" ] || tail -n 60 "$dovecot_folder/dovecot.log"; }

dovecot_stop() {
  [ -f "$dovecot_folder/run/master.pid" ] || return 0
  doveadm -c "$dovecot_folder/dovecot.conf" stop
}

dovecot_conf() {
  dovecot_users "$1/users"
  cat <<CONFIG
base_dir = $1/run
state_dir = $1/state
log_path = $1/dovecot.log
protocols =
ssl = no

auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_verbose = yes
# Dovecot slows down whoever fails, and then everyone at that address. The tests fail on purpose, all from one address.
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}

service auth {
  unix_listener $DOVECOT_SASL {
    mode = 0666
  }
}
CONFIG
}

# The beginning of the configuration, where Dovecot 2.4 wants to be told its version, and names things anew.
dovecot_users() {
  if [[ $(dovecot --version) == 2.3.* ]]; then
    printf 'passdb {\n  driver = passwd-file\n  args = %s\n}\n' "$1"
  else
    printf 'dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n'
    printf 'passdb passwd-file {\n  passwd_file_path = %s\n}\n' "$1"
  fi
}

# Where mail is kept below a folder, the certificate, and whose files they are, as each version names it.
dovecot_mail_and_tls() {
  if [[ $(dovecot --version) == 2.3.* ]]; then
    cat <<CONFIG
mail_location = maildir:$1/home
ssl_cert = <$CERTIFICATES/server.pem
ssl_key = <$CERTIFICATES/server.key
userdb {
  driver = static
  args = uid=mail gid=mail home=$1/home
}
CONFIG
  else
    cat <<CONFIG
mail_driver = maildir
mail_path = $1/home
ssl_server_cert_file = $CERTIFICATES/server.pem
ssl_server_key_file = $CERTIFICATES/server.key
userdb static {
  fields {
    uid = mail
    gid = mail
    home = $1/home
  }
}
CONFIG
  fi
}
