#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test; the last line counts them.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

results="$root/artifacts/tests"

# count PASSED FAILED SKIPPED: added up at the end.
count() { echo "$1 $2 $3" >>"$results/counts"; }

# check NAME COMMAND...: one test that is a whole command.
check() {
  local name=$1; shift
  if "$@" >"$results/$name.log" 2>&1; then
    say "$name: passed"; count 1 0 0
  else
    say "$name: FAILED"; tail -n 40 "$results/$name.log"; count 0 1 0
  fi
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

# Five seconds of fuzzing for each target, and both trainings in small. They take only what the other tests leave of the processor: at the height of both a
# browser waited minutes for its first page, and threads of PyTorch that wait for one another spin.
test_programs() {
  export OMP_NUM_THREADS=1
  renice -n 19 -p "$BASHPID" >/dev/null
  check fuzz dotnet "$root/tests/EmotionStream.Fuzz/bin/Release/net10.0/EmotionStream.Fuzz.dll" --seconds 5 --findings "$results/fuzz"
  check training-emotion-smoke bash "$root/models/training/train-emotion.sh" --smoke
  check training-face-smoke bash "$root/models/training/train-face.sh" --smoke
}

declare -A beside

# begin NAME COMMAND...: starts tests that run beside the others.
begin() {
  local name=$1; shift
  "$@" >"$results/beside-$name.log" 2>&1 &
  beside[$name]=$!
}

# end_beside: waits for all of them, and shows what they have said.
end_beside() {
  local name
  for name in "${!beside[@]}"; do
    wait "${beside[$name]}" || { say "$name: broken off"; count 0 1 0; }
    cat "$results/beside-$name.log"
  done
}

# Control-C ends those, too.
trap 'kill 0' INT

begin programs test_programs
check web-types npm --prefix "$root" run --silent check
run_node_tests web-units "$root"
# What is given to Kubernetes, Compose, ECS and systemd, against Kubernetes' schemas.
run_node_tests manifests "$root/tests/manifests"
# The pages in Chromium by themselves, since they take all of two cores; in Firefox and WebKit beside the server's tests, which wait as much as they work.
run_tests tests/EmotionStream.Browser.Tests
begin engines run_node_tests engines "$root/tests/engines"
run_tests tests/EmotionStream.Tests
end_beside

read -r passed failed skipped < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$results/counts")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
