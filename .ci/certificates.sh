# Throw-away certificates, made with openssl: certificates DIR. Exports CERTIFICATES, the folder they lie in: ca.pem,
# and by it server.pem, server-rsa.pem, client.pem, and expired.pem, a server's of three days ago; stranger-ca.pem, which
# no server knows, and by it stranger.pem, a client's. The keys end in .key.

NAMES=subjectAltName=DNS:mail.example.test,DNS:localhost,IP:127.0.0.1

certificates() {
  export CERTIFICATES=$1
  mkdir -p "$CERTIFICATES"
  (
    cd "$CERTIFICATES" || exit
    certificate ca 'smtp-gate test CA' basicConstraints=critical,CA:TRUE
    certificate stranger-ca 'smtp-gate unrelated CA' basicConstraints=critical,CA:TRUE
    certificate server mail.example.test "$NAMES" ca
    certificate server-rsa mail.example.test "$NAMES" ca rsa:2048
    expired_certificate expired mail.example.test "$NAMES" ca
    certificate client gate.example.test extendedKeyUsage=clientAuth ca
    certificate stranger gate.example.test extendedKeyUsage=clientAuth stranger-ca
    openssl verify -CAfile ca.pem server.pem client.pem
  )
}

# certificate NAME COMMON-NAME EXTENSION [CA [KEY]]: valid for long enough that nobody warns of its end.
certificate() {
  local by=${4:+-CA $4.pem -CAkey $4.key} key=${5:-ec -pkeyopt ec_paramgen_curve:P-256}
  # Not the machine's openssl.cnf: it would make every certificate a CA's.
  # shellcheck disable=SC2086 # words, or none
  openssl req -x509 -config <(printf '[req]\ndistinguished_name = name\n[name]\n') -subj "/CN=$2" -addext "$3" $by \
    -newkey $key -nodes -days 90 -keyout "$1.key" -out "$1.pem"
}

# The same for a certificate that has expired; `openssl req` makes none, and `openssl ca` keeps books of what it makes.
expired_certificate() {
  local day=%Y%m%d%H%M%SZ
  openssl req -config <(printf '[req]\ndistinguished_name = name\n[name]\n') -subj "/CN=$2" \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr"
  : >books
  openssl ca -batch -notext -config <(books) -extfile <(echo "$3") \
    -cert "$4.pem" -keyfile "$4.key" -in "$1.csr" -out "$1.pem" \
    -startdate "$(date -u -d '93 days ago' "+$day")" -enddate "$(date -u -d '3 days ago' "+$day")"
}

books() {
  cat <<CONFIG
[ca]
default_ca = ca
[ca]
database = books
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = names
[names]
commonName = supplied
CONFIG
}
