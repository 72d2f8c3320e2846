# A Postfix of its own, on loopback only: postfix_start DIR, postfix_log, postfix_stop. Has its certificate from
# certificates.sh, and leaves passwords to dovecot.sh. Exports for the tests POSTFIX_LOG, POSTFIX_QUEUE and the ports:
#   POSTFIX_SMTPD_PORT        plaintext
#   POSTFIX_POSTSCREEN_PORT   plaintext, behind postscreen
#   POSTFIX_STARTTLS_PORT     STARTTLS, login; relaying is denied for the time being (454)
#   POSTFIX_IMPLICIT_PORT     TLS from the first byte, login; relaying is denied for good (554)
#   POSTFIX_MUTUAL12_PORT     STARTTLS with a client's certificate, TLS 1.2 only
#   POSTFIX_MUTUAL13_PORT     the same, TLS 1.3 only
#   POSTFIX_EXPIRED_PORT      STARTTLS, login; the certificate has expired
#   POSTFIX_HEADER_PORT       STARTTLS, behind a PROXY header
#   POSTFIX_HEADER_SCREEN_PORT    plaintext, behind a PROXY header and postscreen
#   POSTFIX_HEADER_IMPLICIT_PORT  TLS from the first byte, behind a PROXY header

postfix_start() {
  local dir=$1
  postfix_config=$dir/config
  read -r POSTFIX_SMTPD_PORT POSTFIX_POSTSCREEN_PORT POSTFIX_STARTTLS_PORT POSTFIX_IMPLICIT_PORT \
    POSTFIX_MUTUAL12_PORT POSTFIX_MUTUAL13_PORT POSTFIX_EXPIRED_PORT POSTFIX_HEADER_PORT \
    POSTFIX_HEADER_SCREEN_PORT POSTFIX_HEADER_IMPLICIT_PORT < <(free_ports 10)
  POSTFIX_LOG=$dir/log/mail.log
  POSTFIX_QUEUE=$dir/queue
  export "${!POSTFIX_@}"
  mkdir -p "$postfix_config" "$POSTFIX_QUEUE" "$dir/log"
  postfix_main_cf "$dir" >"$postfix_config/main.cf"
  postfix_master_cf >"$postfix_config/master.cf"
  # Not into our stdout: the daemon would keep it open, and its reader waiting, for as long as it lives.
  if ! postfix -c "$postfix_config" start >/dev/null 2>&1; then
    # Until its logger runs, Postfix says what is wrong to a terminal only.
    script -qec "postfix -c $postfix_config start" /dev/null
    return 1
  fi
  echo "Postfix $(postconf -c "$postfix_config" -h mail_version) on 127.0.0.1:" \
    "smtpd $POSTFIX_SMTPD_PORT, postscreen $POSTFIX_POSTSCREEN_PORT, STARTTLS $POSTFIX_STARTTLS_PORT," \
    "implicit TLS $POSTFIX_IMPLICIT_PORT, mutual TLS $POSTFIX_MUTUAL12_PORT (1.2) and $POSTFIX_MUTUAL13_PORT (1.3)," \
    "expired $POSTFIX_EXPIRED_PORT, behind a PROXY header $POSTFIX_HEADER_PORT, $POSTFIX_HEADER_SCREEN_PORT" \
    "and $POSTFIX_HEADER_IMPLICIT_PORT"
}

postfix_log() { [ ! -f "$POSTFIX_LOG" ] || tail -n 60 "$POSTFIX_LOG"; }

postfix_stop() {
  [ -f "$postfix_config/main.cf" ] || return 0
  postfix -c "$postfix_config" status >/dev/null 2>&1 || return 0
  postfix -c "$postfix_config" stop >/dev/null 2>&1 || postfix -c "$postfix_config" abort >/dev/null 2>&1
}

postfix_main_cf() {
  cat <<CONFIG
compatibility_level = 3.6
queue_directory = $POSTFIX_QUEUE
data_directory = $1/data
maillog_file = $POSTFIX_LOG
maillog_file_prefixes = $1/log

myhostname = mail.example.test
mydestination = \$myhostname
inet_interfaces = loopback-only
inet_protocols = ipv4
# The probe is a stranger, as it would be at a public server: loopback may not relay, and postscreen tests it too.
mynetworks =
alias_maps =
# The machine may have no name server.
smtpd_peername_lookup = no
# What Postfix 3.9 does by itself.
smtpd_forbid_unauth_pipelining = yes

# postscreen as a public server has it: the test for early talkers, with its teaser and its pause of 6 s.
postscreen_greet_action = enforce
postscreen_greet_banner = \$myhostname please wait
# Every session is tested anew: a client that has passed once would not meet the pause again.
postscreen_cache_map =

# What the services with TLS share.
smtpd_tls_chain_files = $CERTIFICATES/server.key, $CERTIFICATES/server.pem
smtpd_tls_loglevel = 1
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $DOVECOT_SASL
local_recipient_maps = inline:{ops=exists}
# Nothing is delivered here, so Postfix would brake every client whose recipient it accepts.
in_flow_delay = 0
CONFIG
}

postfix_master_cf() {
  cat <<CONFIG
# service                         type       private unpriv chroot wakeup maxproc command
127.0.0.1:$POSTFIX_SMTPD_PORT      inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/plain
127.0.0.1:$POSTFIX_POSTSCREEN_PORT inet       n       -      n      -      1       postscreen
smtpd                             pass       -       -      n      -      -       smtpd
  -o syslog_name=postfix/behind-postscreen
127.0.0.1:$POSTFIX_STARTTLS_PORT   inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/starttls
  -o smtpd_tls_security_level=may
  -o smtpd_sasl_auth_enable=yes
127.0.0.1:$POSTFIX_IMPLICIT_PORT   inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/implicit
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject_unauth_destination
127.0.0.1:$POSTFIX_MUTUAL12_PORT   inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/mutual12
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_mandatory_protocols=TLSv1.2
  -o smtpd_tls_CAfile=$CERTIFICATES/ca.pem
  -o smtpd_tls_req_ccert=yes
127.0.0.1:$POSTFIX_MUTUAL13_PORT   inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/mutual13
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_mandatory_protocols=>=TLSv1.3
  -o smtpd_tls_CAfile=$CERTIFICATES/ca.pem
  -o smtpd_tls_req_ccert=yes
127.0.0.1:$POSTFIX_EXPIRED_PORT    inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/expired
  -o smtpd_tls_security_level=may
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_tls_chain_files=$CERTIFICATES/expired.key,$CERTIFICATES/expired.pem
127.0.0.1:$POSTFIX_HEADER_PORT     inet       n       -      n      -      -       smtpd
  -o syslog_name=postfix/header
  -o smtpd_upstream_proxy_protocol=haproxy
  -o smtpd_tls_security_level=may
127.0.0.1:$POSTFIX_HEADER_SCREEN_PORT inet    n       -      n      -      1       postscreen
  -o postscreen_upstream_proxy_protocol=haproxy
127.0.0.1:$POSTFIX_HEADER_IMPLICIT_PORT inet  n       -      n      -      -       smtpd
  -o syslog_name=postfix/header-implicit
  -o smtpd_upstream_proxy_protocol=haproxy
  -o smtpd_tls_wrappermode=yes
tlsmgr                            unix       -       -      n      1000?  1       tlsmgr
tlsproxy                          unix       -       -      n      -      0       tlsproxy
anvil                             unix       -       -      n      -      1       anvil
rewrite                           unix       -       -      n      -      -       trivial-rewrite
proxymap                          unix       -       -      n      -      -       proxymap
cleanup                           unix       n       -      n      -      0       cleanup
postlog                           unix-dgram n       -      n      -      1       postlogd
CONFIG
}
