# Mail domains with policies of their own, on a network of our own: mail_domains NODE …. Real are the DNS server (Debian's
# dnsmasq), the resolver of the operating system, and the port numbers: 25, 53 and 443, at addresses of RFC 5737, which
# are on the loopback interface of a network namespace. Root, Linux.

mail_domains_packages=(dnsmasq:dnsmasq-base ip:iproute2)

mail_domains() {
  local folder=$work/mail-domains node
  command -v dnsmasq ip || { echo 'not run: apt does not provide dnsmasq and ip' && return; }
  unshare --net --mount true || { echo 'not run: no network namespace can be had here' && return; }
  mkdir -p "$folder"
  echo 'nameserver 198.51.100.53' >"$folder/resolv.conf"
  (cd "$folder" && mail_domains_certificates)
  for node in "$@"; do
    echo "-- $("$node" --version), $(dnsmasq --version | head -n 1)"
    SMTP_GATE_NODE=$node MAIL_DOMAINS_CERTIFICATES=$folder unshare --net --mount --pid --fork --kill-child bash -c '
      set -e
      ip link set lo up
      for last in 1 25 26 27 53; do ip address add "198.51.100.$last/32" dev lo; done
      mount --bind "$1/resolv.conf" /etc/resolv.conf
      exec node --test .ci/mail-domains.mjs' - "$folder"
  done
}

# All but that of the policy hosts, whose names the test knows.
mail_domains_certificates() {
  local example=example.test names=subjectAltName=DNS:mta-sts.good.example.test
  certificate ca 'smtp-gate test CA of mail domains' basicConstraints=critical,CA:TRUE
  expired_certificate expired mta-sts.expired.$example 'subjectAltName=DNS:mta-sts.expired.example.test' ca
  certificate self-signed mta-sts.self-signed.$example "$names"
  certificate provider provider.$example 'subjectAltName=DNS:provider.example.test' ca
  # MX hosts: the second has the certificate of the first.
  certificate mx1 mx1.$example 'subjectAltName=DNS:mx1.example.test,DNS:mx.eu.example.test' ca
}
