#!/usr/bin/env bash
# Runs the image that deploy/image.sh has built with buildah as a cluster would: not as root, nothing writable but /tmp and /data. Asks it for a face's
# emotion and its health. Needs root. No part of deploy/test.sh, since building the image takes three minutes and its base comes over the network.
#   deploy/test-image.sh [NAME]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$root/deploy/cluster-parts.sh"
export BUILDAH_ISOLATION=chroot
command -v buildah >/dev/null || { say "Skipped: buildah is not installed."; exit 0; }

image=${1:-emotionstream:latest}
container=$(buildah from --pull-never "$image")
server='' log=$(mktemp)
# A shell waits for unshare, which takes no signal and waits for the server.
stop() { [ -z "$server" ] || { pkill -TERM -P "$(pgrep -P "$server")"; wait "$server" || true; server=''; }; }
clean() {
  stop
  buildah rm "$container" >/dev/null
  rm -f "$log"
}
trap clean EXIT
folder=$(buildah mount "$container")
inspect() { buildah inspect --format "{{$1}}" "$container"; }
user=$(inspect .OCIv1.Config.User)
[ "$user" = 1654:1654 ] || die "The image's user is $user."

# in_container COMMAND...: with the image's user, in namespaces of its own, where the root is read-only.
in_container() {
  unshare --mount --pid --fork --kill-child bash -c '
    mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
    mount -t tmpfs -o uid=1654,gid=1654 tmpfs "$1/data"
    mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev"
    cd / && exec chroot --userspec=1654:1654 "$1" "${@:2}"' container "$folder" "$@"
}
! in_container touch /app/x 2>/dev/null || die "The image's files can be changed."

port=$(free_port)
in_container env -i ASPNETCORE_URLS="http://127.0.0.1:$port" Storage__DataDirectory=/data DOTNET_EnableDiagnostics=0 /app/EmotionStream >"$log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
  kill -0 "$server" 2>/dev/null || { cat "$log"; die "The server in the container did not start."; }
  sleep 0.2
done

curl -sf -F "image=@$root/wwwroot/demo/happy-1.png" "http://127.0.0.1:$port/api/v1/images" | grep -q '"dominant":"happy"' || die "The container did not read a face."
check=$(inspect 'index .Docker.Config.Healthcheck.Test 3')
in_container bash -c "${check//5080/$port}" || die "The health check fails with a healthy server."
stop
! in_container bash -c "${check//5080/$port}" 2>/dev/null || die "The health check finds a server where none is."
say "The image works: not as root, on a read-only root, with a health check that tells."
