# A release, rehearsed: release_rehearse NODE. `npm run rehearse` sets owner and version in a clone, and does there what
# release.yml does. The package goes to a registry of the rehearsal's own and is run by npx; the image is built by Debian's
# buildah on this machine's Node, pushed to Debian's docker-registry for both processors, and run. Where buildah cannot be
# had or may not run, the image is left out, and the log says so.
release_packages=(buildah:buildah docker-registry:docker-registry openssl:openssl)

release_rehearse() { SMTP_GATE_NODE=$1 npm run --silent rehearse; }
