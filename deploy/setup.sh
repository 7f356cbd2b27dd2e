# Shared by run.sh and test.sh: installs what the machine lacks, builds what has changed. Sourced, never run.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

die() { say "$*"; exit 1; }

# The two things that the distribution does not have in the right version.
require_tools() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' || die "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  command -v npm >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "Node 20 or newer is missing: https://nodejs.org"
}

# What OpenCV's library is linked with, besides what every system has.
server_packages=('libgtk-3-0|libgtk-3-0t64' libdrm2 libatomic1)

# has_one NAME...: true when one of the packages is installed.
has_one() {
  local name
  for name in "$@"; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' && return
  done
  return 1
}

# install_packages NAME...: Debian or Ubuntu packages, only those that are missing. Debian's and Ubuntu's name for one thing: 'a|b'.
install_packages() {
  local missing=() names=() choice name as_root=()
  for choice in "$@"; do
    has_one ${choice//|/ } || missing+=("$choice")
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  for choice in "${missing[@]}"; do
    for name in ${choice//|/ }; do
      apt-cache show "$name" >/dev/null 2>&1 && { names+=("$name"); break; }
    done
  done
  say "Installing ${names[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}" >/dev/null
}

# newer_than STAMP PATH...: true when one of the files is newer than the stamp, or the stamp is not there.
newer_than() {
  local stamp=$1; shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name packed -o -name work \) -prune -o -type f -newer "$stamp" -print -quit)" ]
}

# The pages: TypeScript in wwwroot, bundled to wwwroot/dist, and all that is served, compressed, in wwwroot/packed.
build_web() {
  local modules="$root/node_modules/.package-lock.json" stamp="$root/wwwroot/dist/.built"
  if newer_than "$modules" "$root/package-lock.json"; then
    say "Installing the pages' packages"
    (cd "$root" && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
    touch "$modules"
  fi
  if newer_than "$stamp" "$root/wwwroot" "$root/package.json"; then
    say "Building the pages"
    (cd "$root" && npm run --silent build)
    touch "$stamp"
  fi
}

# write_sbom KIND: what the server and the pages are made of, as CycloneDX in artifacts/sbom, when a package has changed.
write_sbom() {
  local sbom="$root/artifacts/sbom" locks=("$root/package-lock.json" "$root"/server/*/packages*.lock.json)
  newer_than "$sbom/.$1" "${locks[@]}" || return 0
  say "Listing the packages"
  mkdir -p "$sbom"
  (cd "$root" && dotnet tool restore -v quiet >/dev/null && dotnet dotnet-CycloneDX server/EmotionStream/EmotionStream.csproj -dpr -F Json -o "$sbom" -fn "server-$1.cdx.json" >/dev/null)
  (cd "$root" && npm sbom --sbom-format cyclonedx --omit dev --package-lock-only >"$sbom/pages.cdx.json")
  touch "$sbom/.$1"
}

# build_server PROJECT-OR-SOLUTION ARGS...: Release, only when a source has changed since, or the last build was of the other kind.
# With Gpu=true in the environment, which MSBuild reads, for CUDA.
build_server() {
  local kind=cpu other=gpu stamp
  [ "${Gpu:-}" = true ] && kind=gpu other=cpu
  stamp="$root/artifacts/$kind/$(basename "$1").built"
  if newer_than "$stamp" "$root/server" "$root/models" "$root/tests" "$root/wwwroot" "$root"/Directory.* "$root/wwwroot/dist/.built"; then
    say "Building $(basename "$1")"
    dotnet build "$root/$1" -c Release -v quiet -p:RestoreLockedMode=true "${@:2}"
    write_sbom "$kind"
    rm -rf "$root/artifacts/$other"
    mkdir -p "$root/artifacts/$kind"
    touch "$stamp"
  fi
}
