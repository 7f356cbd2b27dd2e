#!/usr/bin/env bash
# Installs what is missing, builds what has changed and starts the server. Arguments go to the server:
#   deploy/run.sh --Sessions:MaxSessions=50
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

require_tools
install_packages "${server_packages[@]}"
build_web
build_server server/EmotionStream

export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://127.0.0.1:5080}"
say "EmotionStream starts: open ${ASPNETCORE_URLS%%;*}/"
exec dotnet "$root/server/EmotionStream/bin/Release/net10.0/EmotionStream.dll" "$@"
