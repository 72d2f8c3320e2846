# A Postfix of its own, on loopback only: postfix_start DIR, postfix_log, postfix_stop.
# Exports POSTFIX_SMTPD_PORT, POSTFIX_POSTSCREEN_PORT and POSTFIX_LOG for the tests.

postfix_start() {
  local dir=$1
  postfix_config=$dir/config
  read -r POSTFIX_SMTPD_PORT POSTFIX_POSTSCREEN_PORT < <(free_ports 2)
  POSTFIX_LOG=$dir/log/mail.log
  export POSTFIX_SMTPD_PORT POSTFIX_POSTSCREEN_PORT POSTFIX_LOG
  mkdir -p "$postfix_config" "$dir/queue" "$dir/log"
  postfix_main_cf "$dir" >"$postfix_config/main.cf"
  postfix_master_cf >"$postfix_config/master.cf"
  # Not into our stdout: the daemon would keep it open, and its reader waiting, for as long as it lives.
  if ! postfix -c "$postfix_config" start >/dev/null 2>&1; then
    # Until its logger runs, Postfix says what is wrong to a terminal only.
    script -qec "postfix -c $postfix_config start" /dev/null
    return 1
  fi
  echo "Postfix $(postconf -c "$postfix_config" -h mail_version):" \
    "smtpd on 127.0.0.1:$POSTFIX_SMTPD_PORT, postscreen on 127.0.0.1:$POSTFIX_POSTSCREEN_PORT"
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
queue_directory = $1/queue
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
tlsproxy                          unix       -       -      n      -      0       tlsproxy
anvil                             unix       -       -      n      -      1       anvil
rewrite                           unix       -       -      n      -      -       trivial-rewrite
proxymap                          unix       -       -      n      -      -       proxymap
cleanup                           unix       n       -      n      -      0       cleanup
postlog                           unix-dgram n       -      n      -      1       postlogd
CONFIG
}
