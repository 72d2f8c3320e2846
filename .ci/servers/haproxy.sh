# HAProxy in front of Postfix, and Exim and Dovecot that want a PROXY header, on loopback only: haproxy_start DIR,
# haproxy_log, haproxy_stop. Wants the ports of postfix.sh. Exports for the tests HAPROXY_LOG and the ports:
#   HAPROXY_V1_PORT      adds a PROXY header of version 1 (send-proxy), for Postfix, which wants one
#   HAPROXY_V2_PORT      the same, version 2 (send-proxy-v2)
#   HAPROXY_SCREEN_PORT  the same, for postscreen
#   HAPROXY_PLAIN_PORT   adds none, in front of the same Postfix
#   HAPROXY_TWICE_PORT   adds one, in front of a Postfix that wants none
#   HAPROXY_ACCEPT_PORT  wants a PROXY header itself (accept-proxy), in front of a Postfix that wants none
#   HAPROXY_LMTP_PORT    Dovecot's LMTP, which wants a PROXY header (haproxy = yes)

haproxy_start() {
  local dir=$1 port
  haproxy_folder=$dir
  read -r HAPROXY_V1_PORT HAPROXY_V2_PORT HAPROXY_SCREEN_PORT HAPROXY_PLAIN_PORT HAPROXY_TWICE_PORT \
    HAPROXY_ACCEPT_PORT HAPROXY_LMTP_PORT < <(free_ports 7)
  HAPROXY_LOG=$dir/haproxy.log
  export "${!HAPROXY_@}"
  mkdir -p "$dir/home"
  chmod 777 "$dir/home"
  haproxy_conf >"$dir/haproxy.cfg"
  haproxy -f "$dir/haproxy.cfg" -D -p "$dir/haproxy.pid" >"$HAPROXY_LOG" 2>&1
  lmtp_conf "$dir" "$HAPROXY_LMTP_PORT" 'haproxy = yes' >"$dir/dovecot.conf"
  printf 'haproxy_trusted_networks = 127.0.0.0/8\n' >>"$dir/dovecot.conf"
  dovecot -c "$dir/dovecot.conf"
  for port in "$HAPROXY_V1_PORT" "$HAPROXY_V2_PORT" "$HAPROXY_SCREEN_PORT"; do await_smtp "$port"; done
  echo "$(haproxy -v | head -1) on 127.0.0.1: send-proxy $HAPROXY_V1_PORT, send-proxy-v2 $HAPROXY_V2_PORT," \
    "postscreen $HAPROXY_SCREEN_PORT, without $HAPROXY_PLAIN_PORT, one too many $HAPROXY_TWICE_PORT, accept-proxy" \
    "$HAPROXY_ACCEPT_PORT; Dovecot LMTP $HAPROXY_LMTP_PORT"
}

haproxy_log() { tail -n 40 "$haproxy_folder"/*.log; }

haproxy_stop() {
  [ ! -f "$haproxy_folder/haproxy.pid" ] || { xargs kill <"$haproxy_folder/haproxy.pid" && rm "$haproxy_folder/haproxy.pid"; }
  [ ! -f "$haproxy_folder/run/master.pid" ] || doveadm -c "$haproxy_folder/dovecot.conf" stop
}

haproxy_conf() {
  cat <<CONFIG
global
  maxconn 100
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen v1
  bind 127.0.0.1:$HAPROXY_V1_PORT
  server mail 127.0.0.1:$POSTFIX_HEADER_PORT send-proxy
listen v2
  bind 127.0.0.1:$HAPROXY_V2_PORT
  server mail 127.0.0.1:$POSTFIX_HEADER_PORT send-proxy-v2
listen screen
  bind 127.0.0.1:$HAPROXY_SCREEN_PORT
  server mail 127.0.0.1:$POSTFIX_HEADER_SCREEN_PORT send-proxy-v2
listen plain
  bind 127.0.0.1:$HAPROXY_PLAIN_PORT
  server mail 127.0.0.1:$POSTFIX_HEADER_PORT
listen twice
  bind 127.0.0.1:$HAPROXY_TWICE_PORT
  server mail 127.0.0.1:$POSTFIX_SMTPD_PORT send-proxy
listen accept
  bind 127.0.0.1:$HAPROXY_ACCEPT_PORT accept-proxy
  server mail 127.0.0.1:$POSTFIX_SMTPD_PORT
CONFIG
}
