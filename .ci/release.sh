# A release, rehearsed: release_rehearse NODE. The package goes to a registry of the rehearsal's own and is
# run by npx; the image is built by Debian's buildah on this machine's Node, pushed to Debian's docker-registry for both
# processors, and run. Where buildah cannot be had or may not run, the image is left out, and the log says so.
release_packages=(buildah:buildah docker-registry:docker-registry openssl:openssl)

release_rehearse() {
  IMAGE=$(image_possible) SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/release.mjs
}

# "yes", or nothing and the reason on stderr.
image_possible() {
  if ! command -v buildah >/dev/null || ! command -v docker-registry >/dev/null; then
    echo 'the image is not rehearsed: buildah or docker-registry is not there' >&2
  elif ! unshare --mount true; then
    echo 'the image is not rehearsed: this machine allows no mount' >&2
  else
    echo yes
  fi
}
