# A mail system of its own, on loopback only: Postfix that hands over to Dovecot by LMTP, Dovecot's IMAP and Sieve, and
# postgrey: delivery_start DIR, delivery_log, delivery_stop. Wants certificates.sh. Exports for the tests DELIVERY_LOG
# (Postfix's), DELIVERY_CONFIG, DELIVERY_USERNAME and DELIVERY_PASSWORD, and the ports:
#   DELIVERY_PORT        submission, STARTTLS, login
#   DELIVERY_IMPLICIT_PORT  the same, TLS from the first byte
#   DELIVERY_IMAPS_PORT  IMAP, TLS from the first byte
#   DELIVERY_IMAP_PORT   IMAP, STARTTLS
# What becomes of a message is by its recipient at mail.example.test: inbox, junk, held, discarded, stuck, late (greylisted
# at a second hop), full, twice, deferred, refused, closed (an inbox that its owner may not open); authenticated, failed,
# forged and doubted (by a hop that is believed, behind one that is not) have Authentication-Results.

delivery_start() {
  local dir=$1
  delivery_folder=$dir
  read -r DELIVERY_PORT DELIVERY_IMPLICIT_PORT DELIVERY_IMAPS_PORT DELIVERY_IMAP_PORT delivery_lmtp delivery_auth \
    delivery_second delivery_postgrey delivery_third < <(free_ports 9)
  DELIVERY_LOG=$dir/log/mail.log
  DELIVERY_CONFIG=$dir/postfix
  DELIVERY_QUEUE=$dir/queue
  DELIVERY_USERNAME=ops@mail.example.test
  DELIVERY_PASSWORD='correct-horse&battery<staple>'
  export "${!DELIVERY_@}"
  mkdir -p "$dir/mail" "$dir/log" "$DELIVERY_CONFIG" "$DELIVERY_QUEUE" "$dir/postgrey"
  chmod 777 "$dir/mail" "$dir/postgrey"
  delivery_dovecot "$dir" >"$dir/dovecot.conf"
  delivery_sieve >"$dir/before.sieve"
  echo "full@mail.example.test::65534:65534::$dir/mail/full::userdb_quota_rule=*:bytes=100" >"$dir/quota"
  chmod 777 "$dir"
  echo 'INBOX -user=closed@mail.example.test lrwstipekxa' >"$dir/acl"
  sievec -c "$dir/dovecot.conf" "$dir/before.sieve"
  dovecot -c "$dir/dovecot.conf"
  postgrey --inet="127.0.0.1:$delivery_postgrey" --delay=5 --dbdir="$dir/postgrey" --pidfile="$dir/postgrey.pid" \
    --daemonize >/dev/null 2>&1
  delivery_main_cf "$dir" >"$DELIVERY_CONFIG/main.cf"
  delivery_master_cf >"$DELIVERY_CONFIG/master.cf"
  delivery_access >"$DELIVERY_CONFIG/access"
  echo "/^doubted@/ FILTER smtp:[127.0.0.1]:$delivery_third" >"$DELIVERY_CONFIG/filter"
  echo "/^doubted@/ $(delivery_results fail)" >"$DELIVERY_CONFIG/third"
  echo '/^From: .*rejected@/ REJECT 5.7.1 content rejected' >"$DELIVERY_CONFIG/header_checks"
  if ! postfix -c "$DELIVERY_CONFIG" start >/dev/null 2>&1; then
    script -qec "postfix -c $DELIVERY_CONFIG start" /dev/null
    return 1
  fi
  await_smtp "$DELIVERY_PORT"
  echo "Postfix $(postconf -c "$DELIVERY_CONFIG" -h mail_version) and Dovecot $(dovecot --version) on 127.0.0.1:" \
    "submission $DELIVERY_PORT and $DELIVERY_IMPLICIT_PORT, IMAP $DELIVERY_IMAPS_PORT and $DELIVERY_IMAP_PORT"
}

delivery_log() {
  local file
  for file in "$DELIVERY_LOG" "$delivery_folder/dovecot.log"; do [ ! -f "$file" ] || tail -n 60 "$file"; done
}

delivery_stop() {
  [ ! -f "$DELIVERY_CONFIG/main.cf" ] || postfix -c "$DELIVERY_CONFIG" stop >/dev/null 2>&1 || true
  [ ! -f "$delivery_folder/run/master.pid" ] || doveadm -c "$delivery_folder/dovecot.conf" stop
  [ ! -f "$delivery_folder/postgrey.pid" ] || kill "$(cat "$delivery_folder/postgrey.pid")" 2>/dev/null || true
}

delivery_dovecot() {
  cat <<CONFIG
base_dir = $1/run
state_dir = $1/state
log_path = $1/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
hostname = mail.example.test
mail_location = maildir:$1/mail/%n
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
ssl = required
ssl_cert = <$CERTIFICATES/server.pem
ssl_key = <$CERTIFICATES/server.key
auth_mechanisms = plain login
auth_failure_delay = 0
mail_plugins = quota
lmtp_rcpt_check_quota = no
# Whoever logs in has one password, and every recipient a mailbox of its own.
passdb {
  driver = static
  args = password=$DELIVERY_PASSWORD
}
userdb {
  driver = passwd-file
  args = $1/quota
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$1/mail/%n allow_all_users=yes
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=100M
  sieve_before = $1/before.sieve
  acl = vfile:$1/acl
}
namespace inbox {
  inbox = yes
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}
protocol lmtp {
  mail_plugins = quota sieve
}
protocol imap {
  mail_plugins = quota imap_quota acl
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = $delivery_auth
  }
}
service imap-login {
  inet_listener imap {
    port = $DELIVERY_IMAP_PORT
  }
  inet_listener imaps {
    port = $DELIVERY_IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $delivery_lmtp
  }
}
CONFIG
}

# Whose mail lies in the folder for junk, or there as well.
delivery_sieve() {
  cat <<'SIEVE'
require ["copy", "envelope", "fileinto"];
if envelope :localpart "to" "junk" { fileinto "Junk"; stop; }
if envelope :localpart "to" "twice" { fileinto :copy "Junk"; }
SIEVE
}

delivery_main_cf() {
  cat <<CONFIG
compatibility_level = 3.6
queue_directory = $DELIVERY_QUEUE
data_directory = $1/data
maillog_file = $DELIVERY_LOG
maillog_file_prefixes = $1/log
myhostname = mail.example.test
mydestination =
virtual_mailbox_domains = mail.example.test
virtual_transport = lmtp:inet:127.0.0.1:$delivery_lmtp
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks =
alias_maps =
smtpd_peername_lookup = no
smtpd_tls_chain_files = $CERTIFICATES/server.key, $CERTIFICATES/server.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$delivery_auth
smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:$DELIVERY_CONFIG/access, check_recipient_access regexp:$DELIVERY_CONFIG/filter, permit
header_checks = regexp:$DELIVERY_CONFIG/header_checks
in_flow_delay = 0
minimal_backoff_time = 5s
maximal_backoff_time = 10s
queue_run_delay = 5s
CONFIG
}

# The results of all methods, as mail.example.test says them.
delivery_results() {
  echo "PREPEND Authentication-Results: mail.example.test; spf=$1 smtp.mailfrom=mail.example.test; dkim=$1 header.d=mail.example.test; dmarc=$1"
}

delivery_access() {
  cat <<ACCESS
/^held@/ HOLD
/^discarded@/ DISCARD
/^stuck@/ FILTER lmtp:inet:127.0.0.1:1
/^late[0-9]*@/ FILTER smtp:[127.0.0.1]:$delivery_second
/^deferred@/ 450 4.2.0 Greylisted, try again later
/^refused@/ 550 5.1.1 no such user
/^authenticated@/ $(delivery_results pass)
/^doubted@/ $(delivery_results pass)
/^forged@/ PREPEND Authentication-Results: elsewhere.example.test; spf=pass; dkim=pass; dmarc=pass
/^failed@/ $(delivery_results fail)
ACCESS
}

delivery_master_cf() {
  cat <<CONFIG
127.0.0.1:$DELIVERY_PORT          inet  n - n - - smtpd
127.0.0.1:$DELIVERY_IMPLICIT_PORT inet  n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:$delivery_second        inet  n - n - - smtpd
  -o syslog_name=postfix/second
  -o smtpd_sasl_auth_enable=no
  -o smtpd_relay_restrictions=permit_auth_destination,reject
  -o smtpd_recipient_restrictions=check_policy_service,inet:127.0.0.1:$delivery_postgrey,permit
  -o content_filter=lmtp:inet:127.0.0.1:$delivery_lmtp
127.0.0.1:$delivery_third         inet  n - n - - smtpd
  -o syslog_name=postfix/third
  -o smtpd_sasl_auth_enable=no
  -o smtpd_relay_restrictions=permit_auth_destination,reject
  -o smtpd_recipient_restrictions=check_recipient_access,regexp:$DELIVERY_CONFIG/third,permit
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
lmtp      unix  - - n - - lmtp
error     unix  - - n - - error
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
CONFIG
}
