# Debian's fail2ban, for what its stock filters count in a log: fail2ban_install DIR. Unpacked and not installed, because
# the package starts a service that bans. Exports FAIL2BAN, the folder; its stock configuration is in etc/fail2ban.

fail2ban_install() {
  export FAIL2BAN=$1
  mkdir -p "$FAIL2BAN"
  (
    cd "$FAIL2BAN" || exit
    download=(apt-get -o Acquire::Retries=3 -o APT::Sandbox::User=root download fail2ban)
    # The lists may be missing or old, where no other package had to be installed.
    "${download[@]}" || { apt-get update && "${download[@]}"; }
    dpkg -x fail2ban_*.deb .
  )
  PYTHONPATH=$FAIL2BAN/usr/lib/python3/dist-packages /usr/bin/python3 "$FAIL2BAN/usr/bin/fail2ban-regex" --version
}
