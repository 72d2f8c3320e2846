# An Exim of its own, on loopback only: exim_start DIR, exim_log, exim_stop. Its package conflicts with Postfix's, so it
# is unpacked and not installed. Wants certificates.sh. Exports for the tests EXIM_LOG, the user EXIM_USERNAME and
# EXIM_PASSWORD, and the ports:
#   EXIM_PORT       STARTTLS, login
#   EXIM_HELO_PORT  plaintext; refuses every recipient for the name that the client gave
#   EXIM_BUSY_PORT  plaintext; takes one client at a time
#   EXIM_HEADER_PORT  STARTTLS, login; wants a PROXY header (hosts_proxy)

# What the unpacked binary links to, beyond a base system.
exim_libraries=(libdb5.3 libgnutls-dane0 libidn12 libldap-2.5-0 libnsl2 libperl5.36 libpq5)

exim_start() {
  local dir=$1 port
  exim_pids=()
  # Of Debian's two, the one that knows hosts_proxy; with those of its libraries that nothing else here needs.
  unpack "$dir/root" exim4-daemon-heavy libmariadb3 libspf2-2
  exim_path=$dir/root/usr/lib:$(echo "$dir"/root/usr/lib/*-linux-gnu)
  # The name is compiled in, and Exim does not start without that user.
  id Debian-exim >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin Debian-exim
  read -r EXIM_PORT EXIM_HELO_PORT EXIM_BUSY_PORT EXIM_HEADER_PORT < <(free_ports 4)
  EXIM_LOG=$dir/log/main
  EXIM_USERNAME=gate
  EXIM_PASSWORD=correct-horse.battery_staple
  export "${!EXIM_@}"
  mkdir -p "$dir/log" "$dir/spool" "$dir/busy"
  cp "$CERTIFICATES/server.pem" "$CERTIFICATES/server.key" "$dir"
  chown -R Debian-exim "$dir/log" "$dir/spool" "$dir/busy" "$dir/server.pem" "$dir/server.key"
  exim_conf "$dir" "$EXIM_PORT : $EXIM_HELO_PORT" >"$dir/exim.conf"
  exim_conf "$dir" "$EXIM_BUSY_PORT" 'smtp_accept_max = 1' >"$dir/busy.conf"
  exim_conf "$dir" "$EXIM_HEADER_PORT" 'hosts_proxy = 127.0.0.0/8' >"$dir/header.conf"
  for port in exim busy header; do
    LD_LIBRARY_PATH=$exim_path "$dir/root/usr/sbin/exim4" -C "$dir/$port.conf" -bdf >/dev/null 2>&1 &
    exim_pids+=($!)
  done
  for port in "$EXIM_PORT" "$EXIM_HELO_PORT" "$EXIM_BUSY_PORT"; do await_smtp "$port"; done
  await_smtp "$EXIM_HEADER_PORT" 'PROXY TCP4 127.0.0.1 127.0.0.1 50000 25\r\n'
  echo "$(LD_LIBRARY_PATH=$exim_path "$dir/root/usr/sbin/exim4" -C "$dir/exim.conf" -bV | head -n 1) on 127.0.0.1: STARTTLS $EXIM_PORT," \
    "HELO refused $EXIM_HELO_PORT, one client $EXIM_BUSY_PORT, behind a PROXY header $EXIM_HEADER_PORT"
}

exim_log() { [ ! -f "$EXIM_LOG" ] || tail -n 60 "$EXIM_LOG"; }

exim_stop() { stop_processes "${exim_pids[@]}"; }

# exim_conf DIR PORTS [OPTION]
exim_conf() {
  cat <<CONFIG
primary_hostname = mail.example.test
exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = $1/spool
log_file_path = $1/log/%s
pid_file_path =
keep_environment =
notifier_socket =
local_interfaces = 127.0.0.1
daemon_smtp_ports = $2
${3-}
log_selector = +smtp_connection +smtp_protocol_error +smtp_syntax_error +smtp_no_mail +incoming_port
# No name server, no ident.
host_lookup =
rfc1413_hosts =

tls_advertise_hosts = *
tls_certificate = $1/server.pem
tls_privatekey = $1/server.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_rcpt = rcpt

begin acl

rcpt:
  # As cPanel words it.
  deny condition = \${if eq{\$received_port}{$EXIM_HELO_PORT}}
       message = Access denied - Invalid HELO name (See RFC2821 4.1.1.1)
  require verify = sender
  accept authenticated = *
  # What Debian's configuration says.
  require message = relay not permitted
          domains = mail.example.test
  require verify = recipient
  accept

begin routers

# Senders elsewhere exist.
elsewhere:
  driver = accept
  domains = ! mail.example.test
  transport = nowhere

here:
  driver = accept
  local_parts = ops
  transport = nowhere
  cannot_route_message = Unknown user

begin transports

nowhere:
  driver = appendfile
  file = /dev/null

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{$EXIM_USERNAME}}{eq{\$auth3}{$EXIM_PASSWORD}}}}
  server_set_id = \$auth2
CONFIG
}
