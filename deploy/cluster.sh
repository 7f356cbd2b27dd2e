#!/usr/bin/env bash
# Starts a whole cluster on this machine: Redis, PostgreSQL, N servers and nginx in front of them; Ctrl+C stops all. Other arguments go to every server:
#   deploy/cluster.sh 3 --History:Enabled=true
# With --no-build first, what is built already. PORT is where nginx listens (5080). DATA is the folder of the cluster's own data, made if missing; the system's services are not touched.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$root/deploy/cluster-parts.sh"

build=true
[ "${1:-}" = --no-build ] && { build=false; shift; }
[[ ${1:-} =~ ^[1-9][0-9]?$ ]] && [ "$1" -le 20 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
nodes=$1; shift
server_arguments=("$@")
PORT=${PORT:-5080}
# PostgreSQL's account must be able to reach it, which it can't in root's home.
if [ "$(id -u)" -eq 0 ]; then data=/var/lib/emotionstream-cluster; else data=${XDG_DATA_HOME:-$HOME/.local/share}/emotionstream-cluster; fi
data=$(realpath -m "${DATA:-$data}")

if $build; then
  require_tools
  install_packages "${server_packages[@]}" redis-server postgresql nginx curl perl openssl
  build_web
  build_server server/EmotionStream
fi

mkdir -p "$data"
# Two clusters in one folder would overwrite each other.
exec {lock}>"$data/lock"
flock --nonblock "$lock" || die "A cluster runs in $data already; another one needs a DATA of its own."
trap stop_all EXIT
trap 'exit 130' INT TERM HUP

say "Starting Redis, PostgreSQL, $nodes servers and nginx in $data"
start_redis
start_postgres
for ((i = 1; i <= nodes; i++)); do begin_node "$i"; done
for ((i = 1; i <= nodes; i++)); do await_node "$i"; done
start_nginx
for ((i = 1; i <= nodes; i++)); do say "  node-$i ${node[$i]}, process ${node_pid[$i]}"; done
say "EmotionStream runs on $nodes nodes: open $entrance/"
while sleep 1; do keep_watch; done
