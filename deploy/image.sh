#!/usr/bin/env bash
# Builds the server's image with Docker, or with buildah where no Docker runs:
#   deploy/image.sh [NAME]             NAME is emotionstream:latest by default
# BASE is the image to build on, Debian 12 by default; BASE=packages makes one of Debian's packages, for machines that reach no registry.
# PACKAGES takes the place of what the Containerfile installs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

name=${1:-emotionstream:latest}
docker info >/dev/null 2>&1 && engine=docker || engine=buildah
# It needs no rights that a container or a build machine might not have.
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot}

require_tools
[ $engine = docker ] || install_packages buildah
build_web
say "Publishing the server"
published="$root/artifacts/image/published"
# Where nothing else is built: a self-contained program differs in more than its runtime.
dotnet publish "$root/server/EmotionStream" -c Release --self-contained --artifacts-path "$root/artifacts/image" --output "$published" -v quiet

# local_base: sets BASE to an image that holds Debian's packages, made when it is not there.
local_base() {
  BASE=localhost/emotionstream-base:bookworm
  [ $engine = buildah ] || die "BASE=packages needs buildah."
  buildah images -q "$BASE" >/dev/null 2>&1 && return
  install_packages mmdebstrap
  say "Making a base of Debian's packages"
  local container
  container=$(buildah from scratch)
  mmdebstrap --quiet --variant=apt bookworm "$root/artifacts/image/base.tar"
  buildah add --quiet "$container" "$root/artifacts/image/base.tar" / >/dev/null
  rm "$root/artifacts/image/base.tar"
  buildah commit --quiet --rm "$container" "$BASE" >/dev/null
}
[ "${BASE:-}" != packages ] || local_base

arguments=(-f "$root/deploy/Containerfile" -t "$name" ${BASE:+--build-arg "BASE=$BASE"} ${PACKAGES:+--build-arg "PACKAGES=$PACKAGES"})
say "Building $name with $engine"
if [ $engine = docker ]; then
  docker build "${arguments[@]}" "$published"
else
  # Docker's format keeps the health check.
  buildah build --format docker "${arguments[@]}" "$published"
fi
say "Built $name"
