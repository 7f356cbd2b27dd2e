#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test; the last line counts them.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

passed=0 failed=0 skipped=0
results="$root/artifacts/tests"

# count PASSED FAILED SKIPPED
count() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); }

# verdict NAME STATUS: says and counts how one test that is a whole command ended.
verdict() {
  if [ "$2" -eq 0 ]; then
    say "$1: passed"; count 1 0 0
  else
    say "$1: FAILED"; tail -n 40 "$results/$1.log"; count 0 1 0
  fi
}

# check NAME COMMAND...: runs one such test.
check() {
  local name=$1; shift
  "$@" >"$results/$name.log" 2>&1
  verdict "$name" $?
}

# Both trainings in small, and five seconds of fuzzing for each target, run beside the other tests and take only what these leave of the processor.
declare -A beside

# begin NAME COMMAND...: starts one such test.
begin() {
  local name=$1; shift
  nice -n 19 "$@" >"$results/$name.log" 2>&1 &
  beside[$name]=$!
}

begin_beside() {
  for model in emotion face; do
    begin "training-$model-smoke" bash "$root/models/training/train-$model.sh" --smoke
  done
  begin fuzz dotnet "$root/tests/EmotionStream.Fuzz/bin/Release/net10.0/EmotionStream.Fuzz.dll" --seconds 5 --findings "$results/fuzz"
}

end_beside() {
  local name
  for name in "${!beside[@]}"; do
    wait "${beside[$name]}"
    verdict "$name" $?
  done
}

# node_figure NAME LOG: a number from the summary of node's test runner.
node_figure() { grep -oE "^(#|ℹ) $1 [0-9]+" "$2" | grep -oE '[0-9]+' || echo 0; }

# run_node_tests NAME FOLDER: tests of node's own runner, in a folder with packages of its own or the root's, which are installed already.
run_node_tests() {
  local log="$results/$1.log"
  say "$1"
  { [ "$2" = "$root" ] || npm --prefix "$2" ci --no-audit --no-fund --loglevel=error; } >"$log" 2>&1 \
    && npm --prefix "$2" test --silent >>"$log" 2>&1 || tail -n 40 "$log"
  count "$(node_figure pass "$log")" "$(node_figure fail "$log")" "$(node_figure skipped "$log")"
  [ "$(($(node_figure pass "$log") + $(node_figure skipped "$log")))" -gt 0 ] || { say "$1: no test passed"; count 0 1 0; }
}

# attribute NAME FILE: a number from a .trx file's counters.
attribute() { grep -o "<Counters [^>]*" "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'; }

# run_tests PROJECT: one .NET test project, already built.
run_tests() {
  local name trx
  name="$(basename "$1")"; trx="$results/$name.trx"
  say "$name"
  dotnet test "$root/$1" -c Release --no-build -v quiet --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" || true
  if [ ! -f "$trx" ]; then
    say "$name: did not run"; count 0 1 0; return
  fi
  local ran
  ran=$(attribute executed "$trx")
  count "$(attribute passed "$trx")" "$((ran - $(attribute passed "$trx")))" "$(($(attribute total "$trx") - ran))"
  [ "$ran" -gt 0 ] || { say "$name: no test ran"; count 0 1 0; }
}

set -e
require_tools
install_packages "${server_packages[@]}" 'chromium-headless-shell|chromium-browser' 'firefox-esr|firefox' webkit2gtk-driver xvfb ffmpeg python3-numpy python3-opencv python3-torch python3-onnx python3-h5py python3-numba opencv-data postgresql redis-server nginx
build_web
build_server EmotionStream.sln
set +e

rm -rf "$results"; mkdir -p "$results"
begin_beside
check web-types npm --prefix "$root" run --silent check
run_node_tests web-units "$root"
# What is given to Kubernetes, Compose, ECS and systemd, against Kubernetes' schemas.
run_node_tests manifests "$root/tests/manifests"
# The pages in Firefox and WebKit.
run_node_tests engines "$root/tests/engines"
for project in "$root"/tests/*.Tests; do
  run_tests "tests/$(basename "$project")"
done
end_beside

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
