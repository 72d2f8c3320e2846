#!/usr/bin/env bash
# Builds the Containerfile for each processor, and pushes all as one image: image.sh NAME TAG …. The digest of what was
# pushed is the last line; BASE names another image to build on. Nothing is run in an image, so no emulation is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
name=$1
shift
list=$name:$1
digest=$(mktemp)
trap 'rm -f "$digest"' EXIT

buildah manifest create "$list" >&2
for arch in amd64 arm64; do
  # The time of the commit, so that one commit gives one image.
  buildah bud --platform "linux/$arch" --manifest "$list" --timestamp "$(git log -1 --format=%ct)" \
    ${BASE:+--build-arg "BASE=$BASE"} --file Containerfile . >&2
done
for tag; do buildah manifest push --all --digestfile "$digest" "$list" "docker://$name:$tag" >&2; done
cat "$digest"
