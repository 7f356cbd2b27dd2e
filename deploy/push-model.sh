#!/usr/bin/env bash
# Brings an emotion model to a server that one has a shell on, over ssh; there it is tried out, kept and, with --activate, let run.
#   deploy/push-model.sh [--activate] FILE.onnx [USER@]HOST [PORT]
# PORT is where the server listens on that machine, 5080 by default. If it has an operator's key (Rooms:OperatorKey), put it into OPERATOR_KEY.
set -euo pipefail

activate=false
[ "${1:-}" = --activate ] && { activate=true; shift; }
[ $# -ge 2 ] && [ $# -le 3 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
file=$1 host=$2 port=${3:-5080}
[ -f "$file" ] || { echo "There is no file $file." >&2; exit 1; }
[[ $port =~ ^[0-9]+$ ]] || { echo "A port is a number, not $port." >&2; exit 1; }
name=$(basename "$file" | tr -c 'A-Za-z0-9._\n-' _)

folder=$(ssh "$host" mktemp -d)
trap 'ssh "$host" rm -rf -- "$folder"' EXIT
scp -q "$file" "$host:$folder/model.onnx"
# The key goes through curl's configuration on standard input: arguments can be read by every account of that machine.
printf 'header = "Authorization: Bearer %s"\n' "${OPERATOR_KEY:-none}" | ssh "$host" \
  "curl -sS --fail-with-body --config - -X POST -H 'Content-Type: application/octet-stream' --data-binary '@$folder/model.onnx' 'http://127.0.0.1:$port/api/v1/models?name=$name&activate=$activate'"
echo
